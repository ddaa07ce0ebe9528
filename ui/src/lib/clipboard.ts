// What was copied here, so that the end of a guest's visit can take it off the clipboard again.
// Views copy with `copyText`; what the person copies with Ctrl C is noticed too.

let copied: string | undefined;
/** The window was left since: another program may have copied something. */
let left = false;

function note(text: string): void {
  copied = text;
  left = false;
}

/** Puts text on the clipboard; rejects where the system refuses. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    if (!copyBySelection(text)) throw error;
  }
  note(text);
}

/** For a webview that has no clipboard for pages, or wants to ask for it first. */
function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'clipboard-field';
  document.body.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}

/** Notices what is copied. Returns a function that stops. */
export function watchClipboard(): () => void {
  const heard = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') || String(getSelection() ?? '');
    if (text) note(text);
  };
  const leave = () => {
    left = true;
  };
  addEventListener('copy', heard);
  addEventListener('blur', leave);
  return () => {
    removeEventListener('copy', heard);
    removeEventListener('blur', leave);
  };
}

/** From here on what was copied counts as somebody else's. */
export function forgetCopied(): void {
  copied = undefined;
}

/** Overwrites the clipboard, only if it still holds what was copied here. */
export async function wipeClipboard(): Promise<void> {
  const text = copied;
  forgetCopied();
  if (text === undefined) return;
  try {
    const held = left ? await navigator.clipboard.readText() : text;
    if (sameText(held, text)) await navigator.clipboard.writeText(' ');
  } catch {
    // The system does not let us look, so it is not ours to overwrite.
  }
}

/** Windows writes other line ends. */
function sameText(one: string, other: string): boolean {
  return one.replaceAll('\r\n', '\n') === other.replaceAll('\r\n', '\n');
}
