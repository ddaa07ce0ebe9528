import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Block, DocumentPage, FoundRange, OutlineNode, Position } from '$lib/host/types';

const host = vi.hoisted(() => ({
  document: vi.fn(),
  blocks: vi.fn(),
  findInDocument: vi.fn(),
  jump: vi.fn(),
  markPut: vi.fn(),
  markRemove: vi.fn(),
  markRestore: vi.fn(),
  asFailure: (error: unknown) => error,
}));
vi.mock('$lib/host', () => host);

const { CHUNK, nextChunk } = await import('./chunks');
const { DocumentModel } = await import('./model.svelte');
const { NOTE_REST } = await import('$lib/draft.svelte');

const TOTAL = CHUNK * 5;

const outline: OutlineNode[] = Array.from({ length: TOTAL / 10 }, (_, at) => ({
  id: `dieu_${at + 1}`,
  level: 'article',
  label: `Điều ${at + 1}`,
  heading: '',
  state: 'no_change_known',
  block: at * 10,
  doubtful: false,
  children: [],
}));

const page = (more: Partial<DocumentPage> = {}): DocumentPage =>
  ({ outline, blocks: TOTAL, effects: [{ provision: 'dieu_3' }, { provision: 'dieu_30' }], marks: [], position: null, ...more }) as DocumentPage;

async function opened(more: Partial<DocumentPage> = {}) {
  host.document.mockResolvedValue(page(more));
  const model = new DocumentModel('d1');
  await model.load();
  return model;
}

/** The chunks that were asked for, in order. */
const asked = () => host.blocks.mock.calls.map(([, from]) => (from as number) / CHUNK);

beforeEach(() => {
  vi.clearAllMocks();
  host.blocks.mockImplementation((_: string, from: number, count: number) =>
    Promise.resolve({
      from,
      total: TOTAL,
      blocks: Array.from({ length: count }, (_, at) => ({ index: from + at, id: null, depth: 0, effects: [] }) as unknown as Block),
    }),
  );
});

