import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import type { CollectionState } from '$lib/host/types';

const host = vi.hoisted(() => ({ collectionsChoose: vi.fn(), settingsChange: vi.fn(), start: vi.fn() }));
vi.mock('$lib/host', () => ({ ...host, asFailure: (error: unknown) => error }));

const { default: Collections } = await import('./Collections.svelte');
const { dropped, missing, takenIds } = await import('./collections');
const { default: CommuneFields } = await import('./CommuneFields.svelte');
const { session } = await import('$lib/session.svelte');

const collection = (id: string, more: Partial<CollectionState> = {}): CollectionState => ({
  id,
  name: id.toUpperCase(),
  documents: 3,
  bytes: 1000,
  bytesHere: 0,
  taken: false,
  locked: false,
  ...more,
});

beforeEach(() => vi.clearAllMocks());

test('what a choice brings and takes away is known before', () => {
  expect(missing(collection('a', { taken: true, bytesHere: 300 }))).toBe(700);
  expect(missing(collection('a', { bytesHere: 300 }))).toBe(0);
  expect(dropped(collection('a', { bytesHere: 300 }))).toBe(300);
  expect(takenIds([collection('a', { locked: true }), collection('b'), collection('c', { taken: true })])).toEqual(['a', 'c']);
});

test('a collection that is ticked is chosen at once with the others', async () => {
  const rows = [collection('a', { taken: true, bytesHere: 1000 }), collection('b')];
  host.collectionsChoose.mockResolvedValue([rows[0], { ...rows[1], taken: true }]);
  render(Collections, { collections: rows });
  await fireEvent.click(screen.getByRole('checkbox', { name: 'Giữ bộ B' }));
  expect(host.collectionsChoose).toHaveBeenCalledWith(['a', 'b']);
  expect(await screen.findByRole('button', { name: 'Đồng bộ để áp dụng' })).toBeTruthy();
});

test('the last collection stays', async () => {
  render(Collections, { collections: [collection('a', { taken: true })] });
  const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Giữ bộ A' });
  await fireEvent.click(box);
  expect(box.checked).toBe(true);
  expect(host.collectionsChoose).not.toHaveBeenCalled();
});

test('a choice that fails is taken back', async () => {
  host.collectionsChoose.mockRejectedValue({ code: 'busy', detail: '' });
  render(Collections, { collections: [collection('a', { taken: true }), collection('b')] });
  const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Giữ bộ B' });
  await fireEvent.click(box);
  await vi.waitFor(() => expect(box.checked).toBe(false));
});

test('the commune is kept when the field is left', async () => {
  session.start = { settings: { commune: null, formerProvince: null } } as never;
  host.settingsChange.mockResolvedValue({ commune: 'Xã Ia Mơ', formerProvince: null });
  render(CommuneFields);
  const field = screen.getByLabelText('Xã, phường của tôi');
  await fireEvent.input(field, { target: { value: ' Xã Ia Mơ ' } });
  await fireEvent.blur(field);
  expect(host.settingsChange).toHaveBeenCalledWith({ commune: 'Xã Ia Mơ' });
});
