// What the page can reach: its own commands and nothing else.
import { expect, test } from '@playwright/test';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { copyOfHome, scrap } from '../support/programs';
import { Window } from '../support/webdriver';

/** Tries something in the page; what came of it. */
const attempt = (window: Window, work: string): Promise<string> =>
  window.script<string>(`
    try {
      const value = await (async () => { ${work} })();
      return 'got ' + (typeof value === 'string' ? value : JSON.stringify(value));
    } catch (error) {
      return 'refused: ' + (typeof error === 'string' ? error : error?.message ?? JSON.stringify(error));
    }
  `);

test('the page reaches no file, no network and no command outside its capability', async () => {
  await using folder = await scrap();
  await using window = await Window.open({ args: ['--home', await copyOfHome(join(folder.path, 'home'))] });
  await window.find('searchbox');

  const asked: string[] = [];
  const other = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*');
    response.end('reached');
  });
  await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
  const { port } = other.address() as { port: number };
  const call = (command: string, args = '{}') => `return await window.__TAURI_INTERNALS__.invoke('${command}', ${args});`;

  try {
    const tries: Record<string, string> = {
      'a file': `return await (await fetch('file:///etc/passwd')).text();`,
      'a file by the asset scheme': `return await (await fetch('asset://localhost/etc/passwd')).text();`,
      'a server on this machine': `return await (await fetch('http://127.0.0.1:${port}/fetch')).text();`,
      'another machine': `return await (await fetch('http://192.0.2.1/')).text();`,
      'XMLHttpRequest': `return await new Promise((done, failed) => {
        const request = new XMLHttpRequest();
        request.onload = () => done(request.responseText);
        request.onerror = () => failed(new Error('blocked'));
        request.open('GET', 'http://127.0.0.1:${port}/xhr');
        request.send();
      });`,
      'a web socket': `return await new Promise((done, failed) => {
        const socket = new WebSocket('ws://127.0.0.1:${port}/ws');
        socket.onopen = () => done('open');
        socket.onerror = () => failed(new Error('blocked'));
      });`,
      'a frame': `return await new Promise((done, failed) => {
        const frame = document.createElement('iframe');
        frame.src = 'http://127.0.0.1:${port}/frame';
        document.addEventListener('securitypolicyviolation', () => failed(new Error('blocked')), { once: true });
        // What is refused leaves an empty page of this one's own behind.
        frame.onload = () => (frame.contentDocument ? failed(new Error('blocked')) : done('loaded'));
        document.body.append(frame);
        setTimeout(() => failed(new Error('nothing came')), 2000);
      });`,
      'a script': `return await new Promise((done, failed) => {
        const script = document.createElement('script');
        script.src = 'http://127.0.0.1:${port}/script.js';
        script.onload = () => done('ran');
        script.onerror = () => failed(new Error('blocked'));
        document.body.append(script);
      });`,
      'a script in the page': `
        const script = document.createElement('script');
        script.textContent = 'window.reached = true';
        document.body.append(script);
        if (window.reached) return 'ran';
        throw new Error('blocked');`,
      'text as a program': `return String(eval('1 + 1'));`,
      'a worker': `return await new Promise((done, failed) => {
        const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
        worker.onmessage = () => done('ran');
        worker.onerror = () => failed(new Error('blocked'));
        setTimeout(() => failed(new Error('nothing came')), 2000);
      });`,
      'the file plugin': call('plugin:fs|read_file', `{ path: '/etc/passwd' }`),
      'the file plugin, text': call('plugin:fs|read_text_file', `{ path: '/etc/passwd' }`),
      'the dialog plugin': call('plugin:dialog|open', `{ options: {} }`),
      'the shell plugin': call('plugin:shell|execute', `{ program: 'id', args: [] }`),
      'the opener plugin': call('plugin:opener|open_path', `{ path: '/etc/passwd' }`),
      'the http plugin': call('plugin:http|fetch', `{ clientConfig: { url: 'http://127.0.0.1:${port}/' } }`),
      'another window': call('plugin:webview|create_webview_window', `{ options: { label: 'other', url: 'index.html' } }`),
      'the window itself': call('plugin:window|set_title', `{ label: 'main', value: 'x' }`),
      'the path of a folder': call('plugin:path|resolve_directory', `{ directory: 1 }`),
      'speaking in the name of the app': call('plugin:event|emit', `{ event: 'job', payload: null }`),
      'a command that is not there': call('read_file', `{ path: '/etc/passwd' }`),
      'a picture of a file as a root': call('root_read', `{ path: '/etc/passwd' }`),
      'an object that was never shown': `return await (await fetch(location.origin + '/../../etc/passwd')).text().then((text) => {
        if (text.includes('root:')) return text;
        throw new Error('not the file');
      });`,
    };
    for (const [what, work] of Object.entries(tries)) {
      expect.soft(await attempt(window, work), what).toMatch(/^refused/);
    }
    expect(asked, 'requests that reached the other server').toEqual([]);

    // The doors that are open on purpose.
    expect(await attempt(window, call('about'))).toContain('"pdf":true');
    // What a page may ask of the file with its media: only what a command has shown, under this run's token.
    const policy = await window.script<string>(
      `return document.querySelector('meta[http-equiv=Content-Security-Policy]')?.content ?? '';`,
    );
    expect(policy === '' || policy.includes("default-src 'none'")).toBe(true);
  } finally {
    other.close();
  }
});

test('the page keeps nothing in the browser', async () => {
  await using folder = await scrap();
  await using window = await Window.open({ args: ['--home', await copyOfHome(join(folder.path, 'home'))] });
  await window.find('searchbox');
  expect(await window.script('return document.cookie;')).toBe('');
  expect(await window.script('return Object.keys(localStorage).length + Object.keys(sessionStorage).length;')).toBe(0);
  expect(await window.script(`return (await indexedDB.databases()).length;`)).toBe(0);
});
