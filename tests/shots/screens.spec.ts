// Pictures of every screen, light and dark, as on a screen of 1366×768.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type App } from '../support/app';
import { quantised } from '../support/png';
import { serve, stage } from '../support/programs';

test.use({ viewport: { width: 1366, height: 768 } });

/** Those that README.md shows; they stand in docs/pictures. */
const SHOWN: Record<string, string> = {
  'home-light': 'home',
  'search-light': 'search',
  'document-content-light': 'document',
  'pdf-beside-text-light': 'pdf-beside-text',
  'video-dark': 'video',
  'marks-light': 'marks',
};

const ACT = '9001/2026/QĐ-UBND';
const LATER = '9014/2026/QĐ-UBND';

const screens: Record<string, (app: App) => Promise<void>> = {
  home: (app) => app.open(),
  search: (app) => app.open('search?q=kiem%20tra%20hieu%20luc%20truoc%20khi%20in%20to%20gap'),
  'search-none': (app) => app.open('search?q=qzxqzx'),
  'document-summary': (app) => app.openDocument(ACT, 'tab=summary'),
  'document-content': (app) => app.openDocument(ACT, 'tab=content&at=kemtheo_1.dieu_6'),
  'document-validity': (app) => app.openDocument(ACT, 'tab=validity'),
  'document-related': (app) => app.openDocument(ACT, 'tab=related'),
  'document-map': (app) => app.openDocument(ACT, 'tab=map'),
  'document-print': (app) => app.openDocument(ACT, 'tab=print'),
  'pdf-beside-text': async (app) => {
    await app.openDocument(LATER, 'tab=original');
    const sheet = app.main.getByRole('img', { name: 'Trang 1 trong 2' });
    await expect.poll(() => sheet.evaluate((image: HTMLImageElement) => (image.complete ? image.naturalWidth : 0))).toBeGreaterThan(300);
  },
  leaflet: (app) => app.openDocument('Uống rượu bia thì không lái xe', 'tab=original'),
  video: async (app) => {
    await app.openDocument('Sinh con, nhớ đăng ký khai sinh', 'tab=original');
    const passage = app.main.getByRole('button', { name: /^00:16/ });
    await passage.click();
    await expect(passage).toHaveAttribute('aria-current', 'true');
  },
  marks: (app) => app.open('marks'),
  sync: (app) => app.open('sync'),
  settings: (app) => app.open('settings'),
  help: (app) => app.open('help'),
};

async function keepSomeMarks(app: App): Promise<void> {
  const wanted: [string, string, string, string][] = [
    [LATER, 'dieu_4', 'Mỗi tổ hòa giải được cấp một túi tài liệu', 'Hỏi Sở số túi được cấp quý IV'],
    [ACT, 'kemtheo_1.dieu_6', 'Sách, tài liệu được bổ sung ít nhất mỗi quý một lần', 'Rà lại trước ngày 05/12'],
  ];
  for (const [number, provision, quote, note] of wanted) {
    const document = await app.idOf(number);
    const place = { provision, object: null, page: null, timeMs: null };
    await app.ask('mark_put', { draft: { id: null, document, place, quote, note, colour: 0, folder: null } });
  }
  await app.ask('position_put', { document: await app.idOf(ACT), place: { provision: 'kemtheo_1.dieu_12', object: null, page: null, timeMs: null }, fraction: 0.6 });
}

async function shoot(app: App, name: string): Promise<void> {
  await mkdir(stage.shots, { recursive: true });
  // Pointer away, notes that pass gone.
  await app.page.mouse.move(0, 0);
  await expect(app.page.getByRole('region', { name: 'Thông báo' }).getByRole('button')).toHaveCount(0, { timeout: 15_000 });
  await app.page.waitForTimeout(500);
  const picture = await app.page.screenshot();
  await writeFile(join(stage.shots, `${name}.png`), picture);
  const shown = SHOWN[name];
  if (shown) {
    const small = quantised(picture);
    expect(small.length, `${name} is small enough to commit`).toBeLessThan(150_000);
    await mkdir(stage.pictures, { recursive: true });
    await writeFile(join(stage.pictures, `${shown}.png`), small);
  }
}

for (const theme of ['light', 'dark'] as const) {
  test(`every screen, ${theme}`, async ({ app, complaints }) => {
    test.setTimeout(300_000);
    await app.look({ theme });
    await keepSomeMarks(app);
    for (const [name, open] of Object.entries(screens)) {
      await open(app);
      await shoot(app, `${name}-${theme}`);
    }
    complaints.length = 0;
  });
}

const first = test.extend<{ url: string }>({
  shelf: 'empty',
  url: async ({}, use) => {
    await using served = await serve();
    await use(served.url);
  },
  options: async ({ url }, use) => use(['--source', url, '--root', stage.root]),
});

for (const theme of ['light', 'dark'] as const) {
  first(`a first start, ${theme}`, async ({ app }) => {
    await app.look({ theme });
    await app.open();
    await expect(app.page.getByRole('button', { name: 'Đồng bộ ngay' })).toBeVisible();
    await shoot(app, `first-start-${theme}`);
  });
}
