import { expect, test } from '../support/app';
import { holdsUp } from '../support/checks';
import { frameLooks } from '../support/design';

test('home begins with the search box, then what people ask about, what is new and what needs a look', async ({ app, page }) => {
  await app.open();
  await expect(app.searchBox).toBeFocused();
  for (const part of ['Đọc tiếp', 'Cần xem lại']) {
    await expect(app.main.getByRole('heading', { name: part })).toBeVisible();
  }
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
