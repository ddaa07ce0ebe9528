import type { CollectionState } from '$lib/host/types';

/** Bytes that the next sync will bring. */
export function missing(row: CollectionState): number {
  return row.taken ? Math.max(0, row.bytes - row.bytesHere) : 0;
}

/** Bytes that the next sync will take away. */
export function dropped(row: CollectionState): number {
  return row.taken ? 0 : row.bytesHere;
}

/** What is to be kept; those that are always kept among it. */
export function takenIds(rows: readonly CollectionState[]): string[] {
  return rows.filter((row) => row.taken || row.locked).map((row) => row.id);
}
