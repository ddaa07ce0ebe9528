import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type App } from '../support/app';
import { holdsUp } from '../support/checks';
import { barBox, frameLooks } from '../support/design';
import { copyOf, nextEdition, scrap, serve, stage } from '../support/programs';

const STEPS = {
  vi: ['Kiểm tra chữ ký', 'Danh mục', 'Văn bản và điều khoản', 'Lập chỉ mục tìm kiếm', 'Tờ gấp, bản gốc, video'],
  en: ['Check the signature', 'Catalogue', 'Acts and provisions', 'Build the search index', 'Leaflets, originals, videos'],
};
const DONE = { vi: 'Xong', en: 'Done' };

async function ended(app: App, state: 'done' | 'failed'): Promise<void> {
  await expect.poll(async () => (await app.ask<{ running: { state: string } | null }>('sync_state')).running?.state).toBe(state);
}

async function inEnglish(app: App): Promise<void> {
  await app.look({ language: 'en' });
  await app.page.reload();
  await expect(app.main.getByRole('heading', { name: 'Sync', level: 1 })).toBeVisible();
}

/** All five steps stand there by name, and are through. */
async function allStepsDone(app: App, language: 'vi' | 'en'): Promise<void> {
  const steps = app.main.getByRole('listitem').filter({ has: app.page.locator('.name') });
  await expect(steps.locator('.name')).toHaveText(STEPS[language]);
  await expect(steps.locator('.end')).toHaveText(STEPS[language].map(() => DONE[language]));
}

test('the sync page receives from a source and says how it ended', async ({ app }) => {
  await using served = await serve();
  await app.open('sync');
  await expect(app.main.getByRole('heading', { name: 'Đồng bộ', level: 1 })).toBeVisible();
  await app.ask('sync_start', { request: { source: served.url, rootFile: null } });
  await ended(app, 'done');
  await expect(app.main.getByRole('heading', { name: /^Không có gì mới; đã xác nhận lại ngày \d\d\/\d\d\/\d{4}$/ })).toBeVisible();
  await expect(app.main).not.toContainText(/undefined|NaN|\[object/);
  await inEnglish(app);
  await expect(app.main.getByRole('heading', { name: /^Nothing new; confirmed again on / })).toBeVisible();
});

const offered = test.extend<{ edition: string }>({
  edition: async ({}, use) => {
    await using folder = await scrap();
    await use(await nextEdition(folder.path, '9014/2026/QĐ-UBND', 'In nhầm phụ lục'));
  },
  options: async ({ edition }, use) => use(['--source', edition]),
});

offered('what a source offers is named before it is received, and the five steps when it is', async ({ app }) => {
  await app.open('sync');
  await app.main.getByRole('button', { name: 'Kiểm tra bản mới' }).click();
  await expect(app.main.getByRole('heading', { name: /^Có bản ngày \d\d\/\d\d\/\d{4}$/ })).toBeVisible();
  await expect(app.main.getByText(/^1 thay đổi, cần nhận nhiều nhất [\d,]+\s[kM]?B\./)).toBeVisible();
  const list = app.main.getByRole('region', { name: 'Lần này có gì' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list.getByRole('listitem')).toContainText('Rút khỏi tủ sách: Quy định việc phối hợp hỗ trợ hoạt động của tổ hòa giải ở cơ sở');
  await expect(list.getByRole('listitem')).toContainText('9014/2026/QĐ-UBND');
  await expect(list.getByRole('listitem')).toContainText('Lý do rút: In nhầm phụ lục');
  await app.main.getByRole('button', { name: 'Đồng bộ ngay' }).click();
  await ended(app, 'done');
  await expect(app.main.getByRole('heading', { name: /^Đã nhận xong, / })).toBeVisible();
  await expect(app.main.getByText(/^Máy này đang dùng bản ngày \d\d\/\d\d\/\d{4}, \d+ văn bản, tài liệu\.$/)).toBeVisible();
  await allStepsDone(app, 'vi');
  await expect(app.main.getByRole('region', { name: 'Lần này đã nhận' }).getByRole('listitem')).toContainText('9014/2026/QĐ-UBND');

  await inEnglish(app);
  await expect(app.main.getByRole('heading', { name: /^All received, / })).toBeVisible();
  await allStepsDone(app, 'en');
  const came = app.main.getByRole('region', { name: 'What came last' }).getByRole('listitem');
  await expect(came).toContainText('Withdrawn: Quy định việc phối hợp');
  await expect(came).toContainText('Reason: In nhầm phụ lục');
});

/** A source that fails, made in a folder, and what is said of it in both languages; never as a technical word. */
const failures: { name: string; source: (folder: string) => Promise<string>; vi: string[]; en: string[]; technical: RegExp }[] = [
  {
    name: 'a source that cannot be reached',
    source: async () => 'http://127.0.0.1:9',
    vi: ['Không nối được tới http://127.0.0.1:9', 'Kiểm tra mạng hoặc địa chỉ, rồi thử lại.', 'Đọc, tra cứu, xem video, ghi chú, in'],
    en: ['http://127.0.0.1:9 cannot be reached', 'Check the network or the address, then try again.'],
    technical: /Connection refused/,
  },
  {
    name: 'a folder that holds no shelf',
    source: async (folder) => {
      await mkdir(join(folder, 'usb'));
      return join(folder, 'usb');
    },
    vi: [
      'Nơi này không phải tủ sách của Sở Tư pháp.',
      'Tài liệu trên máy không đổi.',
      'Chọn thư mục hoặc USB khác, hoặc xem lại địa chỉ nguồn.',
    ],
    en: [
      'This is not a shelf of the Department of Justice.',
      'The material on this PC has not changed.',
      'Choose another folder or stick, or check the address of the source.',
    ],
    technical: /has no tuf|timestamp\.json/,
  },
  {
    name: 'a shelf whose signed list is damaged',
    source: async (folder) => {
      const repository = await copyOf(stage.repository, join(folder, 'usb'));
      await writeFile(join(repository, 'tuf/timestamp.json'), '{"signed": {}, "signatures": []}');
      return repository;
    },
    vi: [
      'Có tệp bị hỏng hoặc chữ ký không khớp, nên máy không nhận.',
      'Đồng bộ lại để lấy bản đúng; vẫn lỗi thì đổi USB hoặc báo Sở.',
      'Máy đã bỏ phần hỏng, không trộn vào dữ liệu đang dùng.',
    ],
    en: [
      'A file is damaged or its signature does not match, so it was not taken.',
      'Sync again to get a good copy; if it fails again, use another stick or tell the Department.',
      'The damaged part was thrown away and is not mixed into the data in use.',
    ],
    technical: /timestamp\.json/,
  },
];

for (const { name, source, vi, en, technical } of failures) {
  test(`${name} is told in plain words, in both languages`, async ({ app, complaints }) => {
    await using folder = await scrap();
    await app.open('sync');
    await app.ask('sync_start', { request: { source: await source(folder.path), rootFile: null } });
    await ended(app, 'failed');
    for (const words of vi) await expect(app.main).toContainText(words);
    await expect(app.main.getByText(technical).first(), 'technical words stay folded away').toBeHidden();
    await inEnglish(app);
    for (const words of en) await expect(app.main).toContainText(words);
    await expect(app.main.getByText(technical).first(), 'technical words stay folded away').toBeHidden();
    complaints.length = 0;
  });
}

test('sync holds up in both themes, in a low window and with large text', async ({ app }) => {
  await holdsUp(app, () => app.open('sync'), [...frameLooks, barBox]);
});
