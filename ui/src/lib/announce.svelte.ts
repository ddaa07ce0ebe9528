// What a screen reader is told without moving the focus. AppFrame holds the live region.
let said = $state({ text: '', turn: 0 });

/** Says one short sentence, politely; the same sentence twice is said twice. */
export function announce(text: string): void {
  said = { text, turn: said.turn + 1 };
}

export function announced(): { text: string; turn: number } {
  return said;
}
