import type { DocumentLine, ProvisionLabel, RelationGroup, RelationRow } from '$lib/host/types';

/** One act at the far end of a relation, with all places where the relation was found. */
export interface Related {
  key: string;
  row: RelationRow;
  document: DocumentLine | null;
  /** Provisions of this document that it touches. */
  here: ProvisionLabel[];
  /** Provisions of the other document. */
  there: ProvisionLabel[];
  quotes: string[];
}

/** Rows about the same act as one: an act that amends three khoản is one act. */
export function joinRows(rows: readonly RelationRow[]): Related[] {
  const made = new Map<string, Related>();
  for (const row of rows) {
    const key = row.document?.id ?? row.number ?? row.title ?? '';
    let related = made.get(key);
    if (!related) {
      related = { key, row, document: row.document, here: [], there: [], quotes: [] };
      made.set(key, related);
    }
    add(related.here, row.from);
    add(related.there, row.provision);
    if (row.quote && !related.quotes.includes(row.quote)) related.quotes.push(row.quote);
  }
  return [...made.values()];
}

function add(list: ProvisionLabel[], label: ProvisionLabel | null): void {
  if (label && !list.some((each) => each.id === label.id)) list.push(label);
}

/** What an act does to others, and what others do to it. */
export function changesMade(groups: readonly RelationGroup[]): RelationGroup[] {
  const kinds = new Set(['amends', 'replaces', 'repeals', 'suspends', 'corrects', 'moves_power', 'consolidates']);
  return groups.filter((group) => group.direction === 'out' && kinds.has(group.kind));
}
