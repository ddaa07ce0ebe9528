import { expect, test, type App } from '../support/app';
import { holdsUp } from '../support/checks';
import { badge, barBox, frameLooks } from '../support/design';

async function keep(app: App, note: string): Promise<void> {
  const document = await app.idOf('9014/2026/QĐ-UBND');
  const place = { provision: 'dieu_4', object: null, page: null, timeMs: null };
  await app.ask('mark_put', { draft: { id: null, document, place, quote: 'Túi tài liệu của tổ hòa giải', note, colour: 0, folder: null } });
}

test('without marks the page says how to make one', async ({ app }) => {
  await app.open('marks');
  await expect(app.main.getByText(/Chưa có dấu trang/).first()).toBeVisible();
});

test('a mark stands with the validity of today and leads to its place', async ({ app, page }) => {
  await keep(app, 'Hỏi lại Sở');
  await app.open('marks');
  const row = app.main.getByRole('row', { name: /Điều 4.*9014\/2026/ });
  await expect(row).toContainText('Còn hiệu lực');
  await expect(row).toContainText('Hỏi lại Sở');
  await row.getByText('Hỏi lại Sở').click();
  await app.main.getByRole('button', { name: /^Mở/ }).click();
  await expect(page).toHaveURL(/#\/document\/.*dieu_4/);
});

test('a note is kept as it is typed, and a deleted mark comes back', async ({ app, page }) => {
  await keep(app, '');
  await app.open('marks');
  await app.main.getByRole('row', { name: /Điều 4/ }).click();
  await app.main.getByRole('textbox', { name: 'Ghi chú', exact: true }).fill('Gọi chị Hoa');
  await expect(app.main.getByText(/Đã lưu/).first()).toBeVisible();
  await app.main.getByRole('button', { name: 'Xóa', exact: true }).click();
  await expect(app.main.getByRole('row', { name: /Điều 4/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(app.main.getByRole('row', { name: /Điều 4/ })).toContainText('Gọi chị Hoa');
});

test('marks hold up in both themes, in a low window and with large text', async ({ app }) => {
  await keep(app, 'Hỏi lại Sở trước khi in');
  await holdsUp(app, () => app.open('marks'), [...frameLooks, barBox, badge('in-force', 'Còn hiệu lực')]);
});

test('a search within marks marks the words, counts per folder and leads to the other folders', async ({ app, page }) => {
  const document = await app.idOf('9001/2026');
  const place = { provision: null, object: null, page: null, timeMs: null };
  const { id: folder } = await app.ask<{ id: number }>('folder_put', { id: null, name: 'Quầy một cửa' });
  const put = (note: string, into: number | null) =>
    app.ask('mark_put', { draft: { id: null, document, place, quote: '', note, colour: 0, folder: into } });
  await put('Dân hỏi về sổ đỏ bị mất', folder);
  await put('Sổ đỏ cấp lần đầu: nộp ở đâu', null);
  await put('Khác hẳn', folder);
  await app.open('marks');
  const folders = app.main.getByRole('navigation', { name: 'Thư mục dấu trang' });
  await folders.getByRole('button', { name: /^Quầy một cửa/ }).click();
  await app.main.getByRole('searchbox', { name: 'Tìm trong ghi chú' }).fill('so do');
  const rows = app.main.getByRole('grid').getByRole('row');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1).locator('mark')).toHaveText(['sổ', 'đỏ']);
  await expect(folders.getByRole('button', { name: /^Tất cả 2$/ })).toBeVisible();
  await expect(folders.getByRole('button', { name: /^Quầy một cửa 1$/ })).toBeVisible();
  await app.main.getByRole('button', { name: 'Xem cả 1 dấu trang ở thư mục khác' }).click();
  await expect(rows).toHaveCount(3);
});
