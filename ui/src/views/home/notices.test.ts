import { render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { createRawSnippet } from 'svelte';
import type { Failure, Start } from '$lib/host/types';
import { appearance } from '$lib/theme.svelte';

vi.mock('$lib/host', () => ({ asFailure: (error: unknown) => error, marks: vi.fn(), recentSearches: vi.fn() }));

const { default: Frame } = await import('../frame/Frame.svelte');
const { default: HomeNotices } = await import('./HomeNotices.svelte');
const { session } = await import('$lib/session.svelte');

const newer: Failure = { code: 'newer', detail: 'user.db has version 9' };

function opened(guest: boolean, unkept: Failure | null): void {
  const settings = { theme: 'light', textSize: 100, language: 'vi', singleKeys: true, commune: null };
  session.start = { shelf: null, guest, unkept, settings, recoveredFrom: null } as unknown as Start;
}

const children = createRawSnippet(() => ({ render: () => '<p>Trang</p>' }));

afterEach(() => {
  session.start = null;
  appearance.set({ language: 'vi' });
});

test('a person whose own data cannot be opened is told what is not kept, what is left alone and what to do', () => {
  opened(true, newer);
  render(HomeNotices);
  const notice = screen.getByRole('status');
  expect(notice.textContent).toContain('Dấu trang và ghi chú đang không được lưu');
  expect(notice.textContent).toContain('Dữ liệu này do bản phần mềm mới hơn ghi.');
  expect(notice.textContent).toContain('vẫn để nguyên');
  expect(notice.textContent).toContain('đóng ứng dụng rồi mở lại; nếu vẫn vậy, báo người phụ trách');
  const detail = screen.getByText('newer: user.db has version 9').closest('details');
  expect(detail?.open, 'technical words are folded').toBe(false);
});

test('in English, too', () => {
  opened(true, newer);
  appearance.set({ language: 'en' });
  render(HomeNotices);
  const notice = screen.getByRole('status').textContent;
  expect(notice).toContain('Bookmarks and notes are not being kept');
  expect(notice).toContain('is left as it is');
  expect(notice).toContain('Close the app and open it again; if it stays like this, tell the person in charge');
});

test('nobody else reads of it', () => {
  for (const guest of [false, true]) {
    opened(guest, null);
    render(HomeNotices);
    expect(screen.queryByRole('status')).toBeNull();
  }
});

test('who reads as a guest for want of their data has begun no visit that could be ended', () => {
  opened(true, newer);
  render(Frame, { children });
  expect(screen.queryByText('Kết thúc phiên')).toBeNull();
  expect(screen.queryByText('Đang dùng với tư cách khách')).toBeNull();
  expect(screen.getByRole('button', { name: /Hồ sơ của máy này/ })).toBeTruthy();
});

test('a guest can end the visit', () => {
  opened(true, null);
  render(Frame, { children });
  expect(screen.getByText('Đang dùng với tư cách khách')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Kết thúc phiên' })).toBeTruthy();
});
