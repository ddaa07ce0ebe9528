// The marks of a person: what is in front, what is chosen, and what is done with it.
import { NoteDraft } from '$lib/draft.svelte';
import * as host from '$lib/host';
import type { Failure, Mark, MarkDraft, Marks } from '$lib/host/types';
import { number } from '$lib/format';
import { m } from '$lib/i18n.svelte';
import { settle } from '$lib/pending';
import { toast } from '$lib/toast.svelte';
import { filterOf, sorted, standsOn, type Shelf, type Sort } from './marks';

const TYPING = 250;

export class MarksModel {
  data = $state.raw<Marks | null>(null);
  failure = $state.raw<Failure | null>(null);
  shelf = $state<Shelf>('all');
  text = $state('');
  /** The words that the rows answer; the field may be ahead of them. */
  searched = $state('');
  /** What the words find in all folders; null without words. */
  #found = $state.raw<readonly Mark[] | null>(null);
  sort = $state<Sort>('newest');
  /** The mark in the pane on the right. */
  current = $state<number | null>(null);
  /** Marks that are ticked. */
  ticked = $state.raw<ReadonlySet<number>>(new Set());
  /** What is written on marks, and not kept yet. */
  readonly draft = new NoteDraft({
    typed: (mark) => this.#replace(mark),
    kept: (mark) => this.#replace(mark),
    failed: () => {
      // The field is gone, so that it cannot say so itself.
      if (this.#ended) toast({ text: m.common_note_not_saved(), icon: 'circle-alert' });
    },
  });
  #turn = 0;
  #ended = false;
  #typing: ReturnType<typeof setTimeout> | undefined;

  readonly rows = $derived(sorted(this.data?.marks ?? [], this.sort));
  readonly mark = $derived(this.rows.find((mark) => mark.id === this.current) ?? null);
  /** What a command acts on: what is ticked, else the row in front. */
  readonly chosen = $derived(
    this.ticked.size > 0 ? this.rows.filter((mark) => this.ticked.has(mark.id)) : this.mark ? [this.mark] : [],
  );

  /** How many marks stand on a shelf; while one searches, those that were found. */
  count(shelf: Shelf): number | undefined {
    if (this.#found) return this.#found.filter((mark) => standsOn(mark, shelf)).length;
    if (typeof shelf === 'number') return this.data?.folders.find(({ id }) => id === shelf)?.marks;
    return this.data?.counts[shelf];
  }

  /** Marks that the words find outside the shelf in front. */
  get elsewhere(): number {
    return this.#found && this.shelf !== 'all' ? this.#found.length - this.rows.length : 0;
  }

  async load(): Promise<void> {
    const turn = (this.#turn += 1);
    try {
      // A note that was typed elsewhere a moment ago is in the answer.
      await settle().catch(() => {});
      const text = this.text.trim();
      const data = await host.marks(filterOf(this.shelf, text));
      const all = text && this.shelf !== 'all' ? (await host.marks(filterOf('all', text))).marks : data.marks;
      // An answer to what is no longer asked.
      if (turn !== this.#turn) return;
      this.data = data;
      this.searched = text;
      this.#found = text ? all : null;
      this.failure = null;
      if (!data.marks.some((mark) => mark.id === this.current)) this.select(this.rows[0]?.id ?? null);
      const there = new Set(data.marks.map((mark) => mark.id));
      this.ticked = new Set([...this.ticked].filter((id) => there.has(id)));
    } catch (error) {
      if (turn === this.#turn) this.failure = host.asFailure(error);
    }
  }

  open(shelf: Shelf): void {
    this.shelf = shelf;
    this.ticked = new Set();
    void this.load();
  }

  /** Words in the search field; the disk is asked once they rest. */
  search(text: string): void {
    this.text = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.load(), TYPING);
  }

  select(id: number | null): void {
    if (id === this.current) return;
    this.draft.show(id);
    this.current = id;
  }

  /** The row above or below. */
  step(direction: 1 | -1): number | null {
    const at = this.rows.findIndex((mark) => mark.id === this.current);
    const next = this.rows[Math.max(0, Math.min(this.rows.length - 1, at + direction))];
    this.select(next?.id ?? null);
    return this.current;
  }

  tick(id: number, on: boolean): void {
    const next = new Set(this.ticked);
    if (on) next.add(id);
    else next.delete(id);
    this.ticked = next;
  }

  tickAll(on: boolean): void {
    this.ticked = on ? new Set(this.rows.map((mark) => mark.id)) : new Set();
  }

  async change(mark: Mark, patch: Partial<Pick<MarkDraft, 'colour' | 'folder'>>): Promise<void> {
    this.draft.write(mark, patch);
    await this.draft.flush();
    if ('folder' in patch && !this.draft.failure) await this.load();
  }

  /** Deletes marks; one message takes it all back. */
  async remove(marks: readonly Mark[] = this.chosen): Promise<void> {
    if (marks.length === 0) return;
    await this.draft.flush();
    const at = this.rows.findIndex((mark) => mark.id === marks[0]?.id);
    const gone: number[] = [];
    try {
      for (const { id } of marks) {
        await host.markRemove(id);
        this.draft.drop(id);
        gone.push(id);
      }
    } catch {
      toast({ text: m.marks_not_removed(), icon: 'circle-alert' });
    }
    if (gone.length === 0) return;
    this.ticked = new Set();
    const left = this.rows.filter((mark) => !gone.includes(mark.id));
    this.select(left[Math.min(at, left.length - 1)]?.id ?? null);
    await this.load();
    toast({
      text: gone.length === 1 ? m.marks_removed() : m.marks_removed_many({ count: number(gone.length) }),
      icon: 'trash',
      undo: () => void this.#restore(gone),
    });
  }

  async move(folder: number | null): Promise<void> {
    await this.draft.flush();
    const marks = this.chosen;
    const before = marks.map((mark) => [mark, mark.folder] as const);
    for (const mark of marks) this.draft.write(mark, { folder });
    await this.draft.flush();
    this.ticked = new Set();
    await this.load();
    if (marks.length === 0 || this.draft.failure) return;
    toast({
      text: m.marks_moved({ count: number(marks.length) }),
      icon: 'folder-input',
      undo: () => void this.#moveBack(before),
    });
  }

  async putFolder(id: number | null, name: string): Promise<Failure | null> {
    try {
      const folder = await host.folderPut(id, name.trim());
      if (id === null) this.shelf = folder.id;
      await this.load();
      return null;
    } catch (error) {
      return host.asFailure(error);
    }
  }

  /** Its marks stay, unfiled. */
  async removeFolder(id: number, name: string): Promise<void> {
    try {
      await host.folderRemove(id);
    } catch {
      toast({ text: m.marks_folder_not_removed(), icon: 'circle-alert' });
      return;
    }
    if (this.shelf === id) this.shelf = 'all';
    await this.load();
    toast({
      text: m.marks_folder_removed({ name }),
      icon: 'folder',
      undo: () => void host.folderRestore(id).then(() => this.load(), () => this.load()),
    });
  }

  end(): void {
    clearTimeout(this.#typing);
    this.#ended = true;
    this.draft.end();
  }

  async #restore(ids: readonly number[]): Promise<void> {
    for (const id of ids) await host.markRestore(id).catch(() => toast({ text: m.marks_not_restored(), icon: 'circle-alert' }));
    await this.load();
    this.select(ids[0] ?? null);
  }

  async #moveBack(before: readonly (readonly [Mark, number | null])[]): Promise<void> {
    for (const [mark, folder] of before) this.draft.write(mark, { folder });
    await this.draft.flush();
    await this.load();
  }

  #replace(mark: Mark): void {
    if (!this.data) return;
    this.data = { ...this.data, marks: this.data.marks.map((each) => (each.id === mark.id ? mark : each)) };
  }
}
