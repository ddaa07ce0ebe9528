// The beginning and the end of a guest's visit, as the page sees them.
import { forgetCopied, wipeClipboard } from '$lib/clipboard';
import { failureWords } from '$lib/failure';
import { asFailure } from '$lib/host';
import { m } from '$lib/i18n.svelte';
import { NotKept } from '$lib/pending';
import { session } from '$lib/session.svelte';
import { toast, toasts } from '$lib/toast.svelte';

function clearToasts(): void {
  [...toasts.items].forEach(({ id }) => toasts.dismiss(id));
}

export async function beginVisit(): Promise<void> {
  // Of them nothing comes back.
  const begun = session.unkept ? m.visit_begun_unkept() : m.visit_begun();
  try {
    await session.visitStart();
    // A toast could undo something of the person whose PC it is.
    clearToasts();
    forgetCopied();
    toast({ text: begun, icon: 'users' });
  } catch (error) {
    const why = (of: unknown) => failureWords(asFailure(of)).what;
    if (error instanceof NotKept) toast({ text: m.visit_not_begun({ why: why(error.reasons[0]) }), icon: 'circle-alert' });
    else toast(why(error));
  }
}

/** Everything of the visit leaves the page's memory. */
export async function endVisit(): Promise<void> {
  // First, while the click still lets the page touch the clipboard.
  const clipboard = wipeClipboard();
  try {
    await session.visitEnd();
    clearToasts();
    await clipboard;
    toast({ text: m.visit_ended(), icon: 'circle-check' });
  } catch (error) {
    toast(failureWords(asFailure(error)).what);
  }
}
