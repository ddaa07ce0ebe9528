// How the page looks: theme, text size, language, motion. Nothing is stored here; whoever keeps
// settings sets the values at the start and listens with `onchange`.
import { locale, type Locale } from './i18n.svelte';

export type Theme = 'light' | 'dark' | 'contrast' | 'system';

/** Steps of the text size, in percent of the design; the settings know the same ones. */
export const TEXT_SIZES = [100, 112, 125, 150, 175, 200] as const;

export interface Look {
  theme: Theme;
  textSize: number;
  language: Locale;
  lessMotion: boolean;
}

class Appearance {
  #theme = $state<Theme>('system');
  #textSize = $state(100);
  #lessMotion = $state(false);
  #systemDark = $state(false);
  #systemContrast = $state(false);

  /** Called after the person changed something, with the whole look. */
  onchange: ((look: Look) => void) | undefined;

  /** Applies the stored look and follows the system from now on. Returns a function that stops. */
  start(look: Partial<Look> = {}): () => void {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const contrast = matchMedia('(prefers-contrast: more)');
    const follow = () => {
      this.#systemDark = dark.matches;
      this.#systemContrast = contrast.matches;
      this.#apply();
    };
    dark.addEventListener('change', follow);
    contrast.addEventListener('change', follow);
    this.set(look);
    follow();
    return () => {
      dark.removeEventListener('change', follow);
      contrast.removeEventListener('change', follow);
    };
  }

  /** Sets values that come from the settings: no `onchange`. */
  set(look: Partial<Look>): void {
    if (look.theme) this.#theme = look.theme;
    if (look.textSize) this.#textSize = clamp(look.textSize);
    if (look.lessMotion !== undefined) this.#lessMotion = look.lessMotion;
    if (look.language) locale.current = look.language;
    this.#apply();
  }

  get look(): Look {
    return {
      theme: this.#theme,
      textSize: this.#textSize,
      language: locale.current,
      lessMotion: this.#lessMotion,
    };
  }

  /** What is on the screen, with the system's wish followed. */
  get shown(): Exclude<Theme, 'system'> {
    if (this.#theme !== 'system') return this.#theme;
    if (this.#systemContrast) return 'contrast';
    return this.#systemDark ? 'dark' : 'light';
  }

  get theme(): Theme {
    return this.#theme;
  }
  set theme(theme: Theme) {
    this.#change({ theme });
  }

  get textSize(): number {
    return this.#textSize;
  }
  set textSize(textSize: number) {
    this.#change({ textSize });
  }

  get language(): Locale {
    return locale.current;
  }
  set language(language: Locale) {
    this.#change({ language });
  }

  get lessMotion(): boolean {
    return this.#lessMotion;
  }
  set lessMotion(lessMotion: boolean) {
    this.#change({ lessMotion });
  }

  /** One step larger (1) or smaller (-1). */
  stepText(direction: 1 | -1): void {
    const sizes: readonly number[] = direction > 0 ? TEXT_SIZES : TEXT_SIZES.toReversed();
    const next = sizes.find((size) => (size - this.#textSize) * direction > 0);
    if (next !== undefined) this.textSize = next;
  }

  toggleDark(): void {
    this.theme = this.shown === 'dark' ? 'light' : 'dark';
  }

  #change(look: Partial<Look>): void {
    this.set(look);
    this.onchange?.(this.look);
  }

  #apply(): void {
    const root = document.documentElement;
    root.dataset['theme'] = this.shown;
    root.dataset['textSize'] = String(this.#textSize);
    root.style.setProperty('--text-scale', String(this.#textSize / 100));
    if (this.#lessMotion) root.dataset['motion'] = 'less';
    else delete root.dataset['motion'];
    root.lang = locale.current;
  }
}

function clamp(size: number): number {
  return Math.min(TEXT_SIZES[TEXT_SIZES.length - 1]!, Math.max(TEXT_SIZES[0], Math.round(size)));
}

export const appearance = new Appearance();
