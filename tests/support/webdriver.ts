// The real app, driven through WebKitWebDriver: as much of the WebDriver protocol as the specs need.
import { Program, scrap, stage, until } from './programs';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** A thing on the page. */
interface Found {
  [ELEMENT]: string;
}

export interface Opened {
  /** Options of the app. */
  args: string[];
  env?: NodeJS.ProcessEnv;
  /** Another program around the driver: `['unshare', '-n', …]`. */
  around?: string[];
  app?: string;
  /** What the system keeps for a person from one start to the next, such as drawing programs that were compiled. */
  cache?: string;
}

/** Keys by their names in the protocol. */
export const keys = { Enter: '\uE007', Escape: '\uE00C', Tab: '\uE004', Down: '\uE015', Up: '\uE013', Control: '\uE009', Alt: '\uE00A' };

/** Found by what a person reads or hears: role and name. Runs in the page. */
const finder = `
  const [role, name] = arguments;
  const tags = {
    button: 'button, [role=button], summary', link: 'a[href]', option: '[role=option]', tab: '[role=tab]',
    treeitem: '[role=treeitem]', searchbox: 'input[type=search]', textbox: 'textarea, input:not([type]), input[type=text]',
    heading: 'h1, h2, h3, h4', menuitem: '[role=menuitem], [role=menuitemradio]', cell: 'td, [role=gridcell]', video: 'video', checkbox: 'input[type=checkbox]',
    any: 'body *',
  };
  const called = (element) => {
    const by = element.getAttribute('aria-labelledby');
    const label = element.getAttribute('aria-label') ?? (by && document.getElementById(by)?.innerText);
    return (label || element.innerText || element.title || '').replace(/\\s+/g, ' ').trim();
  };
  const fits = name === undefined || name === null ? () => true
    : typeof name === 'string' ? (text) => text === name || text.startsWith(name)
    : (text) => new RegExp(name.pattern, name.flags).test(text);
  const all = [...document.querySelectorAll(tags[role] ?? role)].filter((element) => element.checkVisibility() && fits(called(element)));
  return role === 'any' ? all.at(-1) ?? null : all[0] ?? null;
`;

export class Window {
  private constructor(
    readonly driver: Program,
    readonly base: string,
    readonly session: string,
    /** Where the web view keeps what it keeps. */
    readonly profile: Awaited<ReturnType<typeof scrap>>,
  ) {}

  /** Starts the app with its own driver. Nothing of either is left after `quit`. */
  static async open({ args, env, around = [], app = stage.app, cache }: Opened): Promise<Window> {
    const port = await freePort();
    // A driven window keeps a profile; it goes with the window.
    const folder = await scrap();
    const profile = { XDG_DATA_HOME: `${folder.path}/data`, XDG_CACHE_HOME: cache ?? `${folder.path}/cache` };
    const command = [...around, 'WebKitWebDriver', `--port=${port}`];
    const driver = Program.start(command[0]!, command.slice(1), {
      group: true,
      env: { TAURI_WEBVIEW_AUTOMATION: 'true', ...profile, ...env },
    });
    const base = `http://127.0.0.1:${port}`;
    await until('the driver answers', async () => (await fetch(`${base}/status`)).ok);
    try {
      const { sessionId } = await request<{ sessionId: string }>(`${base}/session`, 'POST', {
        capabilities: {
          alwaysMatch: { browserName: 'wry', 'webkitgtk:browserOptions': { binary: app, args } },
        },
      });
      const window = new Window(driver, base, sessionId, folder);
      await window.#ask('POST', 'timeouts', { script: 60_000, pageLoad: 60_000, implicit: 0 });
      return window;
    } catch (error) {
      await driver.stop();
      throw new Error(`the app does not open: ${String(error)} ${driver.errors}`);
    }
  }

