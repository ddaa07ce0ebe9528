import { expect, test, type App } from '../support/app';

const DOCUMENT = '9014/2026/QĐ-UBND';

async function beginVisit(app: App): Promise<void> {
  await app.page.getByRole('button', { name: /^Hồ sơ/ }).click();
  await app.page.getByRole('menuitem', { name: 'Cho khách dùng' }).click();
  await expect(app.page.getByText('Đang dùng với tư cách khách').first()).toBeVisible();
}

async function endVisit(app: App): Promise<void> {
  await app.page.getByRole('button', { name: 'Kết thúc phiên' }).click();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Kết thúc và xóa' }).click();
  await expect(app.page.getByText('Đang dùng với tư cách khách')).toHaveCount(0);
}

/** Holds a command back on its way to the app, as a slow disk would. */
async function slow(app: App, command: string, time = 800): Promise<void> {
  await app.page.route(`**/ipc/${command}`, async (route) => {
    await new Promise((wake) => setTimeout(wake, time));
    await route.continue();
  });
}

const notes = async (app: App) => (await app.marks()).map(({ note }) => note);

test('a note that was just typed is kept before a visit begins', async ({ app, page }) => {
  await app.openDocument(DOCUMENT, 'tab=content&at=dieu_4');
  await expect(app.main.getByRole('heading', { name: 'Điều 4. Túi tài liệu của tổ hòa giải' })).toBeInViewport();
  await page.keyboard.press('n');
  const field = app.main.getByRole('textbox', { name: 'Ghi chú', exact: true });
  await expect(field).toBeFocused();
  await slow(app, 'mark_put');
  await page.keyboard.type('Hỏi lại Sở trước khi in');
  await beginVisit(app);
  expect(await notes(app), 'the guest sees nothing of it').toEqual([]);
  await endVisit(app);
  expect(await notes(app)).toEqual(['Hỏi lại Sở trước khi in']);
});

test('a note in the list of marks, too', async ({ app }) => {
  const document = await app.idOf(DOCUMENT);
  const place = { provision: 'dieu_4', object: null, page: null, timeMs: null };
  await app.ask('mark_put', { draft: { id: null, document, place, quote: 'Túi tài liệu', note: '', colour: 0, folder: null } });
  await app.open('marks');
  await app.main.getByRole('row', { name: /Điều 4/ }).click();
  await slow(app, 'mark_put');
  await app.main.getByRole('textbox', { name: 'Ghi chú', exact: true }).pressSequentially('Gọi chị Hoa');
  await beginVisit(app);
  await endVisit(app);
  expect(await notes(app)).toEqual(['Gọi chị Hoa']);
});

test('the place where one reads is kept before a visit begins, and stays the person’s', async ({ app }) => {
  const id = await app.idOf(DOCUMENT);
  await app.openDocument(DOCUMENT, 'tab=content&at=dieu_5');
  await expect(app.main.getByRole('heading', { name: /^Điều 5/ })).toBeInViewport();
  const place = () => app.ask<{ position: { place: { provision: string | null } } | null }>('document', { id }).then(({ position }) => position?.place.provision);
  await slow(app, 'position_put', 300);
  await beginVisit(app);
  expect(await place(), 'a guest begins at the beginning').toBeUndefined();
  await endVisit(app);
  expect(await place()).toBe('dieu_5');
});

test('no visit begins while a note cannot be saved, and nothing that was typed is lost', async ({ app, page, complaints }) => {
  await app.openDocument(DOCUMENT, 'tab=content&at=dieu_4');
  await expect(app.main.getByRole('heading', { name: 'Điều 4. Túi tài liệu của tổ hòa giải' })).toBeInViewport();
  await page.keyboard.press('n');
  const field = app.main.getByRole('textbox', { name: 'Ghi chú', exact: true });
  await expect(field).toBeFocused();
  await page.route('**/ipc/mark_put', (route) => route.fulfill({ status: 500, json: { code: 'disk_full', detail: 'user.db' } }));
  await page.keyboard.type('Hỏi lại Sở');
  await page.getByRole('button', { name: /^Hồ sơ/ }).click();
  await page.getByRole('menuitem', { name: 'Cho khách dùng' }).click();
  await expect(page.getByText(/^Chưa mở phiên khách vì có ghi chú chưa lưu được/).first()).toBeVisible();
  await expect(field).toHaveValue('Hỏi lại Sở');
  await page.unroute('**/ipc/mark_put');
  await beginVisit(app);
  await endVisit(app);
  expect(await notes(app)).toEqual(['Hỏi lại Sở']);
  // What the refused saves said.
  complaints.length = 0;
});
