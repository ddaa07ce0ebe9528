import { copyText } from '$lib/clipboard';
import * as host from '$lib/host';
import { m } from '$lib/i18n.svelte';
import { toast } from '$lib/toast.svelte';

/** Puts words on the clipboard and says so. */
export async function copy(words: string | Promise<string>): Promise<void> {
  try {
    await copyText(await words);
    toast({ text: m.common_citation_copied(), icon: 'quote' });
  } catch {
    toast({ text: m.document_copy_failed(), icon: 'circle-alert' });
  }
}

/** The citation of a provision, or of the whole. */
export function cite(id: string, provision: string | null): Promise<void> {
  return copy(host.citation(id, provision));
}
