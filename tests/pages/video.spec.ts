import { expect, test, type App } from '../support/app';
import { holdsUp } from '../support/checks';
import { frameLooks } from '../support/design';

const open = async (app: App) => {
  await app.openDocument('Sinh con, nhớ đăng ký khai sinh', 'tab=original');
  await expect(app.main.getByRole('button', { name: 'Phát' })).toBeVisible();
};

test('the transcript leads to a passage, and its words are shown over the picture', async ({ app }) => {
  await open(app);
  await app.main.getByRole('button', { name: /^00:16/ }).click();
  const video = app.main.locator('video');
  await expect.poll(() => video.evaluate((node: HTMLVideoElement) => Math.round(node.currentTime))).toBe(16);
  await expect(app.main.getByRole('button', { name: /^00:16/ })).toHaveAttribute('aria-current', 'true');
});

test('a moment is marked', async ({ app }) => {
  await open(app);
  await app.main.getByRole('button', { name: /^Đánh dấu 00:00/ }).click();
  expect((await app.marks()).map(({ place }) => place.timeMs)).toEqual([0]);
});

test('video holds up in both themes, in a low window and with large text', async ({ app }) => {
  await holdsUp(app, () => open(app), frameLooks);
});
