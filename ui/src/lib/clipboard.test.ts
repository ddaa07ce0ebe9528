import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { copyText, forgetCopied, watchClipboard, wipeClipboard } from './clipboard';

let held = '';
const clipboard = {
  writeText: vi.fn((text: string) => {
    held = text;
    return Promise.resolve();
  }),
  readText: vi.fn(() => Promise.resolve(held)),
};
let stop: () => void;

beforeEach(() => {
  vi.stubGlobal('navigator', { clipboard });
  held = '';
  forgetCopied();
  stop = watchClipboard();
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

test('what the visit copied is overwritten', async () => {
  await copyText('Điều 5');
  await wipeClipboard();
  expect(held.trim()).toBe('');
});

test('what another program copied since is left alone', async () => {
  await copyText('Điều 5');
  window.dispatchEvent(new Event('blur'));
  held = 'của người khác';
  await wipeClipboard();
  expect(held).toBe('của người khác');
});

test('a clipboard that nothing was copied to from here is not touched', async () => {
  held = 'trước phiên';
  await wipeClipboard();
  expect(held).toBe('trước phiên');
});

test('line ends of Windows do not hide the text', async () => {
  await copyText('a\nb');
  window.dispatchEvent(new Event('blur'));
  held = 'a\r\nb';
  await wipeClipboard();
  expect(held.trim()).toBe('');
});
