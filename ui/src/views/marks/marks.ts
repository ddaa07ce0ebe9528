// What the table of marks says of each: where it is, how it stands today, how it is sorted and copied.
import { nameOf } from '$components/law/document';
import { provisionLook, validityLook } from '$components/law/validity';
import { date, duration, keepTogether, number } from '$lib/format';
import type { Mark, MarkFilter } from '$lib/host/types';
import type { IconName } from '$lib/icons/names';
import { m } from '$lib/i18n.svelte';
import type { View } from '$lib/route';

/** A place in the left column. */
export type Shelf = 'all' | 'review' | 'unfiled' | 'withdrawn' | number;
export type Sort = 'newest' | 'oldest' | 'document';

export function filterOf(shelf: Shelf, text: string): Partial<MarkFilter> {
  return {
    folder: typeof shelf === 'number' ? shelf : null,
    unfiled: shelf === 'unfiled',
    document: null,
    text: text.trim(),
    review: shelf === 'review',
    withdrawn: shelf === 'withdrawn',
  };
}

/** Whether a mark is one of a shelf. */
export function standsOn(mark: Mark, shelf: Shelf): boolean {
  if (shelf === 'all') return true;
  if (shelf === 'review') return mark.needsReview;
  if (shelf === 'withdrawn') return mark.today.withdrawn !== null;
  return mark.folder === (shelf === 'unfiled' ? null : shelf);
}

export function sorted(marks: readonly Mark[], sort: Sort): Mark[] {
  const name = (mark: Mark) => documentName(mark);
  return marks.toSorted((one, other) => {
    if (sort === 'document') return name(one).localeCompare(name(other), 'vi') || one.id - other.id;
    const newer = other.changedAt.localeCompare(one.changedAt) || other.id - one.id;
    return sort === 'newest' ? newer : -newer;
  });
}

/** `Khoản 1 Điều 136`, `Phút 03:12`, `Trang 4`, `Cả tài liệu`. */
export function placeName(mark: Mark): string {
  const { timeMs, page, provision } = mark.place;
  if (timeMs !== null) return m.marks_minute({ time: duration(timeMs / 1000) });
  if (page !== null && provision === null) return m.common_page({ page: number(page) });
  if (!mark.label) return m.marks_whole();
  return keepTogether(mark.label.charAt(0).toLocaleUpperCase('vi') + mark.label.slice(1));
}

export function documentName(mark: Mark): string {
  const { line } = mark;
  if (!line) return mark.title;
  return nameOf(line);
}

export function placeIcon(mark: Mark): IconName {
  const { timeMs, page, object, provision } = mark.place;
  if (timeMs !== null) return 'circle-play';
  if (page !== null) return 'file-text';
  if (object !== null) return 'image';
  if (provision === null) return 'layout-panel-left';
  return mark.quote && mark.note ? 'sticky-note' : 'bookmark';
}

export interface Look {
  tone: 'in-force' | 'partly' | 'expired' | 'not-yet' | 'suspended' | 'unsuitable' | 'unknown' | 'plain';
  icon: IconName;
  word: string;
}

/** The one thing to know before relying on it: what is gone comes before what has changed. */
export function lookOf(mark: Mark): Look {
  const { today, line } = mark;
  if (today.withdrawn) return { tone: 'unsuitable', icon: 'circle-minus', word: m.marks_withdrawn() };
  if (!line) return { tone: 'unsuitable', icon: 'circle-minus', word: m.marks_gone() };
  if (today.orphan) return { tone: 'expired', icon: 'circle-x', word: m.marks_orphan() };
  if (today.changed) return { tone: 'expired', icon: 'circle-alert', word: m.marks_changed() };
  if (today.provision === 'suspended') return { ...validityLook.suspended, word: validityLook.suspended.word() };
  const part = { repealed: 'repealed', amended: 'amended', may_be_amended: 'maybe_amended' } as const;
  if (today.provision in part) {
    const look = provisionLook[part[today.provision as keyof typeof part]];
    return { tone: look.tone, icon: look.icon, word: look.word() };
  }
  if (line.basis === 'dead') return { tone: 'expired', icon: 'circle-x', word: m.common_basis_dead() };
  if (line.basis === 'ok') return { tone: 'in-force', icon: 'circle-check', word: m.common_basis_alive() };
  const look = validityLook[today.document ?? 'unknown'];
  return { tone: look.tone, icon: look.icon, word: look.word() };
}

/** `kiểm tra 21/11/2026`, or that nobody wrote it down. */
export function checkedOn(mark: Mark): string {
  return mark.today.asOf ? m.common_validity_checked({ date: date(mark.today.asOf) }) : m.common_validity_unchecked();
}

/** Where a mark leads. */
export function viewOf(mark: Mark): View {
  const { provision, object, page, timeMs } = mark.place;
  const original = object !== null || page !== null || timeMs !== null;
  return {
    name: 'document',
    id: mark.document,
    ...(original && { tab: 'original' as const }),
    ...(provision !== null && { provision }),
    ...(page !== null && { page }),
    ...(timeMs !== null && { time: Math.floor(timeMs / 1000) }),
  };
}

/** The list as plain text, a mark a paragraph. */
export function asText(marks: readonly Mark[]): string {
  return marks
    .map((mark) =>
      [
        `${placeName(mark)}, ${documentName(mark)} (${lookOf(mark).word}, ${checkedOn(mark)})`,
        mark.quote && `“${mark.quote}”`,
        mark.note,
      ]
        .filter(Boolean)
        .join('\n'),
    )
    .join('\n\n');
}
