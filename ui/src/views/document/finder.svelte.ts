import * as host from '$lib/host';
import type { FoundRange } from '$lib/host/types';

/** Words that are looked for in one document: where they stand, and which of them is in front. */
export class Finder {
  open = $state(false);
  text = $state('');
  ranges = $state.raw<readonly FoundRange[]>([]);
  at = $state(-1);
  /** What was looked for last; the field may be ahead of it. */
  searched = $state('');
  #turn = 0;

  readonly byBlock = $derived.by(() => {
    const found = new Map<number, { range: FoundRange; at: number }[]>();
    this.ranges.forEach((range, at) => {
      const there = found.get(range.block);
      if (there) there.push({ range, at });
      else found.set(range.block, [{ range, at }]);
    });
    return found;
  });

  constructor(private readonly id: string) {}

  get current(): FoundRange | undefined {
    return this.ranges[this.at];
  }

  /** Looks for the text; the first hit from `from` on comes to the front. A later search makes this one void. */
  async search(from: number): Promise<FoundRange | undefined> {
    const turn = ++this.#turn;
    const text = this.text.trim();
    const ranges = text ? await host.findInDocument(this.id, text).catch(() => []) : [];
    if (turn !== this.#turn) return undefined;
    this.searched = text;
    this.ranges = ranges;
    const next = ranges.findIndex((range) => range.block >= from);
    this.at = ranges.length === 0 ? -1 : Math.max(0, next);
    return this.current;
  }

  /** The next hit (1) or the one before (-1), around the end. */
  step(direction: 1 | -1): FoundRange | undefined {
    const count = this.ranges.length;
    if (count === 0) return undefined;
    this.at = (this.at + direction + count) % count;
    return this.current;
  }

  close(): void {
    this.#turn += 1;
    this.open = false;
    this.ranges = [];
    this.at = -1;
    this.searched = '';
  }
}
