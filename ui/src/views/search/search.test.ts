import { beforeEach, describe, expect, test, vi } from 'vitest';
import { appliesHere, rowsOf } from '$components/search/rows';
import { touching } from '$components/search/effects';
import type { DocumentLine, DocumentList, Effect, Hit, SearchAnswer, SearchRequest } from '$lib/host/types';
import { parseHash, toHash } from '$lib/route';
import {
  addressOf,
  hidesExpired,
  noFilters,
  passingStates,
  questionOf,
  setFilters,
  without,
  withState,
  type Question,
  type SearchAddress,
} from './filters';
import { PREVIEW_DELAY, PreviewModel } from './preview.svelte';
import { LIMITS, SearchModel, searchRequest } from './search.svelte';

const plain = questionOf({ name: 'search', q: '', filters: {} });
const facets = { states: [], kinds: [], products: [], topics: [], issuers: [], years: [] };

function line(id: string, more: Partial<DocumentLine> = {}): DocumentLine {
  return {
    id,
    number: '15/2021/QĐ-UBND',
    kind: 'Quyết định',
    title: `Văn bản ${id}`,
    issuer: null,
    issued: null,
    topic: null,
    product: null,
    validity: { state: 'in_force', recorded: 'in_force', asOf: null, effective: null, expires: null },
    appliesIn: [],
    withdrawn: null,
    here: true,
    bytes: null,
    collection: 'van-ban',
    sample: false,
    basis: null,
    ...more,
  };
}

function hit(id: string, provision: string | null = 'dieu_1', more: Partial<Hit> = {}): Hit {
  return {
    document: line(id),
    provision: provision ? { id: provision, label: 'Điều 1', path: '' } : null,
    heading: 'Điều 1. Phạm vi',
    path: 'Chương II. QUY ĐỊNH CỤ THỂ › Mục 1. ĐẤT Ở',
    page: null,
    timeMs: null,
    snippet: '',
    marks: [],
    absent: null,
    cited: false,
    provisionState: 'no_change_known',
    ...more,
  };
}

function answer(hits: Hit[], more: Partial<SearchAnswer> = {}): SearchAnswer {
  return {
    tookUs: 1,
    hits,
    documents: hits.length,
    more: false,
    facets,
    hiddenExpired: 0,
    absent: 0,
    scansNotSearched: 0,
    citation: null,
    understood: [],
    ...more,
  };
}

describe('the address of a search', () => {
  const full: Question = {
    text: 'hạn mức đất ở',
    filters: {
      states: ['in_force', 'expired'],
      kinds: ['Quyết định', 'Tờ gấp'],
      products: ['leaflet'],
      topics: ['Đất đai'],
      issuers: ['Ủy ban nhân dân tỉnh Gia Lai'],
      yearFrom: 2013,
      yearTo: 2026,
      hereOnly: true,
      myTerritory: true,
    },
    sort: 'newest',
    listSort: 'newest',
    provisions: false,
    exactly: true,
    withdrawn: false,
  };

  test('holds every filter, there and back', () => {
    const back = questionOf(parseHash(toHash(addressOf(full))) as SearchAddress);
    expect(back).toEqual(full);
    const list = { ...plain, listSort: 'title' as const, withdrawn: true };
    expect(questionOf(addressOf(list))).toEqual(list);
  });

  test('is empty where all is usual, and what it does not know is left out', () => {
    expect(addressOf({ ...plain, text: 'đất' })).toEqual({ name: 'search', q: 'đất', filters: {} });
    const all = addressOf({ ...plain, filters: { ...noFilters, states: passingStates([], true) } });
    expect(all.filters).toEqual({ state: ['all'] });
    expect(questionOf(all).filters.states).toHaveLength(8);
    const odd = questionOf({ name: 'search', q: ' đất ', filters: { state: ['gone', 'expired'], product: ['x'], from: ['20x4'], sort: ['worst'] } });
    expect(odd).toEqual({ ...plain, text: 'đất', filters: { ...noFilters, states: ['expired'] } });
  });

  test('keeps quotes, which ask for exact words', () => {
    for (const text of ['"đất ở" hạn mức', '“đất ở”', '"']) {
      const back = questionOf(parseHash(toHash(addressOf({ ...plain, text }))) as SearchAddress);
      expect(back.text).toBe(text);
      expect(searchRequest(back, 20).text).toBe(text);
    }
  });

  test('becomes the request that the engine takes', () => {
    expect(searchRequest(full, 60)).toEqual({ text: full.text, filters: full.filters, sort: 'newest', limit: 60, provisions: false, exactly: true });
  });
});

