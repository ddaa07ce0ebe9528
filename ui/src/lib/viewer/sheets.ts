// Where the pages of a PDF stand in one long column, from their sizes alone: nothing jumps when a picture arrives.
import type { PdfPage } from '$lib/host/types';

export const GAP = 14;
/** CSS pixels for one point at 100 %. */
export const SCALE = 96 / 72;
export const ZOOMS = [1, 1.25, 1.5, 1.75, 2] as const;
/** `fit` follows the width of the pane; a number is a share of the paper's own size. */
export type Zoom = 'fit' | number;

export interface Sheet {
  page: number;
  top: number;
  width: number;
  height: number;
}

/** The zoom as a number; the widest page fits where the width decides. */
export function zoomOf(zoom: Zoom, pages: readonly PdfPage[], room: number): number {
  if (zoom !== 'fit') return zoom;
  const widest = Math.max(1, ...pages.map((page) => page.width));
  return Math.max(0.2, room / (widest * SCALE));
}

/** The next step up or down; from `fit` it goes to the nearest one in that direction. */
export function zoomStep(now: number, direction: 1 | -1): Zoom {
  const next =
    direction > 0 ? ZOOMS.find((zoom) => zoom > now + 0.01) : ZOOMS.findLast((zoom) => zoom < now - 0.01);
  return next ?? (direction > 0 ? ZOOMS[ZOOMS.length - 1]! : 'fit');
}

export function sheets(pages: readonly PdfPage[], zoom: number): Sheet[] {
  let top = GAP;
  return pages.map((size, at) => {
    const sheet = { page: at + 1, top, width: size.width * SCALE * zoom, height: size.height * SCALE * zoom };
    top += sheet.height + GAP;
    return sheet;
  });
}

export function columnHeight(all: readonly Sheet[]): number {
  const last = all.at(-1);
  return last ? last.top + last.height + GAP : 0;
}

/** The page that is read: the one that holds a line a third down the window. */
export function pageAt(all: readonly Sheet[], scrollTop: number, room: number): number {
  const line = scrollTop + room / 3;
  return all.findLast((sheet) => sheet.top <= line)?.page ?? 1;
}

/** Pages in sight, and two on either side. */
export function near(all: readonly Sheet[], scrollTop: number, room: number): Sheet[] {
  const first = all.findIndex((sheet) => sheet.top + sheet.height >= scrollTop);
  const last = all.findLastIndex((sheet) => sheet.top <= scrollTop + room);
  return first < 0 ? all.slice(-3) : all.slice(Math.max(0, first - 2), Math.max(first, last) + 3);
}

/** Pixels to ask for: steps of 50, so that dragging the edge of a window does not draw each width anew. */
export function pictureWidth(css: number, ratio: number): number {
  return Math.min(1600, Math.ceil((css * ratio) / 50) * 50);
}

/** The first words of a text, as they can be looked for on a page. */
export function firstWords(text: string, count = 8): string {
  return text.trim().split(/\s+/u).slice(0, count).join(' ');
}

/** Letters and figures only: how a line of the page is compared with the text. */
export function bare(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
