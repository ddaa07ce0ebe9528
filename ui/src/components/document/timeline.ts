import type { DocumentPage, Effect } from '$lib/host/types';
import { date } from '$lib/format';
import { m } from '$lib/i18n.svelte';
import { effectWord } from './words';

export type Stretch = 'before' | 'force' | 'changed' | 'dead' | 'after';

export interface TimelineStop {
  day: string;
  words: string[];
  /** Numbers of the acts that did it. */
  acts: string[];
  kind: 'issued' | 'effective' | 'change' | 'expires' | 'data';
  /** What holds from here to the next stop. */
  then: Stretch;
}

/**
 * What is known to have happened, by day. It ends with the day of the data: of what came later this machine knows
 * nothing. Days that lie after it are known plans and stand behind it.
 */
export function timeline(page: DocumentPage, dataDay: string | null): TimelineStop[] {
  const { issued, validity } = page.line;
  const stops = new Map<string, TimelineStop>();
  const put = (day: string | null, kind: TimelineStop['kind'], word: string, act?: string) => {
    if (!day) return;
    const stop = stops.get(day) ?? { day, words: [], acts: [], kind, then: 'before' as Stretch };
    if (!stop.words.includes(word)) stop.words.push(word);
    if (act && !stop.acts.includes(act)) stop.acts.push(act);
    if (kind === 'data' || rank[kind] > rank[stop.kind]) stop.kind = kind;
    stops.set(day, stop);
  };
  put(issued, 'issued', m.document_timeline_issued());
  put(validity.effective, 'effective', m.document_timeline_effective());
  for (const effect of page.effects) put(effect.from, 'change', changeWord(effect), numberOf(effect));
  put(validity.expires, 'expires', m.document_timeline_expires());
  put(dataDay, 'data', m.document_timeline_data());
  const sorted = [...stops.values()].toSorted((a, b) => a.day.localeCompare(b.day));
  let state: Stretch = 'before';
  for (const stop of sorted) {
    if (validity.effective && stop.day >= validity.effective && state === 'before') state = 'force';
    if (stop.kind === 'change' && state === 'force') state = 'changed';
    if (validity.expires && stop.day >= validity.expires) state = 'dead';
    stop.then = dataDay && stop.day >= dataDay ? 'after' : state;
  }
  return sorted;
}

const rank = { issued: 0, effective: 1, change: 2, expires: 3, data: 4 };

function changeWord(effect: Effect): string {
  const word = effectWord(effect.kind);
  return effect.certain ? word : m.document_maybe({ word: word.toLocaleLowerCase('vi') });
}

function numberOf(effect: Effect): string | undefined {
  return effect.by?.number ?? effect.byNumber ?? undefined;
}

/** Changes whose day nobody wrote down: they stand beside the line. */
export function undated(effects: readonly Effect[]): Effect[] {
  return effects.filter((effect) => effect.from === null);
}

export const dayWords = (stop: TimelineStop): string => date(stop.day);
