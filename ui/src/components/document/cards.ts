// The cards of the map, as they stand on the screen.

const ways: Record<string, readonly [x: number, y: number] | undefined> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The nearest card on the side that an arrow key points to; what stands aside counts as twice as far. */
export function cardBeside(board: HTMLElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const way = ways[key];
  if (!way) return undefined;
  const [x, y] = middle(from);
  let best: HTMLElement | undefined;
  let least = Infinity;
  for (const card of board.querySelectorAll<HTMLElement>('[data-card]')) {
    const [cx, cy] = middle(card);
    const along = (cx - x) * way[0] + (cy - y) * way[1];
    if (card === from || along < 8) continue;
    const across = Math.abs((cx - x) * way[1]) + Math.abs((cy - y) * way[0]);
    if (along + across * 2 < least) [best, least] = [card, along + across * 2];
  }
  return best;
}

function middle(element: Element): readonly [number, number] {
  const box = element.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}
