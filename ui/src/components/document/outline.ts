import type { TreeItem } from '$components/shared/tree';
import type { Effect, OutlineNode } from '$lib/host/types';
import { provisionWord } from './words';

/** One line of the outline with the lines above it, outermost first. */
export interface Spot {
  node: OutlineNode;
  above: OutlineNode[];
}

/** All lines in the order of the text. */
export function spots(nodes: readonly OutlineNode[], above: OutlineNode[] = []): Spot[] {
  return nodes.flatMap((node) => [{ node, above }, ...spots(node.children, [...above, node])]);
}

/** The last line that begins at this block or before it. */
export function spotAt(all: readonly Spot[], block: number): Spot | undefined {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle]!.node.block <= block) low = middle + 1;
    else high = middle;
  }
  return all[low - 1];
}

/** `Điều 136, khoản 1` of a spot, from its Điều down. */
export function placeLabel(spot: Spot): string {
  const line = [...spot.above, spot.node];
  const from = line.findLastIndex((node) => !inner.has(node.level));
  return line
    .slice(Math.max(0, from))
    .map((node) => node.label)
    .join(', ');
}

/** What stands above the Điều: `Chương X`, `Mục 3`. */
export function pathOf(spot: Spot): OutlineNode[] {
  const line = [...spot.above, spot.node];
  return line.slice(
    0,
    Math.max(
      0,
      line.findLastIndex((node) => !inner.has(node.level)),
    ),
  );
}

const inner = new Set(['clause', 'point']);
const heads = new Set(['attachment', 'appendix', 'part', 'chapter', 'section', 'subsection']);

export const itemId = (node: OutlineNode): string => `b${node.block}`;
export const blockOf = (id: string): number => Number(id.slice(1));

/**
 * The outline as a tree. A pencil stands only where an act names that provision or one below it: where the whole act
 * may have changed it would stand at every line and tell nothing.
 */
export function treeItems(nodes: readonly OutlineNode[], effects: readonly Effect[]): TreeItem[] {
  const named = effects.flatMap((effect) => (effect.provision === null ? [] : [effect.provision]));
  const touched = (id: string | null) =>
    id !== null && named.some((each) => each === id || each.startsWith(`${id}.`));
  const item = (node: OutlineNode): TreeItem => {
    const changed = touched(node.id) && node.state !== 'no_change_known';
    const dead = changed && node.state === 'repealed';
    const label = [node.label, node.heading].filter(Boolean).join('. ');
    return {
      id: itemId(node),
      label: inner.has(node.level) ? capital(node.label) || label : label,
      ...(node.children.length > 0 && { children: node.children.map(item) }),
      ...(heads.has(node.level) && { strong: true }),
      ...(dead && { struck: true }),
      ...(changed && {
        icon: dead ? ('circle-x' as const) : ('pencil-line' as const),
        tone: dead ? ('expired' as const) : ('partly' as const),
        note: provisionWord(node.state),
      }),
    };
  };
  return nodes.map(item);
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
