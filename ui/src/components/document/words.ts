// Words for what the engine names by identifiers.
import { productLook } from '$components/law/products';
import type { IconName } from '$lib/icons/names';
import type {
  BasisState,
  Direction,
  DocumentLine,
  Effect,
  EffectKind,
  ObjectRole,
  Product,
  ProvisionState,
} from '$lib/host/types';
import { today } from '$lib/format';
import { m } from '$lib/i18n.svelte';

export function provisionWord(state: ProvisionState): string {
  return {
    no_change_known: m.common_provision_normal,
    may_be_amended: m.common_provision_maybe_amended,
    amended: m.common_provision_amended,
    repealed: m.common_provision_repealed,
    suspended: m.document_state_suspended,
    unknown: m.common_provision_unknown,
  }[state]();
}

export function productWord(product: Product): string {
  return productLook[product].name();
}

export function lineIcon(line: DocumentLine): IconName {
  return line.product ? productLook[line.product].icon : 'scroll-text';
}

/** What a relation is called: `Sửa đổi, bổ sung`; seen from the other end `Sửa đổi, bổ sung bởi`. */
export function relationWord(kind: string, direction: Direction, plain = false): string {
  const word = (
    {
      basis: m.document_relation_basis,
      guides: m.document_relation_guides,
      amends: m.document_relation_amends,
      replaces: m.document_relation_replaces,
      repeals: m.document_relation_repeals,
      corrects: m.document_relation_corrects,
      consolidates: m.document_relation_consolidates,
      cites: m.document_relation_cites,
      interprets: m.document_relation_interprets,
      suspends: m.document_relation_suspends,
      moves_power: m.document_relation_moves_power,
    } as Record<string, () => string>
  )[kind]?.();
  if (word === undefined) return m.document_relation_related();
  if (direction === 'out' || plain) return word;
  return kind === 'basis' ? m.document_relation_basis_of() : m.document_relation_by({ relation: word });
}

function effectVerb(kind: EffectKind): string {
  return {
    amends: m.document_effect_amends,
    replaces: m.document_effect_replaces,
    repeals: m.document_effect_repeals,
    suspends: m.document_effect_suspends,
    corrects: m.document_effect_corrects,
    moves_power: m.document_effect_moves_power,
  }[kind]();
}

/** `Khoản này có thể đã được sửa đổi bởi`; the act follows as a link. A coming day is not told as done. */
export function effectLine(effect: Effect, place: string, now = today()): string {
  const modal = !effect.certain
    ? m.document_effect_maybe()
    : effect.from !== null && effect.from > now
      ? m.document_effect_will()
      : m.document_effect_did();
  return m.document_effect_line({ place, modal, verb: effectVerb(effect.kind) });
}

/** What an effect is called in a table: `Sửa đổi, bổ sung`. */
export function effectWord(kind: EffectKind): string {
  return relationWord(kind, 'out');
}

export function thisPlace(level: string | undefined): string {
  const words: Record<string, () => string> = {
    article: m.document_this_article,
    clause: m.document_this_clause,
    point: m.document_this_point,
  };
  return level === undefined ? m.document_this_act() : (words[level]?.() ?? m.document_this_part());
}

/** Said before anyone prints or reads it out. */
export function basisWarning(line: DocumentLine): string | undefined {
  if (!line.product || line.basis === null) return undefined;
  const product = productWord(line.product);
  const words: Partial<Record<BasisState, string>> = {
    dead: m.document_basis_dead({ product }),
    changed: m.document_basis_changed({ product }),
  };
  return words[line.basis];
}

/** The title without the mark of sample data, which stands beside it as a tag. */
export function plainTitle(line: Pick<DocumentLine, 'title' | 'sample'>): string {
  return line.sample ? line.title.replace(/\s*\(Dữ liệu mẫu\)\s*$/u, '') : line.title;
}

/** `QĐ 37/2024/QĐ-UBND`, `Luật Đất đai 31/2024/QH15`, or the title of a product: for tabs and short lists. */
export function shortName(line: DocumentLine): string {
  if (!line.number) return plainTitle(line);
  const short = {
    'Quyết định': 'QĐ',
    'Nghị định': 'NĐ',
    'Nghị quyết': 'NQ',
    'Kế hoạch': 'KH',
    'Thông tư': 'TT',
    'Chỉ thị': 'CT',
    'Pháp lệnh': 'PL',
    'Công văn': 'CV',
    'Văn bản hợp nhất': 'VBHN',
  }[line.kind ?? ''];
  if (short) return `${short} ${line.number}`;
  return /luật/i.test(line.kind ?? '') ? `${plainTitle(line)} ${line.number}` : line.number;
}

/** `Quyết định 9001/2026/QĐ-UBND`, else the title. */
export function fullName(line: DocumentLine): string {
  return line.number ? [line.kind, line.number].filter(Boolean).join(' ') : plainTitle(line);
}

export function roleWord(role: ObjectRole): string {
  return {
    original: m.document_role_original,
    image: m.document_role_image,
    video: m.document_role_video,
    audio: m.document_role_audio,
    subtitles: m.document_role_subtitles,
    poster: m.document_role_poster,
  }[role]();
}

export const roleIcons: Record<ObjectRole, IconName> = {
  original: 'file-text',
  image: 'file-image',
  video: 'video',
  audio: 'volume-2',
  subtitles: 'captions',
  poster: 'image',
};
