// How fast a sync goes, and from that how long it will still take.

/** Only the last stretch counts: a network has good and bad minutes. */
const WINDOW_MS = 60_000;
/** Less than this says nothing about the rest. */
const LEAST_MS = 5000;
const LEAST_BYTES = 100_000;
/** Who has to wait longer than this is not helped by a number of minutes. */
const MOST_MINUTES = 600;

export class Pace {
  #samples: { at: number; bytes: number }[] = [];
  #job: number | undefined;

  /** What a job had received at an instant in milliseconds. */
  note(job: number, bytes: number, at: number): void {
    const last = this.#samples.at(-1);
    if (job !== this.#job || (last && bytes < last.bytes)) this.#samples = [];
    this.#job = job;
    this.#samples.push({ at, bytes });
    while (this.#samples.length > 2 && at - this.#samples[0]!.at > WINDOW_MS) this.#samples.shift();
  }

  /** Minutes for the rest, rounded up; undefined while that would be a guess. */
  minutesFor(rest: number): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || rest <= 0) return undefined;
    const took = last.at - first.at;
    const came = last.bytes - first.bytes;
    if (took < LEAST_MS || came < LEAST_BYTES) return undefined;
    const minutes = Math.ceil((rest * took) / came / 60_000);
    return minutes <= MOST_MINUTES ? minutes : undefined;
  }
}
