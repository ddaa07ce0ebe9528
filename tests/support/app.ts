// The app in a browser: a bridge of its own for each spec, on a copy of the prepared shelf.
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { everyMark, type Mark } from './ask';
import { noFilters } from './design';
import { copyOfHome, Program, scrap, stage, syncCollection } from './programs';

export { expect };

export type Theme = 'light' | 'dark';

interface Choices {
  /**
   * `synced`: everything of the sample shelf is here; `materials`: its acts are known by their headings only; `empty`: a
   * machine that was switched on for the first time.
   */
  shelf: 'synced' | 'materials' | 'empty';
  /** What a person left here before; `unreadable`: the app cannot open it. */
  own: 'none' | 'unreadable';
  /** More options of the app. */
  options: string[];
}

/** The app under test. */
export class App {
  constructor(
    readonly page: Page,
    readonly bridge: Program,
    readonly home: string,
    /** With the token of this run. */
    readonly url: string,
  ) {}

  /** Opens a view by its address: `search?q=dat`. */
  async open(view = ''): Promise<void> {
    await this.page.goto(`${this.url}#/${view}`);
    await this.settled();
  }

  /** Fonts are loaded and nothing is busy any more. */
  async settled(): Promise<void> {
    await this.page.evaluate(() => document.fonts.ready);
    await expect(this.page.locator('[aria-busy=true]')).toHaveCount(0);
    await expect(this.main).not.toBeEmpty();
  }

  get main(): Locator {
    return this.page.locator('main').first();
  }

  /** The box that finds things: on home in the page, elsewhere in the top bar. */
  get searchBox(): Locator {
    return this.page.getByRole('searchbox', { name: 'Tìm trong tủ sách' }).or(
      this.page.getByRole('combobox', { name: 'Tìm trong tủ sách' }),
    ).first();
  }

  /** What a search found. */
  get hits(): Locator {
    return this.main.getByRole('listbox', { name: 'Kết quả' }).getByRole('option');
  }

  /** Asks the app itself, past the page. */
  async ask<T>(command: string, args: object = {}): Promise<T> {
    const address = new URL(this.url);
    const answer = await fetch(new URL(`/ipc/${command}`, address), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-token': address.searchParams.get('token') ?? '' },
      body: JSON.stringify(args),
    });
    const value: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${command}: ${JSON.stringify(value)}`);
    return value as T;
  }

  /** The marks of whoever reads now. */
  async marks(): Promise<Mark[]> {
    return (await this.ask<{ marks: Mark[] }>('marks', { filter: everyMark })).marks;
  }

  /** How it looks from the next opened view on. */
  async look(patch: { theme?: Theme; textSize?: number; language?: 'vi' | 'en' }): Promise<void> {
    await this.ask('settings_change', { patch });
  }

  /** The document with this number, or whose title has these words. */
  async idOf(words: string): Promise<string> {
    const { hits } = await this.ask<{ hits: { document: { id: string } }[] }>('search', {
      request: { text: words, filters: noFilters, sort: 'relevance', limit: 5, provisions: false },
    });
    const first = hits[0];
    if (!first) throw new Error(`nothing on the sample shelf for ${words}`);
    return first.document.id;
  }

  async openDocument(words: string, rest = ''): Promise<void> {
    await this.open(`document/${encodeURIComponent(await this.idOf(words))}${rest && `?${rest}`}`);
  }
}

export const test = base.extend<Choices & { app: App; complaints: string[] }>({
  shelf: ['synced', { option: true }],
  own: ['none', { option: true }],
  options: [[], { option: true }],

  // What the page itself said went wrong, and whatever it asked of another machine: both fail the spec.
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // Answers that failed are told below, with their address.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        complaints.push(message.text());
      }
    });
    page.on('response', async (response) => {
      if (response.status() < 400 || response.url().endsWith('/favicon.ico')) return;
      const said = await response.text().catch(() => '');
      // Pages of an original that was left while they were being drawn.
      if (response.url().includes('/pdf/') || said.includes('the document was closed')) return;
      complaints.push(`${response.status()} ${response.url().replace(/.*?:\d+/, '')} ${said}`);
    });
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') {
        complaints.push(`asked ${request.url()}`);
      }
    });
    await use(complaints);
    expect(complaints, 'what the page complained about').toEqual([]);
  },

  app: async ({ page, shelf, own, options, complaints }, use) => {
    void complaints;
    await using folder = await scrap();
    const home = join(folder.path, 'home');
    if (shelf === 'synced') await copyOfHome(home);
    if (shelf === 'materials') await syncCollection(home, 'tai-lieu');
    // Nothing that stands there is a folder in good times.
    if (own === 'unreadable') await mkdir(join(home, 'user.db'), { recursive: true });
    await using bridge = Program.start(stage.bridge, ['--ui', stage.pages, '--home', home, ...options]);
    await use(new App(page, bridge, home, await bridge.firstLine()));
    // The page would complain that its server is gone.
    await page.goto('about:blank');
  },
});
