import { expect, test } from '../support/app';
import { holdsUp } from '../support/checks';

interface Group {
  direction: string;
  kind: string;
  rows: { document: { id: string } | null }[];
  total: number;
  next: number | null;
}

/**
 * The sample shelf has no act with more relations than one answer takes. Here the page's first rows are cut off, as
 * they are where the first answer was full of materials; what comes then is the engine's own answer.
 */
async function cutGroups(page: import('@playwright/test').Page): Promise<void> {
  await page.route('**/ipc/document', async (route) => {
    const answer = await route.fetch();
    const document = (await answer.json()) as { relations: Group[] };
    for (const group of document.relations) {
      if (group.direction === 'in') Object.assign(group, { rows: [], next: 0 });
    }
    await route.fulfill({ response: answer, json: document });
  });
}

test('relations beyond the first rows are listed in place, also where there was no row yet', async ({ app, page }) => {
  await cutGroups(page);
  const id = await app.idOf('9001/2026');
  const { relations } = await app.ask<{ relations: Group[] }>('document', { id });
  const group = relations.find(({ direction }) => direction === 'in')!;
  const acts = new Set(group.rows.map(({ document }) => document?.id)).size;
  await app.open(`document/${encodeURIComponent(id)}?tab=related`);
  const kinds = app.main.getByRole('navigation', { name: 'Loại liên quan' });
  await kinds.getByRole('button', { name: /≤/ }).first().click();
  const list = app.main.getByRole('region', { name: 'Văn bản liên quan' });
  const more = list.getByRole('button', { name: /^Xem thêm/ });
  await more.press('Enter');
  await expect(more).toHaveCount(0);
  await expect(list.locator('.rows > *')).toHaveCount(acts);
  await expect(list.locator('.rows button').first()).toBeFocused();
  await expect(kinds.getByRole('button', { name: /≤/ })).toHaveCount(relations.filter(({ direction }) => direction === 'in').length - 1);
});

test('the list with more to come holds up', async ({ app, page }) => {
  await cutGroups(page);
  await holdsUp(app, () => app.openDocument('9001/2026', 'tab=related'), []);
});
