// HTML, SVG and scripts in documents are words and pictures, nothing that runs.
import { expect, test } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scrap, stage, until } from '../support/programs';
import { Window } from '../support/webdriver';

const RUN = `window.hostile=(window.hostile||0)+1`;
const EVIL = `<img src=x onerror="${RUN}"><script>${RUN}</script><svg onload="${RUN}"></svg><a href="javascript:${RUN}">bấm</a>`;
const MARKER = 'zqdocla';

// A picture that could hold a script (SVG) is not taken onto a shelf at all.
test('a hostile document runs nothing, in its title, its list or its text', async () => {
  await using folder = await scrap();
  const files = join(folder.path, 'files');
  mkdirSync(files);
  const act = `Số: 9999/2026/QĐ-UBND\n\nQUYẾT ĐỊNH\n\nVề ${MARKER} ${EVIL}\n\nĐiều 1. ${MARKER} ${EVIL}\n\n1. Khoản ${EVIL}\n\nĐiều 2. Hai\n\n${EVIL}\n`;
  writeFileSync(join(files, 'van-ban.txt'), act);
  writeFileSync(join(files, 'trang.html'), `<html><head><title>${MARKER}</title></head><body><h1>${MARKER} trang</h1>${`<p>Tờ gấp này nói về việc đăng ký khai sinh cho con đúng hạn ở xã, phường. ${EVIL}</p>`.repeat(12)}<p>&lt;script&gt;${RUN}&lt;/script&gt;</p></body></html>`);
  writeFileSync(join(files, 'anh.svg'), `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" onload="parent.${RUN}"><script>parent.${RUN}</script></svg>`);
  const csv = (text: string) => `"${text.replaceAll('"', '""')}"`;
  writeFileSync(join(files, 'danh-muc.csv'), `tệp,trích yếu,cơ quan ban hành\nvan-ban.txt,${csv(`${MARKER} văn bản ${EVIL}`)},${csv(EVIL)}\ntrang.html,${csv(`${MARKER} trang ${EVIL}`)},\n`);
  const run = (...args: string[]) => {
    try {
      return execFileSync(stage.shelf, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      // A file that is refused makes the command fail; the others are taken.
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      if (args[0] === 'ingest') return stdout + stderr;
      throw error;
    }
  };
  const [workspace, repository, home] = ['workspace', 'repository', 'home'].map((name) => join(folder.path, name)) as [string, string, string];
  run('keys', 'init', '--workspace', workspace);
  run('ingest', files, '--workspace', workspace, '--list', join(files, 'danh-muc.csv'), '--approve');
  run('publish', '--workspace', workspace, '--to', repository);
  run('sync', repository, '--home', home, '--root', join(workspace, 'root.json'));

  await using window = await Window.open({ args: ['--home', home] });
  await window.find('searchbox');
  const filters = { states: [], kinds: [], products: [], topics: [], issuers: [], yearFrom: null, yearTo: null, hereOnly: false, myTerritory: false };
  const { documents } = await window.invoke<{ documents: { id: string; title: string }[] }>('list', {
    request: { filters, sort: 'newest', offset: 0, limit: 50, withdrawn: false },
  });
  expect(documents.length).toBeGreaterThanOrEqual(2);
  const views = [
    '/',
    `/search?q=${MARKER}`,
    ...documents.flatMap(({ id }) =>
      ['summary', 'content', 'original', 'validity', 'related', 'map', 'print'].map((tab) => `/document/${encodeURIComponent(id)}?tab=${tab}`),
    ),
  ];
  let shown = 0;
  for (const view of views) {
    await window.script(`location.hash = arguments[0];`, `#${view}`);
    await until(`${view} is drawn`, async () => (await window.words()).length > 50);
    await new Promise((wake) => setTimeout(wake, 300));
    if ((await window.words()).includes('onerror')) shown += 1;
    // Whatever was clicked: a link of a document leads nowhere.
    expect(await window.script(`return document.querySelectorAll('a[href^="javascript:"], main iframe, main object, main embed').length;`), view).toBe(0);
    expect(await window.script('return window.hostile ?? null;'), view).toBeNull();
  }
  expect(shown, 'views that show the markup as words').toBeGreaterThan(0);
});
