// How much room there is, measured in the reader's text size: 1366 px at 200 % are as narrow as 683 px.
// A media query cannot know the text size, so views ask here, and CSS asks <html data-width>.
import { appearance } from './theme.svelte';

/** Under 800 px the rail and filters fold, under 1100 the right column; from 1600 there is a third one. */
export type Width = 'narrow' | 'medium' | 'wide' | 'huge';

class Layout {
  #pixels = $state({ width: 1366, height: 768 });

  start(): () => void {
    const measure = () => {
      this.#pixels = { width: innerWidth, height: innerHeight };
    };
    addEventListener('resize', measure);
    measure();
    const stop = $effect.root(() => {
      $effect(() => {
        document.documentElement.dataset['width'] = this.width;
      });
    });
    return () => {
      stop();
      removeEventListener('resize', measure);
    };
  }

  get width(): Width {
    const units = (this.#pixels.width * 100) / appearance.textSize;
    if (units < 800) return 'narrow';
    if (units < 1100) return 'medium';
    return units < 1600 ? 'wide' : 'huge';
  }

  get narrow(): boolean {
    return this.width === 'narrow';
  }

  /** The right column stands beside the content. */
  get hasSide(): boolean {
    return this.width === 'wide' || this.width === 'huge';
  }

  /** Height in pixels of 100 % text size. */
  get height(): number {
    return (this.#pixels.height * 100) / appearance.textSize;
  }
}

export const layout = new Layout();
