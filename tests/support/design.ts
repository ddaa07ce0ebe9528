// The values of the design, written down once more on purpose: a change of a stylesheet that is not meant shows here.
import type { Locator, Page } from '@playwright/test';

/** Light and dark. */
export const colours = {
  paper: { light: '#f6f4ee', dark: '#14171e' },
  surface: { light: '#ffffff', dark: '#1b1f28' },
  sunken: { light: '#eeebe3', dark: '#0f1218' },
  ink: { light: '#1b1f29', dark: '#e9e6de' },
  'ink-2': { light: '#464c59', dark: '#bebdba' },
  'ink-3': { light: '#646978', dark: '#999ca6' },
  line: { light: '#dfdace', dark: '#2d333f' },
  'control-line': { light: '#857e6e', dark: '#7d8494' },
  accent: { light: '#2c3e80', dark: '#b1c1fb' },
  'on-accent': { light: '#ffffff', dark: '#141a30' },
  'accent-soft': { light: '#e8ebf6', dark: '#252d49' },
  rail: { light: '#1d2648', dark: '#0f1218' },
  'rail-ink': { light: '#c9d1ee', dark: '#a9b0c6' },
  'on-rail': { light: '#ffffff', dark: '#ffffff' },
  'in-force': { light: '#1d6841', dark: '#86d3a6' },
  'in-force-ground': { light: '#e4f2e9', dark: '#17301f' },
  partly: { light: '#784c00', dark: '#efc364' },
  'partly-ground': { light: '#fbeecf', dark: '#352a10' },
  expired: { light: '#982a21', dark: '#f3a097' },
  'expired-ground': { light: '#f9e5e2', dark: '#3a1d1a' },
  hit: { light: '#ffe6a0', dark: '#6a5413' },
  'on-hit': { light: '#1b1f29', dark: '#fff3cf' },
} as const;

export interface Look {
  what: string;
  where: (page: Page) => Locator;
  /** CSS property → the name of a colour, or a computed value. */
  has: Record<string, string>;
}

const rail = (page: Page) => page.getByRole('navigation', { name: 'Các phần của tủ sách' });

/** The frame around every screen. */
export const frameLooks: readonly Look[] = [
  {
    what: 'the page',
    where: (page) => page.locator('body'),
    has: { 'background-color': 'paper', color: 'ink', 'font-family': 'Be Vietnam Pro', 'font-size': '14px', 'line-height': '21px' },
  },
  { what: 'the rail', where: rail, has: { width: '84px', 'background-color': 'rail', color: 'rail-ink' } },
  {
    what: 'a word of the rail',
    where: (page) => rail(page).getByRole('button', { name: 'Cài đặt' }),
    has: { 'font-size': '11px' },
  },
  {
    what: 'the top bar',
    where: (page) => page.getByRole('banner'),
    has: { height: '52px', 'background-color': 'surface', 'border-bottom-color': 'line' },
  },
];

/** The box in the top bar, on every screen but home. */
export const barBox: Look = {
  what: 'the search box in the bar',
  where: (page) => page.getByRole('banner').getByRole('search'),
  has: { height: '36px', 'border-top-color': 'control-line', 'border-top-left-radius': '8px', 'background-color': 'surface' },
};

/** A badge of validity by its words. */
export function badge(state: 'in-force' | 'partly' | 'expired', words: string): Look {
  return {
    what: `the badge "${words}"`,
    where: (page) => page.locator('main').getByText(words, { exact: true }).locator('xpath=ancestor-or-self::*[contains(@class,"badge")]'),
    has: { color: state, 'background-color': `${state}-ground`, 'font-size': '12px' },
  };
}

/** A search that leaves nothing out. */
export const noFilters = {
  states: [],
  kinds: [],
  products: [],
  topics: [],
  issuers: [],
  yearFrom: null,
  yearTo: null,
  hereOnly: false,
  myTerritory: false,
};
