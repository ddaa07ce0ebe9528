// Programs that a spec starts, and the shelf that it starts them on.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run the specs with cargo xtask pages, window, shots or bench`);
  return value;
}

/** What xtask built and prepared. */
export const stage = {
  get pages() { return given('TUSACH_PAGES'); },
  get shelf() { return given('TUSACH_SHELF'); },
  get app() { return given('TUSACH_APP'); },
  get bridge() { return given('TUSACH_BRIDGE'); },
  get shots() { return given('TUSACH_SHOTS'); },
  /** The pictures of README.md. */
  get pictures() { return given('TUSACH_PICTURES'); },
  /** Kills of each kind, or measurements. */
  get rounds() { return Number(given('TUSACH_ROUNDS')); },
  /** A home on which everything of the sample shelf is readable. */
  get home() { return join(given('TUSACH_SAMPLE'), 'home'); },
  get repository() { return join(given('TUSACH_SAMPLE'), 'repository'); },
  get root() { return join(given('TUSACH_SAMPLE'), 'workspace/root.json'); },
};

/** An empty folder, gone with the spec. */
export async function scrap(): Promise<{ path: string; [Symbol.asyncDispose](): Promise<void> }> {
  const top = given('TUSACH_SCRAPS');
  await mkdir(top, { recursive: true });
  const path = await mkdtemp(join(top, 'spec-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export async function copyOf(from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true });
  return to;
}

/** A copy of the prepared home, to write in. */
export const copyOfHome = (to: string): Promise<string> => copyOf(stage.home, to);

/** A home that keeps one collection of the sample shelf. */
export async function syncCollection(home: string, collection: string): Promise<void> {
  const args = ['sync', stage.repository, '--home', home, '--root', stage.root, '--collection', collection];
  await promisify(execFile)(stage.shelf, args);
}

/** The sample shelf in its next edition, published into a folder: one document is withdrawn. */
export async function nextEdition(folder: string, withdrawn: string, reason: string): Promise<string> {
  const workspace = await copyOf(join(given('TUSACH_SAMPLE'), 'workspace'), join(folder, 'workspace'));
  const repository = await copyOf(stage.repository, join(folder, 'repository'));
  const shelf = promisify(execFile);
  await shelf(stage.shelf, ['review', '--workspace', workspace, '--withdraw', withdrawn, '--reason', reason]);
  await shelf(stage.shelf, ['publish', '--workspace', workspace, '--to', repository]);
  return repository;
}

export interface Started {
  /** Sees to it that nothing it started survives it. */
  group?: boolean;
  env?: NodeJS.ProcessEnv;
  /** Where the program's errors are kept; else they are shown. */
  quiet?: boolean;
}

/** A program that runs beside the spec. */
export class Program {
  readonly #lines: string[] = [];
  readonly #waiting: (() => void)[] = [];
  #ended = false;
  errors = '';

  private constructor(
    readonly child: ChildProcess,
    readonly name: string,
    readonly group: boolean,
  ) {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      this.#lines.push(line);
      this.#wake();
    });
    child.stderr!.on('data', (bytes: Buffer) => {
      this.errors = (this.errors + bytes.toString()).slice(-20_000);
    });
    child.once('error', (error) => {
      this.errors += String(error);
      this.#end();
    });
    child.once('exit', () => this.#end());
  }

  static start(program: string, args: readonly string[], { group = false, env }: Started = {}): Program {
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: group,
      env: { ...process.env, ...env },
    });
    const started = new Program(child, [program, ...args].join(' '), group);
    running.add(started);
    return started;
  }

  get pid(): number {
    return this.child.pid!;
  }

  get ended(): boolean {
    return this.#ended;
  }

  #end(): void {
    this.#ended = true;
    running.delete(this);
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** The first line that it wrote. */
  async firstLine(within = 60_000): Promise<string> {
    await this.#until(() => this.#lines.length > 0 || this.#ended, within);
    const line = this.#lines[0];
    if (line === undefined) throw new Error(`${this.name} said nothing: ${this.errors}`);
    return line;
  }

  /** All that it has written. */
  said(): string {
    return [...this.#lines, this.errors].join('\n');
  }

  /** Waits for it to end by itself; its exit code. */
  async end(within = 60_000): Promise<number | null> {
    await this.#until(() => this.#ended, within);
    if (!this.#ended) throw new Error(`${this.name} still runs after ${within} ms`);
    return this.child.exitCode;
  }

  async #until(met: () => boolean, within: number): Promise<void> {
    const until = Date.now() + within;
    while (!met() && Date.now() < until) {
      await new Promise<void>((wake) => {
        this.#waiting.push(wake);
        setTimeout(wake, until - Date.now()).unref();
      });
    }
  }

  /** Ends it, with its process group where it has one. */
  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.signal(signal);
    if (!this.#ended) await this.#until(() => this.#ended, 10_000);
  }

  signal(signal: NodeJS.Signals): void {
    try {
      if (this.group) process.kill(-this.pid, signal);
      else if (!this.#ended) this.child.kill(signal);
    } catch {
      // Nothing of it is left.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

const running = new Set<Program>();
process.on('exit', () => running.forEach((program) => program.signal('SIGKILL')));

/** `shelf serve` on a free port; its address. */
export async function serve(repository = stage.repository): Promise<Program & { url: string }> {
  const program = Program.start(stage.shelf, ['serve', repository]);
  return Object.assign(program, { url: await program.firstLine() });
}

/** Waits until something is so. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | null | false>,
  within = 30_000,
): Promise<T> {
  const end = Date.now() + within;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`not so after ${within} ms: ${what}${last ? ` (${String(last)})` : ''}`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}
