// The one table of keys: the handlers are found by it and F1 lists it.
import { m } from './i18n.svelte';

export type Scope = 'everywhere' | 'search' | 'document' | 'player';

export interface Shortcut {
  id: string;
  scope: Scope;
  label: () => string;
  /** What is printed on the keys, for people. */
  keys: string[];
  /** `event.code`s; the letters printed on a key may be others, in Telex brackets are ơ and ư. */
  codes: string[];
  ctrl?: boolean;
  alt?: boolean;
  shift?: boolean;
  /** Handled by the list, the button or the dialog that has the focus; listed only. */
  native?: boolean;
}

const digits = ['Digit1', 'Digit2', 'Digit3', 'Digit4', 'Digit5', 'Digit6', 'Digit7'];

const table = [
  { id: 'search', scope: 'everywhere', label: m.help_key_search, keys: ['Ctrl', 'K'], codes: ['KeyK'], ctrl: true },
  { id: 'search', scope: 'everywhere', label: m.help_key_search, keys: ['/'], codes: ['Slash', 'NumpadDivide'] },
  { id: 'back', scope: 'everywhere', label: m.help_key_back, keys: ['Alt', '←'], codes: ['ArrowLeft'], alt: true },
  { id: 'forward', scope: 'everywhere', label: m.help_key_forward, keys: ['Alt', '→'], codes: ['ArrowRight'], alt: true },
  { id: 'nextDocument', scope: 'everywhere', label: m.help_key_next_document, keys: ['Ctrl', 'Tab'], codes: ['Tab'], ctrl: true },
  { id: 'previousDocument', scope: 'everywhere', label: m.help_key_previous_document, keys: ['Ctrl', 'Shift', 'Tab'], codes: ['Tab'], ctrl: true, shift: true },
  { id: 'panes', scope: 'everywhere', label: m.help_key_panes, keys: ['F6'], codes: ['F6'] },
  { id: 'panesBack', scope: 'everywhere', label: m.help_key_panes_back, keys: ['Shift', 'F6'], codes: ['F6'], shift: true },
  { id: 'larger', scope: 'everywhere', label: m.help_key_larger, keys: ['Ctrl', '+'], codes: ['Equal', 'NumpadAdd'], ctrl: true },
  { id: 'smaller', scope: 'everywhere', label: m.help_key_smaller, keys: ['Ctrl', '−'], codes: ['Minus', 'NumpadSubtract'], ctrl: true },
  { id: 'textReset', scope: 'everywhere', label: m.help_key_text_reset, keys: ['Ctrl', '0'], codes: ['Digit0', 'Numpad0'], ctrl: true },
  { id: 'print', scope: 'everywhere', label: m.help_key_print, keys: ['Ctrl', 'P'], codes: ['KeyP'], ctrl: true },
  { id: 'help', scope: 'everywhere', label: m.help_key_help, keys: ['F1'], codes: ['F1'] },
  { id: 'escape', scope: 'everywhere', label: m.help_key_escape, keys: ['Esc'], codes: ['Escape'] },
  { id: 'choose', scope: 'search', label: m.help_key_up_down, keys: ['↑', '↓'], codes: ['ArrowUp', 'ArrowDown'], native: true },
  { id: 'open', scope: 'search', label: m.help_key_enter, keys: ['Enter'], codes: ['Enter'], native: true },
  { id: 'exactly', scope: 'search', label: m.search_exactly, keys: ['Ctrl', 'Enter'], codes: ['Enter', 'NumpadEnter'], ctrl: true },
  { id: 'filters', scope: 'search', label: m.help_key_filters, keys: ['L'], codes: ['KeyL'] },
  { id: 'choice', scope: 'search', label: m.help_key_choice, keys: ['Alt', '1–5'], codes: digits.slice(0, 5), alt: true },
  { id: 'fetch', scope: 'search', label: m.help_key_fetch, keys: ['T'], codes: ['KeyT'] },
  { id: 'cite', scope: 'document', label: m.help_key_cite, keys: ['Ctrl', 'C'], codes: ['KeyC'], ctrl: true },
  { id: 'mark', scope: 'document', label: m.help_key_mark, keys: ['D'], codes: ['KeyD'] },
  { id: 'note', scope: 'document', label: m.help_key_note, keys: ['N'], codes: ['KeyN'] },
  { id: 'jump', scope: 'document', label: m.help_key_jump, keys: ['G'], codes: ['KeyG'] },
  { id: 'find', scope: 'document', label: m.help_key_find, keys: ['Ctrl', 'F'], codes: ['KeyF'], ctrl: true },
  { id: 'tab', scope: 'document', label: m.help_key_tabs, keys: ['Ctrl', '1–7'], codes: digits, ctrl: true },
  { id: 'previousChange', scope: 'document', label: m.help_key_previous_change, keys: ['Alt', '↑'], codes: ['ArrowUp'], alt: true },
  { id: 'nextChange', scope: 'document', label: m.help_key_next_change, keys: ['Alt', '↓'], codes: ['ArrowDown'], alt: true },
  { id: 'play', scope: 'player', label: m.help_key_play, keys: ['Space'], codes: ['Space'] },
  { id: 'rewind', scope: 'player', label: m.help_key_rewind, keys: ['J'], codes: ['KeyJ'] },
  { id: 'skip', scope: 'player', label: m.help_key_skip, keys: ['L'], codes: ['KeyL'] },
  { id: 'mute', scope: 'player', label: m.help_key_mute, keys: ['M'], codes: ['KeyM'] },
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof table)[number]['id'];
export const shortcuts: readonly (Shortcut & { id: ShortcutId })[] = table;

/** The keys of a shortcut as one line, for titles and aria-keyshortcuts: `Control+K`. */
export function ariaKeys(id: ShortcutId): string {
  return shortcuts
    .filter((each) => each.id === id)
    .map((each) => each.keys.map((key) => (key === 'Ctrl' ? 'Control' : key)).join('+'))
    .join(' ');
}
