// Keeps which page of a scan is read; where there is text, the text knows its own place.
import * as host from '$lib/host';
import { nowhere } from './originals';

let timer: ReturnType<typeof setTimeout> | undefined;

/** After a rest of `wait` ms, so that turning pages does not write each of them. */
export function keepPage(document: string, object: string, page: number, count: number, wait = 1500): void {
  clearTimeout(timer);
  if (count === 0) return;
  timer = setTimeout(() => {
    // The place is lost then, the document is not.
    void host.positionPut(document, { ...nowhere, object, page }, page / count).catch(() => {});
  }, wait);
}
