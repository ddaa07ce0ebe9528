import type { Component } from 'svelte';
import type { DocumentPage, Place } from '$lib/host/types';

type Pane = Component<{ page: DocumentPage; place: Place; onplace: (place: Place) => void }>;

const panes = import.meta.glob<{ default: Pane }>('../../components/viewer/OriginalPane.svelte', { eager: true });

/** What shows originals, pictures and recordings; undefined in a build without it. */
export function originalPane(): Pane | undefined {
  return Object.values(panes)[0]?.default;
}
