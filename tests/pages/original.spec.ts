import { expect, test, type App } from '../support/app';
import { holdsUp } from '../support/checks';
import { frameLooks } from '../support/design';

const open = async (app: App) => {
  await app.openDocument('9014/2026/QĐ-UBND', 'tab=original');
  await drawn(app);
};

async function drawn(app: App): Promise<void> {
  const page = app.main.getByRole('img', { name: 'Trang 1 trong 2' });
  await expect(page).toBeVisible();
  await expect.poll(() => page.evaluate((image: HTMLImageElement) => (image.complete ? image.naturalWidth : 0))).toBeGreaterThan(300);
}

test('the original stands beside its text', async ({ app }) => {
  await open(app);
  await expect(app.main.getByText('Mỗi tổ hòa giải được cấp một túi tài liệu').first()).toBeVisible();
  await app.main.getByRole('button', { name: 'Trang sau' }).click();
  await expect(app.main.getByRole('textbox', { name: /^trang/ })).toHaveValue('2');
});

test('words are found in the original', async ({ app, page }) => {
  await open(app);
  await app.main.getByRole('button', { name: 'Tìm trong bản gốc' }).click();
  await page.keyboard.type('túi tài liệu');
  await page.keyboard.press('Enter');
  await expect(app.main.getByText(/1 trong \d+|\d+ chỗ/).first()).toBeVisible();
});

test('an original that was left while it was drawn is drawn when one comes back', async ({ app, page }) => {
  await app.openDocument('9014/2026/QĐ-UBND', 'tab=original');
  await app.main.getByRole('tab', { name: 'Tóm tắt' }).click();
  await app.main.getByRole('tab', { name: 'Văn bản gốc' }).click();
  await drawn(app);
  await page.goBack();
});

test('the original holds up in both themes, in a low window and with large text', async ({ app }) => {
  await holdsUp(app, () => open(app), frameLooks);
});
