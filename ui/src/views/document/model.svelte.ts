// One open document: its page, its text as it comes in, and where the reader stands in it.
import { placeLabel, spotAt, spots, type Spot } from '$components/document/outline';
import * as host from '$lib/host';
import type { Block, DocumentPage, Failure, FoundRange, Place } from '$lib/host/types';
import { settle } from '$lib/pending';
import { CHUNK, chunkCount, chunkOf, nextChunk } from './chunks';
import { Finder } from './finder.svelte';
import { Notes } from './notes.svelte';

/** Where the text is to be scrolled to; each wish is a new object, so that the same place can be wished twice. */
export interface Goal {
  block: number;
  range?: FoundRange;
  /** The focus goes along: after a jump, not after a search. */
  focus?: boolean;
}

export class DocumentModel {
  page = $state.raw<DocumentPage | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The text by chunks; undefined where it has not come in. */
  chunks = $state.raw<readonly (readonly Block[] | undefined)[]>([]);
  /** Reading a part of the text failed. */
  textFailure = $state.raw<Failure | null>(null);
  goal = $state.raw<Goal | null>(null);
  /** The block at the top of the view. */
  current = $state(0);
  readonly finder: Finder;
  readonly notes: Notes;
  #wanted = 0;
  #filling = false;
  #waiting = new Map<number, Promise<void>>();
  #ended = false;

