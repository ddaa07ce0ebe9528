import { expect, test } from '../support/app';
import { axeFaults, layoutFaults } from '../support/checks';

test('a guest sees nothing of the one before, and leaves nothing to the one after', async ({ app, page }) => {
  const document = await app.idOf('9014/2026/QĐ-UBND');
  const place = { provision: null, object: null, page: null, timeMs: null };
  await app.ask('mark_put', { draft: { id: null, document, place, quote: '', note: 'của người chủ máy', colour: 0, folder: null } });
  await app.open();
  await page.getByRole('button', { name: /^Hồ sơ/ }).click();
  await page.getByRole('menuitem', { name: 'Cho khách dùng' }).click();
  await expect(page.getByText('Đang dùng với tư cách khách').first()).toBeVisible();
  const count = async () => (await app.marks()).length;
  expect(await count()).toBe(0);
  await app.ask('mark_put', { draft: { id: null, document, place, quote: '', note: 'của khách', colour: 0, folder: null } });
  expect(await axeFaults(page)).toEqual([]);

  await page.getByRole('button', { name: 'Kết thúc phiên' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 dấu trang');
  expect(await axeFaults(page)).toEqual([]);
  expect(await layoutFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Kết thúc và xóa' }).click();
  await expect(page.getByText('Đang dùng với tư cách khách')).toHaveCount(0);
  expect(await count()).toBe(1);
  await app.open('marks');
  await expect(app.main).toContainText('của người chủ máy');
  await expect(app.main).not.toContainText('của khách');
});
