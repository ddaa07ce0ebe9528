// What the sync view knows: the state of this machine, what would come, the job that runs.
import * as host from '$lib/host';
import type { Failure, JobState, SyncCheck, SyncState } from '$lib/host/types';
import { session } from '$lib/session.svelte';
import { accept, sample, secondsLeft, type Sample } from './sync';

export class SyncModel {
  state = $state.raw<SyncState | null>(null);
  failure = $state.raw<Failure | null>(null);
  check = $state.raw<SyncCheck | null>(null);
  checkFailure = $state.raw<Failure | null>(null);
  checking = $state(false);
  starting = $state(false);
  /** Bytes that the last check announced for the job that runs. */
  total = $state<number | undefined>();
  job = $state.raw<JobState | null>(null);
  samples = $state.raw<readonly Sample[]>([]);
  /** Where the last check or sync went: null is the usual source. */
  source = $state<string | null>(null);
  #turn = 0;

  readonly left = $derived(this.job?.state === 'running' ? secondsLeft(this.samples, this.total) : undefined);

  async load(): Promise<void> {
    try {
      const state = await host.syncState();
      this.state = state;
      this.failure = null;
      this.take(state.running);
    } catch (error) {
      this.failure = host.asFailure(error);
    }
  }

  /** An event of the job; stale ones are dropped. */
  take(next: JobState | null, now: number = Date.now()): void {
    const before = this.job;
    const job = accept(before, next);
    if (job === before || !job) return;
    if (before?.id !== job.id) this.samples = [];
    this.job = job;
    if (job.state === 'running') this.samples = sample(this.samples, { at: now, bytes: job.bytes });
    const ended = before?.id === job.id && before.state === 'running' && job.state !== 'running';
    if (ended) {
      // What was announced has come, in whole or in part.
      if (job.state === 'done') this.check = null;
      void this.load();
    }
  }

  /** Asks a source what it has, without taking it. */
  async look(source: string | null = null): Promise<void> {
    const turn = (this.#turn += 1);
    this.source = source;
    this.checking = true;
    this.checkFailure = null;
    this.check = null;
    try {
      const check = await host.syncCheck({ source });
      if (turn === this.#turn) this.check = check;
    } catch (error) {
      if (turn === this.#turn) this.checkFailure = host.asFailure(error);
    }
    if (turn === this.#turn) this.checking = false;
  }

  async begin(source: string | null = this.source): Promise<void> {
    if (this.starting) return;
    this.starting = true;
    this.source = source;
    this.checkFailure = null;
    this.total = this.check && !this.check.nothingNew ? this.check.bytes : undefined;
    try {
      await session.sync({ source });
      this.take(session.job);
    } catch (error) {
      this.checkFailure = host.asFailure(error);
    }
    this.starting = false;
  }

  /** A folder that the person chooses, looked at before anything is taken. */
  async pick(): Promise<void> {
    try {
      const path = await host.pickFolder();
      if (path) await this.look(path);
    } catch (error) {
      this.checkFailure = host.asFailure(error);
    }
  }

  async pause(): Promise<void> {
    await host.syncPause().catch(() => {});
  }

  async stop(): Promise<void> {
    await host.syncCancel().catch(() => {});
  }
}
