// What specs ask of the app, past the page.
import { noFilters } from './design';
import { until } from './programs';
import type { Window } from './webdriver';

export interface Mark {
  document: string;
  label: string;
  note: string;
  quote: string;
  place: { provision: string | null; timeMs: number | null };
}

/** The filter that lets every mark through. */
export const everyMark = { folder: null, unfiled: false, document: null, text: '', review: false, withdrawn: false };

export async function marksOf(window: Window): Promise<Mark[]> {
  return (await window.invoke<{ marks: Mark[] }>('marks', { filter: everyMark })).marks;
}

/** Keeps a note on a document as a whole; returns when the app has confirmed it. */
export async function putNote(window: Window, document: string, note: string): Promise<void> {
  const place = { provision: null, object: null, page: null, timeMs: null };
  await window.invoke('mark_put', { draft: { id: null, document, place, quote: '', note, colour: 0, folder: null } });
}

/** The document that answers best. */
export async function idOf(window: Window, text: string): Promise<string> {
  const request = { text, filters: noFilters, sort: 'relevance', limit: 5, provisions: false };
  const { hits } = await window.invoke<{ hits: { document: { id: string } }[] }>('search', { request });
  const first = hits[0];
  if (!first) throw new Error(`nothing is found for ${text}`);
  return first.document.id;
}

/** Syncs until the end; the number of documents that can be read then. */
export async function syncAll(window: Window, source: string): Promise<number> {
  await window.invoke('sync_start', { request: { source, rootFile: null } });
  interface Running {
    state: string;
    failure: unknown;
    report: { documents: number } | null;
  }
  const end = await until('the sync ends', async () => {
    const { running } = await window.invoke<{ running: Running | null }>('sync_state');
    return running && running.state !== 'running' && running;
  }, 60_000);
  if (end.state !== 'done' || !end.report) throw new Error(`the sync ended with ${JSON.stringify(end)}`);
  return end.report.documents;
}
