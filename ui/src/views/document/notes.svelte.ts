// The reader's marks in one document: saved while one types, taken back with one press.
import { noteColors, type NoteColor } from '$components/law/notes';
import * as host from '$lib/host';
import type { Failure, Mark, Place } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';
import { toast } from '$lib/toast.svelte';

/** Typing rests this long before it is saved. */
export const SAVE_AFTER = 500;

export const colorOf = (mark: Mark): NoteColor => noteColors[mark.colour] ?? 'amber';

export class Notes {
  marks = $state.raw<readonly Mark[]>([]);
  /** The mark whose note is being written. */
  editing = $state<number | null>(null);
  savedAt = $state<Date | null>(null);
  failure = $state.raw<Failure | null>(null);
  #draft: { mark: Mark; note: string; colour: number } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

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
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  edit(mark: Mark): void {
    void this.flush();
    this.savedAt = null;
    this.editing = mark.id;
  }

  /** What stands in the field now; it is saved when the typing rests. */
  type(mark: Mark, note: string, colour: number): void {
    this.#draft = { mark, note, colour };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), SAVE_AFTER);
  }

  /** Saves what was typed, now. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const draft = this.#draft;
    this.#draft = null;
    if (!draft) return;
    const { mark, note, colour } = draft;
    try {
      const { id, document, place, quote, folder } = mark;
      this.#put(await host.markPut({ id, document, place, quote, folder, note, colour }));
      this.savedAt = new Date();
      this.failure = null;
    } catch (error) {
      // What was typed stays in the field and is tried again with the next letter.
      this.#draft ??= draft;
      this.#failed(error);
    }
  }

  async close(): Promise<void> {
    await this.flush();
    this.editing = null;
  }

  async remove(mark: Mark): Promise<void> {
    if (this.#draft?.mark.id === mark.id) await this.flush();
    if (this.editing === mark.id) this.editing = null;
    try {
      await host.markRemove(mark.id);
      this.marks = this.marks.filter((each) => each.id !== mark.id);
      toast({
        text: mark.note ? m.document_note_removed() : m.document_mark_removed(),
        undo: () => void this.#restore(mark.id),
      });
    } catch (error) {
      this.#failed(error);
    }
  }

  async #restore(id: number): Promise<void> {
    try {
      this.#put(await host.markRestore(id));
    } catch (error) {
      this.#failed(error);
    }
  }

  #put(mark: Mark): void {
    const there = this.marks.some((each) => each.id === mark.id);
    this.marks = there
      ? this.marks.map((each) => (each.id === mark.id ? mark : each))
      : [...this.marks, mark];
  }

  #failed(error: unknown): void {
    this.failure = host.asFailure(error);
    toast({ text: m.document_note_not_saved(), icon: 'circle-alert' });
  }
}
