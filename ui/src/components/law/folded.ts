// Folded words in a text that is on the page already, as the engine finds them: whatever the accents and capitals.
import type { MarkRange } from './highlight';

/** Letters that have a stroke and no mark to take off. */
const STROKES: Record<string, string> = { đ: 'd', ƀ: 'b' };

function foldLetter(letter: string): string {
  const plain = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return STROKES[plain] ?? plain;
}

/** Where each of the words stands, within words too, counted in Unicode scalar values. */
export function foldedRanges(text: string, words: string): MarkRange[] {
  const wanted = [...new Set(Array.from(words, foldLetter).join('').split(/\s+/).filter(Boolean))];
  if (wanted.length === 0) return [];
  let folded = '';
  /** For each unit of `folded`, the letter that it came from. */
  const origins: number[] = [];
  let count = 0;
  for (const letter of text) {
    const plain = foldLetter(letter);
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) origins.push(count);
    count += 1;
  }
  const found: MarkRange[] = [];
  for (const word of wanted) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      found.push([origins[at]!, origins[at + word.length - 1]! + 1]);
    }
  }
  return found;
}

/** A long text from shortly before its first mark on, so that the mark is seen where only the first lines are. */
export function fromFirst(text: string, ranges: readonly MarkRange[], before = 60): { text: string; ranges: MarkRange[] } {
  const first = Math.min(...ranges.map(([from]) => from));
  if (!Number.isFinite(first) || first <= before * 2) return { text, ranges: [...ranges] };
  const letters = Array.from(text);
  const space = letters.indexOf(' ', first - before);
  const cut = space >= 0 && space < first ? space + 1 : first - before;
  return {
    text: `…${letters.slice(cut).join('')}`,
    ranges: ranges.filter(([from]) => from >= cut).map(([from, to]) => [from - cut + 1, to - cut + 1] as const),
  };
}
