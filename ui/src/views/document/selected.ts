/** The words that are selected in the text, and the block in which they begin; words over several blocks end with the first. */
export function selectedQuote(): { quote: string; block: number } | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  const at = range.startContainer;
  const block = (at instanceof Element ? at : at.parentElement)?.closest<HTMLElement>('[data-block]');
  if (!block) return undefined;
  const own = range.cloneRange();
  if (!block.contains(range.endContainer)) own.setEndAfter(block.lastChild ?? block);
  const quote = own.toString().replace(/\s+/gu, ' ').trim().slice(0, 600);
  return quote ? { quote, block: Number(block.dataset['block']) } : undefined;
}
