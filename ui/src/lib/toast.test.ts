import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toast, toasts } from './toast.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  for (const each of [...toasts.items]) toasts.dismiss(each.id);
  vi.useRealTimers();
});

test('a message goes after six seconds', () => {
  toast('Đã chép trích dẫn');
  vi.advanceTimersByTime(5900);
  expect(toasts.items).toHaveLength(1);
  vi.advanceTimersByTime(200);
  expect(toasts.items).toHaveLength(0);
});

test('under the pointer the time stands still', () => {
  toast('a');
  vi.advanceTimersByTime(4000);
  toasts.pause();
  vi.advanceTimersByTime(60_000);
  expect(toasts.items).toHaveLength(1);
  toasts.resume();
  vi.advanceTimersByTime(1900);
  expect(toasts.items).toHaveLength(1);
  vi.advanceTimersByTime(200);
  expect(toasts.items).toHaveLength(0);
});

test('undo runs once and takes the message away', () => {
  const undo = vi.fn();
  const id = toast({ text: 'Đã xóa', undo });
  toasts.undo(id);
  toasts.undo(id);
  expect(undo).toHaveBeenCalledOnce();
  expect(toasts.items).toHaveLength(0);
});

test('no more than three stand there', () => {
  for (const text of ['a', 'b', 'c', 'd']) toast(text);
  expect(toasts.items.map((each) => each.text)).toEqual(['b', 'c', 'd']);
});