describe('states', () => {
  test('without a choice all but the fully expired pass, and that choice has no name', () => {
    expect(passingStates([], false)).not.toContain('expired');
    expect(passingStates([], true)).toContain('expired');
    const withExpired = withState([], 'expired', true, false);
    expect(withExpired).toHaveLength(8);
    expect(withState(withExpired, 'expired', false, false)).toEqual([]);
    expect(withState([], 'unknown', false, false)).not.toContain('unknown');
  });

  test('the expired count as hidden only while nobody chose', () => {
    expect(hidesExpired(plain, false)).toBe(true);
    expect(hidesExpired(plain, true)).toBe(false);
    expect(hidesExpired({ ...plain, withdrawn: true }, false)).toBe(false);
    expect(hidesExpired({ ...plain, filters: { ...noFilters, states: ['in_force'] } }, false)).toBe(false);
  });
});

test('each filter that is set can be taken off alone', () => {
  const question = { ...plain, filters: { ...noFilters, kinds: ['Luật', 'Nghị định'], yearTo: 2020, hereOnly: true } };
  const set = setFilters(question);
  expect(set.map(({ name }) => name)).toEqual(['kinds', 'kinds', 'years', 'here']);
  expect(without(question, set[0]!).filters.kinds).toEqual(['Nghị định']);
  expect(set.reduce((left, off) => without(left, off), question as Question)).toEqual(plain);
});

describe('rows', () => {
  test('show the short names of the parts above a provision', () => {
    const [row] = rowsOf([hit('a')]);
    expect(row?.path).toEqual(['Quyết định 15/2021/QĐ-UBND', 'Chương\u00a0II', 'Mục\u00a01', 'Điều\u00a01']);
  });

  test('have different keys where one place was found twice', () => {
    const keys = rowsOf([hit('a', null), hit('a', null), hit('b', null)]).map((row) => row.key);
    expect(new Set(keys).size).toBe(3);
  });

  test('name the video, not its cue, and open at the second', () => {
    const video = line('v', { product: 'video', number: null, title: 'Khai sinh (Dữ liệu mẫu)', sample: true });
    const [row] = rowsOf([hit('v', 'doan_9', { document: video, heading: 'đoạn 0:39', path: '', timeMs: 39_320 })]);
    expect(row).toMatchObject({ heading: 'Khai sinh', time: 39, place: '00:39', path: ['Video', '00:39'], state: null });
  });

  test('a unit is compared by its name', () => {
    expect(appliesHere(['Bình Định (cũ)'], ['Xã Ia Grai', 'tỉnh Bình Định'])).toBe(true);
    expect(appliesHere(['Bình Định (cũ)'], ['Xã Ia Grai', 'Gia Lai'])).toBe(false);
    expect(appliesHere(['Bình Định (cũ)'], [null, null])).toBeNull();
    expect(appliesHere([], ['Gia Lai'])).toBeNull();
  });
});

test('effects on a place are those on it, in it and around it, the nearest first', () => {
  const effect = (provision: string | null) => ({ provision }) as Effect;
  const all = [effect(null), effect('dieu_1'), effect('dieu_1.khoan_2'), effect('dieu_10'), effect('dieu_2')];
  expect(touching(all, 'dieu_1').map((each) => each.provision)).toEqual(['dieu_1', 'dieu_1.khoan_2', null]);
  expect(touching(all, 'dieu_1.khoan_2.diem_a').map((each) => each.provision)).toEqual(['dieu_1', 'dieu_1.khoan_2', null]);
});

