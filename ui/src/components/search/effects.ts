// What other acts did to the place in sight, as sentences that claim no more than is known.
import { nameOf } from '$components/law/document';
import { date, keepTogether } from '$lib/format';
import type { Effect, EffectKind } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';

type Sentence = (args: { place: string; act: string }) => string;

const sentences: Record<EffectKind, { sure: Sentence; maybe: Sentence }> = {
  amends: { sure: m.search_effect_amends, maybe: m.search_effect_amends_maybe },
  replaces: { sure: m.search_effect_replaces, maybe: m.search_effect_replaces_maybe },
  repeals: { sure: m.search_effect_repeals, maybe: m.search_effect_repeals_maybe },
  suspends: { sure: m.search_effect_suspends, maybe: m.search_effect_suspends_maybe },
  corrects: { sure: m.search_effect_corrects, maybe: m.search_effect_corrects_maybe },
  // Who decides may have moved; the words themselves stand.
  moves_power: { sure: m.search_effect_moves_power, maybe: m.search_effect_moves_power },
};

/** Those that touch the provision, what lies in it or what it lies in; for a whole document all. */
export function touching(effects: readonly Effect[], provision: string | null): Effect[] {
  const found = effects.filter(
    ({ provision: own }) =>
      own === null || provision === null || own === provision || own.startsWith(`${provision}.`) || provision.startsWith(`${own}.`),
  );
  // What names the place says more than what names the whole act.
  return found.toSorted((a, b) => Number(a.provision === null) - Number(b.provision === null));
}

export function sentenceOf(effect: Effect): string {
  const { sure, maybe } = sentences[effect.kind];
  const label = effect.label.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase('vi'));
  const place = effect.provision === null ? m.search_effect_whole() : keepTogether(label);
  const act = effect.by ? nameOf(effect.by) : (effect.byNumber ?? m.search_effect_other_act());
  const words = (effect.certain ? sure : maybe)({ place, act });
  return effect.from ? m.search_effect_from({ words, date: date(effect.from) }) : words;
}
