import { failureWords } from '$lib/failure';
import { asFailure, type SettingsPatch } from '$lib/host';
import { session } from '$lib/session.svelte';
import { toast } from '$lib/toast.svelte';

/** Saves at once; says so only when it did not work. */
export async function save(patch: Partial<SettingsPatch>): Promise<boolean> {
  try {
    await session.change(patch);
    return true;
  } catch (error) {
    toast({ text: failureWords(asFailure(error)).what, icon: 'circle-alert' });
    return false;
  }
}
