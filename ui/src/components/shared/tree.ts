import type { IconName } from '$lib/icons/names';

/** One line of a tree. */
export interface TreeItem {
  id: string;
  label: string;
  children?: TreeItem[];
  /** Heads such as chapters are bold. */
  strong?: boolean;
  /** No longer in force: struck, read out by `note`. */
  struck?: boolean;
  /** Sign at the end of the line. */
  icon?: IconName;
  tone?: 'partly' | 'expired' | 'accent';
  /** What the sign says: "đã sửa đổi". */
  note?: string;
}

export interface TreeRow {
  item: TreeItem;
  level: number;
  /** Place among its siblings, from 1, and how many they are. */
  at: number;
  of: number;
  parent: string | undefined;
}

/** The lines that can be seen: those whose ancestors are all open. */
export function visibleRows(
  items: readonly TreeItem[],
  isOpen: (id: string) => boolean,
  level = 1,
  parent?: string,
): TreeRow[] {
  return items.flatMap((item, at) => [
    { item, level, at: at + 1, of: items.length, parent },
    ...(item.children && isOpen(item.id) ? visibleRows(item.children, isOpen, level + 1, item.id) : []),
  ]);
}

/** The ids above an item, outermost first; undefined when it is not in the tree. */
export function pathTo(items: readonly TreeItem[], id: string): string[] | undefined {
  for (const item of items) {
    if (item.id === id) return [];
    const below = item.children && pathTo(item.children, id);
    if (below) return [item.id, ...below];
  }
  return undefined;
}
