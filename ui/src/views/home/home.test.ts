import { expect, test, vi } from 'vitest';
import type { DocumentLine, ReadingRow } from '$lib/host/types';

const host = vi.hoisted(() => ({ home: vi.fn(), list: vi.fn(), suggest: vi.fn(), syncState: vi.fn() }));
vi.mock('$lib/host', () => ({ ...host, asFailure: (error: unknown) => error }));

const { candidates, unaccented } = await import('./examples');
const { HomePage, listView, placeView, plainTitle } = await import('./home.svelte');
const { attention, dataDay, placeName } = await import('../frame/status');

const line = (id: string, number: string | null, title: string) =>
  ({ id, number, title, sample: false, withdrawn: null }) as DocumentLine;

test('letters lose their accents, and đ is d', () => {
  expect(unaccented('Đăng ký khai sinh')).toBe('dang ky khai sinh');
});

test('examples come from what is read, then from the newest, each once', () => {
  const act = line('a', '31/2024/QH15', 'Đất đai');
  const found = candidates([{ document: act } as ReadingRow], [act, line('b', null, 'Mất giấy khai sinh thì làm lại ở đâu (mẫu)')]);
  expect(found[0]).toBe('31/2024/QH15');
  expect(found).toContain('mat giay khai sinh thi');
  expect(new Set(found).size).toBe(found.length);
});

test('nothing on the shelf, no examples', () => {
  expect(candidates([], [])).toEqual([]);
});

test('an example that finds nothing is not offered', async () => {
  host.home.mockResolvedValue({ reading: [] });
  host.list.mockResolvedValue({ documents: [line('a', '1/2020/QĐ', 'Một'), line('b', '2/2020/QĐ', 'Hai')] });
  host.suggest.mockImplementation((text: string) =>
    Promise.resolve(text === '1/2020/QĐ' ? [{ kind: 'document' }] : [{ kind: 'recent' }]),
  );
  const page = new HomePage();
  await page.load();
  await page.loadMore();
  expect(page.examples).toEqual(['1/2020/QĐ']);
});

test('a page that cannot be read says why', async () => {
  host.home.mockRejectedValue({ code: 'io', detail: 'x' });
  const page = new HomePage();
  await page.load();
  expect(page.failure?.code).toBe('io');
});

test('reading goes on at the exact place', () => {
  expect(placeView('d1', { provision: 'dieu_5', object: null, page: 3, timeMs: 61500 })).toEqual({
    name: 'document',
    id: 'd1',
    provision: 'dieu_5',
    page: 3,
    time: 61,
  });
  expect(placeView('d1', { provision: null, object: null, page: null, timeMs: null })).toEqual({ name: 'document', id: 'd1' });
});

test('a list is a search without words', () => {
  expect(listView('topic', 'Đất đai')).toEqual({ name: 'search', q: '', filters: { topic: ['Đất đai'] } });
});

test('sample data is named by its tag alone', () => {
  expect(plainTitle({ title: 'Một tờ gấp (Dữ liệu mẫu)', sample: true })).toBe('Một tờ gấp');
  expect(plainTitle({ title: 'Một tờ gấp (Dữ liệu mẫu)', sample: false })).toContain('mẫu');
});

test('the frame names the shelf and the commune, not the app twice', () => {
  expect(placeName('Tủ sách pháp luật', null)).toBeUndefined();
  expect(placeName('Tỉnh Gia Lai', 'Xã Ia Mơ')).toBe('Tỉnh Gia Lai, Xã Ia Mơ');
});

test('a dot asks to sync when the data is old, the last run failed or nothing is here', () => {
  const shelf = { age: { days: 3, clockIsSlow: false, confirmedAt: '2026-11-21T05:00:00Z' } };
  const start = (days: number) => ({ shelf: { age: { ...shelf.age, days } }, unfinishedSync: false }) as never;
  expect(attention(null, null)).toEqual(['sync']);
  expect(attention(start(30), null)).toEqual([]);
  expect(attention(start(31), null)).toEqual(['sync']);
  expect(attention(start(3), { state: 'failed' } as never)).toEqual(['sync']);
  expect(dataDay(shelf as never)).toBe('2026-11-21');
  expect(dataDay(null)).toBeUndefined();
});
