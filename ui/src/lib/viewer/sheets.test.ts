import { expect, test } from 'vitest';
import { bare, columnHeight, firstWords, near, pageAt, pictureWidth, sheets, zoomOf, zoomStep } from './sheets';

const a4 = { width: 595, height: 842 };
const wide = { width: 842, height: 595 };

test('the widest page fits the width', () => {
  expect(zoomOf('fit', [a4, wide], 842 * (96 / 72))).toBeCloseTo(1);
  expect(zoomOf(1.5, [a4], 100)).toBe(1.5);
});

test('zoom goes in steps, and below the smallest it fits the width again', () => {
  expect(zoomStep(0.83, 1)).toBe(1);
  expect(zoomStep(1, 1)).toBe(1.25);
  expect(zoomStep(2, 1)).toBe(2);
  expect(zoomStep(1, -1)).toBe('fit');
});

test('places are known before a picture is', () => {
  const all = sheets([a4, wide, a4], 1);
  expect(all.map((sheet) => sheet.page)).toEqual([1, 2, 3]);
  expect(columnHeight(all)).toBeGreaterThan(all[2]!.top + all[2]!.height);
  expect(pageAt(all, 0, 600)).toBe(1);
  expect(pageAt(all, all[1]!.top, 600)).toBe(2);
  expect(columnHeight([])).toBe(0);
});

test('only pages in sight and two on either side stand in the page', () => {
  const all = sheets(Array.from({ length: 40 }, () => a4), 1);
  const shown = near(all, all[20]!.top + 10, 600).map((sheet) => sheet.page);
  expect(shown).toEqual([19, 20, 21, 22, 23]);
  expect(near(all, 0, 600).map((sheet) => sheet.page)).toEqual([1, 2, 3]);
});

test('pictures are never wider than 1600 pixels', () => {
  expect(pictureWidth(579, 1)).toBe(600);
  expect(pictureWidth(1200, 2)).toBe(1600);
});

test('a provision is looked for by its first words', () => {
  expect(firstWords('1. Giấy chứng nhận  quyền sử dụng đất, quyền sở hữu', 4)).toBe('1. Giấy chứng nhận');
  expect(bare('“Hết hiệu lực” – Điều 5;')).toBe('hết hiệu lực điều 5');
});
