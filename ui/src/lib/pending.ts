// What is typed or read and not kept yet. It is kept before another reader comes, who may not have it.

const open = new Set<() => Promise<unknown>>();

/** Something could not be kept; nobody should leave before the person knows. */
export class NotKept extends Error {
  override name = 'NotKept';

  constructor(
    /** What went wrong, one each. */
    readonly reasons: readonly unknown[],
  ) {
    super('not everything could be kept');
  }
}

/**
 * Has `keep` called before the reader changes or the window goes; what it returns is waited for.
 * The function that comes back takes this back, and tells whether the same reader is still here:
 * only then may a view that goes keep something by itself.
 */
export function beforeLeaving(keep: () => Promise<unknown>): () => boolean {
  // The same function may be given twice.
  const own = () => keep();
  open.add(own);
  return () => open.delete(own);
}

/**
 * Keeps all that is not kept yet. One that fails does not stop the others.
 *
 * @throws {NotKept} when all are through and one has failed.
 */
export async function settle(): Promise<void> {
  const ends = await Promise.allSettled([...open].map(async (keep) => keep()));
  const reasons = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
  if (reasons.length > 0) throw new NotKept(reasons);
}

/** Another reader has come: what is not kept by now belongs to nobody here. */
export function abandon(): void {
  open.clear();
}

/** Work that waits for a rest, and is done at once where one leaves. */
export class Rest {
  #due = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #ended = false;
  readonly #leave = (): Promise<void> => (this.#ended ? this.flush().catch(() => {}) : this.flush());

  /** `keep` is called once for all that came before a rest of `wait` ms; where it rejects, the work is still due. */
  constructor(
    private readonly keep: () => Promise<unknown>,
    private readonly wait: number,
  ) {
    open.add(this.#leave);
  }

  /** There is something to keep; the rest begins anew. */
  touch(): void {
    this.#due = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#try(), this.wait);
  }

  /** Keeps it now. What is on its way already is waited for, too. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.#due) return this.#running ?? Promise.resolve();
    this.#due = false;
    const run = this.#after(this.#running).finally(() => {
      if (this.#running === run) this.#running = undefined;
    });
    this.#running = run;
    return run;
  }

  /**
   * The view goes. What cannot be kept now is tried again whenever all is kept, but holds nobody up any more:
   * the field in which it could be seen is gone.
   */
  end(): void {
    clearTimeout(this.#timer);
    this.#ended = true;
    if (!open.has(this.#leave)) return;
    this.flush().then(
      () => open.delete(this.#leave),
      () => {},
    );
  }

  #try(): void {
    // Whoever gave the work tells of its failure.
    this.flush().catch(() => {});
  }

  async #after(before: Promise<void> | undefined): Promise<void> {
    if (before) await before.catch(() => {});
    try {
      await this.keep();
    } catch (error) {
      this.#due = true;
      throw error;
    }
  }
}
