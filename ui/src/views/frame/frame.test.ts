import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const host = vi.hoisted(() => ({
  marks: vi.fn(),
  recentSearches: vi.fn(),
  requests: vi.fn(),
  visitEnd: vi.fn(),
  visitStart: vi.fn(),
}));
vi.mock('$lib/host', () => ({ ...host, asFailure: (error: unknown) => error }));

const { default: DataAge } = await import('$components/shell/DataAge.svelte');
const { default: GuestEnd } = await import('./GuestEnd.svelte');
const { Idle, IDLE_TIME, LAST_CALL } = await import('./idle.svelte');
const { beginVisit, endVisit } = await import('./visit');
const { abandon, beforeLeaving } = await import('$lib/pending');
const { session } = await import('$lib/session.svelte');
const { toast, toasts } = await import('$lib/toast.svelte');

const start = (guest: boolean) => ({
  shelf: null,
  guest,
  settings: { theme: 'light', textSize: 100, language: 'vi', singleKeys: true },
});

beforeEach(() => {
  vi.clearAllMocks();
  host.visitStart.mockResolvedValue(start(true));
  host.visitEnd.mockResolvedValue(start(false));
  host.marks.mockResolvedValue({ marks: [{ note: 'ghi' }, { note: '' }], counts: { all: 2 } });
  host.recentSearches.mockResolvedValue(['đất']);
  host.requests.mockResolvedValue([{ id: 1 }]);
});
afterEach(() => {
  abandon();
  vi.useRealTimers();
});

test('a visit begins without the toasts of the person, whose undo would reach their marks', async () => {
  toast({ text: 'Đã xóa dấu trang', undo: () => {} });
  await beginVisit();
  expect(session.guest).toBe(true);
  expect(toasts.items.some((each) => each.undo)).toBe(false);
});

test('a visit does not begin while a note cannot be saved, and says why', async () => {
  host.visitEnd.mockResolvedValue(start(false));
  await endVisit();
  beforeLeaving(() => Promise.reject({ code: 'disk_full', detail: '' }));
  await beginVisit();
  expect(host.visitStart).not.toHaveBeenCalled();
  expect(session.guest).toBe(false);
  expect(toasts.items.at(-1)?.text).toContain('Chưa mở phiên khách vì có ghi chú chưa lưu được');
});

test('the end of a visit gives the next reader fresh pages', async () => {
  await beginVisit();
  const reader = session.reader;
  await endVisit();
  expect(session.guest).toBe(false);
  expect(session.reader).toBe(reader + 1);
});

test('a visit that cannot be ended goes on and says so', async () => {
  await beginVisit();
  host.visitEnd.mockRejectedValue({ code: 'io', detail: '' });
  await endVisit();
  expect(session.guest).toBe(true);
  expect(toasts.items.at(-1)?.text).toContain('không đọc hoặc ghi được');
});

test('the end tells what goes', async () => {
  render(GuestEnd, { open: true });
  expect(await screen.findByText('2 dấu trang')).toBeTruthy();
  expect(screen.getByText('1 ghi chú')).toBeTruthy();
  expect(screen.getByText('1 lần tìm')).toBeTruthy();
  expect(screen.getByText('1 yêu cầu gửi Sở')).toBeTruthy();
});

test('staying wipes nothing', async () => {
  render(GuestEnd, { open: true });
  await fireEvent.click(await screen.findByRole('button', { name: 'Ở lại' }));
  expect(host.visitEnd).not.toHaveBeenCalled();
});

test('whoever is away is called once, then the visit ends; any sign of life begins anew', () => {
  vi.useFakeTimers();
  const idle = new Idle();
  const ended = vi.fn();
  const stop = idle.start(ended);
  vi.advanceTimersByTime((IDLE_TIME - 1) * 1000);
  expect(idle.left).toBeUndefined();
  vi.advanceTimersByTime(2000);
  expect(idle.left).toBeGreaterThan(LAST_CALL - 3);
  window.dispatchEvent(new Event('keydown'));
  expect(idle.left).toBeUndefined();
  vi.advanceTimersByTime((IDLE_TIME + LAST_CALL) * 1000);
  expect(ended).toHaveBeenCalledOnce();
  stop();
});

test('a clock that is behind the data is said instead of an age that would be wrong', () => {
  render(DataAge, { day: '2026-11-21', age: 0, slowClock: true });
  expect(screen.getByTitle(/Hãy chỉnh lại ngày giờ/).textContent).toContain('Đồng hồ máy chậm');
});

test('after 30 days the age is said with what to do', () => {
  const { rerender } = render(DataAge, { day: '2026-11-21', age: 30 });
  expect(screen.getByText('21/11/2026')).toBeTruthy();
  return rerender({ age: 47 }).then(() => {
    expect(screen.getByTitle('Dữ liệu đã 47 ngày. Kiểm tra lại trước khi trả lời dân hoặc in')).toBeTruthy();
  });
});
