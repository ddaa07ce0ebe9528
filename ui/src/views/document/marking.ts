// Puts marks at the place in sight, or on the words that are selected.
import type { Mark } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';
import { toast } from '$lib/toast.svelte';
import type { DocumentModel } from './model.svelte';
import { selectedQuote } from './selected';

/** D: marks the words that are selected, else the provision in sight. */
export async function markHere(model: DocumentModel): Promise<void> {
  const made = await make(model);
  if (!made) return;
  toast({
    text: made.label ? m.document_marked_at({ place: made.label }) : m.document_marked(),
    icon: 'bookmark',
    undo: () => void model.notes.remove(made),
  });
}

/** N: writes a note on the place, or on the mark that is there already. */
export async function noteHere(model: DocumentModel): Promise<void> {
  const provision = model.provision;
  const there =
    selectedQuote() === undefined &&
    model.notes.marks.find((each) => each.place.provision === provision && each.place.object === null);
  const target = there || (await make(model));
  if (target) model.notes.edit(target);
}

async function make(model: DocumentModel): Promise<Mark | undefined> {
  const selected = selectedQuote();
  const block = selected?.block ?? model.current;
  const provision = model.provisionAt(block);
  const first = model.block(provision === null ? block : (model.blockOf(provision) ?? block));
  // Marker and text are one line on the page, and two things in the data.
  const marker = model.block(block)?.marker ?? '';
  const words = selected?.quote.startsWith(marker) ? selected.quote.slice(marker.length).trim() : selected?.quote;
  const quote = words || (first ? first.text || first.heading : '').slice(0, 300);
  return model.notes.add({ provision, object: null, page: null, timeMs: null }, quote);
}
