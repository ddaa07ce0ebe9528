/** First and one-past-last character, counted in Unicode scalar values as the engine counts. */
export type MarkRange = readonly [from: number, to: number];

export interface Piece {
  text: string;
  marked: boolean;
}

/** Cuts a text at its marks. Marks may come unsorted, touch, overlap or reach past the end. */
export function pieces(text: string, marks: readonly MarkRange[]): Piece[] {
  const letters = Array.from(text);
  const sorted = marks
    .map(([from, to]) => [Math.max(0, from), Math.min(letters.length, to)] as const)
    .filter(([from, to]) => from < to)
    .toSorted((a, b) => a[0] - b[0]);
  const found: Piece[] = [];
  let at = 0;
  const add = (to: number, marked: boolean) => {
    if (to <= at) return;
    const stretch = letters.slice(at, to).join('');
    const last = found.at(-1);
    if (last?.marked === marked) last.text += stretch;
    else found.push({ text: stretch, marked });
    at = to;
  };
  for (const [from, to] of sorted) {
    add(from, false);
    add(to, true);
  }
  add(letters.length, false);
  return found;
}
