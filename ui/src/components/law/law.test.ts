import { render, screen } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import { tick } from 'svelte';
import { locale } from '$lib/i18n.svelte';
import { pieces } from './highlight';
import HitCard from './HitCard.svelte';
import ProvisionRow from './ProvisionRow.svelte';
import { validityStates, validityLook } from './validity';
import ValidityBadge from './ValidityBadge.svelte';

afterEach(() => {
  locale.current = 'vi';
});

test('marks count whole characters, also those of two code units', () => {
  expect(pieces('𠀋 đất ở', [[2, 5]])).toEqual([
    { text: '𠀋 ', marked: false },
    { text: 'đất', marked: true },
    { text: ' ở', marked: false },
  ]);
});

test('marks that overlap, touch, are empty or reach past the end lose no text', () => {
  const text = 'cấp Giấy chứng nhận';
  const cut = pieces(text, [[9, 99], [4, 8], [0, 5], [3, 3], [-4, 1]]);
  expect(cut.map((piece) => piece.text).join('')).toBe(text);
  expect(cut).toEqual([
    { text: 'cấp Giấy', marked: true },
    { text: ' ', marked: false },
    { text: 'chứng nhận', marked: true },
  ]);
  expect(pieces('', [[0, 1]])).toEqual([]);
});

test('each state has its own word', () => {
  expect(new Set(validityStates.map((state) => validityLook[state].word())).size).toBe(8);
});

test('a badge is read with the day of its check, also where the day is not written', () => {
  const { container, unmount } = render(ValidityBadge, { state: 'in_force', checked: '2026-11-21', day: 'read' });
  expect(container.textContent).toMatch(/Còn hiệu lực\s*, kiểm tra 21\/11\/2026/);
  unmount();
  expect(render(ValidityBadge, { state: 'expired' }).container.textContent).toContain('chưa rõ ngày kiểm tra');
});

test('words follow the language at once', async () => {
  const { container } = render(ValidityBadge, { state: 'expired', checked: '2026-11-21' });
  locale.current = 'en';
  await tick();
  expect(container.textContent).toContain('Expired');
  expect(document.documentElement.lang).toBe('en');
});

test('a hit whose basis is dead says so, and carries no badge of its own', () => {
  render(HitCard, { heading: 'Tờ gấp', path: ['Tờ gấp'], snippet: 'a <b>b</b>', basis: 'dead' });
  expect(screen.getByText('Căn cứ đã hết hiệu lực')).toBeTruthy();
  expect(screen.queryByText('Còn hiệu lực')).toBeNull();
  // Text of documents is text.
  expect(document.querySelector('b')).toBeNull();
});

test('a number in a heading does not break', () => {
  render(ProvisionRow, { label: 'Điều 6 Nghị định 100/2019/NĐ-CP', state: 'repealed' });
  expect(screen.getByText('100/2019/NĐ-CP').className).toContain('nowrap');
});
