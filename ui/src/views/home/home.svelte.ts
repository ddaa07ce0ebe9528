// What the home page shows, read anew whenever another shelf or another reader is there.
import * as host from '$lib/host';
import type { DocumentLine, Failure, Home, Place } from '$lib/host/types';
import type { View } from '$lib/route';
import { noFilters } from '../search/filters';
import { candidates } from './examples';

/** How many examples are offered. */
const EXAMPLES = 3;
/** Newest documents among which examples are looked for. */
const NEWEST = 60;

export class HomePage {
  home = $state.raw<Home | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Words that find something on this shelf. */
  examples = $state.raw<string[]>([]);
  newest = $state.raw<DocumentLine[]>([]);
  #run = 0;

  async load(): Promise<void> {
    const run = ++this.#run;
    try {
      const home = await host.home();
      if (run !== this.#run) return;
      this.home = home;
      this.failure = null;
    } catch (error) {
      if (run === this.#run) this.failure = host.asFailure(error);
    }
  }

  /** The rest, once the page stands: it costs a few questions. */
  async loadMore(): Promise<void> {
    const run = this.#run;
    try {
      const { documents } = await host.list({
        filters: noFilters,
        sort: 'newest',
        offset: 0,
        limit: NEWEST,
        withdrawn: false,
      });
      const found: string[] = [];
      for (const text of candidates(this.home?.reading ?? [], documents)) {
        if (found.length >= EXAMPLES) break;
        if (await finds(text)) found.push(text);
      }
      if (run !== this.#run) return;
      this.newest = documents;
      this.examples = found;
    } catch {
      // Examples are a help; without them the page is whole.
    }
  }
}

/** Asked as a suggestion: a search would be written into the history of the person. */
async function finds(text: string): Promise<boolean> {
  const found = await host.suggest(text);
  return found.some(({ kind }) => kind === 'citation' || kind === 'document');
}

/** The exact place in a document. */
export function placeView(id: string, place: Place): View {
  return {
    name: 'document',
    id,
    ...(place.provision && { provision: place.provision }),
    ...(place.page !== null && { page: place.page }),
    ...(place.timeMs !== null && { time: Math.floor(place.timeMs / 1000) }),
  };
}

/** A list without words: by field or by kind of product. */
export function listView(by: 'topic' | 'product', value: string): View {
  return { name: 'search', q: '', filters: { [by]: [value] } };
}

/** Its tag says already that it is sample data. */
export function plainTitle(line: Pick<DocumentLine, 'title' | 'sample'>): string {
  return line.sample ? line.title.replace(/\s*\(Dữ liệu mẫu\)$/u, '') : line.title;
}
