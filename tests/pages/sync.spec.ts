import { expect, test } from '../support/app';
import { holdsUp } from '../support/checks';
import { barBox, frameLooks } from '../support/design';
import { serve } from '../support/programs';

test('the sync page receives from a source and says how it ended', async ({ app, page }) => {
  await using served = await serve();
  await app.open('sync');
  await expect(app.main.getByRole('heading', { name: 'Đồng bộ', level: 1 })).toBeVisible();
  await app.ask('sync_start', { request: { source: served.url, rootFile: null } });
  await expect.poll(async () => (await app.ask<{ running: { state: string } | null }>('sync_state')).running?.state).toBe('done');
  await expect(page.locator('main')).not.toContainText(/undefined|NaN|\[object/);
});

test('a source that cannot be reached is said in plain words', async ({ app, complaints }) => {
  await app.open('sync');
  await app.ask('sync_start', { request: { source: 'http://127.0.0.1:9', rootFile: null } });
  await expect.poll(async () => (await app.ask<{ running: { state: string } | null }>('sync_state')).running?.state).toBe('failed');
  await expect(app.main).toContainText('Không nối được tới');
  await expect(app.main.getByText(/Connection refused/), 'technical words stay folded away').toBeHidden();
  complaints.length = 0;
});

test('sync holds up in both themes, in a low window and with large text', async ({ app }) => {
  await holdsUp(app, () => app.open('sync'), [...frameLooks, barBox]);
});
