// Finds the handler of a key. A view binds what it can do while it is on the screen:
//   $effect(() => keyboard.bind({ mark: () => …, tab: (event, at) => … }));
import { shortcuts, type Shortcut, type ShortcutId } from './shortcuts';

/** `at` is the place of the key in the shortcut's list: 0 for Ctrl 1. Return false to let the key pass. */
export type Handler = (event: KeyboardEvent, at: number) => boolean | void;
export type Bindings = Partial<Record<ShortcutId, Handler>>;

class Keyboard {
  /** Single letters act; a setting, because a screen reader or dictation may type them. */
  letters = $state(true);
  // Not reactive: nothing on the screen shows it.
  #bound: Bindings[] = [];

  start(): () => void {
    const listen = (event: KeyboardEvent) => this.press(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }

  /** The latest binding of a key wins; one of the frame lies under those of all views. Returns a function that takes it back. */
  bind(bindings: Bindings, layer: 'view' | 'frame' = 'view'): () => void {
    if (layer === 'frame') this.#bound.unshift(bindings);
    else this.#bound.push(bindings);
    return () => {
      this.#bound = this.#bound.filter((each) => each !== bindings);
    };
  }

  press(event: KeyboardEvent): void {
    // 229 is what WebKit says for a key that an input method holds.
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    for (const bindings of this.#bound.toReversed()) {
      for (const shortcut of shortcuts) {
        const handler = bindings[shortcut.id];
        if (!handler || shortcut.native || !matches(shortcut, event)) continue;
        if (!this.#mayAct(shortcut, event)) continue;
        if (handler(event, shortcut.codes.indexOf(event.code)) === false) continue;
        event.preventDefault();
        return;
      }
    }
  }

  #mayAct(shortcut: Shortcut, event: KeyboardEvent): boolean {
    const target = event.target instanceof Element ? event.target : null;
    if (isLetter(shortcut)) {
      if (!this.letters || isField(target)) return false;
      // Space presses the button that has the focus.
      if (event.code === 'Space' && target?.closest('button, a, summary, [role]')) return false;
    }
    if (shortcut.id === 'cite') {
      const selected = getSelection();
      if (isField(target) || (selected !== null && !selected.isCollapsed)) return false;
    }
    // Esc closes the popover that is open, and nothing with it.
    if (shortcut.id === 'escape' && document.querySelector('[popover]:popover-open')) return false;
    // A dialog has its own keys; under it nothing may move, only the text may grow.
    const inDialog = document.querySelector('dialog[open][data-modal]') !== null;
    return !inDialog || ['larger', 'smaller', 'textReset'].includes(shortcut.id);
  }
}

function matches(shortcut: Shortcut, event: KeyboardEvent): boolean {
  // AltGr arrives as Ctrl and Alt together and types a letter.
  if (event.metaKey || event.getModifierState?.('AltGraph')) return false;
  return (
    shortcut.codes.includes(event.code) &&
    event.ctrlKey === (shortcut.ctrl ?? false) &&
    event.altKey === (shortcut.alt ?? false) &&
    (event.shiftKey === (shortcut.shift ?? false) || event.code === 'Equal')
  );
}

/** One printed key without Ctrl or Alt: never inside a field. */
function isLetter(shortcut: Shortcut): boolean {
  return !shortcut.ctrl && !shortcut.alt && shortcut.codes.some((code) => /^(Key|Slash|Space|Numpad)/.test(code));
}

function isField(target: Element | null): boolean {
  return (
    target !== null &&
    target.closest('input, textarea, select, [contenteditable=""], [contenteditable="true"]') !== null
  );
}

export const keyboard = new Keyboard();
