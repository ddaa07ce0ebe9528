import { expect, test } from '../support/app';
import { holdsUp } from '../support/checks';
import { barBox, frameLooks } from '../support/design';

const QUERY = 'search?q=kiem%20tra%20hieu%20luc%20truoc%20khi%20in%20to%20gap';

test('words without accents find the provision, and the preview follows the arrow keys', async ({ app, page }) => {
  await app.open();
  await app.searchBox.fill('kiem tra hieu luc truoc khi in to gap');
  await page.keyboard.press('Enter');
  const hits = page.getByRole('listbox').getByRole('option');
  await expect(hits.first()).toContainText('hiệu lực');
  const preview = page.getByRole('complementary').or(page.getByRole('region', { name: /Xem trước/ })).last();
  await expect(preview).toContainText('hiệu lực');
  const before = await preview.innerText();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { selected: true })).toHaveCount(1);
  await expect.poll(() => preview.innerText()).not.toBe(before);
});

test('Enter on a hit opens the document at the provision', async ({ app, page }) => {
  await app.open(QUERY);
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/document\//);
});

test('expired acts are hidden but counted', async ({ app }) => {
  await app.open('search?q=b%C3%A1o%20c%C3%A1o%20ch%E1%BB%A9ng%20th%E1%BB%B1c');
  await expect(app.main.getByText(/Đang ẩn \d+ kết quả hết hiệu lực/)).toBeVisible();
});

test('what is not found says where it was looked for', async ({ app }) => {
  await app.open('search?q=qzxqzx');
  await expect(app.main.getByText(/Không thấy/).first()).toBeVisible();
});

test('search holds up in both themes, in a low window and with large text', async ({ app }) => {
  await holdsUp(app, () => app.open(QUERY), [...frameLooks, barBox]);
});
