import { expect, test } from 'vitest';
import { foldedRanges, fromFirst } from './folded';
import { pieces } from './highlight';

const marked = (text: string, words: string) =>
  pieces(text, foldedRanges(text, words)).filter((piece) => piece.marked).map((piece) => piece.text);

test('words are found whatever accents and capitals, each by itself', () => {
  expect(marked('Đất đai ở làng', 'dat LANG')).toEqual(['Đất', 'làng']);
  expect(marked('Hoà giải', 'hòa')).toEqual(['Hoà']);
  expect(marked('bơ̆ng ƀĕ', 'bong be')).toEqual(['bơ̆ng', 'ƀĕ']);
  expect(marked('Điều 5', '  ')).toEqual([]);
  expect(marked('aaa', 'aa')).toEqual(['aa']);
});

test('a long text begins shortly before the first word that was found', () => {
  const text = `${'chữ '.repeat(100)}sổ đỏ ở cuối`;
  const cut = fromFirst(text, foldedRanges(text, 'so do'));
  expect(cut.text.startsWith('…chữ')).toBe(true);
  expect(cut.text.length).toBeLessThan(90);
  expect(pieces(cut.text, cut.ranges).filter((piece) => piece.marked).map((piece) => piece.text)).toEqual(['sổ', 'đỏ']);
  const short = fromFirst('sổ đỏ', [[0, 2]]);
  expect(short).toEqual({ text: 'sổ đỏ', ranges: [[0, 2]] });
});
