import { expect, test } from '../support/app';
import { holdsUp } from '../support/checks';
import { barBox, frameLooks } from '../support/design';

test('what is set is kept at once', async ({ app, page }) => {
  await app.open('settings');
  await app.main.getByRole('radiogroup', { name: 'Nền' }).getByRole('radio', { name: 'Tối' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await app.main.getByRole('combobox', { name: 'Cỡ chữ' }).selectOption({ label: '150 %' });
  await app.main.getByRole('textbox', { name: 'Xã, phường của tôi' }).fill('Xã Ia Mơ');
  await page.keyboard.press('Tab');
  const kept = () => app.ask<{ settings: { theme: string; textSize: number; commune: string } }>('start').then(({ settings }) => settings);
  await expect.poll(kept).toMatchObject({ theme: 'dark', textSize: 150, commune: 'Xã Ia Mơ' });
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-text-size', '150');
});

test('the language changes without a restart', async ({ app, page }) => {
  await app.open('settings');
  await app.main.getByRole('combobox', { name: 'Ngôn ngữ giao diện' }).selectOption({ label: 'English' });
  await expect(app.main.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('settings hold up in both themes, in a low window and with large text', async ({ app }) => {
  await holdsUp(app, () => app.open('settings'), [...frameLooks, barBox]);
});
