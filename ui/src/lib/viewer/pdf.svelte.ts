// One PDF that is open: its pages, what is looked for in it.
import * as host from '$lib/host';
import type { Block, Failure, ObjectRow, PdfInfo, PdfPageText } from '$lib/host/types';
import { bare, firstWords } from './sheets';

export type Box = [number, number, number, number];

export interface Found {
  page: number;
  boxes: Box[];
}

const CHUNK = 200;

export class Pdf {
  info = $state.raw<PdfInfo | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The app came without what draws pages. */
  missing = $state(false);
  /** Blocks of the text that know their page. */
  blocks = $state.raw<readonly Block[]>([]);
  blocksFailure = $state.raw<Failure | null>(null);
  /** The block that is lit on both sides, and where it stands on its page. */
  lit = $state<number | null>(null);
  litAt = $state.raw<Found | null>(null);
  /** What was looked for, page by page. */
  query = $state('');
  found = $state.raw<readonly Found[]>([]);
  /** Place among all hits; -1 for none. */
  foundAt = $state(-1);
  searching = $state(false);
  #layers = new Map<number, Promise<PdfPageText>>();
  #turn = 0;
  #ended = false;

  constructor(
    readonly document: string,
    readonly object: ObjectRow,
  ) {}

  /**
   * Opens the file, and the first part of the text of `total` blocks with it: whether a text stands beside the pages is
   * known before they are drawn, or they would be drawn twice.
   */
  async open(total: number): Promise<void> {
    this.failure = null;
    const about = host.about();
    const opened = host.pdfOpen(this.object.sha256);
    const part = total > 0 ? this.#loadPart(0) : undefined;
    // Where nothing draws pages, that is the answer, and not that this file does not open.
    opened.catch(() => {});
    try {
      this.missing = !(await about).pdf;
      if (this.missing) return;
      const info = await opened;
      await part;
      if (!this.#ended) this.info = info;
    } catch (error) {
      this.failure = host.asFailure(error);
    }
  }

  close(): void {
    this.#ended = true;
    this.#turn += 1;
    if (this.info) void host.pdfClose(this.object.sha256).catch(() => {});
  }

  /** The words of a page, asked for once. */
  layer(page: number): Promise<PdfPageText> {
    const known = this.#layers.get(page);
    if (known) return known;
    const asked = host.pdfPageText(this.object.sha256, page, '');
    this.#layers.set(page, asked);
    // Another try may go better.
    asked.catch(() => this.#layers.delete(page));
    return asked;
  }

  /** The rest of the text, or all of it again after a part could not be read. */
  async loadBlocks(total: number): Promise<void> {
    while (this.blocks.length < total && !this.#ended) {
      if (!(await this.#loadPart(this.blocks.length))) return;
    }
  }

  /** False: there is no more, or it cannot be read. */
  async #loadPart(from: number): Promise<boolean> {
    this.blocksFailure = null;
    try {
      const { blocks } = await host.blocks(this.document, from, CHUNK);
      this.blocks = [...this.blocks.slice(0, from), ...blocks];
      return blocks.length > 0;
    } catch (error) {
      this.blocksFailure = host.asFailure(error);
      return false;
    }
  }

  /** Lights a block, and the same words on its page; null puts the light out. */
  async light(index: number | null): Promise<Found | null> {
    this.lit = index;
    this.litAt = null;
    const block = index === null ? undefined : this.blocks.find((each) => each.index === index);
    if (!block || block.page === null) return null;
    // A heading or a marker may stand on its own line, so fewer words are tried after many.
    const text = [block.marker, block.heading || block.text].filter(Boolean).join(' ');
    for (const words of [firstWords(text), firstWords(block.heading || block.text, 6), firstWords(block.text, 3)]) {
      if (!words) continue;
      const { hits } = await host.pdfPageText(this.object.sha256, block.page, words);
      if (this.lit !== index) return null;
      if (hits.length > 0) {
        this.litAt = { page: block.page, boxes: firstHit(hits) };
        return this.litAt;
      }
    }
    return { page: block.page, boxes: [] };
  }

  /** The block that a line of a page belongs to. */
  blockOf(page: number, line: string): Block | undefined {
    const words = bare(line);
    if (!words) return undefined;
    const here = this.blocks.filter((block) => block.page === page || block.page === page - 1);
    const wordsOf = (block: Block) => bare([block.marker, block.heading, block.text, ...block.rows.flat()].join(' '));
    return here.find((block) => wordsOf(block).includes(words)) ?? here.find((block) => words.includes(wordsOf(block) || '\0'));
  }

  /** Looks through all pages, those from `from` on first. */
  async search(text: string, from: number): Promise<void> {
    const turn = (this.#turn += 1);
    this.query = text.trim();
    this.found = [];
    this.foundAt = -1;
    if (!this.query || !this.info) {
      this.searching = false;
      return;
    }
    this.searching = true;
    const all = this.info.pages.map((_, at) => at + 1);
    for (const page of [...all.slice(from - 1), ...all.slice(0, from - 1)]) {
      try {
        const { hits } = await host.pdfPageText(this.object.sha256, page, this.query);
        if (turn !== this.#turn) return;
        if (hits.length === 0) continue;
        const first = this.found.length === 0;
        this.found = [...this.found, { page, boxes: hits }].toSorted((one, other) => one.page - other.page);
        // The first one found is in front; pages before it may push it back later.
        if (first) this.foundAt = 0;
        else if (this.found[0]?.page === page && page < from) this.foundAt += hits.length;
      } catch {
        // A page that cannot be read costs its hits.
      }
    }
    if (turn === this.#turn) this.searching = false;
  }

  get foundCount(): number {
    return this.found.reduce((sum, { boxes }) => sum + boxes.length, 0);
  }

  /** The hit in front. */
  get hit(): { page: number; box: Box } | undefined {
    let at = this.foundAt;
    for (const { page, boxes } of this.found) {
      const box = boxes[at];
      if (at >= 0 && box) return { page, box };
      at -= boxes.length;
    }
    return undefined;
  }

  step(direction: 1 | -1): void {
    const count = this.foundCount;
    if (count > 0) this.foundAt = (this.foundAt + direction + count) % count;
  }
}

/** One hit may be several boxes, one a line; boxes far below belong to the next hit. */
function firstHit(boxes: readonly Box[]): Box[] {
  const kept: Box[] = [];
  for (const box of boxes) {
    const last = kept.at(-1);
    if (last && box[1] - last[3] > (last[3] - last[1]) * 1.2) break;
    kept.push(box);
  }
  return kept;
}
