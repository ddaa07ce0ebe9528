import { expect, test } from '../support/app';
import { holdsUp } from '../support/checks';
import { serve, stage } from '../support/programs';

const first = test.extend<{ url: string }>({
  shelf: 'empty',
  url: async ({}, use) => {
    await using served = await serve();
    await use(served.url);
  },
  options: async ({ url }, use) => use(['--source', url, '--root', stage.root]),
});

first('a first start shows the root as eight words, and receives the shelf', async ({ app, page }) => {
  await app.open();
  await expect(page.getByRole('heading', { name: 'Lấy tài liệu lần đầu' })).toBeVisible();
  const { root } = await app.ask<{ root: { words: string[] } }>('start');
  expect(root.words).toHaveLength(8);
  for (const word of root.words) await expect(app.main).toContainText(word);
  const now = page.getByRole('button', { name: 'Đồng bộ ngay' });
  await expect(now).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Đọc được rồi' })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Bắt đầu đọc' }).click();
  await expect(app.searchBox).toBeVisible();
  await expect.poll(async () => (await app.ask<{ running: { state: string } }>('sync_state')).running.state).toBe('done');
});

first('the first start holds up in both themes, in a low window and with large text', async ({ app, page }) => {
  await holdsUp(app, async () => {
    await app.open();
    await expect(page.getByRole('button', { name: 'Đồng bộ ngay' })).toBeVisible();
  });
});

const rootless = test.extend({ shelf: 'empty' });

rootless('a machine that knows no root asks for its file first', async ({ app, page }) => {
  await app.open();
  await expect(page.getByText(/khóa gốc/i).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Đồng bộ ngay' })).toHaveCount(0);
});
