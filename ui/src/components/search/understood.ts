import type { Understood } from '$lib/host/types';

/** One thing that was understood: the words as typed, where another word is read for them, and what it means. */
export interface Meaning {
  typed: string;
  says: string;
  /** A citation: it is the answer, not a help to it. */
  main: boolean;
}

/**
 * What is worth telling of a question: the citation by itself, other words with what was typed. A kind or a year is told
 * only where it was typed in another way than it is said.
 */
export function meanings(question: string, understood: readonly Understood[]): Meaning[] {
  const letters = [...question];
  return understood.flatMap(({ kind, from, to, says }): Meaning[] => {
    const typed = letters.slice(from, to).join('');
    if (kind === 'exact') return [];
    if (kind === 'citation') return [{ typed: '', says, main: true }];
    return same(typed, says) ? [] : [{ typed, says, main: false }];
  });
}

function same(one: string, other: string): boolean {
  return one.localeCompare(other, 'vi', { sensitivity: 'accent' }) === 0;
}
