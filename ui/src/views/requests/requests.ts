// What a request says, in words that can be carried by hand, and what should not stand in one.
import { validityLook } from '$components/law/validity';
import { date } from '$lib/format';
import type { Request, Searched } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';
import { addressOf, questionOf, setFilters, type Question } from '../search/filters';
import { filterWord } from '../search/words';

/** Characters of a question; the app refuses more. */
export const LONGEST_QUESTION = 2000;

/** The search behind a request; null where nothing was searched or filtered. How hits were sorted says nothing. */
export function searchedOf(question: Question): Searched | null {
  const { q, filters } = addressOf({ ...question, sort: 'relevance', listSort: 'newest', provisions: true });
  return q || Object.keys(filters).length > 0 ? { words: q, filters } : null;
}

/** Filters as words: `Đất đai; Từ năm 2020`. */
export function filtersOf(searched: Searched): string {
  const question = questionOf({ name: 'search', q: searched.words, filters: searched.filters });
  return setFilters(question)
    .map((each) =>
      each.name === 'states'
        ? question.filters.states.map((state) => validityLook[state].word()).join(', ')
        : filterWord(each, question),
    )
    .join('; ');
}

/** A request as plain text. */
export function textOf({ question, field, searched, madeAt }: Request): string {
  const filters = searched ? filtersOf(searched) : '';
  return [
    m.request_text_head({ date: date(madeAt) }),
    m.request_text_question({ question }),
    field && m.request_text_field({ field }),
    searched?.words && m.request_text_searched({ words: searched.words }),
    filters && m.request_text_filters({ filters }),
  ]
    .filter(Boolean)
    .join('\n');
}

/** Nine digits and more, perhaps in groups; no part of a longer word or of a document's number. */
const DIGITS = /(?<![\p{L}\d/])\+?\(?\d\)?(?:[ .()-]{0,2}\d){8,}(?![\p{L}\d/])/gu;
/** `1.500.000.000`: an amount. Numbers of people begin with 0 where they are grouped by three. */
const AMOUNT = /^[1-9]\d{0,2}(?:([ .])\d{3})(?:\1\d{3})*$/;

/** What looks like the number of a telephone or of an identity card, as it stands there. */
export function personalNumber(text: string): string | null {
  for (const [found] of text.matchAll(DIGITS)) {
    const number = found.trim();
    if (AMOUNT.test(number)) continue;
    const digits = number.replaceAll(/\D/g, '');
    const phone = /^0\d{9,10}$/.test(digits) || /^84\d{9,10}$/.test(digits);
    // Cards have 12 digits and begin with the 0 of a province; old ones have 9.
    const card = /^0\d{11}$/.test(digits) || /^\d{9}$/.test(digits);
    if (phone || card) return number;
  }
  return null;
}
