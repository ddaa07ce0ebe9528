// Cuts the fonts down to the letters that Vietnamese, Jrai, Bahnar and the interface need.
// The result stands in gen/fonts and is made again only when this file or a font changes.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const here = new URL('..', import.meta.url);
const out = new URL('gen/fonts/', here);
const packages = new URL('node_modules/@expo-google-fonts/', here);

/** Name of the file made, package, folder and file in it. */
const fonts = [
  ['be-vietnam-pro-400', 'be-vietnam-pro', '400Regular/BeVietnamPro_400Regular.ttf'],
  ['be-vietnam-pro-500', 'be-vietnam-pro', '500Medium/BeVietnamPro_500Medium.ttf'],
  ['be-vietnam-pro-600', 'be-vietnam-pro', '600SemiBold/BeVietnamPro_600SemiBold.ttf'],
  ['be-vietnam-pro-700', 'be-vietnam-pro', '700Bold/BeVietnamPro_700Bold.ttf'],
  ['noto-serif-400', 'noto-serif', '400Regular/NotoSerif_400Regular.ttf'],
  ['noto-serif-400-italic', 'noto-serif', '400Regular_Italic/NotoSerif_400Regular_Italic.ttf'],
  ['noto-serif-700', 'noto-serif', '700Bold/NotoSerif_700Bold.ttf'],
  ['noto-sans-400', 'noto-sans', '400Regular/NotoSans_400Regular.ttf'],
  ['noto-sans-600', 'noto-sans', '600SemiBold/NotoSans_600SemiBold.ttf'],
  ['noto-sans-700', 'noto-sans', '700Bold/NotoSans_700Bold.ttf'],
];

/** First and last code point of each block that is kept. */
const blocks = [
  [0x0020, 0x007e], // Basic Latin
  [0x00a0, 0x00ff], // Latin-1
  [0x0100, 0x017f], // Latin Extended-A
  [0x0180, 0x024f], // Latin Extended-B: ƀ, ơ, ư
  [0x02b0, 0x02ff], // Spacing modifiers
  [0x0300, 0x036f], // Combining marks: breve on ơ̆ ư̆
  [0x1e00, 0x1eff], // Latin Extended Additional
  [0x2010, 0x205e], // Punctuation
  [0x2070, 0x2094], // Superscripts and subscripts
  [0x20a0, 0x20bf], // Currency: ₫
  [0x2116, 0x2122], // Numero, trade mark
  [0x2190, 0x2193], // Arrows that stand in documents
  [0x2212, 0x2212], // Minus
  [0x2264, 0x2265], // At most, at least
];

const letters = blocks
  .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at))
  .map((point) => String.fromCodePoint(point))
  .join('');

async function wantedStamp(sources) {
  const hash = createHash('sha256').update(await readFile(fileURLToPath(import.meta.url)));
  for (const source of sources) hash.update(source);
  return hash.digest('hex');
}

const sources = await Promise.all(fonts.map(([, pack, file]) => readFile(new URL(`${pack}/${file}`, packages))));
const stamp = new URL('stamp', out);
const wanted = await wantedStamp(sources);
if (!existsSync(stamp) || (await readFile(stamp, 'utf8')) !== wanted) {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  let bytes = 0;
  for (const [at, [name]] of fonts.entries()) {
    const woff2 = await subsetFont(sources[at], letters, { targetFormat: 'woff2' });
    bytes += woff2.length;
    await writeFile(new URL(`${name}.woff2`, out), woff2);
  }
  await writeFile(stamp, wanted);
  console.log(`fonts: ${(await readdir(out)).length - 1} files, ${Math.round(bytes / 1000)} kB`);
}

// The licences travel with the fonts: Vite copies public/ into the bundle as it is.
const licences = new URL('gen/public/licences/', here);
await mkdir(licences, { recursive: true });
for (const pack of new Set(fonts.map(([, pack]) => pack))) {
  await copyFile(new URL(`${pack}/LICENSE_FONT`, packages), new URL(`OFL-${pack}.txt`, licences));
}
await copyFile(new URL('node_modules/lucide-static/LICENSE', here), new URL('lucide.txt', licences));
