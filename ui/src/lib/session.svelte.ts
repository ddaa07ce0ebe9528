// What all views share: the shelf on this machine, the person's settings, the visit, the work under way.
import * as host from './host';
import type { Failure, JobState, Settings, SettingsPatch, ShelfState, Start } from './host/types';
import { keyboard } from './keyboard.svelte';
import { abandon, beforeLeaving, settle } from './pending';
import { router } from './router.svelte';
import { appearance, type Look } from './theme.svelte';

class Session {
  /** What the app said at the start, kept up to date; null until it has answered. */
  start = $state.raw<Start | null>(null);
  /** The sync that runs, or the last one that ended. */
  job = $state.raw<JobState | null>(null);
  /** Why the app could not even answer at the start. */
  failure = $state.raw<Failure | null>(null);
  /** Counts the shelves that came into use: a view that shows documents reads it and loads again. */
  turn = $state(0);
  /** Counts the readers of this run: another one gets fresh pages, with nothing of the one before. */
  reader = $state(0);
  #changing: Promise<void> | undefined;

  get shelf(): ShelfState | null {
    return this.start?.shelf ?? null;
  }

  get settings(): Settings | null {
    return this.start?.settings ?? null;
  }

  /** A visit that somebody has begun, or that this machine gives everyone. */
  get guest(): boolean {
    return this.start?.guest === true && this.unkept === null;
  }

  /** Why the person's own data cannot be opened: they read as a guest does, but are none. */
  get unkept(): Failure | null {
    return this.start?.unkept ?? null;
  }

  /** What the person writes is still there when the app is opened again. */
  get keeps(): boolean {
    return this.start?.guest === false;
  }

  /** A sync is under way. */
  get syncing(): boolean {
    return this.job?.state === 'running';
  }

  /** Asks the app, follows its events and keeps the look in the settings. Returns a function that stops. */
  listen(): () => void {
    const stops = [
      host.onJob((job) => {
        this.job = job;
        if (job.state === 'done') void this.load();
      }),
      host.onShelf((shelf) => {
        if (this.start) this.start = { ...this.start, shelf };
        this.turn += 1;
        void this.load();
      }),
      host.onLeaving(() => void settle().catch(() => {}).then(host.pageLeft)),
    ];
    appearance.onchange = (look) => void this.#keepLook(look);
    // The window goes, or others are over it and it may go unseen.
    const leave = () => void settle().catch(() => {});
    const hide = () => {
      if (document.visibilityState === 'hidden') leave();
    };
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', hide);
    void this.load();
    void this.#findJob();
    return () => {
      appearance.onchange = undefined;
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', hide);
      stops.forEach((stop) => stop());
    };
  }

  /** Reads everything again. */
  async load(): Promise<void> {
    try {
      this.#take(await host.start());
      this.failure = null;
    } catch (error) {
      this.failure = host.asFailure(error);
    }
  }

  /** Changes settings; they count at once and are kept. */
  async change(patch: Partial<SettingsPatch>): Promise<void> {
    const work = host.settingsChange(patch);
    // Whoever changes a setting hears of its failure; a visit only waits for it.
    const stop = beforeLeaving(() => work.catch(() => {}));
    try {
      const settings = await work;
      if (stop() && this.start) this.#take({ ...this.start, settings });
    } finally {
      stop();
    }
  }

  /** Begins a sync and follows it; one that already runs is followed. */
  async sync(request: Parameters<typeof host.syncStart>[0] = {}): Promise<void> {
    this.job = await host.syncStart(request);
  }

  /**
   * From here on nothing personal is kept, and nothing of the person is seen. What the person typed is kept before.
   *
   * @throws {NotKept} where that fails: then no visit begins, and the words stay where they are.
   */
  visitStart(): Promise<void> {
    return this.#change(async () => {
      await settle();
      return host.visitStart();
    });
  }

  /** The end wipes what the visit left, so that what could not be kept does not hold it up. */
  visitEnd(): Promise<void> {
    return this.#change(async () => {
      await settle().catch(() => {});
      return host.visitEnd();
    });
  }

  /** A second press while the first is under way asks for nothing more. */
  #change(next: () => Promise<Start>): Promise<void> {
    this.#changing ??= this.#seat(next).finally(() => {
      this.#changing = undefined;
    });
    return this.#changing;
  }

  async #seat(next: () => Promise<Start>): Promise<void> {
    const start = await next();
    abandon();
    router.forget();
    this.#take(start);
    this.turn += 1;
    this.reader += 1;
  }

  #take(start: Start): void {
    this.start = start;
    const { theme, textSize, language, singleKeys } = start.settings;
    appearance.set({ theme, textSize, language });
    keyboard.letters = singleKeys;
  }

  async #findJob(): Promise<void> {
    try {
      const { running } = await host.syncState();
      this.job ??= running;
    } catch {
      // Without it there is nothing to show; the sync view says what is wrong.
    }
  }

  async #keepLook(look: Look): Promise<void> {
    const kept = this.settings;
    if (!kept) return;
    const patch: Partial<SettingsPatch> = {
      // High contrast follows the system and is not a setting of its own.
      ...(look.theme !== 'contrast' && look.theme !== kept.theme && { theme: look.theme }),
      ...(look.textSize !== kept.textSize && { textSize: look.textSize }),
      ...(look.language !== kept.language && { language: look.language }),
    };
    if (Object.keys(patch).length === 0) return;
    try {
      await this.change(patch);
    } catch {
      // The look is on the screen; it is asked for again at the next start.
    }
  }
}

export const session = new Session();
