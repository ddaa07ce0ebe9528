import { expect, test } from '../support/app';
import { holdsUp } from '../support/checks';

test('letters of Jrai and Bahnar are typed by mouse where the caret is, and can be undone', async ({ app, page }) => {
  await app.open();
  await app.main.getByRole('button', { name: 'Chữ Jrai, Bahnar' }).click();
  await expect(app.searchBox).toBeFocused();
  const bar = app.main.getByRole('toolbar', { name: 'Chữ Jrai, Bahnar' });
  await page.keyboard.type('pm');
  await page.keyboard.press('ArrowLeft');
  await bar.getByRole('button', { name: 'ơ̆', exact: true }).click();
  await expect(app.searchBox).toHaveValue('p\u01a1\u0306m');
  await page.keyboard.type('t');
  await expect(app.searchBox).toHaveValue('p\u01a1\u0306tm');
  await page.keyboard.press('Control+z');
  await expect(app.searchBox).not.toHaveValue('p\u01a1\u0306tm');
  await app.searchBox.fill('pm');
  await page.keyboard.press('ArrowLeft');
  await bar.getByRole('button', { name: 'ƀ', exact: true }).click({ modifiers: ['Shift'] });
  await expect(app.searchBox).toHaveValue('pɃm');
});

test('by keyboard: Alt ↓ into the row, arrows along it, Enter types and goes back', async ({ app, page }) => {
  await app.open('search?q=');
  await app.searchBox.focus();
  await page.getByRole('banner').getByRole('button', { name: 'Chữ Jrai, Bahnar' }).press('Enter');
  await expect(app.searchBox).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByRole('button', { name: 'ă', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(app.searchBox).toBeFocused();
  await expect(app.searchBox).toHaveValue('ĕ');
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Shift+Enter');
  await expect(app.searchBox).toHaveValue('ĕĔ');
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Escape');
  await expect(app.searchBox).toBeFocused();
  // What was found is not covered once one reads it.
  await app.main.getByRole('listbox', { name: 'Kết quả' }).focus();
  await expect(page.getByRole('toolbar', { name: 'Chữ Jrai, Bahnar' })).toBeHidden();
});

test('words in quotes reach the address and the history as they were typed', async ({ app, page }) => {
  await app.open();
  await app.searchBox.fill('"tổ hòa giải" túi');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/q=%22t/);
  await expect(app.searchBox).toHaveValue('"tổ hòa giải" túi');
  await expect.poll(() => app.ask<string[]>('recent_searches')).toContain('"tổ hòa giải" túi');
});

test('the row of letters holds up on home and below the bar', async ({ app, page }) => {
  await holdsUp(app, async () => {
    await app.open();
    await app.main.getByRole('button', { name: 'Chữ Jrai, Bahnar' }).click();
  }, []);
  await holdsUp(app, async () => {
    await app.open('search?q=dat');
    await page.getByRole('banner').getByRole('button', { name: 'Chữ Jrai, Bahnar' }).click();
  }, []);
});
