// Views and their addresses, both ways.

export const documentTabs = [
  'summary',
  'content',
  'original',
  'validity',
  'related',
  'map',
  'print',
] as const;
export type DocumentTab = (typeof documentTabs)[number];

export type View =
  | { name: 'home' }
  | { name: 'start' }
  | { name: 'search'; q: string; filters: Record<string, string[]> }
  | {
      name: 'document';
      id: string;
      tab?: DocumentTab;
      /** ProvisionId such as `dieu_5.khoan_1`. */
      provision?: string;
      /** Page of the original, from 1. */
      page?: number;
      /** Seconds into the recording. */
      time?: number;
    }
  | { name: 'marks' }
  | { name: 'sync' }
  | { name: 'settings' }
  | { name: 'help' };
export type ViewName = View['name'];

const plain = ['start', 'marks', 'sync', 'settings', 'help'] as const;

/** `{name: 'search', q: 'đất'}` → `#/search?q=%C4%91%E1%BA%A5t`. */
export function toHash(view: View): string {
  const words = new URLSearchParams();
  if (view.name === 'search') {
    if (view.q) words.set('q', view.q);
    for (const name of Object.keys(view.filters).toSorted()) {
      for (const value of view.filters[name] ?? []) words.append(`f.${name}`, value);
    }
  }
  if (view.name === 'document') {
    if (view.tab) words.set('tab', view.tab);
    if (view.provision) words.set('at', view.provision);
    if (view.page !== undefined) words.set('page', String(view.page));
    if (view.time !== undefined) words.set('time', String(view.time));
  }
  const path =
    view.name === 'home'
      ? ''
      : view.name === 'document'
        ? `document/${encodeURIComponent(view.id)}`
        : view.name;
  const query = words.toString();
  return `#/${path}${query ? `?${query}` : ''}`;
}

/** The view of an address; an address that says nothing known is home. */
export function parseHash(hash: string): View {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [name, rest] = path.split(/\/(.*)/s);
  const words = new URLSearchParams(query);
  const same = plain.find((each) => each === name);
  if (same) return { name: same };
  if (name === 'search') return { name, q: words.get('q') ?? '', filters: filters(words) };
  const id = name === 'document' && rest ? decode(rest) : undefined;
  if (!id) return { name: 'home' };
  const tab = documentTabs.find((each) => each === words.get('tab'));
  const provision = words.get('at');
  const page = whole(words.get('page'), 1);
  const time = whole(words.get('time'), 0);
  return {
    name: 'document',
    id,
    ...(tab && { tab }),
    ...(provision && { provision }),
    ...(page !== undefined && { page }),
    ...(time !== undefined && { time }),
  };
}

function filters(words: URLSearchParams): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const key of new Set(words.keys())) {
    if (key.startsWith('f.')) found[key.slice(2)] = words.getAll(key);
  }
  return found;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function whole(text: string | null, least: number): number | undefined {
  const value = Number(text);
  return text && Number.isFinite(value) && value >= least ? value : undefined;
}
