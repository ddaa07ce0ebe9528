// What holds on every screen: accessibility, nothing cut off or on top of something else, the design's values.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { expect, type App, type Theme } from './app';
import { colours, type Look } from './design';

const axeSource = readFile(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 A and AA and axe's good practice: the faults, one line each. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(await axeSource);
  return page.evaluate(async () => {
    interface Axe {
      run(what: Document, how: object): Promise<{
        violations: { id: string; help: string; nodes: { target: string[]; any: { message: string }[] }[] }[];
      }>;
    }
    const axe = (globalThis as unknown as { axe: Axe }).axe;
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, { runOnly: tags });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, any }) => `${id}: ${target.join(' ')}: ${any[0]?.message ?? help}`),
    );
  });
}

/** Text that is cut off, text on text, targets under 24 px, a page wider than the window. */
export async function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const named = (element: Element): string => {
      const text = (element.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 40);
      const kind = typeof element.className === 'string' ? element.className.replaceAll(/\s*s(velte)?-\w+/g, '') : '';
      return `<${element.tagName.toLowerCase()}${kind && ` class="${kind.trim()}"`}> ${JSON.stringify(text)}`;
    };
    const cuts = (value: string) => value === 'hidden' || value === 'clip';
    /** Only for the ears, or a decoration of no size. */
    const unseen = (element: Element): boolean => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const style = getComputedStyle(at);
        const box = at.getBoundingClientRect();
        if (
          style.visibility === 'hidden' ||
          style.display === 'none' ||
          style.opacity === '0' ||
          style.clipPath.startsWith('inset(50%') ||
          style.clip === 'rect(0px, 0px, 0px, 0px)' ||
          (cuts(style.overflowX) && (box.width <= 1 || box.height <= 1))
        ) {
          return true;
        }
      }
      return false;
    };
    /** What lies on top on purpose is compared with its own kind only. */
    const layer = (element: Element): Element => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.position === 'fixed' || style.position === 'sticky' || at.matches('dialog, [popover]')) return at;
      }
      return document.documentElement;
    };
    const area = (element: Element): DOMRect => {
      let { left, top, right, bottom } = new DOMRect(0, 0, innerWidth, innerHeight);
      for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        const box = at.getBoundingClientRect();
        if (style.overflowX !== 'visible') [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
        if (style.overflowY !== 'visible') [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
        if (style.position === 'fixed') break;
      }
      return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    };

    /** Words inside that lie outside of what is shown, unless something between can be scrolled to them. */
    const lostWords = (element: Element, across: boolean, down: boolean): string | undefined => {
      const shown = element.getBoundingClientRect();
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const holder = node.parentElement!;
        if (!node.nodeValue!.trim() || !holder.checkVisibility() || unseen(holder)) continue;
        let between: Element | null = holder;
        while (between && between !== element && getComputedStyle(between).overflowX === 'visible' && getComputedStyle(between).overflowY === 'visible') {
          between = between.parentElement;
        }
        if (between !== element) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) {
          const aside = rect.left < shown.left - 1 || rect.right > shown.right + 1;
          // The air of a line may be cut, its letters not.
          const below = rect.top + rect.height * 0.2 < shown.top || rect.bottom - rect.height * 0.2 > shown.bottom;
          if ((across && aside) || (down && below)) return node.nodeValue!.trim().slice(0, 40);
        }
      }
      return undefined;
    };

    if (document.documentElement.scrollWidth > innerWidth + 1) {
      faults.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${innerWidth}`);
    }

    const words: { element: Element; text: string; box: DOMRect; layer: Element }[] = [];
    for (const element of document.body.querySelectorAll('*')) {
      if (!(element instanceof HTMLElement) || !element.checkVisibility() || unseen(element)) continue;
      // A picture of a page, drawn smaller.
      if (element.closest('[inert]')) continue;
      const style = getComputedStyle(element);
      const hasWords = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue!.trim());
      const meant = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
      const across = cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && !meant;
      const down = cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1 && style.webkitLineClamp === 'none';
      if (across || down) {
        const lost = lostWords(element, across, down);
        if (lost) faults.push(`cut off: ${JSON.stringify(lost)} in ${named(element)}`);
      }
      if (element.matches('button, select, input:not([type=checkbox], [type=radio], [type=range]), [role=tab], [role=option]')) {
        const box = element.getBoundingClientRect();
        // What is drawn small may take clicks in a wider area around it.
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const takes = (across: number, down: number) => {
          const hit = document.elementFromPoint(x + across, y + down);
          return hit === element || (hit !== null && element.contains(hit));
        };
        const wide = box.width >= 23.5 || (takes(-11.5, 0) && takes(11.5, 0));
        const high = box.height >= 23.5 || (takes(0, -11.5) && takes(0, 11.5));
        if (box.width > 0 && takes(0, 0) && !(wide && high)) {
          const holder = element.closest('label, [role=search], p');
          if (!holder) faults.push(`a target of ${Math.round(box.width)}×${Math.round(box.height)} px: ${named(element)}`);
        }
      }
      if (!hasWords) continue;
      const seen = area(element);
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || !node.nodeValue!.trim()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) {
          const left = Math.max(rect.left, seen.left);
          const top = Math.max(rect.top, seen.top);
          const width = Math.min(rect.right, seen.right) - left;
          const height = Math.min(rect.bottom, seen.bottom) - top;
          if (width <= 2 || height <= 2) continue;
          words.push({
            element,
            text: node.nodeValue!.trim().slice(0, 30),
            box: new DOMRect(left, top, width, height),
            layer: layer(element),
          });
        }
      }
    }
    words.sort((a, b) => a.box.top - b.box.top);
    words.forEach((one, at) => {
      for (let next = at + 1; next < words.length; next += 1) {
        const other = words[next]!;
        if (other.box.top > one.box.bottom) break;
        if (other.element === one.element || other.layer !== one.layer) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // Line boxes are taller than their letters: a third of the height may be shared air.
        if (across > 3 && down > 0.35 * Math.min(one.box.height, other.box.height)) {
          faults.push(`text on text: ${JSON.stringify(one.text)} and ${JSON.stringify(other.text)} in ${named(other.element)}`);
        }
      }
    });
    return [...new Set(faults)];
  });
}

/** One value of the design that an element does not have. */
export async function looksLike(page: Page, looks: readonly Look[], theme: Theme): Promise<string[]> {
  const faults: string[] = [];
  for (const { what, where, has } of looks) {
    const element = where(page).first();
    if ((await element.count()) === 0) {
      faults.push(`${what}: not on the page`);
      continue;
    }
    for (const [property, wanted] of Object.entries(has)) {
      const found = await element.evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property);
      const expected = wanted in colours ? rgb(colours[wanted as keyof typeof colours][theme]) : wanted;
      if (!same(found, expected)) faults.push(`${what}: ${property} is ${found}, the design says ${expected}`);
    }
  }
  return faults;
}

function rgb(hex: string): string {
  const number = Number.parseInt(hex.slice(1), 16);
  return `rgb(${number >> 16}, ${(number >> 8) & 255}, ${number & 255})`;
}

/** Lengths may differ by rounding; a font family is the first of its list. */
function same(found: string, expected: string): boolean {
  const [a, b] = [Number.parseFloat(found), Number.parseFloat(expected)];
  if (expected.endsWith('px') && found.endsWith('px')) return Math.abs(a - b) <= 0.75;
  return found.replaceAll('"', '').split(',')[0]! === expected || found === expected;
}

/** Opens a view in each look and fails on the first list of faults. */
export async function holdsUp(app: App, view: () => Promise<void>, looks: readonly Look[] = []): Promise<void> {
  const faults: string[] = [];
  const note = (where: string, found: string[]) => faults.push(...found.map((fault) => `${where}: ${fault}`));
  for (const theme of ['light', 'dark'] as const) {
    await app.look({ theme, textSize: 100 });
    await app.page.goto('about:blank');
    await view();
    await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme);
    // Colours fade for a moment when a theme changes.
    await app.page.waitForTimeout(300);
    note(theme, await axeFaults(app.page));
    note(theme, await looksLike(app.page, looks, theme));
    if (theme === 'light') note('1366×690', await layoutFaults(app.page));
  }
  await app.look({ theme: 'light', textSize: 200 });
  await app.page.goto('about:blank');
  await view();
  await expect(app.page.locator('html')).toHaveAttribute('data-text-size', '200');
  note('200 %', await layoutFaults(app.page));
  await app.look({ textSize: 100 });
  expect(faults).toEqual([]);
}
