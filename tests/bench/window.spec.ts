// How fast the release build is, and what it takes. Figures for docs/measured.md; on a busy machine they are worse.
import { test } from '@playwright/test';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOf } from '../support/ask';
import { copyOfHome, Program, scrap, stage, until } from '../support/programs';
import { Window } from '../support/webdriver';

const ROUNDS = Math.max(stage.rounds, 1);

function tell(what: string, promise: string, values: number[], unit: string): void {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!);
  console.log(`${what} | ${promise} | median ${at(0.5)}, least ${at(0)}, most ${at(1)} ${unit} of ${sorted.length}`);
}

test('start', async () => {
  await using folder = await scrap();
  const home = await copyOfHome(join(folder.path, 'home'));
  const inside: number[] = [];
  const outside: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const begun = performance.now();
    const app = Program.start(stage.app, ['--home', home, '--exit-when-ready'], { group: true });
    const line = await app.firstLine();
    const wall = performance.now() - begun;
    await app.end();
    // The first one warms the file system.
    if (round === 0) continue;
    outside.push(wall);
    inside.push(Number(/\d+/.exec(line)?.[0]));
  }
  tell('start of the program to home drawn', '< 1500 ms', outside, 'ms');
  tell('the same, as the app counts it', '', inside, 'ms');
});

test('memory', async () => {
  await using folder = await scrap();
  const home = await copyOfHome(join(folder.path, 'home'));
  await using app = Program.start(stage.app, ['--home', home], { group: true });
  await new Promise((wake) => setTimeout(wake, 10_000));
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${app.pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
  tell('own process idle, RSS', '< 200 MB', [field('Rss')], 'MB');
  tell('own process idle, PSS', '', [field('Pss')], 'MB');
});

/** Measures in a fresh window each time, on a machine that has shown one before: the first time is told apart. */
async function rounds(what: string, promise: string, measure: (cache: string, round: number) => Promise<number>): Promise<void> {
  await using cache = await scrap();
  const values: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) values.push(await measure(cache.path, round));
  tell(what, promise, values.slice(1), 'ms');
  console.log(`the first time on this machine: ${Math.round(values[0]!)} ms`);
}

/** Milliseconds from asking for something until the page shows it: measured in the page, frame by frame. */
const measured = (act: string, shown: string) => `
  const args = arguments;
  const act = () => { ${act} };
  const shown = () => { ${shown} };
  return await new Promise((done, failed) => {
    requestAnimationFrame(() => {
      const begun = performance.now();
      act();
      const look = () => {
        if (shown()) done(performance.now() - begun);
        else if (performance.now() - begun > 20000) failed(new Error('not shown: ' + location.hash));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  });
`;

async function home(window: Window): Promise<void> {
  await window.script(`location.hash = '#/';`);
  await until('home is there', async () => (await window.words()).includes('Hôm nay cần tra điều gì?'));
  await new Promise((wake) => setTimeout(wake, 300));
}

test('a code of 689 articles', async () => {
  const code = process.env['TUSACH_CODE_HOME'];
  test.skip(!code || !existsSync(code), 'skipped: there is no corpus with the code here');
  await rounds('a code of 689 articles, opened to first text', '< 500 ms', async (cache, round) => {
    await using window = await Window.open({ args: ['--home', code!], cache });
    await window.find('searchbox');
    const id = await idOf(window, '91/2015/QH13');
    const { outline } = await window.invoke<{ outline: unknown[] }>('document', { id });
    if (round === 0) console.log(`the code: ${JSON.stringify(outline).match(/"level":"article"|"dieu"/g)?.length ?? '?'} marks of articles`);
    await home(window);
    const open = measured(
      `location.hash = '#/document/' + encodeURIComponent(args[0]) + '?tab=content';`,
      `return /Điều 1\\./.test(document.querySelector('[role=tabpanel]')?.innerText ?? '');`,
    );
    return await window.script<number>(open, id);
  });
});

test('the first page of an original', async () => {
  await using folder = await scrap();
  const shelf = await copyOfHome(join(folder.path, 'home'));
  await rounds('first page of a PDF', '< 400 ms', async (cache) => {
    await using window = await Window.open({ args: ['--home', shelf], cache });
    await window.find('searchbox');
    const id = await idOf(window, '9014/2026/QĐ-UBND');
    await window.script(`location.hash = '#/document/' + encodeURIComponent(arguments[0]) + '?tab=content';`, id);
    await window.find('tab', 'Văn bản gốc');
    await new Promise((wake) => setTimeout(wake, 500));
    const open = measured(
      `[...document.querySelectorAll('[role=tab]')].find((tab) => tab.innerText.startsWith('Văn bản gốc')).click();`,
      `return [...document.querySelectorAll('main img')].some((image) => image.src.includes('/pdf/') && image.complete && image.naturalWidth > 300);`,
    );
    return await window.script<number>(open);
  });
});

test('the preview of a hit', async () => {
  await using folder = await scrap();
  await using window = await Window.open({ args: ['--home', await copyOfHome(join(folder.path, 'home'))] });
  await window.find('searchbox');
  await window.script(`location.hash = '#/search?q=' + encodeURIComponent('báo cáo');`);
  await window.find('option', /báo cáo/);
  await new Promise((wake) => setTimeout(wake, 1000));
  await window.script(`document.querySelector('main [role=listbox]').focus();`);
  const values: number[] = [];
  for (let round = 0; round < Math.max(ROUNDS, 10); round += 1) {
    const key = round % 8 < 4 ? 'ArrowDown' : 'ArrowUp';
    const next = measured(
      `args.before = document.querySelector('aside[aria-label="Xem trước"], [aria-label="Xem trước"]').innerText;
       document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', code: '${key}', bubbles: true, cancelable: true }));`,
      `return document.querySelector('aside[aria-label="Xem trước"], [aria-label="Xem trước"]').innerText !== args.before;`,
    );
    values.push(await window.script<number>(next));
    await new Promise((wake) => setTimeout(wake, 300));
  }
  tell('preview of the next hit', '< 100 ms', values, 'ms');
});
