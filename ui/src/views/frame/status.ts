// What the frame shows of the session.
import { today } from '$lib/format';
import type { JobState, ShelfState, Start } from '$lib/host/types';
import type { ViewName } from '$lib/route';

/** Older data than this many days gets amber and a dot. */
export const OLD_DAYS = 30;

/** What a shelf is called that has no name of its own. */
const NAMELESS = 'Tủ sách pháp luật';

/** "Tỉnh Gia Lai, Xã Ia Mơ"; the name of the app is not a place. */
export function placeName(shelf: string | undefined, commune: string | null | undefined): string | undefined {
  return [shelf === NAMELESS ? '' : shelf, commune].filter(Boolean).join(', ') || undefined;
}

/** The day, here, up to which the source said that this is what holds. */
export function dataDay(shelf: ShelfState | null): string | undefined {
  const when = shelf && new Date(shelf.age.confirmedAt);
  return when && !Number.isNaN(when.getTime()) ? today(when) : undefined;
}

/** Parts of the app with something to look at. */
export function attention(start: Start | null, job: JobState | null): ViewName[] {
  const sync =
    !start?.shelf ||
    start.shelf.age.days > OLD_DAYS ||
    start.shelf.age.clockIsSlow ||
    (start.unfinishedSync && job?.state !== 'running') ||
    job?.state === 'failed';
  return sync ? ['sync'] : [];
}
