// The words for what went wrong: what happened, what still works, one thing to do.
import type { Failure } from './host/types';
import { m } from './i18n.svelte';

export interface FailureWords {
  what: string;
  still: string;
  todo: string;
}

type Words = Record<string, (() => string) | undefined>;

export function failureWords(failure: Pick<Failure, 'code'>): FailureWords {
  const words = m as unknown as Words;
  const say = (part: string) =>
    (words[`errors_${failure.code}_${part}`] ?? words[`errors_unexpected_${part}`])?.() ?? '';
  return { what: say('what'), still: say('still'), todo: say('do') };
}
