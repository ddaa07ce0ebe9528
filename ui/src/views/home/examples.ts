// Words to try, made of what stands on this shelf.
import type { DocumentLine, ReadingRow } from '$lib/host/types';

/** As people type who are in a hurry: small letters, no accents. */
export function unaccented(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .toLowerCase();
}

/** The first words of a title, without the bracket at its end. */
function opening(title: string, words = 5): string {
  return title.replace(/\s*\(.*$/u, '').split(/[\s,;:]+/u).slice(0, words).join(' ');
}

/** Candidates in order: a number, a number with its first Điều, words without accents, words. */
export function candidates(reading: readonly ReadingRow[], newest: readonly DocumentLine[]): string[] {
  const acts = [...reading.map((row) => row.document), ...newest].filter((line) => line.number && !line.withdrawn);
  const others = newest.filter((line) => !line.number && !line.withdrawn);
  const [first, second = first] = acts;
  return [
    first && `${first.number}`,
    second && `${unaccented(second.number!)} dieu 1`,
    others[0] && unaccented(opening(others[0].title)),
    others[1] && opening(others[1].title),
    second && unaccented(opening(second.title)),
  ].filter((text, at, all): text is string => Boolean(text) && all.indexOf(text) === at);
}
