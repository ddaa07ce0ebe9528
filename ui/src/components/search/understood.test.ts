import { expect, test } from 'vitest';
import { meanings } from './understood';

const part = (kind: 'citation' | 'lay_word' | 'kind' | 'exact', from: number, to: number, says: string) => ({ kind, from, to, says });

test('a citation is told by itself, another word with what was typed', () => {
  expect(meanings('nd 100 sổ đỏ', [part('citation', 0, 6, 'Nghị định 100/2019/NĐ-CP'), part('lay_word', 7, 12, 'giấy chứng nhận quyền sử dụng đất')])).toEqual([
    { typed: '', says: 'Nghị định 100/2019/NĐ-CP', main: true },
    { typed: 'sổ đỏ', says: 'giấy chứng nhận quyền sử dụng đất', main: false },
  ]);
});

test('what is said as it was typed is not told again', () => {
  expect(meanings('nghị định đất đai', [part('kind', 0, 9, 'Nghị định')])).toEqual([]);
  expect(meanings('"đất đai"', [part('exact', 0, 9, '"đất đai"')])).toEqual([]);
});

test('places are counted in letters, not in code units', () => {
  expect(meanings('😀 sổ đỏ', [part('lay_word', 2, 7, 'giấy chứng nhận')])[0]?.typed).toBe('sổ đỏ');
});
