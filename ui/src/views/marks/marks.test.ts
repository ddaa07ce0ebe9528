import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DocumentLine, Mark, MarkState, Marks } from '$lib/host/types';
import { NOTE_REST } from '$lib/draft.svelte';
import { toasts } from '$lib/toast.svelte';
import { asText, filterOf, lookOf, placeName, sorted, viewOf } from './marks';
import { MarksModel } from './marks.svelte';

const host = vi.hoisted(() => ({
  marks: vi.fn(),
  markPut: vi.fn(),
  markRemove: vi.fn(async () => null),
  markRestore: vi.fn(async () => null),
  folderPut: vi.fn(),
  folderRemove: vi.fn(),
  folderRestore: vi.fn(),
  asFailure: (error: unknown) => error,
}));
vi.mock('$lib/host', () => host);

const state: MarkState = {
  document: 'in_force', asOf: '2026-11-21', provision: 'no_change_known',
  changed: false, orphan: false, withdrawn: null, notHere: false,
};
const line = {
  id: 'd1', number: '31/2024/QH15', kind: 'Luật', title: 'Luật Đất đai', sample: false, basis: null,
} as DocumentLine;

function mark(id: number, more: Partial<Mark> = {}, today: Partial<MarkState> = {}): Mark {
  return {
    id, document: 'd1', line, place: { provision: 'dieu_136.khoan_1', object: null, page: null, timeMs: null },
    quote: 'Thẩm quyền cấp', title: 'Luật Đất đai', label: 'khoản 1 Điều 136', note: '', colour: 0, folder: null,
    createdAt: '2026-11-01T00:00:00Z', changedAt: `2026-11-0${id}T00:00:00Z`, needsReview: false,
    today: { ...state, ...today }, ...more,
  };
}

function answer(marks: Mark[]): Marks {
  return { marks, folders: [], counts: { all: marks.length, unfiled: 0, review: 0, withdrawn: 0 } };
}

beforeEach(() => {
  vi.useFakeTimers();
  host.marks.mockReset();
  host.markPut.mockReset().mockImplementation(async (draft: Partial<Mark>) => ({ ...mark(draft.id ?? 9), ...draft }));
});

afterEach(() => {
  for (const each of toasts.items) toasts.dismiss(each.id);
  vi.useRealTimers();
  vi.clearAllMocks();
});

describe('a row', () => {
  test('tells what is gone before what has changed', () => {
    const words = (today: Partial<MarkState>) => lookOf(mark(1, {}, today)).word;
    expect(words({})).toBe('Còn hiệu lực');
    expect(words({ provision: 'may_be_amended' })).toBe('Có thể đã sửa đổi');
    expect(words({ changed: true, provision: 'amended' })).toBe('Nội dung đã thay đổi');
    expect(words({ orphan: true, changed: true })).toBe('Không còn điều khoản này');
    expect(words({ withdrawn: { on: '2026-11-18', reason: 'sai' }, orphan: true })).toBe('Đã rút');
  });

  test('names its place as people say it, and leads there', () => {
    const at = (place: Partial<Mark['place']>, label = '') =>
      mark(1, { label, place: { provision: null, object: null, page: null, timeMs: null, ...place } });
    expect(placeName(mark(1))).toBe('Khoản\u00a01 Điều\u00a0136');
    expect(placeName(at({ timeMs: 192_000 }))).toBe('Phút 03:12');
    expect(placeName(at({ page: 4 }))).toBe('Trang 4');
    expect(placeName(at({}))).toBe('Cả tài liệu');
    expect(viewOf(at({ timeMs: 192_500 }))).toEqual({ name: 'document', id: 'd1', tab: 'original', time: 192 });
    expect(viewOf(mark(1))).toEqual({ name: 'document', id: 'd1', provision: 'dieu_136.khoan_1' });
  });

  test('is copied with its check date', () => {
    expect(asText([mark(1, { note: 'Hỏi nhiều' })])).toBe(
      'Khoản\u00a01 Điều\u00a0136, Luật 31/2024/QH15 (Còn hiệu lực, kiểm tra 21/11/2026)\n“Thẩm quyền cấp”\nHỏi nhiều',
    );
  });
});

