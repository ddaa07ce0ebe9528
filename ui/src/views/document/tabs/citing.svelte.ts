// The citation that a reader has opened beside the text, and the way on from there.
import * as host from '$lib/host';
import type { Link, Popover } from '$lib/host/types';
import { router } from '$lib/router.svelte';
import type { DocumentModel } from '../model.svelte';

export class Citing {
  link = $state.raw<Link>();
  anchor = $state.raw<HTMLElement>();
  open = $state(false);
  answer = $state.raw<Popover>();
  failed = $state(false);

  constructor(private readonly model: () => DocumentModel) {}

  async show(next: Link, anchor: HTMLElement): Promise<void> {
    this.link = next;
    this.anchor = anchor;
    this.answer = undefined;
    this.failed = false;
    this.open = true;
    if (!next.target.onShelf) return;
    try {
      const found = await host.popover(this.model().id, next.target);
      if (this.link === next) this.answer = found;
    } catch {
      if (this.link === next) this.failed = true;
    }
  }

  /** Goes to an act, or to another place of this one. */
  go(document: string, provision: string | null): void {
    const model = this.model();
    this.open = false;
    if (document === model.id && provision !== null) {
      router.go({ name: 'document', id: document, provision });
      model.showProvision(provision, true);
    } else {
      router.go({ name: 'document', id: document, ...(provision !== null && { provision }) });
    }
  }
}