  async #ask<T>(method: string, path: string, body?: object): Promise<T> {
    return request<T>(`${this.base}/session/${this.session}/${path}`, method, body);
  }

  /** Runs a piece of script in the page; it may return a promise's value by `await`. */
  async script<T>(text: string, ...args: unknown[]): Promise<T> {
    const script = `
      const done = arguments[arguments.length - 1];
      (async (...given) => (async function () { ${text} }).apply(null, given))(...[...arguments].slice(0, -1))
        .then((value) => done({ value }), (error) => done({ error: typeof error === 'object' ? JSON.stringify(error) + String(error) : String(error) }));
    `;
    const answer = await this.#ask<{ value?: T; error?: string }>('POST', 'execute/async', { script, args });
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value as T;
  }

  /** Calls a command of the app as the page would. */
  invoke<T>(command: string, args: object = {}): Promise<T> {
    return this.script<T>('return await window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]);', command, args);
  }

  /** The first visible thing with this role and name (its beginning, or a pattern), once it is there. */
  async find(role: string, name?: string | RegExp, within = 15_000): Promise<Found> {
    try {
      return await until(`${role} ${String(name ?? '')}`, () => this.look(role, name), within);
    } catch (error) {
      const shown = await this.words().catch(String);
      const place = await this.script<string>('return location.hash;').catch(String);
      throw new Error(`${String(error)}; ${place} shows: ${shown.replaceAll(/\s+/g, ' ').slice(0, 1500)}`);
    }
  }

  async look(role: string, name?: string | RegExp): Promise<Found | null> {
    const pattern = name instanceof RegExp ? { pattern: name.source, flags: name.flags } : (name ?? null);
    return this.#ask<Found | null>('POST', 'execute/sync', { script: finder, args: [role, pattern] });
  }

  async click(role: string, name?: string | RegExp): Promise<void> {
    // What is drawn anew between finding and clicking is looked for again.
    await until(`${role} ${String(name ?? '')} can be clicked`, async () => {
      const found = await this.find(role, name);
      await this.#ask('POST', `element/${found[ELEMENT]}/click`, {});
      return true;
    });
  }

  text(found: Found): Promise<string> {
    return this.#ask('GET', `element/${found[ELEMENT]}/text`);
  }

  /** Types into what has the focus. */
  async type(text: string): Promise<void> {
    const actions = [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]);
    await this.#keys(actions);
  }

  /** Presses keys together: `press(keys.Control, 'k')`. */
  async press(...together: string[]): Promise<void> {
    await this.#keys([
      ...together.map((value) => ({ type: 'keyDown', value })),
      ...together.toReversed().map((value) => ({ type: 'keyUp', value })),
    ]);
  }

  async #keys(actions: object[]): Promise<void> {
    await this.#ask('POST', 'actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** What the page shows, as text. */
  words(): Promise<string> {
    return this.script('return document.body.innerText;');
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.#ask<string>('GET', 'screenshot'), 'base64');
  }

  /** The processes below the driver whose command line has this. */
  processes(having: string): number[] {
    const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n').map((row) => {
      const [pid, parent, ...command] = row.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), command: command.join(' ') };
    });
    const below = new Set([this.driver.pid]);
    for (let grown = true; grown; ) {
      const more = rows.filter(({ pid, parent }) => below.has(parent) && !below.has(pid));
      more.forEach(({ pid }) => below.add(pid));
      grown = more.length > 0;
    }
    return rows.filter(({ pid, command }) => below.has(pid) && command.includes(having)).map(({ pid }) => pid);
  }

  /** kill -9, of the app and all its processes at once. */
  async kill(): Promise<void> {
    await this.driver.stop('SIGKILL');
    await this.profile[Symbol.asyncDispose]();
  }

  /** Closes the app and the driver, and whatever they started. */
  async quit(): Promise<void> {
    await Promise.race([
      this.#ask('DELETE', '').catch(() => undefined),
      new Promise((wake) => setTimeout(wake, 5_000)),
    ]);
    await this.driver.stop();
    await this.profile[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.quit();
  }
}

async function request<T>(url: string, method: string, body?: object): Promise<T> {
  const answer = await fetch(url.replace(/\/$/, ''), {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    signal: AbortSignal.timeout(90_000),
  });
  const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${method} ${url.replace(/.*\/session/, '/session')}: ${value.error}: ${value.message}`);
  return value;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

