// A note as it is written: kept once the typing rests, when one leaves it, and before another reader comes.
import * as host from './host';
import type { Failure, Mark } from './host/types';
import { Rest } from './pending';

/** Typing rests this long, in milliseconds, before it is kept. */
export const NOTE_REST = 500;

type Written = Partial<Pick<Mark, 'note' | 'colour' | 'folder'>>;

interface Owner {
  /** How a mark stands in its field now. */
  typed?: (mark: Mark) => void;
  /** What the app has kept; not told while newer words wait. */
  kept: (mark: Mark) => void;
  failed?: (failure: Failure) => void;
}

export class NoteDraft {
  /** When the note in front was kept. */
  savedAt = $state<Date | null>(null);
  /** Words wait to be kept, or are on their way. */
  saving = $state(false);
  failure = $state.raw<Failure | null>(null);
  #front: number | null = null;
  /** What could not be kept stays here while another note is written, and is tried again with it. */
  readonly #drafts = new Map<number, Mark>();
  readonly #rest = new Rest(() => this.#keep(), NOTE_REST);

  constructor(private readonly owner: Owner) {}

  /** The note of another mark is in front; the one before is kept. */
  show(id: number | null): void {
    void this.flush();
    this.#front = id;
    this.savedAt = null;
    this.failure = null;
  }

  /** Takes what stands in the fields now. */
  write(mark: Mark, written: Written): void {
    const draft = { ...(this.#drafts.get(mark.id) ?? mark), ...written };
    this.#drafts.set(mark.id, draft);
    this.saving = true;
    this.owner.typed?.(draft);
    this.#rest.touch();
  }

  /** Keeps it now; `failure` says whether that went well. */
  async flush(): Promise<void> {
    await this.#rest.flush().catch(() => {});
  }

  /** A mark is gone, and what was written on it. */
  drop(id: number): void {
    this.#drafts.delete(id);
  }

  end(): void {
    this.#rest.end();
  }

  async #keep(): Promise<void> {
    let failure: Failure | null = null;
    for (const draft of [...this.#drafts.values()]) {
      const { id, document, place, quote, note, colour, folder } = draft;
      try {
        const kept = await host.markPut({ id, document, place, quote, note, colour, folder });
        if (this.#front === id) this.savedAt = new Date();
        if (this.#drafts.get(id) !== draft) continue;
        this.#drafts.delete(id);
        this.owner.kept(kept);
      } catch (error) {
        failure = host.asFailure(error);
        this.owner.failed?.(failure);
      }
    }
    this.failure = failure;
    // Where it failed nothing is on its way; newer words have their own turn.
    this.saving = failure === null && this.#drafts.size > 0;
    if (failure) throw failure;
  }
}
