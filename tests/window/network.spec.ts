// With the network cut every screen works, and nothing tries to reach out until it is asked to.
import { expect, test } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOf } from '../support/ask';
import { copyOfHome, Program, scrap, until } from '../support/programs';
import { Window } from '../support/webdriver';

/** Addresses outside this machine that one of the traced processes wanted to reach. */
function reachedFor(trace: string): string[] {
  const calls = readFileSync(trace, 'utf8').matchAll(/(?:connect|sendto|sendmsg)\(.*?sin6?_port=htons\((\d+)\).*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")/g);
  const addresses = [...calls].map(([, port, four, six]) => `${four ?? six}:${port}`);
  return [...new Set(addresses)].filter((address) => !/^(127\.|::1:)/.test(address));
}

const inside = process.env['TUSACH_NO_NETWORK'] === '1';

test('every screen works without a network, and nothing reaches out unasked', async () => {
  if (!inside) {
    // The whole of it once more in a namespace of its own, in which only the loopback is up.
    const root = process.getuid?.() === 0 ? [] : ['--map-root-user'];
    const again = Program.start(
      'unshare',
      [...root, '--net', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"', process.execPath, join(__dirname, '../node_modules/@playwright/test/cli.js'),
        'test', '--project=window', '--output=test-results/no-network', 'network.spec.ts'],
      { env: { TUSACH_NO_NETWORK: '1' }, group: true },
    );
    const code = await again.end(240_000);
    expect(code, again.said()).toBe(0);
    return;
  }
  expect(execFileSync('ip', ['-o', 'addr'], { encoding: 'utf8' })).not.toMatch(/inet (?!127\.)/);
  await using folder = await scrap();
  const home = await copyOfHome(join(folder.path, 'home'));
  const trace = join(folder.path, 'trace');
  await using window = await Window.open({
    args: ['--home', home],
    around: ['strace', '-f', '-qq', '-s', '200', '-e', 'trace=connect,sendto,sendmsg', '-e', 'signal=none', '-o', trace],
  });
  await window.find('searchbox', undefined, 60_000);
  const act = encodeURIComponent(await idOf(window, '9014/2026/QĐ-UBND'));
  const video = encodeURIComponent(await idOf(window, 'Sinh con, nhớ đăng ký khai sinh'));
  const views: Record<string, RegExp> = {
    '/': /Hôm nay cần tra điều gì/,
    '/search?q=ho%20tich': /hộ tịch/i,
    [`/document/${act}?tab=summary`]: /9014\/2026/,
    [`/document/${act}?tab=content`]: /Điều 4/,
    [`/document/${act}?tab=original`]: /9014\/2026/,
    [`/document/${act}?tab=validity`]: /9014\/2026/,
    [`/document/${act}?tab=related`]: /9014\/2026/,
    [`/document/${act}?tab=map`]: /9014\/2026/,
    [`/document/${act}?tab=print`]: /9014\/2026/,
    [`/document/${video}`]: /khai sinh/,
    '/marks': /Dấu trang/,
    '/sync': /Đồng bộ/,
    '/settings': /Cài đặt/,
    '/help': /Trợ giúp/,
  };
  for (const [view, words] of Object.entries(views)) {
    await window.script('location.hash = arguments[0];', `#${view}`);
    await until(`${view} shows ${words}`, async () => words.test(await window.words()), 60_000);
  }
  expect(reachedFor(trace)).toEqual([]);

  // The watch sees what it is there to see.
  await window.invoke('sync_start', { request: { source: 'http://192.0.2.1:8080', rootFile: null } });
  const { failure } = await until('the sync gives up', async () => {
    const { running } = await window.invoke<{ running: { state: string; failure: { code: string } | null } | null }>('sync_state');
    return running?.state === 'failed' && running;
  }, 90_000);
  expect(failure?.code).toBeTruthy();
  expect(reachedFor(trace)).toContain('192.0.2.1:8080');
});
