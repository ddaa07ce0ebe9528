import { beforeEach, expect, test, vi } from 'vitest';
import type { JobState, ShelfState, Start } from './host/types';

const host = vi.hoisted(() => ({
  start: vi.fn(),
  settingsChange: vi.fn(),
  syncState: vi.fn(),
  syncStart: vi.fn(),
  visitStart: vi.fn(),
  visitEnd: vi.fn(),
  pageLeft: vi.fn(),
  heard: {} as { leaving?: () => void; job?: (job: JobState) => void; shelf?: (shelf: ShelfState) => void },
}));
vi.mock('./host', () => ({
  ...host,
  onJob: (heard: (job: JobState) => void) => {
    host.heard.job = heard;
    return () => {};
  },
  onShelf: (heard: (shelf: ShelfState) => void) => {
    host.heard.shelf = heard;
    return () => {};
  },
  onLeaving: (heard: () => void) => {
    host.heard.leaving = heard;
    return () => {};
  },
  asFailure: (error: unknown) => error,
}));

const { keyboard } = await import('./keyboard.svelte');
const { abandon, beforeLeaving, NotKept } = await import('./pending');
const { router } = await import('./router.svelte');
const { session } = await import('./session.svelte');
const { appearance } = await import('./theme.svelte');

const settings = {
  theme: 'dark',
  textSize: 125,
  language: 'vi',
  commune: null,
  formerProvince: null,
  singleKeys: false,
  showExpired: false,
} as const;
const begun: Start = {
  shelf: null,
  root: null,
  source: null,
  sourceIsPolicy: false,
  settings,
  guest: false,
  unkept: null,
  unfinishedSync: false,
  syncNow: false,
  recoveredFrom: null,
};

beforeEach(() => {
  vi.clearAllMocks();
  host.start.mockResolvedValue(begun);
  host.syncState.mockResolvedValue({ running: null });
  host.settingsChange.mockImplementation((patch) => Promise.resolve({ ...settings, ...patch }));
  host.visitStart.mockResolvedValue({ ...begun, guest: true });
  host.visitEnd.mockResolvedValue(begun);
  session.start = null;
  session.failure = null;
  abandon();
});

test('the look and the keys begin as the settings say', async () => {
  await session.load();
  expect(appearance.theme).toBe('dark');
  expect(appearance.textSize).toBe(125);
  expect(keyboard.letters).toBe(false);
});

test('a change of the look is kept, once, and only what changed', async () => {
  const stop = session.listen();
  await vi.waitFor(() => expect(session.settings).not.toBeNull());
  appearance.textSize = 150;
  await vi.waitFor(() => expect(session.settings?.textSize).toBe(150));
  expect(host.settingsChange.mock.calls).toEqual([[{ textSize: 150 }]]);
  stop();
});

test('high contrast follows the system and is not written down', async () => {
  const stop = session.listen();
  await vi.waitFor(() => expect(session.settings).not.toBeNull());
  appearance.theme = 'contrast';
  expect(host.settingsChange).not.toHaveBeenCalled();
  stop();
});

test('a new shelf is asked for again, and views hear of it', async () => {
  const stop = session.listen();
  await vi.waitFor(() => expect(session.start).not.toBeNull());
  const turn = session.turn;
  const shelf = { name: 'Tỉnh' } as ShelfState;
  host.start.mockResolvedValue({ ...begun, shelf });
  host.heard.shelf?.(shelf);
  expect(session.shelf).toEqual(shelf);
  expect(session.turn).toBe(turn + 1);
  await vi.waitFor(() => expect(host.start).toHaveBeenCalledTimes(2));
  stop();
});

test('what cannot be loaded says why', async () => {
  host.start.mockRejectedValue({ code: 'newer', detail: 'user.db' });
  await session.load();
  expect(session.failure).toEqual({ code: 'newer', detail: 'user.db' });
});

test('the end of a visit leaves no history and no open documents', async () => {
  host.visitEnd.mockResolvedValue(begun);
  router.go({ name: 'document', id: 'd1' });
  await session.visitEnd();
  expect(router.view).toEqual({ name: 'home' });
  expect(router.canBack).toBe(false);
  expect(router.documents).toEqual([]);
});

test.each(['visitStart', 'visitEnd'] as const)('what is not kept yet is kept before the reader changes: %s', async (change) => {
  const order: string[] = [];
  beforeLeaving(async () => {
    await Promise.resolve();
    order.push('kept');
  });
  host[change].mockImplementation(() => {
    order.push(change);
    return Promise.resolve(begun);
  });
  await session[change]();
  expect(order).toEqual(['kept', change]);
});

test('no visit begins while something of the person cannot be kept', async () => {
  beforeLeaving(() => Promise.reject({ code: 'disk_full', detail: '' }));
  const reader = session.reader;
  await expect(session.visitStart()).rejects.toBeInstanceOf(NotKept);
  expect(host.visitStart).not.toHaveBeenCalled();
  expect(session.reader).toBe(reader);
});

test('a visit ends although something of it could not be kept', async () => {
  beforeLeaving(() => Promise.reject({ code: 'disk_full', detail: '' }));
  await session.visitEnd();
  expect(host.visitEnd).toHaveBeenCalledOnce();
});

test('a second press changes the reader once', async () => {
  const reader = session.reader;
  await Promise.all([session.visitEnd(), session.visitEnd()]);
  expect(host.visitEnd).toHaveBeenCalledOnce();
  expect(session.reader).toBe(reader + 1);
});

test('a setting that is on its way is the person’s, not the guest’s', async () => {
  await session.load();
  let kept: (value: unknown) => void = () => {};
  host.settingsChange.mockImplementation(() => new Promise((done) => (kept = done)));
  const change = session.change({ commune: 'Xã Ia Mơ' });
  const visit = session.visitStart();
  await Promise.resolve();
  expect(host.visitStart).not.toHaveBeenCalled();
  kept({ ...settings, commune: 'Xã Ia Mơ' });
  await Promise.all([change, visit]);
  expect(session.settings?.commune).toBeNull();
});

test.each([true, false])('the window goes when all is kept, or cannot be: %s', async (works) => {
  const order: string[] = [];
  host.pageLeft.mockImplementation(() => Promise.resolve(order.push('left')));
  const stop = session.listen();
  beforeLeaving(async () => {
    await Promise.resolve();
    order.push('kept');
    if (!works) throw new Error('full disk');
  });
  host.heard.leaving?.();
  await vi.waitFor(() => expect(order).toEqual(['kept', 'left']));
  stop();
});

test('what is not kept yet is kept when the window goes, or is out of sight', () => {
  const stop = session.listen();
  const keep = vi.fn().mockResolvedValue(undefined);
  beforeLeaving(keep);
  window.dispatchEvent(new Event('pagehide'));
  expect(keep).toHaveBeenCalledTimes(1);
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(keep).toHaveBeenCalledTimes(2);
  stop();
  vi.restoreAllMocks();
});
