import type { Component } from 'svelte';
import type { ViewName } from '$lib/route';
import DocumentView from './document/DocumentView.svelte';
import HelpView from './help/HelpView.svelte';
import HomeView from './home/HomeView.svelte';
import MarksView from './marks/MarksView.svelte';
import SearchView from './search/SearchView.svelte';
import SettingsView from './settings/SettingsView.svelte';
import StartView from './start/StartView.svelte';
import SyncView from './sync/SyncView.svelte';

/** One view for each name; a view reads `router.view` for the rest. */
export const views: Record<ViewName, Component> = {
  home: HomeView,
  start: StartView,
  search: SearchView,
  document: DocumentView,
  marks: MarksView,
  sync: SyncView,
  settings: SettingsView,
  help: HelpView,
};
