import { pageReady } from './host';

let told = false;

/** Tells the app, once, that something useful is on the screen: start-up is measured up to here. */
export function ready(): void {
  if (told) return;
  told = true;
  // The second frame comes after the first one with this content has been painted.
  requestAnimationFrame(() => requestAnimationFrame(() => void pageReady().catch(() => {})));
}
