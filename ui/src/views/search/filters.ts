// What is asked, and how it stands in the address: names of `f.…` below, values as on the wire.
import { validityStates } from '$components/law/validity';
import type { Filters, ListSort, Product, SearchSort, ValidityState } from '$lib/host/types';
import type { View } from '$lib/route';

export interface Question {
  text: string;
  filters: Filters;
  /** Of hits. */
  sort: SearchSort;
  /** Of a list without words. */
  listSort: ListSort;
  /** Provisions rather than documents. */
  provisions: boolean;
  /** The words as typed, with nothing read into them. */
  exactly: boolean;
  /** What left the shelf; only without words. */
  withdrawn: boolean;
}

export const noFilters: Filters = {
  states: [],
  kinds: [],
  products: [],
  topics: [],
  issuers: [],
  yearFrom: null,
  yearTo: null,
  hereOnly: false,
  myTerritory: false,
};

export type SearchAddress = Extract<View, { name: 'search' }>;

const products: Record<Product, true> = {
  outline: true,
  book: true,
  handbook: true,
  leaflet: true,
  legal_story: true,
  skit: true,
  video: true,
  e_lecture: true,
  news: true,
  feature: true,
  qa: true,
  loudspeaker: true,
  form: true,
  audio: true,
};

/** Reads an address; what it does not know is left out. */
export function questionOf({ q, filters: given }: SearchAddress): Question {
  const all = (name: string) => given[name] ?? [];
  const first = (name: string) => all(name)[0];
  const text = q.trim();
  return {
    text,
    filters: {
      states: validityStates.filter((each) => all('state').includes(each) || first('state') === 'all'),
      kinds: all('kind'),
      products: all('product').filter((each): each is Product => each in products),
      topics: all('topic'),
      issuers: all('issuer'),
      yearFrom: yearOf(first('from')),
      yearTo: yearOf(first('to')),
      hereOnly: first('here') === '1',
      myTerritory: first('mine') === '1',
    },
    sort: first('sort') === 'newest' ? 'newest' : 'relevance',
    listSort: (['title', 'number'] as const).find((each) => each === first('sort')) ?? 'newest',
    provisions: first('by') !== 'document',
    exactly: text !== '' && first('exact') === '1',
    withdrawn: text === '' && first('withdrawn') === '1',
  };
}

/** The address of a question, with nothing in it that is usual. */
export function addressOf(question: Question): SearchAddress {
  const { text, filters: own } = question;
  const usualSort = text ? question.sort === 'relevance' : question.listSort === 'newest';
  const given: Record<string, string[]> = {
    state: own.states.length === validityStates.length ? ['all'] : own.states,
    kind: own.kinds,
    product: own.products,
    topic: own.topics,
    issuer: own.issuers,
    from: own.yearFrom === null ? [] : [String(own.yearFrom)],
    to: own.yearTo === null ? [] : [String(own.yearTo)],
    here: own.hereOnly ? ['1'] : [],
    mine: own.myTerritory ? ['1'] : [],
    sort: usualSort ? [] : [text ? question.sort : question.listSort],
    by: question.provisions ? [] : ['document'],
    exact: question.exactly ? ['1'] : [],
    withdrawn: question.withdrawn ? ['1'] : [],
  };
  const filters = Object.fromEntries(Object.entries(given).filter(([, values]) => values.length > 0));
  return { name: 'search', q: text, filters };
}

/** The year of four digits that somebody typed. */
export function yearOf(text: string | undefined): number | null {
  return text && /^[12]\d{3}$/.test(text.trim()) ? Number(text) : null;
}

/** States that pass: without a choice all but the fully expired, unless the settings show those too. */
export function passingStates(states: readonly ValidityState[], showExpired: boolean): ValidityState[] {
  if (states.length > 0) return [...states];
  return validityStates.filter((state) => showExpired || state !== 'expired');
}

/** The choice after one box was ticked or cleared; the usual choice is none at all. */
export function withState(
  states: readonly ValidityState[],
  state: ValidityState,
  on: boolean,
  showExpired: boolean,
): ValidityState[] {
  const passing = new Set(passingStates(states, showExpired));
  if (on) passing.add(state);
  else passing.delete(state);
  const usual = passingStates([], showExpired);
  const same = passing.size === usual.length && usual.every((each) => passing.has(each));
  return same ? [] : validityStates.filter((each) => passing.has(each));
}

/** The fully expired are hidden because nobody asked for them. */
export function hidesExpired(question: Question, showExpired: boolean): boolean {
  return question.filters.states.length === 0 && !showExpired && !question.withdrawn;
}

/** One filter that is set. */
export type SetFilter =
  | { name: 'states' | 'here' | 'mine' | 'years' | 'withdrawn' }
  | { name: 'kinds' | 'topics' | 'issuers'; value: string }
  | { name: 'products'; value: Product };

export function setFilters({ filters, withdrawn }: Question): SetFilter[] {
  return [
    ...(withdrawn ? [{ name: 'withdrawn' } as const] : []),
    ...(filters.states.length > 0 ? [{ name: 'states' } as const] : []),
    ...filters.kinds.map((value) => ({ name: 'kinds', value }) as const),
    ...filters.products.map((value) => ({ name: 'products', value }) as const),
    ...filters.topics.map((value) => ({ name: 'topics', value }) as const),
    ...filters.issuers.map((value) => ({ name: 'issuers', value }) as const),
    ...(filters.yearFrom !== null || filters.yearTo !== null ? [{ name: 'years' } as const] : []),
    ...(filters.hereOnly ? [{ name: 'here' } as const] : []),
    ...(filters.myTerritory ? [{ name: 'mine' } as const] : []),
  ];
}

export function without(question: Question, off: SetFilter): Question {
  const filters = { ...question.filters };
  if (off.name === 'products') {
    filters.products = filters.products.filter((each) => each !== off.value);
  } else if ('value' in off) {
    filters[off.name] = filters[off.name].filter((each) => each !== off.value);
  } else if (off.name === 'states') {
    filters.states = [];
  } else if (off.name === 'years') {
    filters.yearFrom = filters.yearTo = null;
  } else if (off.name === 'here') {
    filters.hereOnly = false;
  } else if (off.name === 'mine') {
    filters.myTerritory = false;
  } else {
    return { ...question, withdrawn: false };
  }
  return { ...question, filters };
}
