// Takes pictures of the catalogue in each look, with the app's own content security policy, and runs axe over it.
// Needs Debian's chromium, or CHROMIUM=/path/to/it.
import { createServer } from 'node:http';
import { mkdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../gen/catalogue/', import.meta.url));
const shots = join(root, 'shots');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'";

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  try {
    const body = await readFile(join(root, pathname));
    response.writeHead(200, { 'content-type': types[extname(pathname)] ?? 'text/plain', 'content-security-policy': csp });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const base = `http://127.0.0.1:${server.address().port}/catalogue.html`;
const axe = await readFile(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
await mkdir(shots, { recursive: true });
let faults = 0;

async function shoot(name, query, { width = 1366, height = 768, forced = false, full = false, act } = {}) {
  const page = await browser.newPage({ viewport: { width, height }, forcedColors: forced ? 'active' : 'none' });
  page.on('console', (message) => {
    if (message.type() !== 'error' || /favicon/.test(message.location().url)) return;
    faults += 1;
    console.error(`${name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    faults += 1;
    console.error(`${name}: ${error.message}`);
  });
  await page.goto(`${base}?${query}`);
  await page.evaluate(() => document.fonts.ready);
  if (full) {
    const tall = await page.evaluate(() => document.querySelector('.catalogue').scrollHeight);
    await page.setViewportSize({ width, height: tall });
  }
  await act?.(page);
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(shots, `${name}.png`) });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  for (const violation of violations) {
    faults += 1;
    console.error(`${name}: ${violation.id}: ${violation.help}`);
    for (const node of violation.nodes.slice(0, 4)) console.error(`    ${node.target.join(' ')}  ${node.any[0]?.message ?? ''}`);
  }
  await page.close();
}

for (const theme of ['light', 'dark', 'contrast']) {
  await shoot(`parts-${theme}`, `theme=${theme}`, { full: true });
  await shoot(`frame-${theme}`, `theme=${theme}&page=frame`);
}
await shoot('parts-200', 'size=200', { full: true });
await shoot('frame-200', 'size=200&page=frame');
await shoot('frame-1024', 'page=frame', { width: 1024 });
await shoot('parts-en', 'language=en', { full: true });
await shoot('parts-forced', '', { forced: true, full: true });
const press = (name) => async (page) => page.getByRole('button', { name, exact: true }).click();
await shoot('dialog', '', { full: true, act: press('Mở hộp thoại') });
await shoot('popover-dark', 'theme=dark', { full: true, act: press('Bảng nổi') });
await shoot('menu', '', { full: true, act: press('Thực đơn') });
await shoot('toast', '', { act: press('Thông báo') });

// What needs a real browser: the top layer, the focus, and a layout.
const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
await page.goto(base);
const expect = (said, held) => {
  if (held) return;
  faults += 1;
  console.error(`not so: ${said}`);
};
const focus = () => page.evaluate(() => document.activeElement?.textContent?.trim());
for (const [name, inside] of [['Bảng nổi', 'Mở'], ['Thực đơn', 'Sát nhất']]) {
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(100);
  expect(`Enter opens ${name} and leads into it`, (await focus()) === inside);
  await page.keyboard.press('Escape');
  await page.waitForTimeout(100);
  expect(`Esc closes ${name} and leads back`, (await focus()) === name);
}
await page.getByRole('button', { name: 'Mở hộp thoại' }).focus();
await page.keyboard.press('Enter');
expect('a dialog opens on its safe action', (await focus()) === 'Mở bản thay thế');
await page.keyboard.press('Escape');
expect('a dialog gives the focus back', (await focus()) === 'Mở hộp thoại');
const list = page.getByRole('listbox');
await list.focus();
for (const key of ['End', 'PageUp', 'ArrowUp', 'Home', 'PageDown', 'End']) {
  await page.keyboard.press(key);
  await page.waitForTimeout(150);
  const held = await list.evaluate((node) => {
    const box = node.getBoundingClientRect();
    const row = document.getElementById(node.getAttribute('aria-activedescendant')).getBoundingClientRect();
    return row.top >= box.top - 1 && row.bottom <= box.bottom + 1 && node.querySelectorAll('[role=option]').length < 40;
  });
  expect(`after ${key} the active row is in sight`, held);
}
await page.close();

await browser.close();
server.close();
console.log(`catalogue: pictures in ${shots}, ${faults} faults`);
process.exit(faults > 0 ? 1 : 0);