describe('the text of a document', () => {
  it('comes in the wanted part first, then what follows, then what stands before', () => {
    const has = new Set<number>();
    const order: number[] = [];
    for (;;) {
      const next = nextChunk((chunk) => has.has(chunk), 5, 2);
      if (next === undefined) break;
      has.add(next);
      order.push(next);
    }
    expect(order).toEqual([2, 3, 4, 1, 0]);
  });

  it('loads the place of a jump before the rest', async () => {
    const model = await opened();
    await model.ensure(0);
    host.jump.mockResolvedValue('dieu_33');
    expect(await model.jump('đ 33')).toBe(true);
    expect(model.goal).toMatchObject({ block: 320, focus: true });
    await model.ensure(model.goal!.block);
    expect(asked()).toEqual([0, 4]);
    const works: (() => void)[] = [];
    model.fill((work) => works.push(work));
    while (works.length > 0) {
      works.shift()!();
      await vi.waitFor(() => expect(works.length + host.blocks.mock.calls.length).toBeGreaterThan(2));
      await new Promise((done) => setTimeout(done));
    }
    expect(asked()).toEqual([0, 4, 3, 2, 1]);
  });

  it('asks for a part once, however many want it', async () => {
    const model = await opened();
    await Promise.all([model.ensure(5), model.ensure(6), model.all()]);
    expect(asked().toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(model.block(CHUNK + 1)?.index).toBe(CHUNK + 1);
  });

  it('stands with a failed part and loads it again', async () => {
    const model = await opened();
    host.blocks.mockRejectedValueOnce({ code: 'damaged', detail: '' });
    await model.ensure(0);
    expect(model.textFailure?.code).toBe('damaged');
    await model.retry();
    expect(model.textFailure).toBeNull();
    expect(model.block(0)).toBeDefined();
  });

  it('says so when there is no such place', async () => {
    const model = await opened();
    host.jump.mockResolvedValue(null);
    expect(await model.jump('đ 999')).toBe(false);
    expect(model.goal).toBeNull();
  });
});

describe('where the reader stands', () => {
  it('is the provision of the block at the top', async () => {
    const model = await opened();
    model.current = 47;
    expect(model.provision).toBe('dieu_5');
    expect(model.label).toBe('Điều 5');
    expect(model.blockOf('dieu_5.khoan_9')).toBe(40);
    expect(model.blockOf('dieu_999')).toBeUndefined();
  });

  it('is named by the text where the outline leaves out its khoản', async () => {
    const listed = { ...outline[0]!, id: 'dieu_1.khoan_1', level: 'clause', label: 'khoản 1', block: 1 };
    const ids: Record<number, [string, string]> = {
      0: ['dieu_1', 'Điều 1'],
      1: ['dieu_1.khoan_1', 'khoản 1'],
      2: ['dieu_1.khoan_2', 'khoản 2'],
      3: ['dieu_1.khoan_2.diem_a', 'điểm a'],
    };
    host.blocks.mockResolvedValueOnce({
      blocks: Array.from({ length: CHUNK }, (_, at) => ({ index: at, id: ids[at]?.[0] ?? null, label: ids[at]?.[1] ?? '' })),
    });
    const model = await opened({ outline: [{ ...outline[0]!, children: [listed] }, ...outline.slice(1)] });
    await model.ensure(0);
    model.current = 1;
    expect(model.label).toBe('Điều 1, khoản 1');
    model.current = 4;
    expect(model.provision).toBe('dieu_1.khoan_2.diem_a');
    expect(model.label).toBe('Điều 1, khoản 2, điểm a');
    expect(model.spot?.node.id).toBe('dieu_1');
  });

  it('is kept as place and share, and found again', async () => {
    const first = await opened();
    first.current = 47;
    const position: Position = { place: first.place(), fraction: Math.fround(first.fraction) };
    const again = await opened({ position });
    expect(again.stopped()).toBe(47);
  });

  it('is found by its provision where the text has moved', async () => {
    const position: Position = { place: { provision: 'dieu_9', object: null, page: null, timeMs: null }, fraction: 0.9 };
    expect((await opened({ position })).stopped()).toBe(80);
  });

  it('at the very beginning is nothing to go back to', async () => {
    const position: Position = { place: { provision: null, object: null, page: null, timeMs: null }, fraction: 0 };
    expect((await opened({ position })).stopped()).toBeUndefined();
  });

  it('goes from change to change', async () => {
    const model = await opened();
    model.current = 0;
    expect(model.changeStep(1)).toBe(20);
    expect(model.changeStep(1)).toBe(290);
    expect(model.changeStep(1)).toBeUndefined();
    expect(model.changeStep(-1)).toBe(20);
  });
});

describe('words that are looked for', () => {
  const range = (block: number): FoundRange => ({ block, part: 'text', cell: null, from: 0, to: 2 });

  it('begin at the place that is read and go around the end', async () => {
    const model = await opened();
    host.findInDocument.mockResolvedValue([range(3), range(50), range(120)]);
    model.current = 40;
    model.finder.text = 'đất';
    await model.find();
    expect(model.finder.at).toBe(1);
    expect(model.goal?.block).toBe(50);
    model.findStep(1);
    model.findStep(1);
    expect(model.finder.current?.block).toBe(3);
    model.findStep(-1);
    expect(model.finder.current?.block).toBe(120);
    expect(model.finder.byBlock.get(50)).toHaveLength(1);
  });

  it('are those typed last, though an earlier answer comes later', async () => {
    const model = await opened();
    let late: (ranges: FoundRange[]) => void = () => {};
    host.findInDocument.mockReturnValueOnce(new Promise((done) => (late = done)));
    model.finder.text = 'đ';
    const first = model.find();
    host.findInDocument.mockResolvedValueOnce([range(7)]);
    model.finder.text = 'đất';
    await model.find();
    late([range(1), range(2)]);
    await first;
    expect(model.finder.ranges.map(({ block }) => block)).toEqual([7]);
    expect(model.finder.searched).toBe('đất');
  });
});

describe('notes', () => {
  it('are saved when the typing rests, once', async () => {
    vi.useFakeTimers();
    const model = await opened();
    host.markPut.mockImplementation((draft: object) => Promise.resolve({ ...draft, id: 1 }));
    const mark = (await model.notes.add(model.place(), 'chữ'))!;
    model.notes.edit(mark);
    for (const note of ['n', 'nộ', 'nộp']) model.notes.draft.write(mark, { note, colour: 2 });
    await vi.advanceTimersByTimeAsync(NOTE_REST + 1);
    expect(host.markPut).toHaveBeenCalledTimes(2);
    expect(model.notes.marks[0]).toMatchObject({ id: 1, note: 'nộp', colour: 2 });
    expect(model.notes.draft.savedAt).not.toBeNull();
    vi.useRealTimers();
  });

  it('that could not be saved are tried again on leaving', async () => {
    const model = await opened();
    host.markPut.mockResolvedValueOnce({ id: 1, note: '', colour: 0, place: model.place(), quote: '', folder: null, document: 'd1' });
    const mark = (await model.notes.add(model.place(), ''))!;
    host.markPut.mockRejectedValueOnce({ code: 'disk_full', detail: '' });
    model.notes.draft.write(mark, { note: 'nộp ở đâu' });
    await model.notes.draft.flush();
    expect(model.notes.draft.failure?.code).toBe('disk_full');
    host.markPut.mockImplementation((draft: object) => Promise.resolve({ ...draft }));
    model.end();
    await vi.waitFor(() => expect(model.notes.marks[0]?.note).toBe('nộp ở đâu'));
  });
});
