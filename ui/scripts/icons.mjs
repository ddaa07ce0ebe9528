// Gives the page the shapes of the icons listed in src/lib/icons/names.ts, and no others.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const list = fileURLToPath(new URL('../src/lib/icons/names.ts', import.meta.url));
const served = '\0shelf-icons';

/** Vite plugin: the module `virtual:icons`, a record of name → [tag, attributes][]. */
export function icons() {
  return {
    name: 'shelf-icons',
    resolveId: (id) => (id === 'virtual:icons' ? served : undefined),
    load(id) {
      if (id !== served) return undefined;
      this.addWatchFile(list);
      return `export default ${JSON.stringify(shapes())};`;
    },
  };
}

export function shapes() {
  const all = require('lucide-static/icon-nodes.json');
  const names = [...readFileSync(list, 'utf8').matchAll(/^\s+'([a-z0-9-]+)',$/gm)].map(([, name]) => name);
  const missing = names.filter((name) => !(name in all));
  if (missing.length > 0) throw new Error(`src/lib/icons/names.ts: Lucide has no ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}
