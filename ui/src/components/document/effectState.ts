import type { ValidityTone } from '$components/law/validity';
import type { Effect } from '$lib/host/types';
import type { IconName } from '$lib/icons/names';
import { today } from '$lib/format';
import { m } from '$lib/i18n.svelte';
import { effectWord } from './words';

export interface EffectLook {
  tone: ValidityTone;
  icon: IconName;
  word: string;
}

/** What an effect makes of a provision: "Đã sửa đổi", "Có thể đã sửa đổi", a coming one "Sẽ …". */
export function effectLook(effect: Effect, now = today()): EffectLook {
  const soft = effectWord(effect.kind).toLocaleLowerCase('vi');
  if (!effect.certain) return { tone: 'partly', icon: 'contrast', word: m.document_maybe({ word: soft }) };
  if (effect.from !== null && effect.from > now) {
    return { tone: 'not-yet', icon: 'calendar-clock', word: m.document_will({ word: soft }) };
  }
  if (effect.kind === 'repeals' || effect.kind === 'replaces') {
    return { tone: 'expired', icon: 'circle-x', word: m.document_done({ word: soft }) };
  }
  if (effect.kind === 'suspends') {
    return { tone: 'suspended', icon: 'circle-pause', word: m.document_state_suspended() };
  }
  return { tone: 'partly', icon: 'pencil-line', word: m.document_done({ word: soft }) };
}
