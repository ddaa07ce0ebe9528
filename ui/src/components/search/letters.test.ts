import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { capital, letters } from './letters';
import SuggestBox from './SuggestBox.svelte';

test('every letter is NFC, and so is its capital', () => {
  expect(letters).toHaveLength(12);
  for (const letter of letters) {
    for (const each of [letter, capital(letter)]) expect(each).toBe(each.normalize('NFC'));
    expect(capital(letter)).not.toBe(letter);
  }
  expect(letters).toContain('\u01a1\u0306');
});

function shown(value: string) {
  const onsearch = vi.fn();
  render(SuggestBox, { value, letters: true, suggest: async () => [], onsearch, onopen: vi.fn() });
  const field = screen.getByRole<HTMLInputElement>('combobox');
  return { field, onsearch };
}
const button = (letter: string) => screen.getByRole('button', { name: letter });

test('a letter goes where the caret is, over what is selected, and the caret stays behind it', async () => {
  const { field } = shown('hrăm jrai');
  field.setSelectionRange(2, 3);
  await fireEvent.click(button('ŏ'));
  expect(field.value).toBe('hrŏm jrai');
  expect(field.selectionStart).toBe(3);
  expect(document.activeElement).toBe(field);
  field.setSelectionRange(9, 9);
  await fireEvent.click(button('ơ̆'.normalize('NFC')));
  expect(field.value).toBe('hrŏm jraiơ̆'.normalize('NFC'));
});

test('Shift gives the capital', async () => {
  const { field } = shown('');
  await fireEvent.keyDown(window, { key: 'Shift', shiftKey: true });
  await fireEvent.click(button('Ƀ'), { shiftKey: true });
  expect(field.value).toBe('Ƀ');
});

test('by key: Alt ↓ into the row, arrows along it, Escape back to the field', async () => {
  const { field } = shown('a');
  field.focus();
  await fireEvent.keyDown(field, { key: 'ArrowDown', altKey: true });
  expect(document.activeElement).toBe(button('ă'));
  await fireEvent.keyDown(button('ă'), { key: 'ArrowLeft' });
  expect(document.activeElement).toBe(button('ñ'));
  await fireEvent.keyDown(button('ñ'), { key: 'Home' });
  await fireEvent.keyDown(button('ă'), { key: 'ArrowRight' });
  expect(document.activeElement).toBe(button('ĕ'));
  expect(screen.getAllByRole('button').filter((each) => each.getAttribute('lang') && each.tabIndex === 0)).toHaveLength(1);
  await fireEvent.keyDown(button('ĕ'), { key: 'Escape' });
  expect(document.activeElement).toBe(field);
});
