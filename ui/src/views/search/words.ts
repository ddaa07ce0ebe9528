// What the view says about a question and its answer.
import { kindWord, productWord } from '$components/law/document';
import { validityStates } from '$components/law/validity';
import type { CureLine } from '$components/search/ZeroResults.svelte';
import { number } from '$lib/format';
import { m } from '$lib/i18n.svelte';
import type { Question, SetFilter } from './filters';
import type { SearchModel } from './search.svelte';

/** "47 điều khoản trong 19 văn bản", and no more than is known: "Hơn 20 …" while there are others. */
export function titleOf(model: SearchModel): string {
  const { answer, list, question, rows } = model;
  if (list) {
    const count = number(list.total);
    return question?.withdrawn ? m.search_count_withdrawn({ count }) : m.search_count_list({ count });
  }
  if (!answer || !question) return '';
  const hits = number(rows.length);
  const documents = number(answer.documents);
  if (!question.provisions) {
    return answer.more
      ? m.search_count_documents_more({ hits })
      : m.search_count_documents({ hits });
  }
  // A cue of a video or a leaflet is no provision.
  const law = rows.every((row) => !row.document.product);
  if (law) {
    return answer.more
      ? m.search_count_provisions_more({ hits, documents })
      : m.search_count_provisions({ hits, documents });
  }
  return answer.more ? m.search_count_more({ hits, documents }) : m.search_count({ hits, documents });
}

export function filterWord(filter: SetFilter, { filters }: Question): string {
  switch (filter.name) {
    case 'kinds':
      return kindWord(filter.value);
    case 'products':
      return productWord(filter.value);
    case 'topics':
    case 'issuers':
      return filter.value;
    case 'states':
      return m.search_states();
    case 'years': {
      const [from, to] = [filters.yearFrom, filters.yearTo].map((year) => (year === null ? '' : String(year)));
      if (from && to) return from === to ? m.search_year_one({ year: from }) : m.search_year_range({ from, to });
      return from ? m.search_year_since({ year: from }) : m.search_year_until({ year: to ?? '' });
    }
    case 'here':
      return m.search_here_only();
    case 'mine':
      return m.search_mine_only();
    case 'withdrawn':
      return m.search_withdrawn_list();
  }
}

/** What may help where nothing was found, each with what it would find. */
export function cureLines(model: SearchModel, question: Question, change: (next: Question) => void): CureLine[] {
  const lines: CureLine[] = model.cures.map(({ off, question: next, documents }) => ({
    icon: 'x',
    words: off ? m.search_cure_filter({ name: filterWord(off, question) }) : m.search_cure_all(),
    documents,
    act: () => change(next),
  }));
  const hidden = model.answer?.hiddenExpired ?? 0;
  if (hidden > 0) {
    lines.push({
      icon: 'circle-x',
      words: m.search_cure_expired(),
      documents: hidden,
      act: () => change({ ...question, filters: { ...question.filters, states: [...validityStates] } }),
    });
  }
  return lines;
}
