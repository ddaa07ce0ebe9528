import { expect, test } from 'vitest';
import { parseHash, toHash, type View } from './route';

const views: View[] = [
  { name: 'home' },
  { name: 'sync' },
  { name: 'search', q: 'đất & nhà?', filters: { status: ['in_force', 'expired'], kind: ['luat'] } },
  { name: 'document', id: 'vn/31-2024-qh15', tab: 'content', provision: 'dieu_136.khoan_1', page: 3, time: 192 },
  { name: 'document', id: 'x', time: 0 },
];

test.each(views)('$name survives its address', (view) => {
  expect(parseHash(toHash(view))).toEqual(view);
});

test('an address that says nothing known is home', () => {
  for (const hash of ['', '#', '#/', '#/nothing', '#/document/', '#/document/%E0%A4%A']) {
    expect(parseHash(hash)).toEqual({ name: 'home' });
  }
});

test('nonsense in a document address is left out', () => {
  expect(parseHash('#/document/x?tab=other&page=0&time=abc')).toEqual({ name: 'document', id: 'x' });
});
