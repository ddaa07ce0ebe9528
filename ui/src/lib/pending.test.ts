import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { abandon, beforeLeaving, NotKept, Rest, settle } from './pending';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  abandon();
  vi.useRealTimers();
});

/** A promise that is kept or broken by hand. */
function open() {
  let done = () => {};
  let fail: (reason: unknown) => void = () => {};
  const promise = new Promise<void>((resolve, reject) => {
    done = resolve;
    fail = reject;
  });
  return { promise, done, fail };
}

test('all are kept before it settles', async () => {
  const first = open();
  const settled = vi.fn();
  beforeLeaving(() => first.promise);
  const second = vi.fn().mockResolvedValue(undefined);
  beforeLeaving(second);
  const work = settle().then(settled);
  await vi.advanceTimersByTimeAsync(10);
  expect(second).toHaveBeenCalledOnce();
  expect(settled).not.toHaveBeenCalled();
  first.done();
  await work;
  expect(settled).toHaveBeenCalledOnce();
});

test('one that fails, or throws, does not stop the others, and is told', async () => {
  const other = vi.fn().mockResolvedValue(undefined);
  beforeLeaving(() => Promise.reject('disk_full'));
  beforeLeaving(() => {
    throw 'broken';
  });
  beforeLeaving(other);
  const error = await settle().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NotKept);
  expect((error as NotKept).reasons).toEqual(['disk_full', 'broken']);
  expect(other).toHaveBeenCalledOnce();
});

test('what was taken back is not asked any more', async () => {
  const keep = vi.fn().mockResolvedValue(undefined);
  const stop = beforeLeaving(keep);
  expect(stop(), 'the reader is still here').toBe(true);
  await settle();
  expect(keep).not.toHaveBeenCalled();
});

test('a view of the reader before keeps nothing for the next one', async () => {
  const keep = vi.fn().mockResolvedValue(undefined);
  const stop = beforeLeaving(() => Promise.resolve());
  const rest = new Rest(keep, 500);
  rest.touch();
  abandon();
  expect(stop()).toBe(false);
  rest.end();
  await vi.advanceTimersByTimeAsync(1000);
  expect(keep).not.toHaveBeenCalled();
});

test('work rests before it is done, once', async () => {
  const keep = vi.fn().mockResolvedValue(undefined);
  const rest = new Rest(keep, 500);
  rest.touch();
  await vi.advanceTimersByTimeAsync(400);
  rest.touch();
  await vi.advanceTimersByTimeAsync(499);
  expect(keep).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(keep).toHaveBeenCalledOnce();
  await settle();
  expect(keep).toHaveBeenCalledOnce();
});

test('what is on its way is waited for, and what came meanwhile follows it', async () => {
  const first = open();
  const keep = vi.fn().mockReturnValueOnce(first.promise).mockResolvedValue(undefined);
  const rest = new Rest(keep, 500);
  rest.touch();
  void rest.flush();
  const settled = vi.fn();
  const early = settle().then(settled);
  await vi.advanceTimersByTimeAsync(0);
  expect(settled).not.toHaveBeenCalled();
  rest.touch();
  const late = settle();
  await vi.advanceTimersByTimeAsync(0);
  expect(keep, 'one at a time').toHaveBeenCalledOnce();
  first.done();
  await Promise.all([early, late]);
  expect(keep).toHaveBeenCalledTimes(2);
});

test('what failed is tried again, and its failure on the way is heard', async () => {
  const first = open();
  const keep = vi.fn().mockReturnValueOnce(first.promise).mockResolvedValue(undefined);
  const rest = new Rest(keep, 500);
  rest.touch();
  await vi.advanceTimersByTimeAsync(500);
  const leaving = settle();
  first.fail('io');
  await expect(leaving).rejects.toBeInstanceOf(NotKept);
  await settle();
  expect(keep).toHaveBeenCalledTimes(2);
});

test('a view that goes keeps what is due at once', async () => {
  const keep = vi.fn().mockResolvedValue(undefined);
  const rest = new Rest(keep, 500);
  rest.touch();
  rest.end();
  expect(keep).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(1000);
  await settle();
  expect(keep).toHaveBeenCalledOnce();
});

test('what a view that has gone could not keep is tried again, and holds nobody up', async () => {
  const keep = vi.fn().mockRejectedValueOnce('io').mockRejectedValueOnce('io').mockResolvedValue(undefined);
  const rest = new Rest(keep, 500);
  rest.touch();
  rest.end();
  await vi.advanceTimersByTimeAsync(0);
  await settle();
  await settle();
  await settle();
  expect(keep).toHaveBeenCalledTimes(3);
});
