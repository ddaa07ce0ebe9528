import type { IconName } from './icons/names';

/** How long a message stays, in milliseconds; the time stands still under the pointer and the focus. */
export const TOAST_TIME = 6000;

export interface ToastOptions {
  text: string;
  icon?: IconName;
  /** Takes the action back; the button reads "Hoàn tác" unless `action` says otherwise. */
  undo?: () => void;
  action?: string;
}

export interface Toast extends ToastOptions {
  id: number;
}

class Toasts {
  items = $state<Toast[]>([]);
  #next = 1;
  #paused = false;
  #left = new Map<number, number>();
  #timers = new Map<number, { handle: ReturnType<typeof setTimeout>; since: number }>();

  show(options: ToastOptions): number {
    const id = this.#next++;
    // More than three would cover the page; the oldest goes first.
    while (this.items.length >= 3) this.dismiss(this.items[0]!.id);
    this.items.push({ ...options, id });
    this.#left.set(id, TOAST_TIME);
    if (!this.#paused) this.#start(id);
    return id;
  }

  dismiss(id: number): void {
    const timer = this.#timers.get(id);
    if (timer) clearTimeout(timer.handle);
    this.#timers.delete(id);
    this.#left.delete(id);
    this.items = this.items.filter((toast) => toast.id !== id);
    // A message that held the pointer or the focus is gone, and with it the reason to wait.
    if (this.items.length === 0) this.#paused = false;
  }

  undo(id: number): void {
    const toast = this.items.find((each) => each.id === id);
    this.dismiss(id);
    toast?.undo?.();
  }

  pause(): void {
    this.#paused = true;
    for (const [id, timer] of this.#timers) {
      clearTimeout(timer.handle);
      this.#left.set(id, Math.max(0, (this.#left.get(id) ?? 0) - (Date.now() - timer.since)));
    }
    this.#timers.clear();
  }

  resume(): void {
    this.#paused = false;
    for (const id of this.#left.keys()) if (!this.#timers.has(id)) this.#start(id);
  }

  #start(id: number): void {
    const handle = setTimeout(() => this.dismiss(id), this.#left.get(id) ?? TOAST_TIME);
    this.#timers.set(id, { handle, since: Date.now() });
  }
}

export const toasts = new Toasts();

/** `toast('Đã chép trích dẫn')` or with an undo. */
export function toast(options: string | ToastOptions): number {
  return toasts.show(typeof options === 'string' ? { text: options } : options);
}
