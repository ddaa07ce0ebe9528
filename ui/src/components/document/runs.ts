import type { Link } from '$lib/host/types';
import type { NoteColor } from '$components/law/notes';

/** A stretch of a text between two ends, counted in Unicode scalar values as the engine counts. */
export interface Span {
  from: number;
  to: number;
}

export interface Found extends Span {
  /** The hit that stands in front now. */
  current: boolean;
}

export interface Noted extends Span {
  color: NoteColor;
}

/** A stretch of text that looks the same from end to end. */
export interface Run {
  text: string;
  /** Place in `links`, where the stretch belongs to a citation. */
  link: number | undefined;
  found: boolean;
  current: boolean;
  note: NoteColor | undefined;
}

/** Cuts a text at the ends of its links, hits and notes. Spans that overlap, touch or reach past the end do no harm. */
export function runs(
  text: string,
  links: readonly Link[] = [],
  found: readonly Found[] = [],
  noted: readonly Noted[] = [],
): Run[] {
  if (links.length === 0 && found.length === 0 && noted.length === 0) {
    return text ? [{ text, link: undefined, found: false, current: false, note: undefined }] : [];
  }
  const letters = Array.from(text);
  const cuts = new Set([0, letters.length]);
  for (const span of [...links, ...found, ...noted]) {
    for (const end of [span.from, span.to]) if (end > 0 && end < letters.length) cuts.add(end);
  }
  const ends = [...cuts].toSorted((a, b) => a - b);
  const made: Run[] = [];
  for (let at = 0; at + 1 < ends.length; at += 1) {
    const [from, to] = [ends[at]!, ends[at + 1]!];
    const over = (span: Span) => span.from <= from && span.to >= to;
    const link = links.findIndex(over);
    const hit = found.find(over);
    made.push({
      text: letters.slice(from, to).join(''),
      link: link < 0 ? undefined : link,
      found: hit !== undefined,
      current: found.some((span) => span.current && over(span)),
      note: noted.find(over)?.color,
    });
  }
  return made;
}

/** Runs of one link stand together: it is one button, whatever is marked in it. */
export function joined(all: readonly Run[]): { link: number | undefined; runs: Run[] }[] {
  const made: { link: number | undefined; runs: Run[] }[] = [];
  for (const run of all) {
    const last = made.at(-1);
    if (last && last.link === run.link) last.runs.push(run);
    else made.push({ link: run.link, runs: [run] });
  }
  return made;
}

/** Where a quote stands in a text, in scalar values; undefined where it is not found. */
export function quoteIn(text: string, quote: string): Span | undefined {
  const wanted = quote.normalize('NFC').trim();
  if (!wanted) return undefined;
  const at = text.indexOf(wanted);
  if (at < 0) return undefined;
  const from = Array.from(text.slice(0, at)).length;
  return { from, to: from + Array.from(wanted).length };
}
