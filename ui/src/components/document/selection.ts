// What of a document is printed.
import type { Block, OutlineNode } from '$lib/host/types';

export type PrintChoice =
  | { what: 'all' }
  | { what: 'current'; provision: string | null }
  | { what: 'list'; provisions: readonly string[] };

/**
 * Positions of the blocks of a choice, in the order of the text. A provision takes with it what hangs below it.
 * Points and clauses print under the head of their Điều, so that the paper says where they stand.
 */
export function chosenRanges(
  choice: PrintChoice,
  nodes: readonly OutlineNode[],
  total: number,
): { from: number; to: number }[] {
  if (choice.what === 'all') return total > 0 ? [{ from: 0, to: total }] : [];
  const wanted = new Set(choice.what === 'list' ? choice.provisions : [choice.provision ?? '']);
  const found: { from: number; to: number }[] = [];
  walk(nodes, total, (node, end, article) => {
    if (node.id === null || !wanted.has(node.id)) return false;
    if (article && article !== node) found.push({ from: article.block, to: article.block + 1 });
    found.push({ from: node.block, to: end });
    return true;
  });
  return merged(found);
}

/** Calls with each node, where it ends, and the Điều that it is in; true ends the descent. */
function walk(
  nodes: readonly OutlineNode[],
  end: number,
  visit: (node: OutlineNode, end: number, article: OutlineNode | undefined) => boolean,
  article?: OutlineNode,
): void {
  nodes.forEach((node, at) => {
    const stop = nodes[at + 1]?.block ?? end;
    const within = node.level === 'article' ? node : article;
    if (!visit(node, stop, within)) walk(node.children, stop, visit, within);
  });
}

function merged(ranges: readonly { from: number; to: number }[]): { from: number; to: number }[] {
  const made: { from: number; to: number }[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = made.at(-1);
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else if (range.from < range.to) made.push({ ...range });
  }
  return made;
}

/** All Điều of an act, for the list to choose from. */
export function articles(nodes: readonly OutlineNode[]): OutlineNode[] {
  return nodes.flatMap((node) => (node.level === 'article' ? [node] : articles(node.children)));
}

/** The oldest of the days on which something printed was checked; null as soon as one is not known. */
export function oldestCheck(days: readonly (string | null)[]): string | null {
  if (days.length === 0 || days.includes(null)) return null;
  return days.reduce((a, b) => ((b as string) < (a as string) ? b : a));
}

/** Blocks without the furniture of the head, which the paper has already in its own. */
export function printable(blocks: readonly Block[]): Block[] {
  return blocks.filter((block) => block.text || block.heading || block.marker || block.rows.length > 0);
}
