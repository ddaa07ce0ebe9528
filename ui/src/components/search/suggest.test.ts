import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import type { DocumentLine, Suggestion } from '$lib/host/types';
import SuggestBox from './SuggestBox.svelte';
import { fillOf, grouped } from './suggestions';

const act = {
  id: 'd1',
  number: '100/2019/NĐ-CP',
  kind: 'Nghị định',
  title: 'Xử phạt vi phạm giao thông',
  product: null,
  validity: { state: 'partly_expired', asOf: '2026-11-18' },
  sample: false,
  basis: null,
} as DocumentLine;

const recent: Suggestion = { kind: 'recent', text: 'nd 100 nong do con', document: null, provision: null };
const topic: Suggestion = { kind: 'topic', text: 'Giao thông', document: null, provision: null };
const whole: Suggestion = { kind: 'document', text: act.title, document: act, provision: null };
const citation: Suggestion = {
  kind: 'citation',
  text: 'Điều 6. Xử phạt người điều khiển xe mô tô',
  document: act,
  provision: { id: 'dieu_6', label: 'Điều 6', path: '' },
};

let answers: Suggestion[];
const suggest = vi.fn(async (_: string) => answers);
const onsearch = vi.fn();
const onopen = vi.fn();

beforeEach(() => {
  answers = [recent, topic, whole];
  for (const each of [suggest, onsearch, onopen]) each.mockClear();
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

async function typed(text: string): Promise<HTMLInputElement> {
  render(SuggestBox, { value: '', suggest, onsearch, onopen });
  const field = screen.getByRole<HTMLInputElement>('combobox');
  field.focus();
  await fireEvent.input(field, { target: { value: text } });
  await vi.advanceTimersByTimeAsync(100);
  return field;
}

const key = (field: HTMLElement, name: string, more = {}) => fireEvent.keyDown(field, { key: name, ...more });
const chosen = (field: HTMLElement) => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '';

test('groups come in a fixed order and empty ones vanish', () => {
  expect(grouped([recent, topic, whole]).map((group) => group.kind)).toEqual(['document', 'topic', 'recent']);
  expect(grouped([recent, whole]).flatMap((group) => group.rows.map((row) => row.at))).toEqual([0, 1]);
});

test('a citation fills in place and number', () => {
  expect(fillOf(citation)).toBe('Điều 6 100/2019/NĐ-CP');
  expect(fillOf(topic)).toBe('Giao thông');
});

test('the field says that it has a list, and the arrows walk it around', async () => {
  const field = await typed('nd 100');
  expect(field.getAttribute('aria-expanded')).toBe('true');
  expect(document.getElementById(field.getAttribute('aria-controls') ?? '')?.getAttribute('role')).toBe('listbox');
  expect(screen.getAllByRole('option')).toHaveLength(3);
  await key(field, 'ArrowDown');
  expect(chosen(field)).toContain('100/2019/NĐ-CP');
  await key(field, 'ArrowUp');
  expect(field.getAttribute('aria-activedescendant')).toBeNull();
  await key(field, 'ArrowUp');
  expect(chosen(field)).toContain('nong do con');
});

test('Enter searches the words until a line is chosen', async () => {
  const field = await typed('nd 100');
  await key(field, 'Enter');
  expect(onsearch).toHaveBeenCalledWith('nd 100', false);
  expect(onopen).not.toHaveBeenCalled();
  expect(screen.queryByRole('listbox')).toBeNull();
});

test('Enter opens a citation that was understood, and Ctrl Enter searches all the same', async () => {
  answers = [citation, recent];
  const field = await typed('nd 100 dieu 6');
  await key(field, 'Enter', { ctrlKey: true });
  expect(onsearch).toHaveBeenCalledWith('nd 100 dieu 6', true);
  await key(field, 'ArrowDown');
  await vi.advanceTimersByTimeAsync(0);
  await key(field, 'Enter');
  expect(onopen).toHaveBeenCalledWith(citation);
});

test('Tab fills in, Esc closes, and a search from before is searched again', async () => {
  const field = await typed('nd 100');
  await key(field, 'ArrowDown');
  await key(field, 'Tab');
  expect(field.value).toBe('100/2019/NĐ-CP');
  await vi.advanceTimersByTimeAsync(100);
  expect(suggest).toHaveBeenLastCalledWith('100/2019/NĐ-CP');
  await key(field, 'Escape');
  expect(screen.queryByRole('listbox')).toBeNull();
  await key(field, 'ArrowDown');
  await vi.advanceTimersByTimeAsync(0);
  await key(field, 'ArrowUp');
  await key(field, 'Enter');
  expect(onsearch).toHaveBeenCalledWith(recent.text, false);
});

test('half a syllable asks nothing, and what came for fewer letters is dropped', async () => {
  const field = await typed('n');
  suggest.mockClear();
  await fireEvent(field, new InputEvent('input', { bubbles: true, isComposing: true }));
  await vi.advanceTimersByTimeAsync(200);
  expect(suggest).not.toHaveBeenCalled();
  let late: (found: Suggestion[]) => void = () => {};
  suggest.mockImplementationOnce(() => new Promise((give) => (late = give)));
  await fireEvent.input(field, { target: { value: 'nd' } });
  await vi.advanceTimersByTimeAsync(100);
  answers = [topic];
  await fireEvent.input(field, { target: { value: 'nd 1' } });
  await vi.advanceTimersByTimeAsync(100);
  late([recent, whole]);
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.getAllByRole('option').map((row) => row.textContent)).toEqual([expect.stringContaining('Giao thông')]);
});

test('words in quotes are searched with them, also where a citation is understood', async () => {
  answers = [citation];
  const field = await typed('"điều 6"');
  await key(field, 'Enter');
  expect(onopen).not.toHaveBeenCalled();
  expect(onsearch).toHaveBeenCalledWith('"điều 6"', false);
});