describe('a search', () => {
  const asked = { ...plain, text: 'đất' };
  let waiting: { request: SearchRequest; give: (answer: SearchAnswer) => void; fail: (error: unknown) => void }[] = [];
  const search = vi.fn(
    (request: SearchRequest) =>
      new Promise<SearchAnswer>((give, fail) => {
        waiting.push({ request, give, fail });
      }),
  );
  const list = vi.fn<(request: unknown) => Promise<DocumentList>>();
  const settle = () => new Promise((resolve) => setTimeout(resolve));

  beforeEach(() => {
    waiting = [];
    search.mockClear();
    list.mockReset();
  });

  test('chooses the first hit, and an answer that comes too late is dropped', async () => {
    const model = new SearchModel({ search, list });
    void model.ask(asked);
    void model.ask({ ...asked, text: 'rừng' });
    waiting[1]?.give(answer([hit('b')]));
    await settle();
    waiting[0]?.give(answer([hit('a'), hit('c')]));
    await settle();
    expect(model.question?.text).toBe('rừng');
    expect(model.rows.map((row) => row.document.id)).toEqual(['b']);
    expect(model.active).toBe(0);
    expect(model.loading).toBe(false);
  });

  test('keeps rows and choice when more are fetched, and stops at the last limit', async () => {
    const model = new SearchModel({ search, list });
    const many = (count: number) => answer(Array.from({ length: count }, (_, at) => hit(`d${at}`)), { more: true });
    void model.ask(asked);
    waiting[0]?.give(many(20));
    await settle();
    model.active = 19;
    const first = model.rows[0];
    void model.fetchMore();
    expect(waiting[1]?.request.limit).toBe(LIMITS[1]);
    waiting[1]?.give(many(60));
    await settle();
    expect(model.rows).toHaveLength(60);
    expect(model.rows[0]).toBe(first);
    expect(model.active).toBe(19);
    void model.fetchMore();
    waiting[2]?.give(many(200));
    await settle();
    expect(model.full).toBe(true);
    await model.fetchMore();
    expect(search).toHaveBeenCalledTimes(3);
  });

  test('says what went wrong, and the next answer clears it', async () => {
    const model = new SearchModel({ search, list });
    void model.ask(asked);
    waiting[0]?.fail({ code: 'busy', detail: 'x' });
    await settle();
    expect(model.failure?.code).toBe('busy');
    expect(model.empty).toBe(false);
    void model.ask(asked);
    waiting[1]?.give(answer([hit('a')]));
    await settle();
    expect(model.failure).toBeNull();
  });

  test('without a hit finds out which filter is in the way', async () => {
    const answered = vi.fn(async ({ filters }: SearchRequest) =>
      filters.topics.length > 0 ? answer([]) : answer([hit('a')], { documents: filters.yearTo ? 2 : 7 }),
    );
    const model = new SearchModel({ search: answered, list });
    await model.ask({ ...asked, filters: { ...noFilters, topics: ['Y tế'], yearTo: 2020 } });
    await vi.waitFor(() => expect(model.cures).toHaveLength(2));
    expect(model.cures.map(({ off, documents }) => [off?.name ?? 'all', documents])).toEqual([
      ['topics', 2],
      ['all', 7],
    ]);
  });

  test('without words is a list that goes on where it stopped', async () => {
    list.mockImplementation(async (request) => {
      const { offset, limit } = request as { offset: number; limit: number };
      const documents = Array.from({ length: Math.min(limit, 90 - offset) }, (_, at) => line(`d${offset + at}`));
      return { documents, total: 90, facets };
    });
    const model = new SearchModel({ search, list });
    await model.ask(plain);
    expect(model.more).toBe(true);
    await model.fetchMore();
    expect(model.rows).toHaveLength(90);
    expect(model.more).toBe(false);
    expect(new Set(model.rows.map((row) => row.key)).size).toBe(90);
    expect(search).not.toHaveBeenCalled();
  });
});

test('the preview of a quick walk is fetched where the walk stops', async () => {
  vi.useFakeTimers();
  try {
    const ask = vi.fn(async (document: string) => ({ document: line(document) }) as never);
    const model = new PreviewModel(ask);
    const rows = rowsOf([hit('a'), hit('b'), hit('c')]);
    for (const row of rows) model.show(row, 'đất');
    await vi.advanceTimersByTimeAsync(PREVIEW_DELAY);
    expect(ask.mock.calls.map(([document]) => document)).toEqual(['a', 'c']);
    expect(model.row).toBe(rows[2]);
    model.show(undefined, '');
    expect(model.preview).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});