test('a folder is a filter, and so are the fixed places', () => {
  expect(filterOf(3, ' đất ')).toMatchObject({ folder: 3, text: 'đất', review: false });
  expect(filterOf('review', '')).toMatchObject({ folder: null, review: true });
  expect(filterOf('withdrawn', '')).toMatchObject({ withdrawn: true, unfiled: false });
  expect(sorted([mark(1), mark(3), mark(2)], 'newest').map(({ id }) => id)).toEqual([3, 2, 1]);
  expect(sorted([mark(1), mark(3)], 'oldest').map(({ id }) => id)).toEqual([1, 3]);
});

describe('the model', () => {
  test('drops the answer to a question that is no longer asked', async () => {
    const model = new MarksModel();
    let late: (value: Marks) => void = () => {};
    host.marks.mockImplementationOnce(() => new Promise((done) => (late = done)));
    const first = model.load();
    host.marks.mockResolvedValueOnce(answer([mark(2)]));
    model.shelf = 'review';
    await model.load();
    late(answer([mark(1)]));
    await first;
    expect(model.rows.map(({ id }) => id)).toEqual([2]);
  });

  test('deletes what is ticked, and one undo brings all of it back', async () => {
    const model = new MarksModel();
    host.marks.mockResolvedValueOnce(answer([mark(1), mark(2), mark(3)])).mockResolvedValue(answer([mark(3)]));
    await model.load();
    model.tick(1, true);
    model.tick(2, true);
    await model.remove();
    expect(host.markRemove.mock.calls).toEqual([[2], [1]]);
    expect(model.current).toBe(3);
    toasts.undo(toasts.items.at(-1)!.id);
    await vi.runAllTimersAsync();
    expect(host.markRestore.mock.calls).toEqual([[2], [1]]);
  });

  test('keeps a note once typing rests, and at once when one goes to another row', async () => {
    const model = new MarksModel();
    host.marks.mockResolvedValue(answer([mark(1), mark(2)]));
    await model.load();
    model.draft.write(model.mark!, { note: 'a' });
    model.draft.write(model.mark!, { note: 'ab' });
    expect(host.markPut).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(NOTE_REST);
    expect(host.markPut).toHaveBeenCalledTimes(1);
    expect(host.markPut.mock.lastCall![0]).toMatchObject({ id: 2, note: 'ab' });
    expect(model.draft.savedAt).not.toBeNull();
    model.draft.write(model.mark!, { note: 'abc' });
    model.step(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(host.markPut.mock.lastCall![0]).toMatchObject({ id: 2, note: 'abc' });
    expect(model.current).toBe(1);
  });

  test('says that a note was not kept, and keeps the words', async () => {
    const model = new MarksModel();
    host.marks.mockResolvedValue(answer([mark(1)]));
    await model.load();
    host.markPut.mockRejectedValueOnce({ code: 'disk_full', detail: '' });
    model.draft.write(model.mark!, { note: 'dài' });
    await model.draft.flush();
    expect(model.draft.failure?.code).toBe('disk_full');
    expect(model.mark?.note).toBe('dài');
  });
});

describe('a search within marks', () => {
  test('counts what it finds on every shelf, and tells of what lies elsewhere', async () => {
    const all = [mark(1, { folder: 7 }), mark(2, { folder: null, needsReview: true }), mark(3, { folder: 8 })];
    host.marks.mockImplementation(async ({ folder }: { folder: number | null }) =>
      answer(folder === null ? all : all.filter((each) => each.folder === folder)),
    );
    const model = new MarksModel();
    model.shelf = 7;
    await model.load();
    expect(model.elsewhere).toBe(0);
    expect(host.marks).toHaveBeenCalledTimes(1);
    model.search(' tham quyen ');
    await vi.advanceTimersByTimeAsync(300);
    expect(model.searched).toBe('tham quyen');
    expect(model.rows).toHaveLength(1);
    expect([7, 8, 'all', 'unfiled', 'review', 'withdrawn'].map((shelf) => model.count(shelf as 7))).toEqual([1, 1, 3, 1, 1, 0]);
    expect(model.elsewhere).toBe(2);
    model.search('');
    await vi.advanceTimersByTimeAsync(300);
    expect(model.elsewhere).toBe(0);
    model.end();
  });
});
