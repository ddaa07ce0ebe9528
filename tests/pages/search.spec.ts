import { expect, test } from '../support/app';
import { holdsUp } from '../support/checks';
import { barBox, frameLooks } from '../support/design';

const QUERY = 'search?q=kiem%20tra%20hieu%20luc%20truoc%20khi%20in%20to%20gap';

test('words without accents find the provision, and the preview follows the arrow keys', async ({ app, page }) => {
  await app.open();
  await app.searchBox.fill('kiem tra hieu luc truoc khi in to gap');
  await page.keyboard.press('Enter');
  await expect(app.hits.first()).toContainText('hiệu lực');
  const preview = app.main.getByRole('complementary', { name: 'Xem trước' });
  await expect(preview).toContainText('hiệu lực');
  const before = await preview.innerText();
  await app.main.getByRole('listbox', { name: 'Kết quả' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(app.hits.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => preview.innerText()).not.toBe(before);
});

test('Enter on a hit opens the document at the provision', async ({ app, page }) => {
  await app.open('search?q=tui%20tai%20lieu%20cua%20to%20hoa%20giai');
  await expect(app.hits.first()).toContainText('Điều 4. Túi tài liệu của tổ hòa giải');
  await app.main.getByRole('listbox', { name: 'Kết quả' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/document\/.*at=dieu_4/);
});

test('a citation is understood', async ({ app, page }) => {
  await app.open('search?q=');
  await app.searchBox.fill('khoan 2 dieu 6 quy che 9001/2026');
  await page.keyboard.press('Enter');
  await expect(app.hits.first()).toContainText('9001/2026/QĐ-UBND');
  await expect(app.hits.first()).toContainText('Điều 6');
});

test('expired acts are hidden but counted', async ({ app }) => {
  await app.open('search?q=b%C3%A1o%20c%C3%A1o%20ch%E1%BB%A9ng%20th%E1%BB%B1c');
  await expect(app.main.getByText(/Đang ẩn \d+ (kết quả|văn bản) hết hiệu lực toàn bộ/)).toBeVisible();
});

test('what is not found says where it was looked for', async ({ app }) => {
  await app.open('search?q=qzxqzx');
  await expect(app.main.getByText(/Không thấy/).first()).toBeVisible();
});

test('search holds up in both themes, in a low window and with large text', async ({ app }) => {
  await holdsUp(app, () => app.open(QUERY), [...frameLooks, barBox]);
});
