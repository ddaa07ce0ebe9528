// The five steps of a sync, as they are shown.
import { bytes, number } from '$lib/format';
import type { JobState, Phase } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';
import type { IconName } from '$lib/icons/names';

export type StepState = 'waiting' | 'running' | 'paused' | 'done' | 'failed';

export interface Step {
  phase: Phase;
  name: string;
  icon: IconName;
  state: StepState;
  /** From 0 to 1, where known. */
  value: number | undefined;
  detail: string;
}

const phases: [Phase, () => string, IconName][] = [
  ['checking', m.start_phase_checking, 'shield-check'],
  ['catalogue', m.start_phase_catalogue, 'list'],
  ['texts', m.start_phase_texts, 'file-text'],
  ['indexing', m.start_phase_indexing, 'text-search'],
  ['objects', m.start_phase_objects, 'image'],
];

/** While these run, `done` counts bytes. */
const inBytes: readonly Phase[] = ['catalogue', 'texts', 'objects'];

export function steps(job: JobState): Step[] {
  const at = phases.findIndex(([phase]) => phase === job.phase);
  return phases.map(([phase, name, icon], index) => {
    const state = job.state === 'done' || index < at ? 'done' : index > at ? 'waiting' : stateOf(job);
    const here = index === at && state !== 'done';
    return {
      phase,
      name: name(),
      icon,
      state,
      // What stands still does not look like work.
      value: here ? (share(job) ?? (job.state === 'running' ? undefined : 0)) : undefined,
      detail: here && job.total ? amount(job) : '',
    };
  });
}

/** How far the whole is: each step counts the same, for nobody knows its time beforehand. */
export function overall(job: JobState): number {
  if (job.state === 'done') return 1;
  const at = phases.findIndex(([phase]) => phase === job.phase);
  return (at + (share(job) ?? 0)) / phases.length;
}

function share(job: JobState): number | undefined {
  return job.total ? Math.min(1, job.done / job.total) : undefined;
}

function stateOf(job: JobState): StepState {
  return job.state === 'failed' ? 'failed' : job.state === 'running' ? 'running' : 'paused';
}

function amount(job: JobState): string {
  const words = inBytes.includes(job.phase) ? bytes : (count: number) => number(count);
  return m.start_of({ done: words(job.done), total: words(job.total ?? 0) });
}
