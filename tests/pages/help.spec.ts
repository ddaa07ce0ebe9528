import { expect, test } from '../support/app';
import { holdsUp } from '../support/checks';
import { barBox, frameLooks } from '../support/design';

test('F1 lists the keys', async ({ app, page }) => {
  await app.open();
  await page.keyboard.press('F1');
  await expect(page).toHaveURL(/#\/help/);
  await expect(app.main).toContainText('Tới ô tìm');
  await expect(app.main).toContainText('Chép trích dẫn khi không bôi đen');
});

test('help holds up in both themes, in a low window and with large text', async ({ app }) => {
  await holdsUp(app, () => app.open('help'), [...frameLooks, barBox]);
});
