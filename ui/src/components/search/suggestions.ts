// What the search field offers, in the order in which it is read.
import type { Suggestion, SuggestionKind } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';

export interface SuggestionGroup {
  kind: SuggestionKind;
  /** Empty where the row itself says what it is. */
  title: string;
  /** Each with its place among all. */
  rows: { at: number; suggestion: Suggestion }[];
}

const titles: [kind: SuggestionKind, title: () => string][] = [
  ['citation', () => ''],
  ['provision', m.search_group_provisions],
  ['document', m.search_group_documents],
  ['word', m.search_group_words],
  ['topic', m.search_group_topics],
  ['mark', m.search_group_marks],
  ['recent', m.search_group_recent],
];

/** Groups that have nothing vanish. */
export function grouped(suggestions: readonly Suggestion[]): SuggestionGroup[] {
  let at = 0;
  return titles
    .map(([kind, title]) => ({
      kind,
      title: title(),
      rows: suggestions.filter((each) => each.kind === kind).map((suggestion) => ({ at: at++, suggestion })),
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** What Tab puts into the field. */
export function fillOf({ kind, text, document, provision }: Suggestion): string {
  if (!document) return text;
  const number = document.number ?? text;
  return (kind === 'citation' || kind === 'provision') && provision ? `${provision.label} ${number}` : number;
}
