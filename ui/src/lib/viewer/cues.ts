// Time in a recording: which words are said, where the chapters begin.
import type { Cue, OutlineNode } from '$lib/host/types';

/** The cue that was begun last, for the transcript; -1 before the first. */
export function cueAt(cues: readonly Cue[], ms: number): number {
  let low = 0;
  let high = cues.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cues[middle]?.fromMs ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The words over the picture: none in a pause. */
export function captionAt(cues: readonly Cue[], ms: number): string {
  const cue = cues[cueAt(cues, ms)];
  return cue && ms < cue.toMs ? cue.text : '';
}

const SPEAKER = /^(?:-\s*)?(\p{Lu}[\p{L} ]{1,24}):\s+(?=\S)/u;

/** Names before a colon that come again: "Dừng lại: không chuyển tiền" is said once, a person speaks often. */
export function speakersOf(cues: readonly Cue[]): Set<string> {
  const counts = new Map<string, number>();
  for (const cue of cues) {
    const name = SPEAKER.exec(cue.text)?.[1];
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name));
}

/** `Già làng: Đất này…` says who speaks, where that is one of the speakers. */
export function speakerOf(text: string, speakers: ReadonlySet<string>): { speaker: string; words: string } {
  const match = SPEAKER.exec(text);
  const speaker = match?.[1] ?? '';
  if (!match || !speakers.has(speaker)) return { speaker: '', words: text };
  return { speaker, words: text.slice(match[0].length) };
}

export interface Chapter {
  name: string;
  fromMs: number;
}

/** Parts of the outline that hold cues; one part alone divides nothing. */
export function chaptersOf(outline: readonly OutlineNode[], cues: readonly Cue[]): Chapter[] {
  const starts = new Map(cues.map((cue) => [cue.id, cue.fromMs]));
  const found: Chapter[] = [];
  for (const node of outline) {
    if (node.level === 'cue') continue;
    const fromMs = firstStart(node, starts);
    if (fromMs !== undefined) found.push({ name: node.heading || node.label, fromMs });
  }
  return found.length > 1 ? found : [];
}

function firstStart(node: OutlineNode, starts: ReadonlyMap<string, number>): number | undefined {
  const own = node.id === null ? undefined : starts.get(node.id);
  if (own !== undefined) return own;
  for (const child of node.children) {
    const start = firstStart(child, starts);
    if (start !== undefined) return start;
  }
  return undefined;
}

export function chapterAt(chapters: readonly Chapter[], ms: number): number {
  return chapters.findLastIndex((chapter) => chapter.fromMs <= ms);
}

/** Stretches of the bar between chapters, as shares of the whole. */
export function segments(chapters: readonly Chapter[], durationMs: number): { from: number; to: number }[] {
  if (durationMs <= 0) return [{ from: 0, to: 1 }];
  const starts = [0, ...chapters.map((chapter) => chapter.fromMs).filter((ms) => ms > 0 && ms < durationMs)];
  return starts.map((from, at) => ({ from: from / durationMs, to: (starts[at + 1] ?? durationMs) / durationMs }));
}
