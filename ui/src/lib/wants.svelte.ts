// Documents that somebody on this machine wants here although their collection is not kept.
import * as host from './host';
import type { Wanted } from './host/types';
import { m } from './i18n.svelte';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

/** What the app answers; a test gives its own. */
export type Asked = Pick<typeof host, 'want' | 'unwant' | 'wants'>;

export class Wants {
  #list = $state.raw<readonly Wanted[]>([]);
  /** Wishes that the sync under way may have begun without. */
  #late = false;
  #asked: Asked;

  constructor(asked: Asked = host) {
    this.#asked = asked;
  }

  has(document: string): boolean {
    return this.#list.some((wanted) => wanted.document === document);
  }

  async load(): Promise<void> {
    try {
      this.#list = await this.#asked.wants();
    } catch {
      // No shelf is open yet: nothing is waited for.
    }
  }

  /** Asks for a document, and for the sync that brings it where there is somewhere to ask. */
  async want(document: string): Promise<void> {
    this.#late ||= session.syncing;
    this.#list = await this.#asked.want(document);
    if (!session.syncing && this.has(document)) await this.#receive();
  }

  async drop(document: string): Promise<void> {
    this.#list = await this.#asked.unwant(document);
  }

  /** A sync ended: what was asked for meanwhile gets one of its own. */
  async ended(well: boolean): Promise<void> {
    const late = this.#late;
    this.#late = false;
    await this.load();
    if (late && well && this.#list.length > 0) await this.#receive();
  }

  async #receive(): Promise<void> {
    if (!session.start?.source || !navigator.onLine) return;
    try {
      await session.sync();
    } catch {
      // The wish is noted; the sync view says what is wrong with the source.
    }
  }
}

export const wants = new Wants();

/** Does it, and says where it did not work. */
export async function noted(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch {
    toast({ text: m.search_want_failed(), icon: 'circle-alert' });
  }
}
