import { render, screen } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { tick } from 'svelte';
import type { ChangeKind, ChangeRow, DocumentLine, JobState, SyncCheck } from '$lib/host/types';

const host = vi.hoisted(() => ({
  syncCheck: vi.fn(),
  syncStart: vi.fn(),
  syncState: vi.fn(),
  syncPause: vi.fn(),
  home: vi.fn(),
}));
vi.mock('$lib/host', () => ({ ...host, asFailure: (error: unknown) => error }));

const { session } = await import('$lib/session.svelte');
const { SyncPage } = await import('./sync.svelte');
const { Pace } = await import('$components/sync/pace');
const { kindsOf, ofTotal } = await import('$components/sync/changes');
const { bytesShort, isUnreachable } = await import('$components/sync/failures');
const { default: ChangeList } = await import('$components/sync/ChangeList.svelte');

const line = (id: string): DocumentLine => ({
  id,
  number: `${id}/2026/QĐ-UBND`,
  kind: 'Quyết định',
  title: `Văn bản ${id}`,
  issuer: 'Ủy ban nhân dân tỉnh Gia Lai',
  issued: null,
  topic: null,
  product: null,
  validity: { state: 'expired', recorded: 'expired', asOf: '2026-11-21', effective: null, expires: null },
  appliesIn: [],
  withdrawn: null,
  here: true,
  bytes: null,
  collection: 'van-ban',
  sample: true,
  basis: null,
});
const row = (id: string, change: ChangeKind, more: Partial<ChangeRow> = {}): ChangeRow => ({
  change,
  document: line(id),
  before: null,
  reason: null,
  marks: 0,
  ...more,
});
const check: SyncCheck = {
  source: 'https://a.vn',
  name: 'Tỉnh Gia Lai',
  seq: 7,
  publishedAt: '2026-11-21T00:00:00Z',
  confirmedAt: '2026-11-24T00:00:00Z',
  nothingNew: false,
  first: false,
  documents: 57,
  total: 1,
  changes: [row('1', 'added')],
  bytes: 46_200_000,
  root: { words: [], sha256: '', origin: 'trusted' },
};
const job: JobState = {
  id: 3,
  phase: 'texts',
  done: 0,
  total: null,
  bytes: 0,
  state: 'running',
  failure: null,
  report: null,
  readable: false,
};

beforeEach(() => {
  vi.resetAllMocks();
  session.job = null;
  host.syncStart.mockResolvedValue(job);
});

test('the answer of an earlier look does not replace that of a later one', async () => {
  const page = new SyncPage();
  let first!: (value: SyncCheck) => void;
  host.syncCheck.mockReturnValueOnce(new Promise((resolve) => (first = resolve)));
  host.syncCheck.mockResolvedValueOnce({ ...check, seq: 8 });
  const slow = page.look('/usb');
  await page.look('https://a.vn');
  first({ ...check, seq: 6 });
  await slow;
  expect(page.check?.seq).toBe(8);
  expect(page.checking).toBe(false);
});

test('what was looked at is what is received, also from a stick', async () => {
  host.syncCheck.mockResolvedValue(check);
  const page = new SyncPage();
  await page.look('/usb');
  await page.begin();
  expect(host.syncStart).toHaveBeenCalledWith({ source: '/usb', rootFile: null });
  await page.again();
  expect(host.syncStart.mock.calls[1]![0].source).toBe('/usb');
});

test('the bytes of the look are the total of the job that follows, and of no other', async () => {
  host.syncCheck.mockResolvedValue(check);
  const page = new SyncPage();
  await page.look();
  await page.begin();
  expect(page.totalOf({ ...job, bytes: 6_800_000 })).toBe(46_200_000);
  expect(page.totalOf({ ...job, bytes: 50_000_000 })).toBeUndefined();
  expect(page.totalOf({ ...job, id: 4 })).toBeUndefined();
  session.job = { ...job, bytes: 6_200_000, state: 'paused' };
  host.syncStart.mockResolvedValue({ ...job, id: 5 });
  await page.again();
  // What came before the pause counts.
  expect(page.cameOf({ ...job, id: 5, bytes: 100_000 })).toBe(6_300_000);
  expect(page.totalOf({ ...job, id: 5 })).toBe(46_200_000);
  expect(page.totalOf(job)).toBeUndefined();
});

test('minutes are told while a job with a known total runs', async () => {
  host.syncCheck.mockResolvedValue(check);
  const page = new SyncPage();
  await page.look();
  await page.begin();
  page.follow({ ...job, bytes: 0 }, 0);
  page.follow({ ...job, bytes: 6_200_000 }, 60_000);
  expect(page.minutes).toBe(7);
  page.follow({ ...job, bytes: 6_200_000, state: 'paused' }, 61_000);
  expect(page.minutes).toBeUndefined();
});

test('a failed look is tried again as a look, a failed sync as a sync', async () => {
  const page = new SyncPage();
  host.syncCheck.mockRejectedValueOnce({ code: 'source_unreachable', detail: '' });
  await page.look('https://b.vn');
  expect(page.failure?.code).toBe('source_unreachable');
  host.syncCheck.mockResolvedValueOnce(check);
  await page.retry();
  expect(host.syncCheck).toHaveBeenLastCalledWith({ source: 'https://b.vn', rootFile: null });
  expect(page.failure).toBeNull();
  await page.begin();
  session.job = { ...job, state: 'failed', failure: { code: 'damaged', detail: '' } };
  await page.retry();
  expect(host.syncStart).toHaveBeenCalledTimes(2);
});

