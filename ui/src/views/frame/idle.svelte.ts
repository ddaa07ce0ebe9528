/** A guest who went away: after this long the end of the visit is announced. */
export const IDLE_TIME = 5 * 60;
/** And after this many seconds more it ends. */
export const LAST_CALL = 60;

// A recording that plays is somebody listening.
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll', 'timeupdate'] as const;

/** Counts the seconds in which nobody does anything. */
export class Idle {
  seconds = $state(0);

  /** Seconds to the end, once it has been announced. */
  get left(): number | undefined {
    return this.seconds < IDLE_TIME ? undefined : Math.max(0, IDLE_TIME + LAST_CALL - this.seconds);
  }

  /** Begins to count. Returns a function that stops. */
  start(onend: () => void): () => void {
    let last = Date.now();
    this.seconds = 0;
    const active = () => {
      last = Date.now();
      if (this.seconds > 0) this.seconds = 0;
    };
    signs.forEach((sign) => addEventListener(sign, active, { capture: true, passive: true }));
    const timer = setInterval(() => {
      this.seconds = Math.floor((Date.now() - last) / 1000);
      if (this.seconds >= IDLE_TIME + LAST_CALL) onend();
    }, 1000);
    return () => {
      clearInterval(timer);
      signs.forEach((sign) => removeEventListener(sign, active, { capture: true }));
    };
  }
}
