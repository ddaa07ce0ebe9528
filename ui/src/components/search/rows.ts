// Hits and lines of a list, made ready to be shown once, so that moving the choice computes nothing.
import { nameOf, productWord, titleOf } from '$components/law/document';
import type { MarkRange } from '$components/law/highlight';
import { duration, keepTogether } from '$lib/format';
import type { DocumentLine, Hit, ProvisionState } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';

export interface Row {
  key: string;
  document: DocumentLine;
  provision: string | null;
  /** "Điều 138", "0:39", "trang 3": where it opens; empty for the whole document. */
  place: string;
  heading: string;
  path: string[];
  snippet: string;
  marks: readonly MarkRange[];
  page: number | null;
  /** Whole seconds into a recording. */
  time: number | null;
  /** Its text is not on this machine: what was found is its title and headings. */
  absent: boolean;
  cited: boolean;
  state: ProvisionState | null;
}

/** Headings of parts are sentences; a path needs "Chương II" only. */
function shortPart(part: string): string {
  return keepTogether(part.replace(/^([^.]{1,24})\. .*$/su, '$1'));
}

function capital(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase('vi'));
}

export function rowsOf(hits: readonly Hit[]): Row[] {
  const seen = new Map<string, number>();
  return hits.map((hit) => {
    const base = `${hit.document.id}#${hit.provision?.id ?? ''}`;
    const again = seen.get(base) ?? 0;
    seen.set(base, again + 1);
    return { ...rowOf(hit), key: again === 0 ? base : `${base}~${again}` };
  });
}

function rowOf(hit: Hit): Omit<Row, 'key'> {
  const { document, provision } = hit;
  const time = hit.timeMs === null ? null : Math.floor(hit.timeMs / 1000);
  const label = provision ? keepTogether(provision.label) : '';
  // The first page is where a document opens anyway.
  const page = hit.page !== null && hit.page > 1 ? hit.page : null;
  const place = time !== null ? duration(time) : label || (page === null ? '' : m.search_page({ page: String(page) }));
  const title = titleOf(document);
  const plain = document.sample && hit.heading === document.title ? title : hit.heading;
  // The line of a cue says nothing but its time.
  const heading = keepTogether(time !== null ? title : capital(plain));
  const above = hit.path ? hit.path.split(' › ') : [];
  const path = document.product
    ? [productWord(document.product), ...(heading === title ? (time === null ? topicOf(document) : [place]) : [title])]
    : [nameOf(document), ...above.map(shortPart), ...(label ? [label] : [])];
  return {
    document,
    provision: provision?.id ?? null,
    place,
    heading,
    path,
    snippet: hit.snippet,
    marks: hit.marks,
    page,
    time,
    absent: hit.absent !== null,
    cited: hit.cited,
    state: provision && !document.product ? hit.provisionState : null,
  };
}

function topicOf(document: DocumentLine): string[] {
  return document.topic ? [document.topic] : [];
}

export function rowOfLine(document: DocumentLine): Row {
  const title = titleOf(document);
  const name = document.product ? productWord(document.product) : nameOf(document);
  const path = [name === title ? '' : name, document.issuer ?? '', document.topic ?? ''].filter(Boolean);
  return {
    key: `${document.id}#`,
    document,
    provision: null,
    place: '',
    heading: keepTogether(title),
    path,
    snippet: '',
    marks: [],
    page: null,
    time: null,
    absent: !document.here && !document.withdrawn,
    cited: false,
    state: null,
  };
}

/** Whether a document of former units holds in the reader's place; null where nobody knows. */
export function appliesHere(units: readonly string[], places: readonly (string | null | undefined)[]): boolean | null {
  const mine = places.flatMap((place) => (place ? [unitName(place)] : []));
  if (units.length === 0 || mine.length === 0) return null;
  return units.some((unit) => mine.includes(unitName(unit)));
}

/** `Tỉnh Bình Định (cũ)` and `Bình Định` are one name. */
function unitName(unit: string): string {
  return unit
    .toLocaleLowerCase('vi')
    .replace(/\s*\(cũ\)$/u, '')
    .replace(/^(tỉnh|thành phố|xã|phường|thị trấn|huyện|đặc khu)\s+(?=\p{L})/u, '')
    .trim();
}
