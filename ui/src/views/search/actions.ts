// What can be done with a hit without leaving the list.
import type { Row } from '$components/search/rows';
import { copyText } from '$lib/clipboard';
import * as host from '$lib/host';
import { m } from '$lib/i18n.svelte';
import { router } from '$lib/router.svelte';
import { toast } from '$lib/toast.svelte';

export function openRow(row: Row): void {
  router.go({
    name: 'document',
    id: row.document.id,
    ...(row.provision && { provision: row.provision }),
    ...(row.page !== null && !row.provision && { page: row.page }),
    ...(row.time !== null && { time: row.time }),
  });
}

export async function copyCitation(citation: string): Promise<void> {
  try {
    await copyText(citation);
    toast({ text: m.common_citation_copied(), icon: 'check' });
  } catch {
    toast({ text: m.search_copy_failed(), icon: 'circle-alert' });
  }
}

/** Puts a mark there; the toast takes it back. Calls `onchange` with whether it is marked. */
export async function markRow(row: Row, quote: string, onchange: (marked: boolean) => void): Promise<void> {
  try {
    const mark = await host.markPut({
      id: null,
      document: row.document.id,
      place: {
        provision: row.provision,
        object: null,
        page: row.provision ? null : row.page,
        timeMs: row.time === null ? null : row.time * 1000,
      },
      quote,
      note: '',
      colour: 0,
      folder: null,
    });
    onchange(true);
    toast({
      text: row.place ? m.search_marked_at({ place: row.place }) : m.search_marked(),
      icon: 'bookmark',
      undo: () => {
        onchange(false);
        void host.markRemove(mark.id).catch(() => toast(m.search_mark_failed()));
      },
    });
  } catch {
    toast({ text: m.search_mark_failed(), icon: 'circle-alert' });
  }
}
