import { render, screen } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import type { JobState, Root, Start } from '$lib/host/types';

const host = vi.hoisted(() => ({
  rootRead: vi.fn(),
  pickRootFile: vi.fn(),
  pickFolder: vi.fn(),
  syncStart: vi.fn(),
  syncState: vi.fn(),
}));
vi.mock('$lib/host', () => ({ ...host, asFailure: (error: unknown) => error }));

const { session } = await import('$lib/session.svelte');
const { overall, steps } = await import('$components/sync/phases');
const { FirstStart } = await import('./start.svelte');
const { default: ChooseWay } = await import('./ChooseWay.svelte');
const { default: ChooseRoot } = await import('./ChooseRoot.svelte');

const root: Root = { words: ['một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám'], sha256: 'ab'.repeat(32), origin: 'machine' };
const job: JobState = {
  id: 1,
  phase: 'texts',
  done: 1,
  total: 4,
  bytes: 10,
  state: 'running',
  failure: null,
  report: null,
  readable: false,
};
const begin = (known: Partial<Start> = {}) => {
  session.start = {
    shelf: null,
    root: null,
    source: null,
    sourceIsPolicy: false,
    guest: false,
    unkept: null,
    unfinishedSync: false,
    syncNow: false,
    recoveredFrom: null,
    settings: { theme: 'light', textSize: 100, language: 'vi', commune: null, formerProvince: null, singleKeys: true, showExpired: false },
    ...known,
  };
};

beforeEach(() => {
  vi.clearAllMocks();
  session.job = null;
  host.syncStart.mockResolvedValue(job);
});

test('with a root and a source of the machine one key begins', async () => {
  begin({ root, source: 'https://a.vn', sourceIsPolicy: true });
  render(ChooseWay, { start: new FirstStart(), root });
  const button = screen.getByRole('button', { name: 'Đồng bộ ngay' });
  expect(document.activeElement).toBe(button);
  button.click();
  await vi.waitFor(() => expect(host.syncStart).toHaveBeenCalledWith({ source: null, rootFile: null }));
});

test('all eight words are shown in order', () => {
  begin({ root, source: 'x' });
  render(ChooseWay, { start: new FirstStart(), root });
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(
    root.words.map((word, at) => `${at + 1}${word}`),
  );
});

test('without a source nothing begins, and it says why', async () => {
  begin({ root });
  render(ChooseWay, { start: new FirstStart(), root });
  const button = screen.getByRole('button', { name: /Đồng bộ ngay/ });
  expect(button.getAttribute('aria-disabled')).toBe('true');
  button.click();
  expect(host.syncStart).not.toHaveBeenCalled();
});

test('a root file that was read is shown before it is trusted, and goes with the sync', async () => {
  begin();
  const start = new FirstStart();
  render(ChooseRoot, { start });
  expect(screen.getByRole('button', { name: 'Chọn tệp' })).toBeTruthy();
  host.rootRead.mockResolvedValue({ ...root, origin: 'file' });
  await start.readRoot(' /usb/root.json ');
  expect(start.root?.words).toEqual(root.words);
  expect(host.syncStart).not.toHaveBeenCalled();
  start.source = '/usb/shelf';
  await start.begin();
  expect(host.syncStart).toHaveBeenCalledWith({ source: '/usb/shelf', rootFile: '/usb/root.json' });
});

test('what went wrong is kept to be shown', async () => {
  begin({ root });
  const start = new FirstStart();
  host.pickFolder.mockRejectedValue({ code: 'dialog', detail: '' });
  await start.pickFolder();
  expect(start.failure?.code).toBe('dialog');
});

test('trying again uses the same source', async () => {
  begin({ root });
  const start = new FirstStart();
  await start.begin('/usb/shelf');
  await start.again();
  expect(host.syncStart.mock.calls.map(([request]) => request.source)).toEqual(['/usb/shelf', '/usb/shelf']);
});

test('steps before the one that runs are done, those after it wait', () => {
  expect(steps(job).map((step) => step.state)).toEqual(['done', 'done', 'running', 'waiting', 'waiting']);
  expect(overall(job)).toBeCloseTo(2.25 / 5);
  expect(steps({ ...job, state: 'failed' })[2]!.state).toBe('failed');
  expect(steps({ ...job, state: 'done' }).every((step) => step.state === 'done')).toBe(true);
  expect(steps({ ...job, phase: 'checking', done: 0, total: 0 })[0]!.value).toBeUndefined();
});
