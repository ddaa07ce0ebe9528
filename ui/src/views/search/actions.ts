// What can be done with a hit without leaving the list.
import type { Row } from '$components/search/rows';
import { copyText } from '$lib/clipboard';
import * as host from '$lib/host';
import { m } from '$lib/i18n.svelte';
import { router } from '$lib/router.svelte';
import { toast } from '$lib/toast.svelte';
import { noted, wants } from '$lib/wants.svelte';

export function openRow(row: Row): void {
  router.go({
    name: 'document',
    id: row.document.id,
    ...(row.provision && { provision: row.provision }),
    ...(row.page !== null && !row.provision && { page: row.page }),
    ...(row.time !== null && { time: row.time }),
  });
}

/** Copies how to cite a hit; one that is not on this machine can be cited as well. */
export async function copyCitation(row: Row, known: string | undefined): Promise<void> {
  try {
    await copyText(known ?? (await host.citation(row.document.id, row.provision)));
    toast({ text: m.common_citation_copied(), icon: 'check' });
  } catch {
    toast({ text: m.search_copy_failed(), icon: 'circle-alert' });
  }
}

/** Asks for the document of a hit that is not on this machine. */
export const wantRow = (row: Row): Promise<void> => noted(() => wants.want(row.document.id));
export const dropRow = (row: Row): Promise<void> => noted(() => wants.drop(row.document.id));

function placeOf(row: Row): host.Place {
  return {
    provision: row.provision,
    object: null,
    page: row.provision ? null : row.page,
    timeMs: row.time === null ? null : row.time * 1000,
  };
}

/** Puts a mark there; the toast takes it back. A place that has one already keeps that one. */
export async function markRow(row: Row, quote: string, onchange: (marked: boolean) => void): Promise<void> {
  const place = placeOf(row);
  const failed = () => toast({ text: m.search_mark_failed(), icon: 'circle-alert' });
  try {
    const { marks } = await host.marks({ document: row.document.id });
    const same = marks.some(
      (mark) =>
        mark.place.provision === place.provision && mark.place.page === place.page && mark.place.timeMs === place.timeMs,
    );
    if (same) {
      onchange(true);
      toast({ text: m.search_marked_before(), icon: 'bookmark' });
      return;
    }
    const mark = await host.markPut({ id: null, document: row.document.id, place, quote, note: '', colour: 0, folder: null });
    onchange(true);
    toast({
      text: row.place ? m.search_marked_at({ place: row.place }) : m.search_marked(),
      icon: 'bookmark',
      undo: () => {
        onchange(false);
        host.markRemove(mark.id).catch(failed);
      },
    });
  } catch {
    failed();
  }
}
