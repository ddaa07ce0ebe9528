// One recording as it plays. The element does the work; here stands what the page shows of it.
import * as host from '$lib/host';
import type { Cue, Failure, MediaInfo, ObjectRow, Place } from '$lib/host/types';
import { captionAt, cueAt } from './cues';
import { nowhere } from './originals';

/** How often the place is kept while it plays, in milliseconds. */
export const KEEP_EVERY = 5000;
export const RATES = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

export type Problem = 'unplayable' | 'broken';

type Media = Pick<
  HTMLMediaElement,
  'currentTime' | 'duration' | 'paused' | 'playbackRate' | 'volume' | 'muted' | 'play' | 'pause' | 'error'
>;

/** A jump lands on a picture, which may begin a little before what was asked for. */
const FRAME_MS = 50;

export class Player {
  info = $state.raw<MediaInfo | null>(null);
  failure = $state.raw<Failure | null>(null);
  problem = $state<Problem | null>(null);
  timeMs = $state(0);
  durationMs = $state(0);
  playing = $state(false);
  waiting = $state(false);
  ended = $state(false);
  rate = $state(1);
  volume = $state(1);
  muted = $state(false);
  captions = $state(true);
  /** The transcript goes along until the reader scrolls it. */
  follow = $state(true);
  #media: Media | undefined;
  #goal: number | null = null;
  #keptAt = 0;
  #keptMs = -1;

  constructor(
    readonly document: string,
    readonly object: ObjectRow,
    readonly keep: (document: string, place: Place, fraction: number) => Promise<unknown> = host.positionPut,
    readonly now: () => number = Date.now,
  ) {}

  get cues(): readonly Cue[] {
    return this.info?.cues ?? [];
  }

  readonly at = $derived(cueAt(this.cues, this.timeMs + FRAME_MS));
  readonly caption = $derived(this.captions ? captionAt(this.cues, this.timeMs + FRAME_MS) : '');

  async load(from: number | null): Promise<void> {
    this.failure = null;
    this.problem = null;
    this.#goal = from;
    if (from !== null) this.timeMs = from;
    try {
      this.info = await host.media(this.document, this.object.sha256);
    } catch (error) {
      this.failure = host.asFailure(error);
    }
  }

  attach(media: Media): () => void {
    this.#media = media;
    return () => {
      this.#media = undefined;
    };
  }

  /** The element knows how long it is, and can be moved from now on. */
  ready(): void {
    const media = this.#media;
    if (!media) return;
    this.durationMs = Number.isFinite(media.duration) ? media.duration * 1000 : 0;
    media.playbackRate = this.rate;
    media.volume = this.volume;
    media.muted = this.muted;
    // A recording that was heard to its end begins anew.
    if (this.#goal !== null && this.#goal < this.durationMs - 1000) this.seek(this.#goal);
    this.#goal = null;
  }

  moved(): void {
    const media = this.#media;
    if (!media || this.#goal !== null) return;
    this.timeMs = media.currentTime * 1000;
    if (this.timeMs < this.durationMs - 250) this.ended = false;
    if (this.playing && this.now() - this.#keptAt >= KEEP_EVERY) void this.put();
  }

  started(): void {
    this.playing = true;
    this.ended = false;
    this.#keptAt = this.now();
  }

  stopped(): void {
    this.playing = false;
    void this.put();
  }

  finished(): void {
    this.playing = false;
    this.ended = true;
    void this.put();
  }

  failed(): void {
    // 4: no decoder, or nothing that could be one.
    this.problem = this.#media?.error?.code === 4 ? 'unplayable' : 'broken';
    this.playing = false;
  }

  async toggle(): Promise<void> {
    const media = this.#media;
    if (!media) return;
    if (!media.paused) {
      media.pause();
      return;
    }
    if (this.ended) this.seek(0);
    try {
      await media.play();
    } catch {
      // The element says why by its own event.
    }
  }

  /** Jumps; the transcript follows again, for the reader chose the place. */
  seek(ms: number): void {
    const to = Math.min(Math.max(0, ms), this.durationMs > 0 ? this.durationMs : ms);
    this.timeMs = to;
    this.ended = false;
    this.follow = true;
    if (this.#media && this.durationMs > 0) this.#media.currentTime = to / 1000;
    else this.#goal = to;
  }

  skip(ms: number): void {
    this.seek(this.timeMs + ms);
  }

  setRate(rate: number): void {
    this.rate = rate;
    if (this.#media) this.#media.playbackRate = rate;
  }

  setVolume(volume: number): void {
    this.volume = Math.min(1, Math.max(0, volume));
    this.setMuted(this.volume === 0);
    if (this.#media) this.#media.volume = this.volume;
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    if (this.#media) this.#media.muted = muted;
  }

  place(): Place {
    return { ...nowhere, object: this.object.sha256, timeMs: Math.round(this.timeMs) };
  }

  /** Keeps where it stands, once for the same place; `again` where something else may have been kept since. */
  async put(again = false): Promise<void> {
    const ms = Math.round(this.timeMs);
    if ((ms === this.#keptMs && !again) || this.durationMs <= 0) return;
    this.#keptMs = ms;
    this.#keptAt = this.now();
    const fraction = this.ended ? 1 : Math.min(1, ms / this.durationMs);
    // The place is lost then, the recording is not.
    await this.keep(this.document, this.place(), fraction).catch(() => {});
  }
}
