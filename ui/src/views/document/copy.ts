import { copyText } from '$lib/clipboard';
import * as host from '$lib/host';
import { m } from '$lib/i18n.svelte';
import { toast } from '$lib/toast.svelte';

export async function copy(text: string): Promise<void> {
  if (await copyText(text)) toast({ text: m.common_citation_copied(), icon: 'quote' });
  else toast({ text: m.document_copy_failed(), icon: 'circle-alert' });
}

/** Puts the citation of a provision, or of the whole, on the clipboard. */
export async function cite(id: string, provision: string | null): Promise<void> {
  try {
    await copy(await host.citation(id, provision));
  } catch {
    toast({ text: m.document_copy_failed(), icon: 'circle-alert' });
  }
}