test('an ended job is shown until it is put away; a running one cannot be', () => {
  const page = new SyncPage();
  session.job = job;
  page.dismiss();
  expect(page.job?.id).toBe(3);
  session.job = { ...job, state: 'done' };
  expect(page.job?.state).toBe('done');
  page.dismiss();
  expect(page.job).toBeNull();
});

test('minutes are not guessed from too little, and an old pace is forgotten', () => {
  const pace = new Pace();
  pace.note(1, 0, 0);
  pace.note(1, 90_000, 10_000);
  expect(pace.minutesFor(1e6)).toBeUndefined();
  pace.note(1, 600_000, 60_000);
  expect(pace.minutesFor(6_000_000)).toBe(10);
  expect(pace.minutesFor(0)).toBeUndefined();
  expect(pace.minutesFor(1e12)).toBeUndefined();
  pace.note(2, 0, 61_000);
  expect(pace.minutesFor(6_000_000)).toBeUndefined();
});

test('an amount in a total has its unit once where both have the same', () => {
  expect(ofTotal(6_800_000, 46_200_000)).toBe('6,8 trong 46,2\u00a0MB');
  expect(ofTotal(14_000, 46_200_000)).toBe('14\u00a0kB trong 46,2\u00a0MB');
});

test('what the disk is short of is the difference of what the engine names', () => {
  const failure = { code: 'disk_full', detail: '/x: 3200 MB are needed and 2000 MB are free; free some space' };
  expect(bytesShort(failure)).toBe(1_200_000_000);
  expect(bytesShort({ code: 'disk_full', detail: 'No space left on device' })).toBeUndefined();
  expect(isUnreachable({ code: 'web_page', detail: '' })).toBe(true);
});

test('chips count what the rows hold, and show only that', async () => {
  const rows = [
    row('1', 'added'),
    row('2', 'changed', { before: 'in_force', marks: 2 }),
    row('3', 'withdrawn', { reason: 'Căn cứ đã hết hiệu lực.', marks: 1 }),
  ];
  expect(kindsOf(rows).map(({ kind, count }) => `${kind} ${count}`)).toEqual(['added 1', 'changed 1', 'withdrawn 1']);
  const opened: string[] = [];
  render(ChangeList, {
    title: 'Lần này có gì',
    rows,
    total: 45,
    opens: (each: ChangeRow) => each.change !== 'added',
    onopen: (id: string) => opened.push(id),
  });
  expect(screen.getByRole('button', { name: /Tất cả\s*45/ })).toBeTruthy();
  expect(screen.getByText(/đổi hiệu lực từ “Còn hiệu lực”, bạn có 2 ghi chú/)).toBeTruthy();
  expect(screen.getByText(/Lý do rút: Căn cứ đã hết hiệu lực\. Ghi chú của bạn được giữ/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Văn bản 1/ })).toBeNull();
  screen.getByRole('button', { name: /Văn bản 2/ }).click();
  expect(opened).toEqual(['2']);
  screen.getByRole('button', { name: /Rút\s*1/ }).click();
  await tick();
  expect(screen.getAllByRole('listitem')).toHaveLength(1);
});

test('after a try elsewhere the usual source counts again', async () => {
  const page = new SyncPage();
  host.syncCheck.mockRejectedValueOnce({ code: 'rollback', detail: '' });
  await page.use(' /usb ');
  expect(page.strays).toBe(true);
  page.home();
  expect([page.strays, page.failure, page.chosen]).toEqual([false, null, null]);
  await page.begin();
  expect(host.syncStart).toHaveBeenCalledWith({ source: null, rootFile: null });
});

test('a job that was begun elsewhere is named by what it was asked of', async () => {
  host.syncState.mockResolvedValue({ source: 'https://a.vn', history: [{ source: '/usb' }, { source: 'https://a.vn' }] });
  const page = new SyncPage();
  await page.load();
  expect(page.askedSource).toBe('https://a.vn');
  session.job = { ...job, state: 'failed', failure: { code: 'source_unreachable', detail: '' } };
  expect(page.askedSource).toBe('/usb');
});

test('the five steps have their names in both languages, and say what is done, under way and to come', async () => {
  const { default: SyncSteps } = await import('$components/sync/SyncSteps.svelte');
  const { steps } = await import('$components/sync/phases');
  const { appearance } = await import('$lib/theme.svelte');
  const now: JobState = { ...job, phase: 'texts', done: 1_000_000, total: 4_000_000 };
  const words = () => {
    const { container, unmount } = render(SyncSteps, { steps: steps(now) });
    const read = [...container.querySelectorAll('li')].map((item) => (item.textContent ?? '').replace(/\s+/gu, ' ').trim());
    unmount();
    return read;
  };
  expect(words()).toEqual([
    'Kiểm tra chữ ký Xong',
    'Danh mục Xong',
    'Văn bản và điều khoản 1 MB trong 4 MB',
    'Lập chỉ mục tìm kiếm Chờ',
    'Tờ gấp, bản gốc, video Chờ',
  ]);
  appearance.set({ language: 'en' });
  expect(words()).toEqual([
    'Check the signature Done',
    'Catalogue Done',
    'Acts and provisions 1 MB of 4 MB',
    'Build the search index Waiting',
    'Leaflets, originals, videos Waiting',
  ]);
  appearance.set({ language: 'vi' });
});
