import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import type { DocumentList, Request, RequestDraft } from '$lib/host/types';
import { toasts } from '$lib/toast.svelte';
import { noFilters, questionOf } from '../search/filters';
import RequestSide from './RequestSide.svelte';
import { filtersOf, personalNumber, searchedOf, textOf } from './requests';

const host = vi.hoisted(() => ({
  list: vi.fn(),
  requests: vi.fn(),
  requestPut: vi.fn(),
  requestRemove: vi.fn(),
  requestRestore: vi.fn(),
}));
vi.mock('$lib/host', async (actual) => ({ ...(await actual<object>()), ...host }));

const question = questionOf({ name: 'search', q: '"máy cày" hộ nghèo', filters: { topic: ['Đất đai'], from: ['2020'], sort: ['newest'] } });
let kept: Request[];

beforeEach(() => {
  kept = [];
  let next = 1;
  const gone = new Map<number, Request>();
  host.list.mockResolvedValue({ documents: [], total: 0, facets: { topics: [{ value: 'Hộ tịch', count: 1 }] } } as unknown as DocumentList);
  host.requests.mockImplementation(async () => kept);
  host.requestPut.mockImplementation(async (draft: RequestDraft) => {
    const request = { ...draft, id: next++, madeAt: '2026-11-21T02:00:00Z' };
    kept = [request, ...kept];
    return request;
  });
  host.requestRemove.mockImplementation(async (id: number) => {
    gone.set(id, kept.find((each) => each.id === id)!);
    kept = kept.filter((each) => each.id !== id);
  });
  host.requestRestore.mockImplementation(async (id: number) => {
    kept = [gone.get(id)!, ...kept];
  });
  toasts.items = [];
});

test('numbers of people are seen, those of the law and of money are not', () => {
  for (const text of [
    'Gọi 0912345678 nhé',
    'số 0912 345 678',
    '+84 912 345 678',
    '(024) 3825 1234',
    'CCCD 064190001234',
    'cccd: 064 190 001 234',
    'CMND 230123456',
  ]) {
    expect(personalNumber(text), text).not.toBeNull();
  }
  for (const text of [
    'Nghị định 100/2019/NĐ-CP ngày 30/12/2019',
    'phạt 1.500.000.000 đồng',
    'vay 500 000 000 đồng từ năm 2020',
    'Điều 5 khoản 2 Luật 31/2024/QH15',
    'thửa 1234 tờ bản đồ 56, 2.500 m2',
  ]) {
    expect(personalNumber(text), text).toBeNull();
  }
});

test('the search goes along as it was asked, without how it was sorted', () => {
  expect(searchedOf(question)).toEqual({ words: '"máy cày" hộ nghèo', filters: { topic: ['Đất đai'], from: ['2020'] } });
  expect(searchedOf({ ...question, text: '', filters: noFilters })).toBeNull();
  expect(filtersOf(searchedOf(question)!)).toBe('Đất đai; Từ năm 2020');
});

test('a request is a text that can be carried by hand', () => {
  const request: Request = { id: 1, question: 'Mua máy cày\nthì hỏi ai?', field: 'Đất đai', searched: searchedOf(question), madeAt: '2026-11-21T02:00:00Z' };
  expect(textOf(request)).toBe(
    'Yêu cầu gửi Sở Tư pháp, ghi ngày 21/11/2026\nCâu hỏi: Mua máy cày\nthì hỏi ai?\nLĩnh vực: Đất đai\nĐã tìm: "máy cày" hộ nghèo\nLọc: Đất đai; Từ năm 2020',
  );
  expect(textOf({ ...request, field: null, searched: null }).split('\n')).toHaveLength(3);
});

test('what is kept stands in the outbox, and removing can be taken back', async () => {
  render(RequestSide, { question });
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Câu hỏi, như người dân nói' });
  const keep = screen.getByRole('button', { name: 'Giữ trong hộp gửi' });
  await fireEvent.click(keep);
  expect(screen.getByText(/Gõ câu hỏi/)).toBeTruthy();
  expect(host.requestPut).not.toHaveBeenCalled();
  await fireEvent.input(field, { target: { value: 'Mua máy cày thì hỏi ai? 0912345678' } });
  expect(await screen.findByText(/“0912345678” giống số điện thoại/)).toBeTruthy();
  await fireEvent.click(keep);
  expect(await screen.findByText('1 yêu cầu')).toBeTruthy();
  expect(host.requestPut).toHaveBeenCalledWith({
    question: 'Mua máy cày thì hỏi ai? 0912345678',
    field: 'Đất đai',
    searched: searchedOf(question),
  });
  await vi.waitFor(() => expect(field.value).toBe(''));
  await fireEvent.click(await screen.findByRole('button', { name: 'Bỏ yêu cầu' }));
  expect(await screen.findByText('Chưa có yêu cầu nào.')).toBeTruthy();
  toasts.undo(toasts.items.at(-1)!.id);
  expect(await screen.findByText('1 yêu cầu')).toBeTruthy();
});

test('Ctrl Enter keeps it, without the search where that stays', async () => {
  render(RequestSide, { question });
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Câu hỏi, như người dân nói' });
  await fireEvent.input(field, { target: { value: 'Hỏi' } });
  await fireEvent.click(screen.getByRole('checkbox'));
  await fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
  await screen.findByText('1 yêu cầu');
  expect(host.requestPut.mock.lastCall?.[0]).toMatchObject({ searched: null });
});

test('what cannot be kept says why, and the words stay', async () => {
  host.requestPut.mockRejectedValue({ code: 'disk_full', detail: '' });
  render(RequestSide, { question });
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Câu hỏi, như người dân nói' });
  await fireEvent.input(field, { target: { value: 'Hỏi' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Giữ trong hộp gửi' }));
  await vi.waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
  expect(field.value).toBe('Hỏi');
});
