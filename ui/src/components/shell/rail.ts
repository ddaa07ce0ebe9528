import type { IconName } from '$lib/icons/names';
import { m } from '$lib/i18n.svelte';
import type { View, ViewName } from '$lib/route';

export interface RailItem {
  name: ViewName;
  icon: IconName;
  word: () => string;
  view: View;
}

export const railItems: RailItem[] = [
  { name: 'home', icon: 'house', word: m.common_nav_home, view: { name: 'home' } },
  { name: 'search', icon: 'search', word: m.common_nav_search, view: { name: 'search', q: '', filters: {} } },
  { name: 'marks', icon: 'bookmark', word: m.common_nav_marks, view: { name: 'marks' } },
  { name: 'sync', icon: 'refresh-cw', word: m.common_nav_sync, view: { name: 'sync' } },
];

export const railFoot: RailItem[] = [
  { name: 'help', icon: 'circle-question-mark', word: m.common_nav_help, view: { name: 'help' } },
  { name: 'settings', icon: 'settings', word: m.common_nav_settings, view: { name: 'settings' } },
];

/** A document belongs to the search that found it. */
export function railPlace(view: ViewName): ViewName {
  return view === 'document' ? 'search' : view;
}
