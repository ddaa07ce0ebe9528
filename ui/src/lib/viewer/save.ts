import * as host from '$lib/host';
import type { ObjectRow } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';
import { toast } from '$lib/toast.svelte';

/** Copies a file to where the person says; changing one's mind is no failure. */
export async function saveCopy(object: ObjectRow): Promise<void> {
  try {
    const path = await host.objectSave(object.sha256, object.name);
    if (path !== null) toast({ text: m.viewer_saved({ path }), icon: 'save' });
  } catch (error) {
    const damaged = host.asFailure(error).code === 'damaged';
    toast({ text: damaged ? m.viewer_damaged() : m.viewer_not_saved(), icon: 'circle-alert' });
  }
}
