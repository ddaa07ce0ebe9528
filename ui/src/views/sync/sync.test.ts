import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChangeRow, JobState } from '$lib/host/types';
import { overall, steps } from '../start/phases';
import { accept, compared, counted, isGrave, jobTitle, sample, secondsLeft, timeLeft, WINDOW } from './sync';
import { SyncModel } from './sync.svelte';

const host = vi.hoisted(() => ({
  syncState: vi.fn(),
  syncCheck: vi.fn(),
  syncPause: vi.fn(async () => null),
  syncCancel: vi.fn(async () => null),
  pickFolder: vi.fn(),
  asFailure: (error: unknown) => error,
}));
vi.mock('$lib/host', () => host);

function job(more: Partial<JobState> = {}): JobState {
  return { id: 1, phase: 'texts', done: 0, total: null, bytes: 0, state: 'running', failure: null, report: null, readable: false, ...more };
}

beforeEach(() => {
  vi.clearAllMocks();
  host.syncState.mockResolvedValue({ running: null });
});

describe('events', () => {
  test('of an older job, or after the end, change nothing', () => {
    const now = job({ id: 2, bytes: 10 });
    expect(accept(now, job({ id: 1, bytes: 99 }))).toBe(now);
    const ended = job({ id: 2, state: 'done' });
    expect(accept(ended, job({ id: 2, bytes: 99 }))).toBe(ended);
    expect(accept(ended, null)).toBe(ended);
    const next = job({ id: 3 });
    expect(accept(ended, next)).toBe(next);
  });

  test('that were overtaken tell less, and the end always counts', () => {
    const now = job({ bytes: 10 });
    expect(accept(now, job({ bytes: 5 }))).toBe(now);
    const end = job({ bytes: 0, state: 'failed' });
    expect(accept(now, end)).toBe(end);
  });
});

test('phases become five rows', () => {
  const rows = steps(job({ phase: 'texts', done: 30, total: 40 }));
  expect(rows.map(({ state }) => state)).toEqual(['done', 'done', 'running', 'waiting', 'waiting']);
  expect(rows[2]!.value).toBe(0.75);
  expect(overall(job({ phase: 'objects', done: 1, total: 2 }))).toBe(0.9);
  expect(steps(job({ state: 'paused', phase: 'catalogue' }))[1]!.state).toBe('paused');
});

describe('the time left', () => {
  test('is told only when the whole is known and something moves', () => {
    const samples = [{ at: 0, bytes: 0 }, { at: 10_000, bytes: 1_000_000 }];
    expect(secondsLeft(samples, 7_000_000)).toBe(60);
    expect(secondsLeft(samples, undefined)).toBeUndefined();
    expect(secondsLeft(samples.slice(0, 1), 7_000_000)).toBeUndefined();
    expect(secondsLeft([{ at: 0, bytes: 5 }, { at: 9000, bytes: 5 }], 10)).toBeUndefined();
    expect(secondsLeft(samples, 500_000)).toBe(0);
  });

  test('is no finer than minutes', () => {
    expect(timeLeft(360)).toBe('Còn khoảng 6 phút.');
    expect(timeLeft(20)).toBe('Còn chưa đến 1 phút.');
    expect(timeLeft(5400)).toBe('Còn khoảng 1,5 giờ.');
    expect(timeLeft(undefined)).toBe('');
  });

  test('is measured over the last stretch only', () => {
    const samples = sample([{ at: 0, bytes: 0 }, { at: WINDOW, bytes: 9 }], { at: WINDOW + 1, bytes: 10 });
    expect(samples.map(({ at }) => at)).toEqual([WINDOW, WINDOW + 1]);
  });
});

test('the head line keeps what was received, in megabytes', () => {
  expect(jobTitle(job({ bytes: 6_800_000 }), 46_200_000)).toBe('Đang tải 6,8\u00a0MB trong 46,2\u00a0MB');
  expect(jobTitle(job({ bytes: 18_400_000, state: 'paused' }), undefined)).toBe('Đã giữ 18,4\u00a0MB đã tải, lần sau tải tiếp');
});

test('changes are counted by kind, sticks compared by date, and some failures are no matter of trying again', () => {
  const rows = ['added', 'added', 'withdrawn'].map((change) => ({ change }) as ChangeRow);
  expect(counted(rows)).toEqual({ all: 3, added: 2, changed: 0, withdrawn: 1 });
  expect(compared({ newerDays: 7 })).toBe('mới hơn máy này 7 ngày');
  expect(compared({ newerDays: -2 })).toBe('cũ hơn máy này 2 ngày');
  expect([isGrave('root_differs'), isGrave('source_unreachable')]).toEqual([true, false]);
});

describe('the model', () => {
  test('drops the answer of a check that is no longer asked', async () => {
    const model = new SyncModel();
    let late: (value: unknown) => void = () => {};
    host.syncCheck.mockImplementationOnce(() => new Promise((done) => (late = done)));
    const first = model.look('a');
    host.syncCheck.mockRejectedValueOnce({ code: 'source_unreachable', detail: '' });
    await model.look('b');
    late({ seq: 1 });
    await first;
    expect(model.check).toBeNull();
    expect(model.checkFailure?.code).toBe('source_unreachable');
    expect(model.checking).toBe(false);
  });

  test('reads the machine again when a job ends, once', () => {
    const model = new SyncModel();
    model.take(job({ bytes: 1 }), 0);
    model.take(job({ bytes: 2 }), 1000);
    expect(host.syncState).not.toHaveBeenCalled();
    model.take(job({ bytes: 2, state: 'done' }));
    model.take(job({ bytes: 3 }));
    expect(host.syncState).toHaveBeenCalledTimes(1);
    expect(model.job?.state).toBe('done');
  });
});
