// kill -9 in the middle of things: the app starts again and goes on, and what it had confirmed is there.
import { expect, test } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { idOf, marksOf, putNote, syncAll } from '../support/ask';
import { copyOfHome, Program, scrap, serve, stage, until } from '../support/programs';
import { Window } from '../support/webdriver';

const wait = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

/** Once per round; the moment of the kill runs through the whole of what is interrupted. */
const rounds = Array.from({ length: stage.rounds }, (_, at) => (at + Math.random()) / stage.rounds);

test('killed while syncing', async () => {
  test.setTimeout(60_000 + rounds.length * 30_000);
  await using folder = await scrap();
  await using served = await serve();
  const whole = execFileSync(stage.shelf, ['sync', stage.repository, '--home', join(folder.path, 'whole'), '--root', stage.root, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { documents } = JSON.parse(whole) as { documents: number };
  const phases: Record<string, number> = {};
  for (const [round, share] of rounds.entries()) {
    const home = join(folder.path, `home-${round}`);
    const args = ['--home', home, '--source', served.url, '--root', stage.root];
    const first = await Window.open({ args });
    await first.invoke('sync_start', { request: { source: null, rootFile: null } });
    await wait(share * 900);
    const { running } = await first.invoke<{ running: { phase: string; state: string } | null }>('sync_state');
    await first.kill();
    const phase = running?.state === 'running' ? running.phase : 'finished';
    phases[phase] = (phases[phase] ?? 0) + 1;

    await using window = await Window.open({ args });
    expect(await syncAll(window, served.url), `round ${round}`).toBe(documents);
    await idOf(window, 'tui tai lieu cua to hoa giai');
    rmSync(home, { recursive: true, force: true });
  }
  console.log(`killed while syncing: ${JSON.stringify(phases)}`);
});

test('killed while indexing', async () => {
  test.setTimeout(60_000 + rounds.length * 30_000);
  await using folder = await scrap();
  const home = await copyOfHome(join(folder.path, 'home'));
  let unfinished = 0;
  for (const [round, share] of rounds.entries()) {
    // A machine that was switched off before its index was written.
    rmSync(join(home, 'index'), { recursive: true, force: true });
    const first = Program.start(stage.app, ['--home', home], { group: true });
    await wait(share * 2000);
    await first.stop('SIGKILL');
    if (!existsSync(join(home, 'index/meta.json'))) unfinished += 1;

    await using window = await Window.open({ args: ['--home', home] });
    await until(`round ${round}: everything is found again`, () => searched(window), 60_000);
  }
  console.log(`killed while indexing: ${unfinished} of ${rounds.length} kills left no finished index`);
});

async function searched(window: Window): Promise<string | undefined> {
  return idOf(window, 'tui tai lieu cua to hoa giai').catch(() => undefined);
}

test('killed while writing notes', async () => {
  test.setTimeout(60_000 + rounds.length * 30_000);
  await using folder = await scrap();
  const home = await copyOfHome(join(folder.path, 'home'));
  const confirmed: string[] = [];
  for (const [round, share] of rounds.entries()) {
    const first = await Window.open({ args: ['--home', home] });
    const id = await idOf(first, 'tui tai lieu cua to hoa giai');
    let killed = false;
    let kill: Promise<void> | undefined;
    try {
      for (let count = 0; ; count += 1) {
        const note = `ghi chú ${round}.${count}`;
        await putNote(first, id, note);
        confirmed.push(note);
        kill ??= wait(share * 500).then(() => {
          killed = true;
          return first.kill();
        });
      }
    } catch (error) {
      expect(killed, String(error)).toBe(true);
    }
    await kill;

    await using window = await Window.open({ args: ['--home', home] });
    const notes = new Set((await marksOf(window)).map(({ note }) => note));
    expect(confirmed.filter((note) => !notes.has(note)), `round ${round}`).toEqual([]);
  }
  console.log(`killed while writing notes: ${confirmed.length} notes confirmed, all there`);
  expect(confirmed.length).toBeGreaterThan(0);
});

test('the child that reads a PDF costs a page, not the app', async () => {
  await using folder = await scrap();
  await using window = await Window.open({ args: ['--home', await copyOfHome(join(folder.path, 'home'))] });
  const id = await idOf(window, '9014/2026/QĐ-UBND');
  const { objects } = await window.invoke<{ objects: { sha256: string; role: string; mediaType: string }[] }>('document', { id });
  const original = objects.find(({ mediaType }) => mediaType === 'application/pdf');
  expect(original).toBeDefined();
  const sha256 = original!.sha256;
  const { url, pages } = await window.invoke<{ url: string; pages: unknown[] }>('pdf_open', { sha256 });
  expect(pages.length).toBeGreaterThan(1);
  const draw = (page: number, width: number) =>
    window.script<number>(
      `return await new Promise((done) => {
        const image = new Image();
        image.onload = () => done(image.naturalWidth);
        image.onerror = () => done(0);
        image.src = arguments[0] + '/' + arguments[1] + '?w=' + arguments[2];
      });`,
      url,
      page,
      width,
    );
  expect(await draw(1, 600)).toBe(600);
  const workers = window.processes('--pdf-worker');
  expect(workers.length).toBeGreaterThan(0);
  workers.forEach((pid) => process.kill(pid, 'SIGKILL'));
  expect(await draw(2, 600), 'another child draws the next page').toBe(600);

  window.processes('--pdf-worker').forEach((pid) => process.kill(pid, 'SIGSTOP'));
  const start = Date.now();
  expect(await draw(1, 700), 'the page that hangs is given up').toBe(0);
  console.log(`a reader of PDF that hangs: its page was given up after ${Date.now() - start} ms`);
  expect(await draw(2, 700), 'the other page is still drawn').toBe(700);
  expect(await window.invoke('about')).toMatchObject({ pdf: true });
});
