// Keeps which page of a scan is read; where there is text, the text knows its own place.
import * as host from '$lib/host';
import { Rest } from '$lib/pending';
import { nowhere } from './originals';

/** After a rest of this many milliseconds, so that turning pages does not write each of them. */
export const PAGE_REST = 1500;

export class PageKeeper {
  #at: { object: string; page: number; count: number } | null = null;
  readonly #rest = new Rest(() => this.#put(), PAGE_REST);

  constructor(private readonly document: string) {}

  arrived(object: string, page: number, count: number): void {
    if (count === 0) return;
    this.#at = { object, page, count };
    this.#rest.touch();
  }

  end(): void {
    this.#rest.end();
  }

  async #put(): Promise<void> {
    if (!this.#at) return;
    const { object, page, count } = this.#at;
    // The place is lost then, the document is not.
    await host.positionPut(this.document, { ...nowhere, object, page }, page / count).catch(() => {});
  }
}
