import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { SvelteSet } from 'svelte/reactivity';
import { describe, expect, test, vi } from 'vitest';
import Harness from '../../test/Harness.svelte';
import { pathTo, visibleRows, type TreeItem } from './tree';
import Tree from './Tree.svelte';
import { RowHeights } from './windowing';

const outline: TreeItem[] = [
  { id: 'c1', label: 'Chương I', children: [{ id: 'd1', label: 'Điều 1. Phạm vi' }, { id: 'd2', label: 'Điều 2. Đối tượng' }] },
  { id: 'c2', label: 'Chương II', children: [{ id: 'd3', label: 'Điều 3. Nguyên tắc', note: 'đã sửa đổi' }] },
];

describe('a tree', () => {
  function tree(current?: string) {
    const onselect = vi.fn();
    render(Tree, { label: 'Mục lục', items: outline, current, open: new SvelteSet<string>(), onselect });
    return { onselect, root: screen.getByRole('tree') };
  }
  const focused = () => document.activeElement?.querySelector('.word')?.textContent;

  test('shows the lines whose ancestors are open', () => {
    expect(visibleRows(outline, (id) => id === 'c1').map((row) => row.item.id)).toEqual(['c1', 'd1', 'd2', 'c2']);
    expect(pathTo(outline, 'd3')).toEqual(['c2']);
    expect(pathTo(outline, 'nothing')).toBeUndefined();
  });

  test('opens by itself as far as the line that is read', () => {
    tree('d3');
    const item = screen.getByRole('treeitem', { name: /Điều 3/ });
    expect(item.getAttribute('aria-level')).toBe('2');
    expect(item.getAttribute('aria-selected')).toBe('true');
    expect(item.textContent).toContain('đã sửa đổi');
    expect(item.tabIndex).toBe(0);
  });

  test('is walked with the arrows', async () => {
    const { root, onselect } = tree();
    await fireEvent.keyDown(root, { key: 'ArrowRight' });
    expect(screen.getAllByRole('treeitem')).toHaveLength(4);
    await fireEvent.keyDown(root, { key: 'ArrowRight' });
    expect(focused()).toBe('Điều 1. Phạm vi');
    await fireEvent.keyDown(root, { key: 'End' });
    expect(focused()).toBe('Chương II');
    await fireEvent.keyDown(root, { key: 'ArrowUp' });
    await fireEvent.keyDown(root, { key: 'Enter' });
    expect(onselect).toHaveBeenCalledWith('d2');
    await fireEvent.keyDown(root, { key: 'ArrowLeft' });
    await fireEvent.keyDown(root, { key: 'ArrowLeft' });
    expect(screen.getAllByRole('treeitem')).toHaveLength(2);
  });

  test('finds a line by its first letters, without accents', async () => {
    const { root } = tree();
    await fireEvent.keyDown(root, { key: '*' });
    for (const key of 'dieu 3') await fireEvent.keyDown(root, { key });
    expect(focused()).toBe('Điều 3. Nguyên tắc');
  });
});

describe('a long list', () => {
  test('draws a screenful and says how long it is', () => {
    render(Harness, { part: 'hits', count: 5000 });
    const options = screen.getAllByRole('option');
    expect(options.length).toBeLessThan(60);
    expect(options[0]?.getAttribute('aria-setsize')).toBe('5000');
  });

  test('moves by keys, keeps the active row in the page, and opens it', async () => {
    const onopen = vi.fn();
    render(Harness, { part: 'hits', count: 5000, onopen });
    const list = screen.getByRole('listbox');
    await fireEvent.keyDown(list, { key: 'ArrowDown' });
    await fireEvent.keyDown(list, { key: 'ArrowDown' });
    expect(screen.getByRole('status').textContent).toBe('2');
    await fireEvent.keyDown(list, { key: 'End' });
    const active = document.getElementById(list.getAttribute('aria-activedescendant')!);
    expect(active?.getAttribute('aria-posinset')).toBe('5000');
    expect(within(active!).getByText('k4999 *')).toBeTruthy();
    await fireEvent.keyDown(list, { key: 'Enter' });
    expect(onopen).toHaveBeenCalledWith(4999);
    await fireEvent.keyDown(list, { key: 'Home' });
    await fireEvent.keyDown(list, { key: 'ArrowUp' });
    expect(screen.getByRole('status').textContent).toBe('0');
  });

  test('knows where rows stand once some were measured', () => {
    const heights = new RowHeights(100);
    heights.setKeys(['a', 'b', 'c', 'd']);
    expect(heights.total).toBe(400);
    expect(heights.measure('b', 40)).toBe(-60);
    expect(heights.measure('b', 40)).toBe(0);
    expect([heights.offset(2), heights.total]).toEqual([140, 340]);
    expect(heights.between(100, 150)).toEqual([1, 3]);
    expect(heights.between(-50, 10)).toEqual([0, 1]);
    heights.setKeys(['b']);
    expect(heights.total).toBe(40);
    heights.setKeys([]);
    expect(heights.between(0, 100)).toEqual([0, 0]);
  });
});
