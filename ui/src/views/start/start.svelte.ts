// Getting a shelf for the first time: which root to trust, where to get the material from.
import * as host from '$lib/host';
import type { CarriedShelf, Failure, Root } from '$lib/host/types';
import { session } from '$lib/session.svelte';

export class FirstStart {
  /** Path of a root file that the person chose; it goes before the one of the machine. */
  rootFile = $state('');
  #fileRoot = $state.raw<Root | null>(null);
  source = $state('');
  /** Shelves on sticks that are plugged in. */
  sticks = $state.raw<CarriedShelf[]>([]);
  failure = $state.raw<Failure | null>(null);
  /** Choose again though a sync has failed or was stopped. */
  choosing = $state(false);
  busy = $state(false);
  #last: { source: string | null } = { source: null };

  get root(): Root | null {
    return this.#fileRoot ?? session.start?.root ?? null;
  }

  /** The source that counts: typed, or known to the machine. */
  get from(): string {
    return this.source.trim() || session.start?.source || '';
  }

  get showsProgress(): boolean {
    return !this.choosing && session.job !== null && session.job.state !== 'cancelled';
  }

  async lookForSticks(): Promise<void> {
    try {
      this.sticks = (await host.syncState()).folders;
    } catch {
      this.sticks = [];
    }
  }

  async pickRoot(): Promise<void> {
    await this.#try(async () => {
      const path = await host.pickRootFile();
      if (path) await this.#read(path);
    });
  }

  async readRoot(path: string): Promise<void> {
    await this.#try(() => this.#read(path.trim()));
  }

  /** A folder on a stick, then the sync from there. */
  async pickFolder(): Promise<void> {
    await this.#try(async () => {
      const path = await host.pickFolder();
      if (path) await this.#sync(path);
    });
  }

  /** Begins; without a source of its own, from the one that the machine knows. */
  async begin(source?: string): Promise<void> {
    await this.#try(() => this.#sync(source ?? (this.source.trim() || null)));
  }

  /** The same once more. */
  async again(): Promise<void> {
    await this.#try(() => this.#sync(this.#last.source));
  }

  async #read(path: string): Promise<void> {
    this.#fileRoot = await host.rootRead(path);
    this.rootFile = path;
  }

  async #sync(source: string | null): Promise<void> {
    this.#last = { source };
    await session.sync({ source, rootFile: this.#fileRoot ? this.rootFile : null });
    this.choosing = false;
  }

  async #try(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.failure = host.asFailure(error);
    } finally {
      this.busy = false;
    }
  }
}
