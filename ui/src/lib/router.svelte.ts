// Where the reader is: a history of views, and the documents that stand open as tabs.
// The address after # follows along, so that a test, or a person, can open a view by it.
import { SvelteSet } from 'svelte/reactivity';
import { parseHash, toHash, type View } from './route';

export type { DocumentTab, View, ViewName } from './route';

/** More tabs than this cannot be read at 1366 px; the oldest closes. */
export const MAX_DOCUMENTS = 12;

export interface OpenDocument {
  id: string;
  /** Shown in the tab; the document view sets it once it knows. */
  title: string;
  /** Icon of the tab: text, scan, video, audio, picture. */
  kind: 'text' | 'scan' | 'video' | 'audio' | 'image';
  /** Where in the document the reader was. */
  last: Extract<View, { name: 'document' }>;
}

interface Entry {
  view: View;
  /** What the view wants back when the reader returns: scroll position, selected hit. */
  kept: Record<string, unknown>;
}

class Router {
  #entries = $state.raw<Entry[]>([{ view: { name: 'home' }, kept: {} }]);
  #at = $state(0);
  documents = $state<OpenDocument[]>([]);
  /** Addresses of what was opened since the start, or since the visit began. */
  #visited = new SvelteSet<string>();

  /** Reads the address, then follows it. Returns a function that stops. */
  start(): () => void {
    const follow = () => {
      if (location.hash === toHash(this.view)) return;
      this.go(parseHash(location.hash));
    };
    if (location.hash.length > 2) this.replace(parseHash(location.hash));
    else this.#publish();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }

  get view(): View {
    return this.#entries[this.#at]!.view;
  }

  get canBack(): boolean {
    return this.#at > 0;
  }

  get canForward(): boolean {
    return this.#at < this.#entries.length - 1;
  }

  /** The open document in front, when one is. */
  get currentDocument(): string | undefined {
    return this.view.name === 'document' ? this.view.id : undefined;
  }

  /** Opens a view as a new step of the history. Going where one already is adds no step. */
  go(view: View): void {
    if (toHash(view) === toHash(this.view)) return;
    this.#entries = [...this.#entries.slice(0, this.#at + 1), { view, kept: {} }].slice(-100);
    this.#at = this.#entries.length - 1;
    this.#arrive();
  }

  /** Changes the current step: a filter, a tab of the document, the provision in sight. */
  replace(view: View): void {
    const kept = this.#entries[this.#at]!.kept;
    this.#entries = this.#entries.map((entry, at) => (at === this.#at ? { view, kept } : entry));
    this.#arrive();
  }

  back(): void {
    if (!this.canBack) return;
    this.#at -= 1;
    this.#arrive();
  }

  forward(): void {
    if (!this.canForward) return;
    this.#at += 1;
    this.#arrive();
  }

  /** Keeps something with the current step of the history, e.g. a scroll position. */
  keep(name: string, value: unknown): void {
    this.#entries[this.#at]!.kept[name] = value;
  }

  /** What was kept with the current step. */
  kept<T>(name: string): T | undefined {
    return this.#entries[this.#at]!.kept[name] as T | undefined;
  }

  /** Whether a document was opened there in this run of the app; nothing of it is kept. */
  visited(id: string, provision?: string | null): boolean {
    return this.#visited.has(`${id}#${provision ?? ''}`);
  }

  /** Tells the title and kind of an open document, once they are known. */
  describe(id: string, title: string, kind: OpenDocument['kind'] = 'text'): void {
    const open = this.documents.find((each) => each.id === id);
    if (!open || (open.title === title && open.kind === kind)) return;
    open.title = title;
    open.kind = kind;
  }

  /** Brings an open document to the front, where it was left. */
  show(id: string): void {
    const open = this.documents.find((each) => each.id === id);
    if (open) this.go($state.snapshot(open.last));
  }

  close(id: string): void {
    const at = this.documents.findIndex((each) => each.id === id);
    if (at < 0) return;
    const wasFront = this.currentDocument === id;
    this.documents.splice(at, 1);
    if (!wasFront) return;
    const next = this.documents[at] ?? this.documents[at - 1];
    this.go(next ? $state.snapshot(next.last) : { name: 'search', q: '', filters: {} });
  }

  /** Ctrl Tab: the next open document (1) or the one before (-1), around the end. */
  step(direction: 1 | -1): void {
    if (this.documents.length === 0) return;
    const at = this.documents.findIndex((each) => each.id === this.currentDocument);
    const count = this.documents.length;
    const next = at < 0 ? (direction > 0 ? 0 : count - 1) : (at + direction + count) % count;
    this.show(this.documents[next]!.id);
  }

  /** Forgets everything: a guest's visit has ended. */
  forget(): void {
    this.documents = [];
    this.#visited.clear();
    this.#entries = [{ view: { name: 'home' }, kept: {} }];
    this.#at = 0;
    this.#publish();
  }

  #arrive(): void {
    const view = this.view;
    if (view.name === 'document') {
      this.#visited.add(`${view.id}#${view.provision ?? ''}`);
      const open = this.documents.find((each) => each.id === view.id);
      if (open) open.last = view;
      else this.documents.push({ id: view.id, title: '', kind: 'text', last: view });
      if (this.documents.length > MAX_DOCUMENTS) this.documents.shift();
    }
    this.#publish();
  }

  #publish(): void {
    // Not pushed: the webview's own history would compete with this one.
    history.replaceState(null, '', toHash(this.view));
  }
}

export const router = new Router();
