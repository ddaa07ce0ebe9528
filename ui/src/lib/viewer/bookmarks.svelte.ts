// Marks that are put while an original or a recording is in front.
import * as host from '$lib/host';
import type { Mark, Place } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';
import { toast } from '$lib/toast.svelte';

export class Bookmarks {
  all = $state.raw<readonly Mark[]>([]);

  constructor(
    readonly document: string,
    marks: readonly Mark[],
  ) {
    this.all = marks;
  }

  /** Marks on one file, by their place. */
  on(object: string): Mark[] {
    return this.all
      .filter((mark) => mark.place.object === object)
      .toSorted((one, other) => (one.place.timeMs ?? one.place.page ?? 0) - (other.place.timeMs ?? other.place.page ?? 0));
  }

  async add(place: Place, quote: string, label: string): Promise<void> {
    try {
      const mark = await host.markPut({
        id: null, document: this.document, place, quote: quote.slice(0, 300), note: '', colour: 0, folder: null,
      });
      this.all = [...this.all, mark];
      toast({ text: m.viewer_marked({ place: label }), icon: 'bookmark', undo: () => void this.remove(mark) });
    } catch {
      toast({ text: m.viewer_not_marked(), icon: 'circle-alert' });
    }
  }

  async remove(mark: Mark): Promise<void> {
    try {
      await host.markRemove(mark.id);
      this.all = this.all.filter((each) => each.id !== mark.id);
    } catch {
      toast({ text: m.viewer_not_removed(), icon: 'circle-alert' });
    }
  }
}
