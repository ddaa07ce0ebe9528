import { expect, test } from '../support/app';
import { axeFaults, holdsUp } from '../support/checks';
import { frameLooks } from '../support/design';

test('home begins with the search box, then what people ask about, what was being read, what is new and what needs a look', async ({ app, page }) => {
  const place = { provision: 'dieu_4', object: null, page: null, timeMs: null };
  const id = await app.idOf('9014/2026/QĐ-UBND');
  await app.ask('document', { id });
  await app.ask('position_put', { document: id, place, fraction: 0.4 });
  await app.open();
  await expect(app.searchBox).toBeFocused();
  for (const part of ['Việc người dân hay hỏi', 'Đọc tiếp', 'Mới trên tủ sách', 'Cần xem lại']) {
    await expect(app.main.getByRole('heading', { name: part })).toBeVisible();
  }
  await expect(app.main.getByRole('region', { name: 'Đọc tiếp' })).toContainText('9014/2026/QĐ-UBND');
  await app.searchBox.fill('khai sinh');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/search\?q=khai/);
});

test('a problem on home leads to its law', async ({ app, page }) => {
  await app.open();
  await app.main.getByRole('button', { name: /^Đất/ }).or(app.main.getByRole('link', { name: /^Đất/ })).first().click();
  await expect(page).toHaveURL(/#\/search/);
  await expect(app.hits.first()).toBeVisible();
});

test('home holds up in both themes, in a low window and with large text', async ({ app }) => {
  await holdsUp(app, () => app.open(), frameLooks);
});

const unkept = test.extend({ own: 'unreadable' });

unkept('a person whose own data cannot be opened is told, and is nobody’s guest', async ({ app, page }) => {
  await app.open();
  const notice = app.main.getByRole('status').filter({ hasText: 'Dấu trang và ghi chú đang không được lưu' });
  await expect(notice).toContainText('vẫn để nguyên');
  await expect(notice).toContainText('Hãy đóng ứng dụng rồi mở lại; nếu vẫn vậy, báo người phụ trách máy.');
  await expect(notice.locator('code')).toBeHidden();
  await notice.getByText('Chi tiết').click();
  await expect(notice.locator('code')).toContainText('user.db');
  await expect(page.getByText('Kết thúc phiên')).toHaveCount(0);
  expect(await axeFaults(page)).toEqual([]);
  await app.look({ language: 'en' });
  await page.reload();
  await expect(app.main.getByRole('status').filter({ hasText: 'Bookmarks and notes are not being kept' })).toContainText('is left as it is');
});
