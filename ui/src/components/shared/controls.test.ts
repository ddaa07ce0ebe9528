import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import Harness from '../../test/Harness.svelte';
import Field from './Field.svelte';
import IconButton from './IconButton.svelte';
import ProgressRow from './ProgressRow.svelte';
import SearchBox from './SearchBox.svelte';
import Segmented from './Segmented.svelte';
import Switch from './Switch.svelte';
import Tabs from './Tabs.svelte';

test('a button that cannot be pressed keeps the focus and says why', async () => {
  const onclick = vi.fn();
  render(Harness, { part: 'button', onclick, disabledReason: 'Cần mạng' });
  const button = screen.getByRole('button');
  await fireEvent.click(button);
  expect(onclick).not.toHaveBeenCalled();
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(document.getElementById(button.getAttribute('aria-describedby')!)?.textContent).toBe('Cần mạng');
});

test('an icon button has a name, and its state', () => {
  render(IconButton, { icon: 'bookmark', label: 'Đánh dấu', pressed: true });
  expect(screen.getByRole('button', { name: 'Đánh dấu' }).getAttribute('aria-pressed')).toBe('true');
});

test('a switch flips, unless it is locked', async () => {
  const onchange = vi.fn();
  const { rerender } = render(Switch, { checked: false, label: 'Tự đồng bộ', onchange });
  await fireEvent.click(screen.getByRole('switch'));
  expect(onchange).toHaveBeenCalledWith(true);
  await rerender({ disabledReason: 'Sở đặt sẵn' });
  await fireEvent.click(screen.getByRole('switch'));
  expect(onchange).toHaveBeenCalledOnce();
});

test('a segmented control is a group of radios', async () => {
  const onchange = vi.fn();
  render(Segmented, {
    label: 'Nền',
    value: 'light',
    options: [
      { value: 'light', label: 'Sáng' },
      { value: 'dark', label: 'Tối' },
    ],
    onchange,
  });
  await fireEvent.click(screen.getByRole('radio', { name: 'Tối' }));
  expect(onchange).toHaveBeenCalledWith('dark');
});

test('a field with an error says so and points to it', () => {
  render(Field, { label: 'Số người', value: 'bốn', error: 'Nhập số người bằng chữ số, ví dụ 40' });
  const input = screen.getByLabelText('Số người');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById(input.getAttribute('aria-describedby')!)?.textContent).toContain('ví dụ 40');
});

test('a search box does nothing while a syllable is being composed', async () => {
  const oninput = vi.fn();
  const onsearch = vi.fn();
  render(SearchBox, { value: '', oninput, onsearch });
  const input = screen.getByRole('searchbox');
  await fireEvent(input, new InputEvent('input', { bubbles: true, isComposing: true }));
  await fireEvent.keyDown(input, { key: 'Enter', isComposing: true });
  await fireEvent.keyDown(input, { key: 'Enter', keyCode: 229 });
  expect(oninput).not.toHaveBeenCalled();
  expect(onsearch).not.toHaveBeenCalled();
  await fireEvent.input(input, { target: { value: 'đất' } });
  await fireEvent.keyDown(input, { key: 'Enter' });
  expect(oninput).toHaveBeenLastCalledWith('đất');
  expect(onsearch).toHaveBeenCalledWith('đất');
});

test('the words can be cleared, and the focus stays', async () => {
  const oninput = vi.fn();
  render(SearchBox, { value: 'đất', oninput });
  await fireEvent.click(screen.getByRole('button', { name: 'Xóa chữ đã gõ' }));
  expect(oninput).toHaveBeenCalledWith('');
  expect(document.activeElement).toBe(screen.getByRole('searchbox'));
});

test('arrows move between tabs, around the end, and only one is a stop of Tab', async () => {
  const onchange = vi.fn();
  render(Tabs, {
    label: 'Phần',
    prefix: 'doc',
    current: 'a',
    tabs: [
      { id: 'a', label: 'Tóm tắt' },
      { id: 'b', label: 'Nội dung' },
    ],
    onchange,
  });
  const list = screen.getByRole('tablist');
  await fireEvent.keyDown(list, { key: 'ArrowLeft' });
  expect(onchange).toHaveBeenCalledWith('b');
  const [first, second] = screen.getAllByRole('tab');
  expect([first?.tabIndex, second?.tabIndex]).toEqual([-1, 0]);
  expect(document.activeElement).toBe(second);
});

test('a paused row keeps its share and its words', () => {
  render(ProgressRow, { label: 'Video', state: 'paused', value: 0.4, detail: 'Tạm dừng, giữ 9,1 MB' });
  const bar = screen.getByRole('progressbar');
  expect(bar.getAttribute('aria-valuenow')).toBe('40');
  expect(bar.getAttribute('aria-valuetext')).toBe('Tạm dừng, giữ 9,1 MB');
});

test('a failed row can be tried again', async () => {
  const onretry = vi.fn();
  render(ProgressRow, { label: 'Video', state: 'failed', detail: 'Mạng ngắt', onretry });
  await fireEvent.click(screen.getByRole('button', { name: 'Thử lại' }));
  expect(onretry).toHaveBeenCalledOnce();
});

test('a dialog opens on its safe action', async () => {
  render(Harness, { part: 'dialog' });
  await fireEvent.click(screen.getByRole('button', { name: 'mở' }));
  expect(document.querySelector('dialog')?.open).toBe(true);
  expect(document.activeElement?.textContent).toContain('Giữ lại');
  await fireEvent.click(screen.getByRole('button', { name: 'Giữ lại' }));
  expect(document.querySelector('dialog')?.open).toBe(false);
});
