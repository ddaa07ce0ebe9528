// What the chosen hit says. Follows the choice a little later, so that holding an arrow key asks nothing.
import type { Row } from '$components/search/rows';
import * as host from '$lib/host';
import type { Failure, Preview } from '$lib/host/types';

/** Milliseconds after the last step of the choice. */
export const PREVIEW_DELAY = 60;

export class PreviewModel {
  /** The row that `preview` or `failure` belongs to. */
  row = $state.raw<Row | null>(null);
  preview = $state.raw<Preview | null>(null);
  failure = $state.raw<Failure | null>(null);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = -Infinity;
  #ask: typeof host.preview;

  constructor(ask: typeof host.preview = host.preview) {
    this.#ask = ask;
  }

  /** Shows a row; the first one at once, those of a quick walk only where it stops. */
  show(row: Row | undefined, text: string): void {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    if (!row) {
      this.row = this.preview = this.failure = null;
      return;
    }
    const now = performance.now();
    const walking = now - this.#last < PREVIEW_DELAY * 2;
    this.#last = now;
    if (walking) this.#timer = setTimeout(() => void this.#fetch(row, text, turn), PREVIEW_DELAY);
    else void this.#fetch(row, text, turn);
  }

  stop(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
  }

  async #fetch(row: Row, text: string, turn: number): Promise<void> {
    try {
      const preview = await this.#ask(row.document.id, row.provision, text);
      if (turn !== this.#turn) return;
      this.row = row;
      this.preview = preview;
      this.failure = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.row = row;
      this.preview = null;
      this.failure = host.asFailure(error);
    }
  }
}
