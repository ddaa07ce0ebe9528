// What stands beside and over the text: own marks at their blocks, and the ticks of the track.
import type { Tick } from '$components/document/Track.svelte';
import type { NoteColor } from '$components/law/notes';
import type { DocumentPage } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';
import type { DocumentModel } from '../model.svelte';
import { colorOf } from '../notes.svelte';

export class Margin {
  constructor(
    private readonly model: () => DocumentModel,
    private readonly page: () => DocumentPage,
  ) {}

  readonly placed = $derived.by(() => {
    const model = this.model();
    return model.notes.marks
      .filter((mark) => mark.place.object === null)
      .map((mark) => ({ mark, block: mark.place.provision === null ? 0 : (model.blockOf(mark.place.provision) ?? 0) }))
      .toSorted((a, b) => a.block - b.block || a.mark.id - b.mark.id);
  });

  readonly marked = $derived(
    new Set(this.placed.filter(({ mark }) => mark.place.provision !== null).map(({ block }) => block)),
  );

  /** A quote may stand in any block of its provision. */
  readonly quotes = $derived.by(() => {
    const model = this.model();
    const found = new Map<number, { quote: string; color: NoteColor }[]>();
    for (const { mark, block } of this.placed) {
      if (!mark.quote) continue;
      const top = model.block(block);
      // The heading stands for the whole provision: the same words further down are others.
      if (top?.heading && mark.quote === top.heading) continue;
      for (let at = block; at < Math.min(block + 60, this.page().blocks); at += 1) {
        const each = model.block(at);
        if (!each || (at > block && top && each.depth <= top.depth && each.id !== null)) break;
        // A mark on the whole provision shows as its ribbon; painting all of it would hide the rest.
        if (!each.text.includes(mark.quote) || each.text.length === mark.quote.length) continue;
        found.set(at, [...(found.get(at) ?? []), { quote: mark.quote, color: colorOf(mark) }]);
        break;
      }
    }
    return found;
  });

  readonly ticks: Tick[] = $derived.by(() => {
    const { changes, finder } = this.model();
    return [
      ...changes.map((block) => ({ block, kind: 'change' as const, label: m.document_changed() })),
      ...this.placed.map(({ mark, block }) => ({ block, kind: 'mark' as const, label: mark.label })),
      ...finder.ranges.map((range) => ({ block: range.block, kind: 'hit' as const, label: finder.searched })),
    ];
  });
}
