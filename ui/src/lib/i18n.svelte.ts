// The words of the interface. `m.area_key()` reads the locale below, so a text in a template follows it at once.
import { overwriteGetLocale, type Locale } from '../../gen/messages/runtime.js';

export { m } from '../../gen/messages/messages.js';
export type { Locale };

let current = $state<Locale>('vi');
overwriteGetLocale(() => current);

export const locale = {
  get current(): Locale {
    return current;
  },
  set current(next: Locale) {
    current = next;
    document.documentElement.lang = next;
  },
};
