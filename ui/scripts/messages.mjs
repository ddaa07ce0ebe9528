// Turns messages/<locale>/<area>.json into typed functions in gen/messages.
// Checks first that both languages say the same things, so that a missing word fails the build.
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

// The compiler's store reports its use over the network. A build must not: it has nothing to fetch.
globalThis.fetch = () => Promise.reject(new Error('The build uses no network.'));
const { compile } = await import('@inlang/paraglide-js');

const here = new URL('..', import.meta.url);
const path = (name) => fileURLToPath(new URL(name, here));

/** What is wrong with the message files, one line each. */
export async function faults() {
  const settings = JSON.parse(await readFile(path('project.inlang/settings.json'), 'utf8'));
  const listed = settings['plugin.inlang.messageFormat'].pathPattern;
  const found = [];
  const owner = new Map();
  for (const name of await readdir(path(`messages/${settings.baseLocale}`))) {
    const area = name.replace(/\.json$/, '');
    if (!listed.includes(`./messages/{locale}/${name}`)) {
      found.push(`messages/*/${name} is not listed in project.inlang/settings.json`);
    }
    const read = async (locale) => JSON.parse(await readFile(path(`messages/${locale}/${name}`), 'utf8'));
    const base = await read(settings.baseLocale);
    for (const key of Object.keys(base)) {
      if (!key.startsWith(`${area}_`)) found.push(`${name}: "${key}" does not begin with "${area}_"`);
      if (owner.has(key)) found.push(`${name}: "${key}" stands in ${owner.get(key)} too`);
      owner.set(key, name);
    }
    for (const locale of settings.locales.filter((each) => each !== settings.baseLocale)) {
      const other = await read(locale);
      for (const key of Object.keys(base)) {
        if (!(key in other)) found.push(`${locale}/${name}: "${key}" is missing`);
        else if (places(base[key]) !== places(other[key])) found.push(`${locale}/${name}: "${key}" has other {places}`);
      }
      for (const key of Object.keys(other)) {
        if (!(key in base)) found.push(`${locale}/${name}: "${key}" is not in ${settings.baseLocale}`);
      }
    }
  }
  return found;
}

/** The names in braces, sorted; a message with variants has its declared inputs. */
function places(message) {
  const inputs = Array.isArray(message) ? message[0].declarations.filter((line) => line.startsWith('input ')) : [];
  const names = Array.isArray(message)
    ? inputs.map((line) => line.slice('input '.length))
    : [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return [...new Set(names)].sort().join();
}

export async function make() {
  const found = await faults();
  if (found.length > 0) throw new Error(`messages:\n  ${found.join('\n  ')}`);
  await compile({
    project: path('project.inlang'),
    outdir: path('gen/messages'),
    strategy: ['globalVariable', 'baseLocale'],
    outputStructure: 'message-modules',
    isServer: 'false',
    emitReadme: false,
    emitGitIgnore: false,
    emitPrettierIgnore: false,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await make();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
