import { expect, test } from '../support/app';
import { holdsUp } from '../support/checks';
import { badge, barBox, frameLooks } from '../support/design';

const ACT = '9001/2026/QĐ-UBND';
const tab = (name: string) => `tab=${name}`;

test('validity stands before the text, with the day of its check', async ({ app }) => {
  await app.openDocument(ACT, tab('content'));
  await expect(app.main.getByText('Hết hiệu lực một phần').first()).toBeVisible();
  await expect(app.main.getByText('kiểm tra 30/06/2026').first()).toBeVisible();
  const heading = app.main.getByRole('heading', { level: 1 });
  await expect(heading).toContainText('Quy chế xây dựng, quản lý, khai thác Tủ sách pháp luật');
  const state = await app.main.getByText('Hết hiệu lực một phần').first().boundingBox();
  expect(state!.y).toBeLessThan((await heading.boundingBox())!.y);
});

test('a provision that was changed stands in a frame that names the changing act', async ({ app }) => {
  await app.openDocument(ACT, `${tab('content')}&at=kemtheo_1.dieu_6`);
  await expect(app.main.getByRole('group', { name: 'Có thay đổi' }).first()).toContainText('9002/2026/QĐ-UBND');
});

test('the outline is a tree that leads to a provision, and G jumps to one', async ({ app, page }) => {
  await app.openDocument(ACT, tab('content'));
  const outline = app.main.getByRole('tree', { name: 'Mục lục' });
  await outline.getByRole('treeitem', { name: 'Điều 3. Tổ chức thực hiện' }).click();
  await expect(app.main.getByRole('heading', { name: 'Điều 3. Tổ chức thực hiện' })).toBeInViewport();
  await page.keyboard.press('g');
  await page.keyboard.type('d 16');
  await page.keyboard.press('Enter');
  await expect(app.main.getByRole('heading', { name: 'Điều 16. Trách nhiệm của Ủy ban nhân dân cấp xã' })).toBeInViewport();
});

test('words are found in the text', async ({ app, page }) => {
  await app.openDocument(ACT, tab('content'));
  await expect(app.main.getByRole('heading', { name: 'Điều 1. Ban hành Quy chế' })).toBeVisible();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('nha rong');
  await expect(app.main.locator('mark').filter({ hasText: 'nhà rông' }).first()).toBeInViewport();
});

test('each of the seven tabs shows what the data holds', async ({ app, page }) => {
  await app.openDocument(ACT, tab('summary'));
  const shown: [RegExp, RegExp][] = [
    [/^Tóm tắt/, /Ngày có hiệu lực/],
    [/^Nội dung/, /Điều 1\. Ban hành Quy chế/],
    [/^Hiệu lực/, /Khoản\s2\sĐiều\s6/],
    [/^Văn bản liên quan/, /Căn cứ của Quyết định/],
    [/^Lược đồ/, /9003\/VBHN-UBND/],
    [/^Tải về\/In/, /Cỡ chữ khi in/],
  ];
  for (const [name, words] of shown) {
    await app.main.getByRole('tab', { name }).click();
    await expect(app.main.getByRole('tabpanel', { name })).toContainText(words);
  }
  await page.keyboard.press('Control+2');
  await expect(app.main.getByRole('tab', { name: 'Nội dung' })).toHaveAttribute('aria-selected', 'true');
});

test('D keeps the place, and undo takes it back', async ({ app, page }) => {
  await app.openDocument('9014/2026/QĐ-UBND', `${tab('content')}&at=dieu_4`);
  await expect(app.main.getByRole('heading', { name: 'Điều 4. Túi tài liệu của tổ hòa giải' })).toBeInViewport();
  await page.keyboard.press('d');
  const places = async () => (await app.marks()).map(({ place }) => place.provision);
  await expect.poll(places).toEqual(['dieu_4']);
  const said = page.getByRole('region', { name: 'Thông báo' });
  await expect(said).toContainText('Điều 4');
  await said.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect.poll(places).toEqual([]);
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect.poll(places, 'what was undone is undone again').toEqual(['dieu_4']);
});

for (const [name, words] of Object.entries({ content: 'the text', summary: 'the summary', validity: 'the validity', related: 'the relations', map: 'the map', print: 'the print page' })) {
  test(`${words} of a document holds up in both themes, in a low window and with large text`, async ({ app }) => {
    await holdsUp(app, () => app.openDocument(ACT, tab(name)), [...frameLooks, barBox, badge('partly', 'Hết hiệu lực một phần')]);
  });
}
