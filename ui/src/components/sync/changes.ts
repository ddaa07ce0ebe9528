// What a sync brings, by kind of change.
import { bytes } from '$lib/format';
import type { ChangeKind, ChangeRow } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';
import type { IconName } from '$lib/icons/names';

export type ChangeFilter = ChangeKind | 'all';

export const changeLook: Record<ChangeKind, { icon: IconName; chip: () => string; word: () => string }> = {
  added: { icon: 'plus', chip: m.sync_added, word: m.sync_added_word },
  changed: { icon: 'pencil-line', chip: m.sync_changed, word: m.sync_changed_word },
  withdrawn: { icon: 'minus', chip: m.sync_withdrawn, word: m.sync_withdrawn_word },
};

/** Kinds that occur, each with how many of the rows are of it. */
export function kindsOf(rows: readonly ChangeRow[]): { kind: ChangeKind; count: number }[] {
  return (['added', 'changed', 'withdrawn'] as const)
    .map((kind) => ({ kind, count: rows.filter((row) => row.change === kind).length }))
    .filter(({ count }) => count > 0);
}

export function chosenRows(rows: readonly ChangeRow[], filter: ChangeFilter): readonly ChangeRow[] {
  return filter === 'all' ? rows : rows.filter((row) => row.change === filter);
}

/** "6,8 trong 46,2 MB": the unit once where both have the same. */
export function ofTotal(done: number, total: number): string {
  const [amount = '', unit] = bytes(done).split('\u00a0');
  const whole = bytes(total);
  return m.start_of({ done: whole.endsWith(`\u00a0${unit}`) ? amount : bytes(done), total: whole });
}
