// The reader's marks in one document: saved while one types, taken back with one press.
import { noteColors, type NoteColor } from '$components/law/notes';
import { NoteDraft } from '$lib/draft.svelte';
import * as host from '$lib/host';
import type { Mark, Place } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';
import { toast } from '$lib/toast.svelte';

export const colorOf = (mark: Mark): NoteColor => noteColors[mark.colour] ?? 'amber';

export class Notes {
  marks = $state.raw<readonly Mark[]>([]);
  /** The mark whose note is being written. */
  editing = $state<number | null>(null);
  readonly draft = new NoteDraft({
    kept: (mark) => this.#put(mark),
    failed: () => {
      // Where the field is open it says so itself.
      if (this.editing === null) this.#failed();
    },
  });

  constructor(private readonly id: string) {}

  take(marks: readonly Mark[]): void {
    this.marks = marks;
  }

  /** Marks a place, or words of it. */
  async add(place: Place, quote: string, colour = 0): Promise<Mark | undefined> {
    try {
      const draft = { id: null, document: this.id, place, quote, note: '', colour, folder: null };
      const mark = await host.markPut(draft);
      this.#put(mark);
      return mark;
    } catch {
      this.#failed();
      return undefined;
    }
  }

  edit(mark: Mark): void {
    this.draft.show(mark.id);
    this.editing = mark.id;
  }

  async close(): Promise<void> {
    await this.draft.flush();
    // What could not be kept stays in sight.
    if (!this.draft.failure) this.editing = null;
  }

  end(): void {
    this.editing = null;
    this.draft.end();
  }

  async remove(mark: Mark): Promise<void> {
    await this.draft.flush();
    if (this.editing === mark.id) this.editing = null;
    try {
      await host.markRemove(mark.id);
      this.draft.drop(mark.id);
      this.marks = this.marks.filter((each) => each.id !== mark.id);
      toast({
        text: mark.note ? m.document_note_removed() : m.document_mark_removed(),
        undo: () => void this.#restore(mark.id),
      });
    } catch {
      this.#failed();
    }
  }

  async #restore(id: number): Promise<void> {
    try {
      this.#put(await host.markRestore(id));
    } catch {
      this.#failed();
    }
  }

  #put(mark: Mark): void {
    const there = this.marks.some((each) => each.id === mark.id);
    this.marks = there
      ? this.marks.map((each) => (each.id === mark.id ? mark : each))
      : [...this.marks, mark];
  }

  #failed(): void {
    toast({ text: m.common_note_not_saved(), icon: 'circle-alert' });
  }
}
