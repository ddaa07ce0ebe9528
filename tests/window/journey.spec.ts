// One way through the real window, from a machine that has nothing to a mark that is found again offline.
import { expect, test } from '@playwright/test';
import { join } from 'node:path';
import { marksOf } from '../support/ask';
import { scrap, serve, stage, until } from '../support/programs';
import { keys, Window } from '../support/webdriver';

test('first start, sync, find, mark, server gone, restart, read, original, video', async () => {
  await using folder = await scrap();
  const home = join(folder.path, 'home');
  const served = await serve();
  const args = ['--home', home, '--source', served.url, '--root', stage.root];

  await test.step('a first start receives the shelf', async () => {
    await using window = await Window.open({ args });
    await window.find('heading', 'Lấy tài liệu lần đầu');
    await window.click('button', 'Đồng bộ ngay');
    await window.click('button', 'Bắt đầu đọc');
    await window.find('heading', 'Hôm nay cần tra điều gì?');

    await test.step('reading begins while originals and media still come', async () => {
      await until('everything is here', async () => {
        const { running } = await window.invoke<{ running: { state: string } | null }>('sync_state');
        return running?.state === 'done';
      });
    });

    await test.step('words without accents find a provision', async () => {
      await window.type(`tui tai lieu cua to hoa giai${keys.Enter}`);
      await window.find('option', /Điều 4\. Túi tài liệu của tổ hòa giải/);
    });

    await test.step('Enter opens it, D marks it', async () => {
      await window.script(`document.querySelector('[role=listbox]').focus();`);
      await window.press(keys.Enter);
      await window.find('tab', 'Nội dung');
      await until('the text is there', async () => (await window.words()).includes('Mỗi tổ hòa giải được cấp một túi tài liệu'));
      expect(decodeURIComponent(await window.script<string>('return location.hash;'))).toContain('at=dieu_4');
      await window.press('d');
      const [mark] = await until('the mark is kept', async () => {
        const kept = await marksOf(window);
        return kept.length > 0 && kept;
      });
      expect(mark).toMatchObject({ place: { provision: 'dieu_4' } });
    });
  });

  await served.stop();

  await test.step('restarted without a server', async () => {
    await using window = await Window.open({ args });
    await window.find('heading', 'Hôm nay cần tra điều gì?');

    await test.step('the mark is found and leads to its words', async () => {
      await window.click('button', 'Dấu trang và ghi chú');
      await window.click('cell', /Điều 4.*9014\/2026/);
      await window.click('button', /^Mở tại/i);
      await until('its words can be read', async () => (await window.words()).includes('Mỗi tổ hòa giải được cấp một túi tài liệu'));
    });

    await test.step('its original shows the page', async () => {
      await window.click('tab', 'Văn bản gốc');
      const width = await until('the page is drawn', () =>
        window.script<number>(`
          const page = [...document.querySelectorAll('main img')].find((image) => image.src.includes('/pdf/') && image.complete);
          return page?.naturalWidth ?? 0;`),
      );
      expect(width).toBeGreaterThan(300);
    });

    await test.step('a video plays past its first words', async () => {
      await window.press(keys.Control, 'k');
      await window.type(`nho dang ky khai sinh${keys.Enter}`);
      await window.click('option', /^Sinh con, nhớ đăng ký khai sinh/);
      await window.press(keys.Enter);
      await window.click('tab', 'Văn bản gốc');
      await window.click('button', 'Phát');
      await until(
        'the video passes its first words',
        () => window.script<boolean>(`return (document.querySelector('video')?.currentTime ?? 0) > 4.5;`),
        60_000,
      );
      expect(await window.script('return document.querySelector("video").videoWidth;')).toBeGreaterThan(100);
      await until('the words of the passage are shown', async () => /hãy nhớ đăng ký khai sinh cho con/.test((await window.words()).replaceAll(/\s+/g, ' ')));
    });
  });
});
