import { expect, test } from '../support/app';
import { axeFaults, holdsUp, layoutFaults } from '../support/checks';

const NOTHING = `search?q=${encodeURIComponent('"qzxqzx" vwvw')}&f.topic=${encodeURIComponent('Đất đai')}`;
const FOUND = 'search?q=tui%20tai%20lieu%20cua%20to%20hoa%20giai';

interface Kept {
  question: string;
  field: string | null;
  searched: { words: string; filters: Record<string, string[]> } | null;
}

test('where nothing is found a request is kept, by keyboard alone, and taken back and away', async ({ app, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open(NOTHING);
  const side = app.main.getByRole('complementary', { name: 'Gửi yêu cầu tới Sở' });
  await expect(side).toContainText('không đi đâu cả');
  await expect(side).toContainText('Đừng ghi tên, số căn cước, số điện thoại của dân');
  const field = side.getByRole('textbox', { name: 'Câu hỏi, như người dân nói' });
  await field.focus();
  await page.keyboard.type('Mất bìa rừng thì hỏi ai, gọi 0912 345 678?');
  await expect(side).toContainText('“0912 345 678” giống số điện thoại');
  await expect(side.getByRole('combobox', { name: 'Lĩnh vực' })).toHaveValue('Đất đai');
  await page.keyboard.press('Control+Enter');
  await expect(side.getByText('1 yêu cầu', { exact: true })).toBeVisible();
  await expect(field).toHaveValue('');
  await expect(field).toBeFocused();
  const [kept] = await app.ask<Kept[]>('requests');
  expect(kept).toMatchObject({
    question: 'Mất bìa rừng thì hỏi ai, gọi 0912 345 678?',
    field: 'Đất đai',
    searched: { words: '"qzxqzx" vwvw', filters: { topic: ['Đất đai'] } },
  });

  await side.getByRole('button', { name: 'Chép yêu cầu' }).press('Enter');
  await expect(page.getByText('Đã chép 1 yêu cầu')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Đã tìm: "qzxqzx" vwvw');
  await side.getByRole('button', { name: 'Bỏ yêu cầu' }).press('Enter');
  await expect(side.getByText('Chưa có yêu cầu nào.')).toBeVisible();
  await page.getByRole('button', { name: 'Hoàn tác' }).last().click();
  await expect(side.getByText('1 yêu cầu', { exact: true })).toBeVisible();

  // Kept: it is there after another start of the page, and stands where the data is carried.
  await app.open('sync');
  await expect(app.main.getByRole('region', { name: 'Hộp gửi' })).toContainText('Mất bìa rừng');
});

test('a request can be begun from a list that has hits', async ({ app, page }) => {
  await app.open(FOUND);
  await app.main.getByRole('button', { name: 'Chưa thấy? Gửi yêu cầu tới Sở' }).press('Enter');
  const side = app.main.getByRole('complementary', { name: 'Gửi yêu cầu tới Sở' });
  await expect(side.getByRole('textbox', { name: 'Câu hỏi, như người dân nói' })).toBeFocused();
  await page.keyboard.type('Tổ hòa giải xin thêm túi tài liệu ở đâu?');
  await side.getByText('Kèm từ đã tìm').click();
  await side.getByRole('button', { name: 'Giữ trong hộp gửi' }).click();
  await expect(side.getByText('1 yêu cầu', { exact: true })).toBeVisible();
  expect((await app.ask<Kept[]>('requests'))[0]).toMatchObject({ field: null, searched: null });
  await side.getByRole('button', { name: /Đóng/ }).first().click();
  await expect(app.main.getByRole('listbox', { name: 'Kết quả' })).toBeFocused();
});

test.describe('a guest', () => {
  test.use({ options: ['--guest'] });

  test('is told that requests go with the visit', async ({ app }) => {
    await app.open(NOTHING);
    await expect(app.main.getByText('Lượt khách: yêu cầu mất khi kết thúc phiên.')).toBeVisible();
  });
});

test('the request holds up in both themes, in a low window and with large text', async ({ app }) => {
  await app.ask('request_put', { draft: { question: 'Hạn mức đất ở của tỉnh là bao nhiêu?', field: 'Đất đai', searched: null } });
  await holdsUp(app, () => app.open(NOTHING), []);
});

test('the request beside hits holds up', async ({ app, page }) => {
  for (const look of [{ theme: 'light', textSize: 100 }, { theme: 'dark', textSize: 100 }, { theme: 'light', textSize: 200 }] as const) {
    await app.look(look);
    await page.goto('about:blank');
    await app.open(FOUND);
    await app.main.getByRole('button', { name: 'Chưa thấy? Gửi yêu cầu tới Sở' }).click();
    await app.settled();
    expect(await axeFaults(page)).toEqual([]);
    // With large text the panel lies over the list.
    if (look.textSize === 100) expect(await layoutFaults(page)).toEqual([]);
  }
});
