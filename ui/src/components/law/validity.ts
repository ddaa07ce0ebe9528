import type { IconName } from '$lib/icons/names';
import { m } from '$lib/i18n.svelte';

/** The states of a document, named as on the wire. */
export const validityStates = [
  'in_force',
  'partly_expired',
  'expired',
  'not_yet',
  'suspended',
  'partly_suspended',
  'no_longer_suitable',
  'unknown',
] as const;
export type ValidityState = (typeof validityStates)[number];

export type ValidityTone =
  | 'in-force'
  | 'partly'
  | 'expired'
  | 'not-yet'
  | 'suspended'
  | 'unsuitable'
  | 'unknown';

/** Icon, colour and word: never the colour alone. */
export const validityLook: Record<ValidityState, { icon: IconName; tone: ValidityTone; word: () => string }> = {
  in_force: { icon: 'circle-check', tone: 'in-force', word: m.common_validity_in_force },
  partly_expired: { icon: 'contrast', tone: 'partly', word: m.common_validity_partly_expired },
  expired: { icon: 'circle-x', tone: 'expired', word: m.common_validity_expired },
  not_yet: { icon: 'calendar-clock', tone: 'not-yet', word: m.common_validity_not_yet },
  suspended: { icon: 'circle-pause', tone: 'suspended', word: m.common_validity_suspended },
  partly_suspended: { icon: 'circle-pause', tone: 'suspended', word: m.common_validity_partly_suspended },
  no_longer_suitable: { icon: 'circle-minus', tone: 'unsuitable', word: m.common_validity_no_longer_suitable },
  unknown: { icon: 'circle-question-mark', tone: 'unknown', word: m.common_validity_unknown },
};

/** What is known of one Điều, khoản or điểm. */
export type ProvisionState = 'normal' | 'maybe_amended' | 'amended' | 'repealed' | 'unknown';

export const provisionLook: Record<
  ProvisionState,
  { icon: IconName; tone: ValidityTone | 'plain'; word: () => string }
> = {
  normal: { icon: 'circle-check', tone: 'plain', word: m.common_provision_normal },
  maybe_amended: { icon: 'contrast', tone: 'partly', word: m.common_provision_maybe_amended },
  amended: { icon: 'pencil-line', tone: 'partly', word: m.common_provision_amended },
  repealed: { icon: 'circle-x', tone: 'expired', word: m.common_provision_repealed },
  unknown: { icon: 'circle-question-mark', tone: 'unknown', word: m.common_provision_unknown },
};
