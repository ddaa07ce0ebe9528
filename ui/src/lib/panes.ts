/** F6: moves the focus to the next part of the window, each marked with `data-pane`, in page order. */
export function nextPane(direction: 1 | -1): void {
  // A pane inside a pane, such as the outline inside the content, is a stop of its own.
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    (pane) => pane.getClientRects().length > 0,
  );
  if (panes.length === 0) return;
  const here = panes.findLastIndex((pane) => pane.contains(document.activeElement));
  const start = here < 0 ? (direction > 0 ? -1 : 0) : here;
  const pane = panes[(start + direction + panes.length) % panes.length];
  const first = pane?.querySelector<HTMLElement>(
    '[tabindex="0"], [aria-current], input:not(:disabled), button:not(:disabled), a[href]',
  );
  (first ?? pane)?.focus();
}
