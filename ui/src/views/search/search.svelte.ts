// Asks what the address says, and keeps the answer, the choice in it and how much of it is here.
import { rowOfLine, rowsOf, type Row } from '$components/search/rows';
import * as host from '$lib/host';
import type { DocumentList, Facets, Failure, SearchAnswer, SearchRequest } from '$lib/host/types';
import { addressOf, noFilters, setFilters, without, type Question, type SetFilter } from './filters';
import { toHash } from '$lib/route';

/** How many hits are asked for, one after the other as the reader comes near the end. */
export const LIMITS = [20, 60, 200] as const;
/** Lines of a list that come at once. */
const PAGE = 60;
const MOST_CURES = 4;

export interface Cure {
  /** Null takes all filters off. */
  off: SetFilter | null;
  question: Question;
  documents: number;
}

/** What the app answers; a test gives its own. */
export type Asked = Pick<typeof host, 'search' | 'list'>;

const noFacets: Facets = { states: [], kinds: [], products: [], topics: [], issuers: [], years: [] };

export class SearchModel {
  /** The question that the rows answer. */
  question = $state.raw<Question | null>(null);
  answer = $state.raw<SearchAnswer | null>(null);
  list = $state.raw<DocumentList | null>(null);
  rows = $state.raw<Row[]>([]);
  failure = $state.raw<Failure | null>(null);
  /** An answer is awaited; the one before stays on the screen. */
  loading = $state(false);
  active = $state(-1);
  cures = $state.raw<Cure[]>([]);
  #limit = $state<number>(LIMITS[0]);
  #turn = 0;
  #asked: Asked;

  constructor(asked: Asked = host) {
    this.#asked = asked;
  }

  get facets(): Facets {
    return this.answer?.facets ?? this.list?.facets ?? noFacets;
  }

  get current(): Row | undefined {
    return this.rows[this.active];
  }

  get more(): boolean {
    return this.list ? this.rows.length < this.list.total : (this.answer?.more ?? false);
  }

  /** There are more, but no more than this are fetched: nobody reads so many. */
  get full(): boolean {
    return this.answer !== null && this.#limit >= (LIMITS.at(-1) ?? 0);
  }

  get empty(): boolean {
    return this.question !== null && !this.failure && this.rows.length === 0;
  }

  get limit(): number {
    return this.#limit;
  }

  /** Asks anew; a later question makes the answer to this one void. */
  async ask(question: Question, at: { active: number; limit: number } = { active: 0, limit: LIMITS[0] }): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    // The same question over another shelf: the hit that was chosen stays so, wherever it stands now.
    const before = this.question && sameQuestion(this.question, question) ? this.current : undefined;
    try {
      const found = await this.#fetch(question, 0, at.limit);
      if (turn !== this.#turn) return;
      this.#limit = at.limit;
      this.#take(question, found, found.rows);
      const still = before ? this.rows.findIndex(({ key }) => key === before.key) : -1;
      const active = still >= 0 ? still : Math.max(0, at.active);
      this.active = Math.min(active, this.rows.length - 1);
      this.cures = [];
      if (this.empty && setFilters(question).length > 0) void this.#findCures(question, turn);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.failure = host.asFailure(error);
      this.question = question;
      this.rows = [];
      this.active = -1;
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }

  /** Fetches the next of them behind those that are here. */
  async fetchMore(): Promise<void> {
    const { question } = this;
    if (!question || this.loading || !this.more || this.full) return;
    const turn = ++this.#turn;
    const limit = LIMITS.find((each) => each > this.#limit) ?? this.#limit;
    this.loading = true;
    try {
      const found = await this.#fetch(question, this.list ? this.rows.length : 0, limit);
      if (turn !== this.#turn) return;
      if (!this.list) this.#limit = limit;
      // Rows that are here already stay the same objects.
      const here = this.list ? this.rows : this.rows.slice(0, found.rows.length);
      this.#take(question, found, [...here, ...found.rows.slice(this.list ? 0 : here.length)]);
    } catch (error) {
      if (turn === this.#turn) this.failure = host.asFailure(error);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }

  #take(question: Question, found: Found, rows: Row[]): void {
    this.question = question;
    this.answer = found.answer;
    this.list = found.list;
    this.rows = rows;
    this.failure = null;
  }

  async #fetch(question: Question, offset: number, limit: number): Promise<Found> {
    if (question.text) {
      const answer = await this.#asked.search(searchRequest(question, limit));
      return { answer, list: null, rows: rowsOf(answer.hits) };
    }
    const { filters, listSort: sort, withdrawn } = question;
    const size = Math.max(PAGE, limit);
    const list = await this.#asked.list({ filters, sort, offset, limit: size, withdrawn });
    return { answer: null, list, rows: list.documents.map(rowOfLine) };
  }

  /** Which filter is in the way: asks once without each, and once without all. */
  async #findCures(question: Question, turn: number): Promise<void> {
    const set = setFilters(question);
    const tries: Omit<Cure, 'documents'>[] = set
      .slice(0, MOST_CURES)
      .map((off) => ({ off, question: without(question, off) }));
    if (set.length > 1) tries.push({ off: null, question: { ...question, filters: noFilters, withdrawn: false } });
    const found: Cure[] = [];
    try {
      for (const each of tries) {
        const { answer, list } = await this.#fetch(each.question, 0, 1);
        if (turn !== this.#turn) return;
        const documents = answer ? answer.documents : (list?.total ?? 0);
        if (documents > 0) found.push({ ...each, documents });
      }
    } catch {
      // Without them the page still says what was searched.
    }
    if (turn === this.#turn) this.cures = found;
  }
}

interface Found {
  answer: SearchAnswer | null;
  list: DocumentList | null;
  rows: Row[];
}

export function searchRequest({ text, filters, sort, provisions, exactly }: Question, limit: number): SearchRequest {
  return { text, filters, sort, limit, provisions, exactly };
}

export function sameQuestion(one: Question, other: Question): boolean {
  return toHash(addressOf(one)) === toHash(addressOf(other));
}
