import { m } from '$lib/i18n.svelte';

export const noteColors = ['amber', 'blue', 'green', 'red'] as const;
export type NoteColor = (typeof noteColors)[number];

export function noteColorName(color: NoteColor): string {
  return {
    amber: m.common_color_amber,
    blue: m.common_color_blue,
    green: m.common_color_green,
    red: m.common_color_red,
  }[color]();
}
