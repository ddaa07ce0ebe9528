// Pure facts of the sync view: which event counts, how long it takes, what is told.
import { bytes, number } from '$lib/format';
import type { CarriedShelf, ChangeKind, ChangeRow, DiskUse, JobState, SyncCheck } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';

/** An event of an older job, or one that arrives after the end of its job, changes nothing. */
export function accept(now: JobState | null, next: JobState | null): JobState | null {
  if (!next) return now;
  if (!now || next.id > now.id) return next;
  if (next.id < now.id || now.state !== 'running') return now;
  // Within a job bytes only grow; a report that was overtaken tells less.
  return next.state === 'running' && next.bytes < now.bytes ? now : next;
}

export interface Sample {
  at: number;
  bytes: number;
}

/** How far back the speed is measured, in milliseconds. */
export const WINDOW = 20_000;

export function sample(samples: readonly Sample[], next: Sample): Sample[] {
  return [...samples.filter(({ at }) => next.at - at <= WINDOW), next];
}

/** Seconds left; undefined while nobody can know. */
export function secondsLeft(samples: readonly Sample[], total: number | undefined): number | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || total === undefined || last.at - first.at < 2000 || last.bytes <= first.bytes) return undefined;
  const speed = (last.bytes - first.bytes) / (last.at - first.at);
  return Math.max(0, total - last.bytes) / speed / 1000;
}

/** `Còn khoảng 6 phút`: no finer than anybody can rely on. */
export function timeLeft(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  if (seconds < 60) return m.sync_left_soon();
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? m.sync_left_minutes({ count: number(minutes) }) : m.sync_left_hours({ count: number(minutes / 60, 1) });
}

/** What the job says in one line. */
export function jobTitle(job: JobState, total: number | undefined): string {
  const done = bytes(job.bytes);
  switch (job.state) {
    case 'paused':
      return m.sync_paused({ size: done });
    case 'cancelled':
      return m.sync_stopped({ size: done });
    case 'failed':
      return m.sync_failed({ size: done });
    case 'done':
      return job.report?.changed ? m.sync_done({ size: bytes(job.report.bytes) }) : m.sync_done_nothing();
    case 'running':
      if (job.bytes === 0) return m.sync_starting();
      return total === undefined
        ? m.sync_receiving({ size: done })
        : m.sync_receiving_of({ size: done, total: bytes(Math.max(total, job.bytes)) });
  }
}

export type Filter = ChangeKind | 'all';

export function counted(changes: readonly ChangeRow[]): Record<Filter, number> {
  const counts: Record<Filter, number> = { all: changes.length, added: 0, changed: 0, withdrawn: 0 };
  for (const { change } of changes) counts[change] += 1;
  return counts;
}

/** How a shelf on a stick stands to the one in use. */
export function compared({ newerDays }: Pick<CarriedShelf, 'newerDays'>): string {
  if (newerDays > 0) return m.sync_newer({ days: number(newerDays) });
  return newerDays < 0 ? m.sync_older({ days: number(-newerDays) }) : m.sync_same_day();
}

export interface Share {
  name: string;
  size: number;
}

export function shares(disk: DiskUse): Share[] {
  return [
    { name: m.sync_disk_texts(), size: disk.texts },
    { name: m.sync_disk_originals(), size: disk.originals },
    { name: m.sync_disk_media(), size: disk.media },
    { name: m.sync_disk_index(), size: disk.index },
  ];
}

/** Failures that trying again cannot cure: somebody has to look at them. */
export function isGrave(code: string): boolean {
  return ['root_differs', 'diverged', 'rollback', 'not_a_shelf', 'root_missing', 'newer'].includes(code);
}

export function checkWords(check: SyncCheck): string {
  if (check.nothingNew) return m.sync_nothing_new();
  if (check.first) return m.sync_first({ count: number(check.documents), size: bytes(check.bytes) });
  return m.sync_to_come({ count: number(check.total), size: bytes(check.bytes) });
}
