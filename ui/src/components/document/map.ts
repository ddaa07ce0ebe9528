import type { DocumentPage } from '$lib/host/types';
import { joinRows, type Related } from './relations';
import { relationWord } from './words';

/** Cards that stand in a group; the rest is told as a number. */
export const SHOWN = 3;

export interface MapGroup {
  id: string;
  word: string;
  place: 'left' | 'top' | 'right';
  related: Related[];
  /** Acts in the group, more of them than are known by name perhaps. */
  total: number;
}

/** What came before stands on the left, what changes it above, what follows from it on the right. */
export function placeGroups(page: DocumentPage): MapGroup[] {
  const above = new Set(['amends', 'replaces', 'repeals', 'suspends', 'corrects', 'moves_power']);
  return page.relations.map((group) => {
    const related = joinRows(group.rows);
    return {
      id: `${group.direction} ${group.kind}`,
      word: relationWord(group.kind, group.direction),
      place: group.direction === 'out' ? 'left' : above.has(group.kind) ? 'top' : 'right',
      related,
      total: related.length + Math.max(0, group.total - group.rows.length),
    } as const;
  });
}
