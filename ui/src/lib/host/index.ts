// The only file that knows what the pages run in: the app's window, or a browser over the test bridge.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type * as T from './types';

export type * from './types';

/** What the app itself says goes wrong; anything else a command rejects with is turned into one. */
export function asFailure(error: unknown): T.Failure {
  if (typeof error === 'object' && error !== null && 'code' in error && 'detail' in error) {
    return error as T.Failure;
  }
  return { code: 'unexpected', detail: String(error) };
}

const inWindow = '__TAURI_INTERNALS__' in window;

/** In a browser the bridge hands its token over in the address, once. */
const bridgeToken = new URLSearchParams(window.location.search).get('token') ?? '';

async function call<R>(command: string, args: Record<string, unknown> = {}): Promise<R> {
  if (inWindow) {
    try {
      return await invoke<R>(command, args);
    } catch (error) {
      throw asFailure(error);
    }
  }
  const answer = await fetch(`/ipc/${command}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-token': bridgeToken },
    body: JSON.stringify(args),
  });
  const value: unknown = await answer.json();
  if (!answer.ok) {
    throw asFailure(value);
  }
  return value as R;
}

/** Hears an event until the function that this returns is called. */
function hear<P>(event: string, heard: (payload: P) => void): () => void {
  if (inWindow) {
    const stop = listen<P>(event, ({ payload }) => heard(payload));
    return () => void stop.then((end) => end());
  }
  const events = new EventSource(`/events?token=${encodeURIComponent(bridgeToken)}`);
  events.addEventListener(event, (message: MessageEvent<string>) => {
    heard(JSON.parse(message.data) as P);
  });
  return () => events.close();
}

// The app
export const about = () => call<T.About>('about');
/** Tells the app that its page is on the screen. */
export const pageReady = () => call<null>('page_ready');
/** What had to be kept is kept: the window may go. */
export const pageLeft = () => call<null>('page_left');
export const start = () => call<T.Start>('start');
export const settingsChange = (patch: Partial<T.SettingsPatch>) => call<T.Settings>('settings_change', { patch });
export const visitStart = () => call<T.Start>('visit_start');
export const visitEnd = () => call<T.Start>('visit_end');
export const home = () => call<T.Home>('home');

// Finding
export const search = (request: T.SearchRequest) => call<T.SearchAnswer>('search', { request });
export const preview = (document: string, provision: string | null, text: string) =>
  call<T.Preview>('preview', { document, provision, text });
export const suggest = (text: string) => call<T.Suggestion[]>('suggest', { text });
export const list = (request: T.ListRequest) => call<T.DocumentList>('list', { request });
export const recentSearches = () => call<string[]>('recent_searches');
/** Forgets searches and reading places; marks stay. */
export const forgetHistory = () => call<null>('forget_history');

// A document
export const document = (id: string) => call<T.DocumentPage>('document', { id });
export const blocks = (id: string, from: number, count: number) => call<T.Blocks>('blocks', { id, from, count });
export const popover = (from: string, target: T.LinkTarget) => call<T.Popover>('popover', { from, target });
export const findInDocument = (id: string, text: string) => call<T.FoundRange[]>('find_in_document', { id, text });
/** The provision that "k2 d8" means in a document. */
export const jump = (id: string, text: string) => call<string | null>('jump', { id, text });
export const citation = (id: string, provision: string | null) => call<string>('citation', { id, provision });
/** What other documents state of this one, from the `next` of its group or of an earlier answer. */
export const relatedMore = (id: string, kind: string, after: number) =>
  call<T.MoreRelated>('related_more', { id, kind, after });
export const positionPut = (document: string, place: T.Place, fraction: number) =>
  call<null>('position_put', { document, place, fraction });

// Originals and media
export const pdfOpen = (sha256: string) => call<T.PdfInfo>('pdf_open', { sha256 });
export const pdfPageText = (sha256: string, page: number, find: string) =>
  call<T.PdfPageText>('pdf_page_text', { sha256, page, find });
export const pdfClose = (sha256: string) => call<null>('pdf_close', { sha256 });
export const media = (document: string, sha256: string) => call<T.MediaInfo>('media', { document, sha256 });
/** Copies an original to a place that the person chooses; null when they changed their mind. */
export const objectSave = (sha256: string, name: string) => call<string | null>('object_save', { sha256, name });
/** The system's print dialog for what is on the page. */
export const print = () => call<null>('print');

// Marks
export const marks = (filter: Partial<T.MarkFilter>) => call<T.Marks>('marks', { filter });
export const markPut = (draft: T.MarkDraft) => call<T.Mark>('mark_put', { draft });
export const markRemove = (id: number) => call<null>('mark_remove', { id });
export const markRestore = (id: number) => call<T.Mark>('mark_restore', { id });
export const folderPut = (id: number | null, name: string) => call<T.Folder>('folder_put', { id, name });
export const folderRemove = (id: number) => call<null>('folder_remove', { id });
export const folderRestore = (id: number) => call<T.Folder>('folder_restore', { id });

// Requests to Sở: kept on this machine until there is a way to send them
export const requests = () => call<T.Request[]>('requests');
export const requestPut = (draft: T.RequestDraft) => call<T.Request>('request_put', { draft });
export const requestRemove = (id: number) => call<null>('request_remove', { id });
export const requestRestore = (id: number) => call<T.Request>('request_restore', { id });

// Receiving the shelf
export const syncState = () => call<T.SyncState>('sync_state');
export const syncCheck = (request: Partial<T.SyncRequest>) => call<T.SyncCheck>('sync_check', { request });
export const syncStart = (request: Partial<T.SyncRequest>) => call<T.JobState>('sync_start', { request });
/** Stops and keeps what came. */
export const syncPause = () => call<null>('sync_pause');
export const syncCancel = () => call<null>('sync_cancel');
export const collectionsChoose = (ids: string[]) => call<T.CollectionState[]>('collections_choose', { ids });
/** Asks for a document that is not on this machine; all that are waited for. */
export const want = (document: string) => call<T.Wanted[]>('want', { document });
export const unwant = (document: string) => call<T.Wanted[]>('unwant', { document });
export const wants = () => call<T.Wanted[]>('wants');
export const rootRead = (path: string) => call<T.Root>('root_read', { path });
export const pickFolder = () => call<string | null>('pick_folder');
export const pickRootFile = () => call<string | null>('pick_root_file');

/** Progress of the sync, and how it ended. */
export const onJob = (heard: (job: T.JobState) => void) => hear<T.JobState>('job', heard);
/** The window is to close, and waits a moment for `pageLeft`. */
export const onLeaving = (heard: () => void) => hear<null>('leaving', heard);
/** A new shelf is in use. */
export const onShelf = (heard: (shelf: T.ShelfState) => void) => hear<T.ShelfState>('shelf', heard);
