import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keyboard } from './keyboard.svelte';
import { shortcuts } from './shortcuts';

let stop: () => void;
beforeEach(() => {
  stop = keyboard.start();
});
afterEach(() => {
  stop();
  keyboard.letters = true;
  document.body.replaceChildren();
});

function press(code: string, init: KeyboardEventInit = {}, on: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true, ...init });
  on.dispatchEvent(event);
  return event;
}

function add<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
  return document.body.appendChild(document.createElement(name));
}

test('a letter acts by its place on the keyboard, not by what it types', () => {
  const mark = vi.fn();
  const unbind = keyboard.bind({ mark });
  expect(press('KeyD', { key: 'đ' }).defaultPrevented).toBe(true);
  expect(mark).toHaveBeenCalledOnce();
  unbind();
  press('KeyD');
  expect(mark).toHaveBeenCalledOnce();
});

test('a letter never acts in a field, during composition, or when letters are off', () => {
  const mark = vi.fn();
  const search = vi.fn();
  const unbind = keyboard.bind({ mark, search });
  press('KeyD', {}, add('input'));
  press('KeyD', {}, add('textarea'));
  press('KeyD', { isComposing: true });
  press('Slash', {}, add('input'));
  keyboard.letters = false;
  press('KeyD');
  expect(mark).not.toHaveBeenCalled();
  expect(search).not.toHaveBeenCalled();
  press('KeyK', { ctrlKey: true }, add('input'));
  expect(search).toHaveBeenCalledOnce();
  unbind();
});

test('modifiers must be the ones of the table', () => {
  const mark = vi.fn();
  const unbind = keyboard.bind({ mark });
  press('KeyD', { ctrlKey: true });
  press('KeyD', { altKey: true });
  expect(mark).not.toHaveBeenCalled();
  unbind();
});

test('the latest view wins, and may let a key pass', () => {
  const filters = vi.fn();
  const skip = vi.fn(() => false);
  const off = [keyboard.bind({ filters }), keyboard.bind({ skip })];
  press('KeyL');
  expect(skip).toHaveBeenCalledOnce();
  expect(filters).toHaveBeenCalledOnce();
  off.forEach((each) => each());
});

test('what the frame binds lies under what a view bound before it', () => {
  const view = vi.fn();
  const frame = vi.fn();
  const off = [keyboard.bind({ escape: view }), keyboard.bind({ escape: frame }, 'frame')];
  press('Escape');
  expect(view).toHaveBeenCalledOnce();
  expect(frame).not.toHaveBeenCalled();
  off.forEach((each) => each());
});

test('Ctrl 1 to 7 tell which', () => {
  const tab = vi.fn();
  const unbind = keyboard.bind({ tab });
  press('Digit3', { ctrlKey: true });
  expect(tab.mock.calls[0]?.[1]).toBe(2);
  unbind();
});

test('space presses the button that has the focus', () => {
  const play = vi.fn();
  const unbind = keyboard.bind({ play });
  press('Space', {}, add('button'));
  expect(play).not.toHaveBeenCalled();
  press('Space');
  expect(play).toHaveBeenCalledOnce();
  unbind();
});

test('under a dialog only the text size changes', () => {
  const larger = vi.fn();
  const search = vi.fn();
  const unbind = keyboard.bind({ larger, search });
  const dialog = add('dialog');
  dialog.setAttribute('open', '');
  dialog.setAttribute('data-modal', '');
  press('KeyK', { ctrlKey: true });
  press('Equal', { ctrlKey: true });
  expect(search).not.toHaveBeenCalled();
  expect(larger).toHaveBeenCalledOnce();
  unbind();
});

test('no two keys of one scope are the same', () => {
  const seen = new Set<string>();
  for (const each of shortcuts) {
    for (const code of each.codes) {
      const name = `${each.scope} ${'ctrl' in each} ${'alt' in each} ${'shift' in each} ${code}`;
      expect(seen.has(name), name).toBe(false);
      seen.add(name);
    }
  }
});