  readonly spots = $derived(this.page ? spots(this.page.outline) : []);
  readonly spot: Spot | undefined = $derived(this.#spotOf(this.current));
  readonly provision = $derived(this.provisionAt(this.current));
  /** Where other acts changed a provision, in the order of the text. */
  readonly changes: number[] = $derived.by(() => {
    const named = new Set(this.page?.effects.map((effect) => effect.provision));
    return this.spots.flatMap(({ node }) => (node.id !== null && named.has(node.id) ? [node.block] : []));
  });

  constructor(readonly id: string) {
    this.finder = new Finder(id);
    this.notes = new Notes(id);
  }

  async load(): Promise<void> {
    this.failure = null;
    try {
      // A note that was typed elsewhere a moment ago is in the answer.
      await settle().catch(() => {});
      const page = await host.document(this.id);
      if (this.#ended) return;
      this.chunks = Array.from({ length: chunkCount(page.blocks) });
      this.notes.take(page.marks);
      this.page = page;
    } catch (error) {
      this.failure = host.asFailure(error);
    }
  }

  end(): void {
    this.#ended = true;
    this.notes.end();
  }

  /** Loads the chunk of a block now, whatever else is still to come; the rest follows from there. */
  async ensure(block: number): Promise<void> {
    const total = this.page?.blocks ?? 0;
    if (total === 0) return;
    const chunk = chunkOf(Math.min(Math.max(0, block), total - 1));
    this.#wanted = chunk;
    await this.#load(chunk);
  }

  /** Once more, after a part could not be read. */
  async retry(): Promise<void> {
    this.textFailure = null;
    await this.ensure(this.current);
    this.fill();
  }

  /** Everything, for what prints or copies the whole. */
  async all(): Promise<Block[]> {
    for (let chunk = 0; chunk < this.chunks.length; chunk += 1) await this.#load(chunk);
    return this.chunks.flatMap((each) => each ?? []);
  }

  /** Loads what is missing, a chunk whenever the window has nothing else to do. */
  fill(idle: (work: () => void) => void = whenIdle): void {
    if (this.#filling) return;
    this.#filling = true;
    const step = async () => {
      const next = nextChunk((chunk) => this.chunks[chunk] !== undefined, this.chunks.length, this.#wanted);
      if (this.#ended || next === undefined || this.textFailure !== null) {
        this.#filling = false;
        return;
      }
      await this.#load(next);
      idle(() => void step());
    };
    idle(() => void step());
  }

  block(index: number): Block | undefined {
    return this.chunks[chunkOf(index)]?.[index % CHUNK];
  }

  /** The smallest provision that a block stands in; null before the first one. */
  provisionAt(block: number): string | null {
    const spot = spotAt(this.spots, block);
    // The outline may leave out khoản and điểm, which the text has.
    for (let at = block; at >= (spot?.node.block ?? 0); at -= 1) {
      const id = this.block(at)?.id;
      if (id) return id;
    }
    return (spot && [spot.node, ...spot.above.toReversed()].find((node) => node.id !== null)?.id) ?? null;
  }

  /** The line of the outline that holds a block: not the khoản before it, which only happens to be listed. */
  #spotOf(block: number): Spot | undefined {
    const spot = spotAt(this.spots, block);
    const provision = this.provisionAt(block);
    if (!spot || provision === null) return spot;
    const line = [...spot.above, spot.node];
    while (line.length > 1 && !holds(line.at(-1)!.id, provision)) line.pop();
    return { node: line.at(-1)!, above: line.slice(0, -1) };
  }

  /** Where a provision begins. */
  blockOf(provision: string): number | undefined {
    const spot = this.spots.find(({ node }) => node.id === provision);
    if (spot) return spot.node.block;
    for (const chunk of this.chunks) {
      const found = chunk?.find((block) => block.id === provision);
      if (found) return found.index;
    }
    const above = provision.split('.').slice(0, -1).join('.');
    return above ? this.blockOf(above) : undefined;
  }

  show(block: number, more: Omit<Goal, 'block'> = {}): void {
    this.current = block;
    this.goal = { block, ...more };
  }

  showProvision(provision: string, focus = false): boolean {
    const block = this.blockOf(provision);
    if (block === undefined) return false;
    this.show(block, { focus });
    return true;
  }

  /** `k1 đ136` leads there; false where there is nothing like it. */
  async jump(text: string): Promise<boolean> {
    const provision = await host.jump(this.id, text);
    return provision !== null && this.showProvision(provision, true);
  }

  async find(): Promise<void> {
    const range = await this.finder.search(this.current);
    if (range) this.show(range.block, { range });
  }

  findStep(direction: 1 | -1): void {
    const range = this.finder.step(direction);
    if (range) this.show(range.block, { range });
  }

  /** The next change below (1) or above (-1) where one reads. */
  changeStep(direction: 1 | -1): number | undefined {
    const to =
      direction > 0
        ? this.changes.find((block) => block > this.current)
        : this.changes.findLast((block) => block < this.current);
    if (to !== undefined) this.show(to);
    return to;
  }

  /** How the current place reads: `Điều 136, khoản 1`. */
  get label(): string {
    const spot = this.spot;
    if (!spot) return '';
    const words = [placeLabel(spot)];
    const provision = this.provision;
    // What the outline leaves out is named by its blocks, from the outer one in.
    if (provision !== null && spot.node.id !== null && provision.startsWith(`${spot.node.id}.`)) {
      for (let at = this.current, below = provision; at > spot.node.block; at -= 1) {
        const block = this.block(at);
        if (!block?.id || !block.label || !(block.id === below || below.startsWith(`${block.id}.`))) continue;
        words.splice(1, 0, block.label);
        below = block.id.split('.').slice(0, -1).join('.');
      }
    }
    return words.join(', ');
  }

  place(): Place {
    return { provision: this.provision, object: null, page: null, timeMs: null };
  }

  /** How far one has read, 0 to 1; with it the block is found again. */
  get fraction(): number {
    const total = this.page?.blocks ?? 0;
    return total > 0 ? this.current / total : 0;
  }

  /** The block at which reading stopped, where it is worth going back to. */
  stopped(): number | undefined {
    const position = this.page?.position;
    const total = this.page?.blocks ?? 0;
    if (!position || total === 0) return undefined;
    const near = Math.round(position.fraction * total);
    const { provision } = position.place;
    const block = provision === null || spotsHold(this.spots, near, provision) ? near : (this.blockOf(provision) ?? near);
    return block > 0 && block < total ? block : undefined;
  }

  #load(chunk: number): Promise<void> {
    if (this.chunks[chunk] !== undefined) return Promise.resolve();
    const waiting = this.#waiting.get(chunk);
    if (waiting) return waiting;
    const work = host
      .blocks(this.id, chunk * CHUNK, CHUNK)
      .then(({ blocks }) => {
        this.chunks = this.chunks.with(chunk, blocks);
        this.textFailure = null;
      })
      .catch((error: unknown) => {
        this.textFailure = host.asFailure(error);
      })
      .finally(() => this.#waiting.delete(chunk));
    this.#waiting.set(chunk, work);
    return work;
  }
}

/** The provision is this one or stands in it; a line without an id, such as a chapter, holds all that follows it. */
function holds(id: string | null, provision: string): boolean {
  return id === null || id === provision || provision.startsWith(`${id}.`);
}

function spotsHold(all: readonly Spot[], block: number, provision: string): boolean {
  const spot = spotAt(all, block);
  return spot !== undefined && [spot.node, ...spot.above].some((node) => node.id !== null && holds(node.id, provision));
}

/** After the next frame is drawn: WebKit knows no idle time, and what is read now comes before what is read later. */
function whenIdle(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work, 60));
}
