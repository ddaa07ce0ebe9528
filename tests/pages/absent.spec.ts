import { expect, test } from '../support/app';
import { holdsUp } from '../support/checks';
import { barBox, frameLooks } from '../support/design';

test.use({ shelf: 'materials' });

const QUERY = 'search?q=tu%20van%20truoc%20khi%20tach%20thua';
const HEADING = 'Điều 9. Tư vấn trước khi tách thửa';

test('a provision that is not here is found by its heading, and one key brings its document', async ({ app, page }) => {
  await app.open(QUERY);
  await expect(app.main.getByText(/\d+ chưa có trên máy, tìm theo tên điều/)).toBeVisible();
  const hit = app.hits.filter({ hasText: HEADING });
  await expect(hit).toContainText(/Chưa có trên máy, \d+(,\d)?\skB/);
  await hit.click();
  const preview = app.main.getByRole('complementary', { name: 'Xem trước' });
  await expect(preview).toContainText('Máy này mới có tên điều');
  await expect(preview.getByRole('heading', { name: HEADING })).toBeVisible();
  await expect(preview.getByRole('button', { name: /Tải về \d+(,\d)?\skB/ })).toBeVisible();
  await page.keyboard.press('t');
  await expect(hit).not.toContainText('Chưa có trên máy');
  await expect(preview).toContainText('tư vấn');
  await expect(preview).not.toContainText('Máy này mới có tên điều');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/document\/.*at=dieu_9/);
});

test('only what is here is searched where the reader says so', async ({ app }) => {
  await app.open(`${QUERY}&f.here=1`);
  await expect(app.hits.first()).toBeVisible();
  await expect(app.hits.filter({ hasText: 'Chưa có trên máy' })).toHaveCount(0);
});

test('without a network the wish is noted, can be dropped, and is there on the page of the document', async ({ app, page }) => {
  await app.open(QUERY);
  const hit = app.hits.filter({ hasText: HEADING });
  await hit.click();
  await page.evaluate(() => Object.defineProperty(navigator, 'onLine', { get: () => false }));
  await hit.getByText('Tải về').click();
  await expect(hit).toContainText(/Đã ghi, tải khi có mạng, \d+(,\d)?\skB/);
  await hit.getByText('Bỏ', { exact: true }).click();
  await expect(hit).toContainText('Chưa có trên máy');
  await page.keyboard.press('t');
  await expect(hit).toContainText('Đã ghi, tải khi có mạng');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/document\//);
  await expect(app.main.getByRole('heading', { name: 'Máy này mới có tên điều' })).toBeVisible();
  await expect(app.main.getByText('Đã ghi, tải khi có mạng')).toBeVisible();
  await app.main.getByRole('button', { name: 'Bỏ, không tải nữa' }).click();
  await expect(app.main.getByRole('button', { name: /Tải về \d+(,\d)?\skB/ })).toBeVisible();
});

test('a document that is asked for on its page can be read there once it came', async ({ app, page }) => {
  await app.openDocument('9010/2026/QĐ-UBND');
  await app.main.getByRole('button', { name: /Tải về \d+(,\d)?\skB/ }).click();
  await expect(app.main.getByRole('heading', { name: 'Máy này mới có tên điều' })).toHaveCount(0);
  await expect(app.main.getByText('Điều 1. Phạm vi điều chỉnh').first()).toBeVisible();
  await expect(page.getByText('Đã ghi, tải khi có mạng')).toHaveCount(0);
});

test('what is not here holds up in both themes, in a low window and with large text', async ({ app }) => {
  await holdsUp(app, async () => {
    await app.open(QUERY);
    await app.hits.filter({ hasText: HEADING }).click();
  }, [...frameLooks, barBox]);
});

test('the page of what is not here holds up', async ({ app }) => {
  await holdsUp(app, () => app.openDocument('9010/2026/QĐ-UBND'), [...frameLooks]);
});
