// The sync view: what a source offers, and what the sync under way or the last one did.
import { Pace } from '$components/sync/pace';
import * as host from '$lib/host';
import type { ChangeRow, Failure, JobState, SyncCheck, SyncState } from '$lib/host/types';
import { session } from '$lib/session.svelte';

export class SyncPage {
  state = $state.raw<SyncState | null>(null);
  /** Why that could not be read. */
  stateFailure = $state.raw<Failure | null>(null);

  /** A source that was chosen here and not used yet. */
  chosen = $state<string | null>(null);
  check = $state.raw<SyncCheck | null>(null);
  checking = $state(false);
  /** Why looking at a source, or beginning, did not work. */
  failure = $state.raw<Failure | null>(null);
  starting = $state(false);

  /** What the last sync that changed something brought. */
  news = $state.raw<{ rows: ChangeRow[]; total: number; since: string | null } | null>(null);

  /** Minutes for the rest of the running job, once that is more than a guess. */
  minutes = $state<number>();

  /** What the last check or sync was asked of; null means the source that the machine knows. */
  #asked = $state<string | null>(null);
  /** The job that was begun with a check in hand, how many bytes it was to bring, and how many had come in the runs
   * before that were cut off. */
  #expected = $state.raw<{ job: number; bytes: number; before: number } | null>(null);
  /** The ended job that the reader has put away. */
  #dismissed = $state(0);
  #ticket = 0;
  #pace = new Pace();

  /** The job to show: running, or ended and not put away. */
  get job(): JobState | null {
    const job = session.job;
    return job && (job.state === 'running' || job.id !== this.#dismissed) ? job : null;
  }

  get source(): string | null {
    return this.chosen ?? this.state?.source ?? session.start?.source ?? null;
  }

  /** The source that failed or is looked at, as it was asked for. */
  get askedSource(): string | null {
    // A job that this page did not begin: the history knows what it was asked of.
    const foreign = session.job?.state === 'failed' && !this.failure ? this.state?.history[0]?.source : null;
    return this.#asked ?? foreign ?? this.source;
  }

  /** As it was asked for: null where the machine is to know. */
  get askedExactly(): string | null {
    return this.#asked;
  }

  /** What was offered has come. */
  get landed(): boolean {
    const report = session.job?.report;
    return !!report && !!this.check && report.seq === this.check.seq && this.#expected?.job === session.job?.id;
  }

  /** Bytes that the job is to bring; undefined where nobody asked beforehand, or where it was more. */
  totalOf(job: JobState): number | undefined {
    const total = this.#expected?.job === job.id ? this.#expected.bytes : 0;
    return total > 0 && this.cameOf(job) <= total ? total : undefined;
  }

  /** Bytes that came, with those of the runs before that were cut off. */
  cameOf(job: JobState): number {
    return job.bytes + (this.#expected?.job === job.id ? this.#expected.before : 0);
  }

  async load(): Promise<void> {
    try {
      this.state = await host.syncState();
      this.stateFailure = null;
    } catch (error) {
      this.stateFailure = host.asFailure(error);
    }
    await this.#loadNews();
  }

  /** Looks at what a source offers; nothing lands. A later look replaces an earlier one. */
  async look(source: string | null = this.chosen): Promise<void> {
    const ticket = ++this.#ticket;
    this.dismiss();
    this.#asked = source;
    this.checking = true;
    this.check = null;
    this.failure = null;
    try {
      const check = await host.syncCheck({ source, rootFile: null });
      if (ticket === this.#ticket) this.check = check;
    } catch (error) {
      if (ticket === this.#ticket) this.failure = host.asFailure(error);
    } finally {
      if (ticket === this.#ticket) this.checking = false;
    }
  }

  /** Another source counts from here on, and is looked at. */
  async use(source: string): Promise<void> {
    this.chosen = source.trim();
    await this.look();
  }

  /** Another source than the one that the machine knows was asked. */
  get strays(): boolean {
    return this.chosen !== null || this.#asked !== null;
  }

  /** Back to the source that the machine knows; what another one answered is put away. */
  home(): void {
    this.#ticket += 1;
    this.checking = false;
    this.chosen = null;
    this.#asked = null;
    this.check = null;
    this.failure = null;
    this.dismiss();
  }

  /** Receives what was looked at; without a look, from the source that counts. */
  async begin(): Promise<void> {
    await this.#sync(this.check ? this.#asked : this.chosen, this.check?.bytes, 0);
  }

  /** The same once more: goes on where it was cut off. */
  async again(): Promise<void> {
    const job = session.job;
    const known = job?.id === this.#expected?.job ? this.#expected?.bytes : undefined;
    await this.#sync(this.#asked, known, job ? this.cameOf(job) : 0);
  }

  /** After a failure: the look or the sync, whichever it was. */
  async retry(): Promise<void> {
    await (this.failure ? this.look(this.#asked) : this.again());
  }

  async pause(): Promise<void> {
    await this.#try(host.syncPause);
  }

  async stop(): Promise<void> {
    await this.#try(host.syncCancel);
  }

  /** Puts the ended job away. */
  dismiss(): void {
    if (session.job && session.job.state !== 'running') this.#dismissed = session.job.id;
  }

  /** Follows the job that the session knows. */
  follow(job: JobState, at = performance.now()): void {
    if (job.state !== 'running') {
      this.minutes = undefined;
      if (job.state === 'done') this.chosen = null;
      return;
    }
    this.#pace.note(job.id, job.bytes, at);
    const total = this.totalOf(job);
    this.minutes = total === undefined ? undefined : this.#pace.minutesFor(total - this.cameOf(job));
  }

  async #sync(source: string | null, expected: number | undefined, before: number): Promise<void> {
    if (this.starting) return;
    this.starting = true;
    this.failure = null;
    // What a look that is still under way says is of no use any more.
    this.#ticket += 1;
    this.checking = false;
    try {
      this.#asked = source;
      await session.sync({ source, rootFile: null });
      if (expected !== undefined && session.job) {
        this.#expected = { job: session.job.id, bytes: expected, before };
      }
    } catch (error) {
      this.failure = host.asFailure(error);
    } finally {
      this.starting = false;
    }
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.failure = host.asFailure(error);
    }
  }

  async #loadNews(): Promise<void> {
    if (!session.shelf) return;
    try {
      const { news, newsTotal, newsSince } = await host.home();
      this.news = { rows: news, total: newsTotal, since: newsSince };
    } catch {
      // The list is an addition; what is wrong with the shelf is said elsewhere.
      this.news = null;
    }
  }
}

let kept: { reader: number; page: SyncPage } | undefined;

/** The page of this reader: what was looked at is still there on coming back. */
export function syncPage(): SyncPage {
  if (kept?.reader !== session.reader) kept = { reader: session.reader, page: new SyncPage() };
  return kept.page;
}
