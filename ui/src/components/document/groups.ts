import type { Block } from '$lib/host/types';

export type GroupKind = 'text' | 'change' | 'quoted' | 'head' | 'foot';

/** Blocks that are set apart together. */
export interface Group {
  kind: GroupKind;
  /** Positions in the document's effects; of a change only. */
  effects: readonly number[];
  /** Goes on from the chunk before: no second heading. */
  continued: boolean;
  blocks: Block[];
}

/**
 * What is set apart in a stretch of blocks: a changed provision with all that hangs below it, words quoted from
 * another act, and the furniture around the text. `before` is the last group of the stretch before.
 */
export function groups(blocks: readonly Block[], before?: Group): Group[] {
  const made: Group[] = [];
  let last = before;
  for (const block of blocks) {
    const kind = kindOf(block, last);
    const same = last?.kind === kind && (kind !== 'change' || block.effects.length === 0);
    if (same && last !== before) {
      last!.blocks.push(block);
      continue;
    }
    const group: Group = {
      kind,
      effects: same ? last!.effects : block.effects,
      continued: same,
      blocks: [block],
    };
    made.push(group);
    last = group;
  }
  return made;
}

function kindOf(block: Block, last: Group | undefined): GroupKind {
  if (block.level === 'furniture') {
    return last === undefined || last.kind === 'head' ? 'head' : 'foot';
  }
  if (block.effects.length > 0) return 'change';
  const top = last?.kind === 'change' ? last.blocks[0]! : undefined;
  if (top && hangsBelow(block, top)) return 'change';
  return block.quoted ? 'quoted' : 'text';
}

function hangsBelow(block: Block, top: Block): boolean {
  if (block.id !== null && top.id !== null) return block.id.startsWith(`${top.id}.`);
  return block.depth > top.depth;
}
