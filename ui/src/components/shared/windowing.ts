// Which rows of a long list stand in the page, when their heights are known only once drawn.

export class RowHeights {
  #known = new Map<string, number>();
  #offsets: number[] = [0];
  #keys: readonly string[] = [];
  #estimate: number;

  constructor(estimate: number) {
    this.#estimate = estimate;
  }

  /** Sets the rows, in order; heights measured before are kept. */
  setKeys(keys: readonly string[]): void {
    this.#keys = keys;
    this.#sum();
  }

  /** Takes the true height of a row; returns by how much the rows below it move. */
  measure(key: string, height: number): number {
    const moved = height - (this.#known.get(key) ?? this.#estimate);
    if (height <= 0 || Math.abs(height - (this.#known.get(key) ?? -1)) < 0.5) return 0;
    this.#known.set(key, height);
    this.#sum();
    return moved;
  }

  get total(): number {
    return this.#offsets[this.#keys.length] ?? 0;
  }

  offset(at: number): number {
    return this.#offsets[at] ?? this.total;
  }

  height(at: number): number {
    return this.offset(at + 1) - this.offset(at);
  }

  /** First row and the one after the last that stand between two heights. */
  between(top: number, bottom: number): [first: number, end: number] {
    const first = Math.max(0, this.#find(top));
    let end = first;
    while (end < this.#keys.length && this.offset(end) < bottom) end += 1;
    return [first, end];
  }

  #find(top: number): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.offset(middle + 1) <= top) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #sum(): void {
    const offsets = [0];
    for (const [at, key] of this.#keys.entries()) {
      offsets.push(offsets[at]! + (this.#known.get(key) ?? this.#estimate));
    }
    this.#offsets = offsets;
  }
}
