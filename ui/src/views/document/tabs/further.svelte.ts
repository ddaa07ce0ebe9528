// Relations beyond the first of a page, fetched where somebody asks for them.
import * as host from '$lib/host';
import type { DocumentLine, DocumentPage, Failure, RelationGroup, RelationRow } from '$lib/host/types';

/** Relations that one answer takes. */
const STEP = 200;

/** What is known of a group by now. */
export interface Known {
  rows: readonly RelationRow[];
  /** Where it goes on; null at the end. */
  next: number | null;
  /** Relations that were not seen yet; materials and what was withdrawn count among them. */
  left: number;
}

export class Further {
  /** By kind; only what others state of a document goes on. */
  #known = $state.raw<Record<string, Known>>({});
  materials = $state.raw<readonly DocumentLine[]>([]);
  loading = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly #page: DocumentPage;
  readonly #more: typeof host.relatedMore;

  constructor(page: DocumentPage, more: typeof host.relatedMore = host.relatedMore) {
    this.#page = page;
    this.#more = more;
    this.materials = page.materials;
  }

  of(group: RelationGroup): Known {
    const known = group.direction === 'in' ? this.#known[group.kind] : undefined;
    if (known) return known;
    const { rows, next, total } = group;
    return { rows, next, left: next === null ? 0 : Math.max(0, total - rows.length) };
  }

  /** The group behind the materials, while it goes on. */
  get behindMaterials(): RelationGroup | undefined {
    return this.#page.relations.find(
      (group) => group.kind === 'basis' && group.direction === 'in' && this.of(group).next !== null,
    );
  }

  /** How many of a group come with the next answer, at most. */
  step(group: RelationGroup): number {
    return Math.min(STEP, this.of(group).left);
  }

  async fetch(group: RelationGroup): Promise<void> {
    const known = this.of(group);
    if (known.next === null || this.loading) return;
    this.loading = true;
    try {
      const more = await this.#more(this.#page.line.id, group.kind, known.next);
      const seen = more.next === null ? known.left : more.next - known.next;
      this.#known = {
        ...this.#known,
        [group.kind]: {
          rows: [...known.rows, ...more.rows],
          next: more.next,
          left: Math.max(0, known.left - seen),
        },
      };
      // A leaflet that rests on several provisions comes again.
      const here = new Set(this.materials.map(({ id }) => id));
      this.materials = [...this.materials, ...more.materials.filter(({ id }) => !here.has(id))];
      this.failure = null;
    } catch (error) {
      this.failure = host.asFailure(error);
    } finally {
      this.loading = false;
    }
  }
}
