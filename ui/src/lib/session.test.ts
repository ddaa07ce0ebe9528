import { beforeEach, expect, test, vi } from 'vitest';
import type { JobState, ShelfState, Start } from './host/types';

const host = vi.hoisted(() => ({
  start: vi.fn(),
  settingsChange: vi.fn(),
  syncState: vi.fn(),
  syncStart: vi.fn(),
  visitStart: vi.fn(),
  visitEnd: vi.fn(),
  heard: {} as { job?: (job: JobState) => void; shelf?: (shelf: ShelfState) => void },
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
  asFailure: (error: unknown) => error,
}));

const { keyboard } = await import('./keyboard.svelte');
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
  session.start = null;
  session.failure = null;
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
