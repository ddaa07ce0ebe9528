import { beforeEach, expect, test, vi } from 'vitest';
import type { Wanted } from './host/types';
import { session } from './session.svelte';
import { Wants, type Asked } from './wants.svelte';

const wanted = (document: string): Wanted => ({ document, name: document, askedAt: '2026-08-01T00:00:00Z', bytes: 14 });

function machine(): Asked & { list: Wanted[] } {
  const it = {
    list: [] as Wanted[],
    want: async (id: string) => (it.list = [...it.list, wanted(id)]),
    unwant: async (id: string) => (it.list = it.list.filter(({ document }) => document !== id)),
    wants: async () => it.list,
  };
  return it;
}

const sync = vi.fn(async () => {});
const state = { syncing: false, source: 'http://shelf.example/' as string | null };

beforeEach(() => {
  sync.mockClear();
  Object.assign(state, { syncing: false, source: 'http://shelf.example/' });
  vi.spyOn(session, 'sync').mockImplementation(sync);
  vi.spyOn(session, 'syncing', 'get').mockImplementation(() => state.syncing);
  session.start = { source: state.source } as typeof session.start;
});

test('asking for a document begins the sync that brings it', async () => {
  const wants = new Wants(machine());
  await wants.want('a');
  expect(wants.has('a')).toBe(true);
  expect(sync).toHaveBeenCalledTimes(1);
});

test('where there is nowhere to ask the wish is noted and nothing begins', async () => {
  session.start = { source: null } as typeof session.start;
  const wants = new Wants(machine());
  await wants.want('a');
  expect(wants.has('a')).toBe(true);
  expect(sync).not.toHaveBeenCalled();
});

test('what is here already, or was dropped, is waited for no longer', async () => {
  const app = machine();
  const wants = new Wants({ ...app, want: async () => [] });
  await wants.want('a');
  expect(sync).not.toHaveBeenCalled();
  const others = new Wants(app);
  await others.want('b');
  await others.drop('b');
  expect(others.has('b')).toBe(false);
});

test('a wish that came while a sync ran gets one of its own', async () => {
  const wants = new Wants(machine());
  state.syncing = true;
  await wants.want('a');
  expect(sync).not.toHaveBeenCalled();
  state.syncing = false;
  await wants.ended(true);
  expect(sync).toHaveBeenCalledTimes(1);
  await wants.ended(true);
  expect(sync).toHaveBeenCalledTimes(1);
});
