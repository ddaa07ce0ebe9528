// A guest's visit leaves nothing: not in the data folder, not in temp folders, not in the web view's profile.
import { expect, test } from '@playwright/test';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { idOf, marksOf, putNote } from '../support/ask';
import { copyOfHome, scrap, until } from '../support/programs';
import { keys, Window } from '../support/webdriver';

/** Files below a folder, changed since a moment, that hold one of the words in UTF-8 or UTF-16. */
function holding(folder: string, words: string[], since = 0): string[] {
  const wanted = words.flatMap((word) => [Buffer.from(word), Buffer.from(word, 'utf16le')]);
  const found: string[] = [];
  const look = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      try {
        if (entry.isDirectory()) look(path);
        else if (entry.isFile() && statSync(path).mtimeMs >= since) {
          const bytes = readFileSync(path);
          if (wanted.some((word) => bytes.includes(word) || entry.name.includes(word.toString()))) found.push(path);
        }
      } catch {
        // It has gone meanwhile, or is not ours.
      }
    }
  };
  look(folder);
  return found;
}

const SEARCHED = 'zqkhachtim to hoa giai';
const WRITTEN = 'zqkhachghi rieng cua khach';
const TYPED = 'zqkhachgo';

async function leaveTraces(window: Window): Promise<void> {
  await window.find('searchbox');
  await window.press(keys.Control, 'k');
  await window.type(`${SEARCHED}${keys.Enter}`);
  await until('it was searched', async () => decodeURIComponent(await window.script<string>('return location.hash;')).includes('zqkhachtim'));
  const id = await idOf(window, 'túi tài liệu của tổ hòa giải');
  await putNote(window, id, WRITTEN);
  await window.script(`location.hash = '#/document/' + encodeURIComponent(arguments[0]) + '?at=dieu_5';`, id);
  await until('the document is read', async () => (await window.words()).includes('Hỗ trợ pháp lý cho vụ, việc phức tạp'));
  await window.press(keys.Control, 'f');
  await window.type(TYPED);
  expect(await marksOf(window)).toHaveLength(1);
}

test('nothing of a guest is found afterwards', async () => {
  await using folder = await scrap();
  const home = await copyOfHome(join(folder.path, 'home'));
  const profile = join(folder.path, 'profile');
  const env = { XDG_DATA_HOME: join(profile, 'data'), XDG_CACHE_HOME: join(profile, 'cache'), XDG_CONFIG_HOME: join(profile, 'config') };
  const words = ['zqkhach'];
  const since = Date.now() - 1000;
  const everywhere = () => [home, profile, '/tmp', '/var/tmp'].flatMap((place) => holding(place, words, since));

  await test.step('a visit', async () => {
    await using window = await Window.open({ args: ['--home', home], env });
    await window.find('searchbox');
    await window.click('button', /^Hồ sơ/);
    await window.click('menuitem', 'Cho khách dùng');
    await window.find('any', 'Đang dùng với tư cách khách');
    await leaveTraces(window);
    expect(everywhere(), 'while the guest is here').toEqual([]);
    await window.press(keys.Escape);
    await window.click('button', 'Kết thúc phiên');
    await window.click('button', 'Kết thúc và xóa');
    await until('the visit has ended', async () => !(await window.words()).includes('Đang dùng với tư cách khách'));
    expect(await marksOf(window)).toEqual([]);
    expect(await window.invoke('recent_searches')).toEqual([]);
    expect(await window.words()).not.toContain('zqkhach');
    expect(everywhere(), 'after the visit').toEqual([]);
  });
  expect(everywhere(), 'after the app has ended').toEqual([]);

  await test.step('a visit that ends with kill -9', async () => {
    const window = await Window.open({ args: ['--home', home, '--guest'], env });
    await leaveTraces(window);
    await window.kill();
  });
  expect(everywhere(), 'after the kill').toEqual([]);

  await test.step('the same of somebody who is no guest is found: the search for traces works', async () => {
    await using window = await Window.open({ args: ['--home', home], env });
    await leaveTraces(window);
  });
  expect(everywhere().map((path) => path.replace(`${home}/`, ''))).toContainEqual(expect.stringContaining('user.db'));
});
