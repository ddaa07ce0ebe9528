// Rules of ui/ that a type checker does not know. Prints each breach and fails.
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src/', import.meta.url));

const rules = [
  {
    says: 'only src/lib/host knows Tauri',
    breaks: (name, text) => !name.startsWith('lib/host/') && /@tauri-apps\//.test(text),
  },
  {
    says: 'text is rendered as text: no {@html}, innerHTML or insertAdjacentHTML',
    breaks: (_, text) => /\{@html|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write/.test(text),
  },
  {
    says: 'colours have names: hex, rgb() and hsl() stand in styles/tokens.css only',
    breaks: (name, text) =>
      /\.(svelte|css)$/.test(name) &&
      name !== 'styles/tokens.css' &&
      /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(/i.test(name.endsWith('.css') ? text : styleOf(text)),
  },
  {
    says: 'no svelte/transition or svelte/animate: they write style elements, which the CSP refuses',
    breaks: (_, text) => /from 'svelte\/(transition|animate)'/.test(text),
  },
  {
    says: 'no style="…": use a class or style:name={value}, which goes through the CSSOM',
    breaks: (name, text) => name.endsWith('.svelte') && /<[^>]*\sstyle=/.test(text),
  },
  {
    says: 'nothing is kept in the webview: no localStorage, sessionStorage, indexedDB or cookies',
    breaks: (_, text) => /\b(localStorage|sessionStorage|indexedDB)\b|document\.cookie/.test(text),
  },
  {
    says: 'components take plain props: only views and lib speak to the host',
    breaks: (name, text) => name.startsWith('components/') && /lib\/host(?!\/types)/.test(text),
  },
  {
    says: 'components/shared knows no domain',
    breaks: (name, text) => name.startsWith('components/shared/') && /(components|\.\.)\/(law|shell)\//.test(text),
  },
];

function styleOf(text) {
  return [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, style]) => style).join('\n');
}

let breaches = 0;
for (const entry of await readdir(src, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(svelte|ts|css)$/.test(entry.name) || /\.test\.ts$/.test(entry.name)) continue;
  const path = `${entry.parentPath}/${entry.name}`;
  const name = path.slice(src.length).replaceAll('\\', '/').replace(/^\//, '');
  const text = await readFile(path, 'utf8');
  const code = text.replace(/^\s*(\/\/|\*).*$/gm, '').replace(/<!--[\s\S]*?-->/g, '');
  for (const rule of rules) {
    if (!rule.breaks(name, code)) continue;
    breaches += 1;
    console.error(`src/${name}: ${rule.says}`);
  }
}
process.exit(breaches > 0 ? 1 : 0);
