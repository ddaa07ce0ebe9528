import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Mark } from './host/types';

const host = vi.hoisted(() => ({ markPut: vi.fn(), asFailure: (error: unknown) => error }));
vi.mock('./host', () => host);

const { NoteDraft } = await import('./draft.svelte');
const { abandon, settle } = await import('./pending');

const mark = (id: number) => ({ id, document: 'd1', quote: '', note: '', colour: 0, folder: null }) as unknown as Mark;

beforeEach(() => {
  host.markPut.mockReset().mockImplementation((draft: object) => Promise.resolve(draft));
});
afterEach(() => abandon());

test('typed words are kept before another reader comes', async () => {
  const kept = vi.fn();
  const draft = new NoteDraft({ kept });
  draft.write(mark(1), { note: 'nộp ở đâu' });
  await settle();
  expect(kept).toHaveBeenCalledWith(expect.objectContaining({ id: 1, note: 'nộp ở đâu' }));
  expect(draft.saving).toBe(false);
});

test('colour and words that were changed one after the other are kept together', async () => {
  const draft = new NoteDraft({ kept: () => {} });
  draft.write(mark(1), { note: 'nộp' });
  draft.write(mark(1), { colour: 2 });
  await draft.flush();
  expect(host.markPut.mock.calls).toEqual([[expect.objectContaining({ note: 'nộp', colour: 2 })]]);
});

test('words that could not be kept stay while another note is written, and are tried again with it', async () => {
  const failed = vi.fn();
  const draft = new NoteDraft({ kept: () => {}, failed });
  host.markPut.mockRejectedValueOnce({ code: 'disk_full', detail: '' });
  draft.write(mark(1), { note: 'một' });
  await draft.flush();
  expect(failed).toHaveBeenCalledOnce();
  expect(draft.failure?.code).toBe('disk_full');
  draft.show(2);
  draft.write(mark(2), { note: 'hai' });
  await draft.flush();
  expect(host.markPut.mock.calls.map(([{ note }]) => note)).toEqual(['một', 'một', 'hai']);
  expect(draft.failure).toBeNull();
  expect(draft.savedAt).not.toBeNull();
});

test('what was kept does not take back what was typed meanwhile', async () => {
  let done: (value: unknown) => void = () => {};
  host.markPut.mockImplementationOnce(() => new Promise((resolve) => (done = resolve)));
  const kept = vi.fn();
  const draft = new NoteDraft({ kept });
  draft.write(mark(1), { note: 'nộp' });
  const first = draft.flush();
  await vi.waitFor(() => expect(host.markPut).toHaveBeenCalledOnce());
  draft.write(mark(1), { note: 'nộp ở xã' });
  done({ ...mark(1), note: 'nộp' });
  await first;
  expect(kept).not.toHaveBeenCalled();
  expect(draft.saving).toBe(true);
  await draft.flush();
  expect(kept.mock.calls).toEqual([[expect.objectContaining({ note: 'nộp ở xã' })]]);
});

test('words on a mark that is gone hold nobody up', async () => {
  const draft = new NoteDraft({ kept: () => {} });
  host.markPut.mockRejectedValue({ code: 'not_found', detail: '' });
  draft.write(mark(1), { note: 'một' });
  await draft.flush();
  draft.drop(1);
  await settle();
});
