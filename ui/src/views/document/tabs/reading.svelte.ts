// Where the reader is in the text: the way to a wished place, and the block that stands at the top.
import { tick, untrack } from 'svelte';
import type { Goal, DocumentModel } from '../model.svelte';

export interface ReadingHost {
  model: () => DocumentModel;
  active: () => boolean;
  onscrolled: (top: number) => void;
  onseen: () => void;
}

export class Reading {
  scroller = $state<HTMLElement>();
  column = $state<HTMLElement>();
  #stood = 0;
  #waiting = false;
  #settle: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ReadingHost) {}

  /** A wish to be at a place: the chunk comes first, then the page goes there. */
  async reach(goal: Goal): Promise<void> {
    const model = this.host.model();
    await untrack(() => model.ensure(goal.block));
    await tick();
    if (model.goal !== goal) return;
    const put = () => {
      const block = this.#element(goal.block);
      // Who changed a provision is read before the provision.
      const target = goal.range ? (block?.querySelector('mark.current') ?? block) : (block?.closest('[data-frame]') ?? block);
      target?.scrollIntoView({ block: goal.range ? 'center' : 'start' });
      return block;
    };
    const block = put();
    if (goal.focus) block?.focus({ preventScroll: true });
    // What was not laid out above has its true height only now.
    requestAnimationFrame(() => {
      if (model.goal === goal) put();
      requestAnimationFrame(() => {
        if (model.goal !== goal) return;
        put();
        model.goal = null;
      });
    });
    model.fill();
  }

  /** Out of sight a pane forgets where it stood. */
  comeBack(): void {
    if (this.scroller && untrack(() => this.host.model().goal) === null) this.scroller.scrollTop = this.#stood;
  }

  scrolled(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      this.#look();
    });
  }

  focus(block: number): void {
    this.#element(block)?.focus({ preventScroll: true });
  }

  end(): void {
    clearTimeout(this.#settle);
  }

  #element(block: number): HTMLElement | null | undefined {
    return this.column?.querySelector<HTMLElement>(`[data-block="${block}"]`);
  }

  /** Which block stands at the top now. */
  #look(): void {
    if (!this.scroller || !this.host.active()) return;
    this.#stood = this.scroller.scrollTop;
    this.host.onscrolled(this.#stood);
    const model = this.host.model();
    // On its way to a wish the place is the wish.
    if (model.goal === null) {
      const block = this.#topBlock();
      if (block !== undefined) model.current = block;
    }
    clearTimeout(this.#settle);
    this.#settle = setTimeout(this.host.onseen, 1000);
  }

  #topBlock(): number | undefined {
    if (!this.scroller || !this.column) return undefined;
    if (this.scroller.scrollTop < 4) return 0;
    const top = this.scroller.getBoundingClientRect().top + 14;
    for (const chunk of this.column.children) {
      const box = chunk.getBoundingClientRect();
      if (box.bottom <= top) continue;
      for (const block of chunk.querySelectorAll<HTMLElement>('[data-block]')) {
        if (block.getBoundingClientRect().bottom > top) return Number(block.dataset['block']);
      }
    }
    return undefined;
  }
}
