import { describe, expect, it } from 'vitest';
import type { Block, Effect, Link, OutlineNode } from '$lib/host/types';
import { groups } from './groups';
import { pathOf, placeLabel, spotAt, spots, treeItems } from './outline';
import { joined, quoteIn, runs } from './runs';
import { chosenRanges, oldestCheck } from './selection';
import { effectLook } from './effectState';
import { effectLine, shortName } from './words';

const link = (from: number, to: number): Link => ({
  from,
  to,
  target: { document: null, number: '1/2024/QH15', provision: null, onShelf: false, same: false },
});

function block(index: number, more: Partial<Block> = {}): Block {
  return {
    index,
    level: 'paragraph',
    depth: 0,
    id: null,
    marker: '',
    label: '',
    heading: '',
    text: 'chữ',
    rows: [],
    quoted: false,
    doubtful: false,
    page: null,
    timeMs: null,
    lang: null,
    links: [],
    state: 'no_change_known',
    effects: [],
    ...more,
  };
}

function node(level: string, label: string, at: number, children: OutlineNode[] = []): OutlineNode {
  const id = /\d/.test(label) && !['chapter'].includes(level) ? label.replace(/\W/gu, '_') : null;
  return { id, level, label, heading: '', state: 'amended', block: at, doubtful: false, children };
}

const outline = [
  node('chapter', 'Chương X', 0, [
    node('article', 'Điều 135', 1, [node('clause', 'khoản 1', 2)]),
    node('article', 'Điều 136', 3, [node('clause', 'khoản 1', 4), node('clause', 'khoản 2', 6)]),
  ]),
  node('article', 'Điều 137', 8),
];
const [id135, id136] = outline[0]!.children.map((each) => each.id!);
outline[0]!.children[1]!.children[0]!.id = `${id136}.khoan_1`;
outline[0]!.children[1]!.children[1]!.id = `${id136}.khoan_2`;

describe('runs of a text', () => {
  it('are cut at scalar values, not at halves of letters outside the first plane', () => {
    const text = '𠀀𠀀 Điều 5 là';
    const [before, cited, after] = runs(text, [link(3, 9)]);
    expect(before?.text).toBe('𠀀𠀀 ');
    expect(cited).toMatchObject({ text: 'Điều 5', link: 0 });
    expect(after?.text).toBe(' là');
  });

  it('give back the whole text whatever lies on it', () => {
    const text = 'khoản 2 Điều 5 của Luật này';
    const cut = runs(text, [link(0, 14)], [{ from: 8, to: 20, current: true }], [{ from: 12, to: 99, color: 'blue' }]);
    expect(cut.map((run) => run.text).join('')).toBe(text);
    expect(cut.filter((run) => run.current).map((run) => run.text).join('')).toBe('Điều 5 của L');
    expect(cut.find((run) => run.text === 'Điều')).toMatchObject({ link: 0, found: true, note: undefined });
  });

  it('of one link are one button though a hit begins in its middle', () => {
    const parts = joined(runs('xem Điều 5.', [link(4, 10)], [{ from: 9, to: 10, current: false }]));
    expect(parts.map((part) => [part.link, part.runs.length])).toEqual([[undefined, 1], [0, 2], [undefined, 1]]);
  });

  it('without anything on it is one run', () => {
    expect(runs('chữ')).toHaveLength(1);
    expect(runs('')).toEqual([]);
  });

  it('finds a quote in scalar values, also when it was typed in parts', () => {
    expect(quoteIn('𠀀 Điều này', 'Điều'.normalize('NFD'))).toEqual({ from: 2, to: 6 });
    expect(quoteIn('Điều này', 'khác')).toBeUndefined();
  });
});

describe('groups of blocks', () => {
  it('put a changed provision in a frame with the points below it', () => {
    const made = groups([
      block(0, { id: 'dieu_1.khoan_1', depth: 1 }),
      block(1, { id: 'dieu_1.khoan_2', depth: 1, effects: [0] }),
      block(2, { id: 'dieu_1.khoan_2.diem_a', depth: 2 }),
      block(3, { id: 'dieu_1.khoan_3', depth: 1 }),
    ]);
    expect(made.map((group) => [group.kind, group.blocks.length])).toEqual([['text', 1], ['change', 2], ['text', 1]]);
  });

  it('go on over the end of a chunk without a second heading', () => {
    const first = groups([block(0, { id: 'dieu_1', effects: [0] })]);
    const [next] = groups([block(1, { id: 'dieu_1.khoan_1', depth: 1 })], first.at(-1));
    expect(next).toMatchObject({ kind: 'change', continued: true, effects: [0] });
  });

  it('tell the head from the foot and own words from quoted ones', () => {
    const made = groups([
      block(0, { level: 'furniture' }),
      block(1),
      block(2, { quoted: true }),
      block(3, { level: 'furniture' }),
    ]);
    expect(made.map((group) => group.kind)).toEqual(['head', 'text', 'quoted', 'foot']);
  });
});

describe('the outline', () => {
  const all = spots(outline);

  it('knows where a block stands', () => {
    expect(placeLabel(spotAt(all, 5)!)).toBe('Điều 136, khoản 1');
    expect(pathOf(spotAt(all, 5)!).map((each) => each.label)).toEqual(['Chương X']);
    expect(spotAt(all, 99)?.node.label).toBe('Điều 137');
    expect(spotAt([], 3)).toBeUndefined();
  });

  it('has a pencil only where an act names the provision or one below it', () => {
    const effect = { provision: `${id136}.khoan_2` } as Effect;
    const whole = { provision: null } as Effect;
    const [chapter] = treeItems(outline, [effect, whole]);
    expect(chapter!.children!.map((item) => item.icon)).toEqual([undefined, 'pencil-line']);
    expect(chapter!.children![1]!.children!.map((item) => item.icon)).toEqual([undefined, 'pencil-line']);
  });
});

describe('what is printed', () => {
  it('is everything, or a provision with what hangs below it', () => {
    expect(chosenRanges({ what: 'all' }, outline, 10)).toEqual([{ from: 0, to: 10 }]);
    expect(chosenRanges({ what: 'current', provision: id136! }, outline, 10)).toEqual([{ from: 3, to: 8 }]);
  });

  it('has a khoản under the head of its Điều', () => {
    expect(chosenRanges({ what: 'list', provisions: [`${id136}.khoan_2`] }, outline, 10)).toEqual([
      { from: 3, to: 4 },
      { from: 6, to: 8 },
    ]);
  });

  it('stands in the order of the text and once', () => {
    expect(chosenRanges({ what: 'list', provisions: [id136!, id135!, `${id136}.khoan_1`] }, outline, 10)).toEqual([
      { from: 1, to: 8 },
    ]);
    expect(chosenRanges({ what: 'list', provisions: [] }, outline, 10)).toEqual([]);
  });

  it('carries the oldest check, and none as soon as one is not known', () => {
    expect(oldestCheck(['2026-06-30', '2025-12-31'])).toBe('2025-12-31');
    expect(oldestCheck(['2026-06-30', null])).toBeNull();
    expect(oldestCheck([])).toBeNull();
  });
});

describe('words of an effect', () => {
  const effect = (more: Partial<Effect>): Effect => ({
    provision: 'dieu_1',
    label: 'Điều 1',
    heading: '',
    kind: 'amends',
    certain: true,
    by: null,
    byNumber: '2/2026/QĐ-UBND',
    byProvision: null,
    from: '2026-05-05',
    quote: null,
    ...more,
  });

  it('are certain only where the data is, and never ahead of the day', () => {
    expect(effectLine(effect({}), 'Khoản này', '2026-11-25')).toBe('Khoản này đã được sửa đổi, bổ sung bởi');
    expect(effectLine(effect({ certain: false }), 'Khoản này', '2026-11-25')).toContain('có thể đã');
    expect(effectLine(effect({ from: '2027-01-01' }), 'Khoản này', '2026-11-25')).toContain('sẽ được');
    expect(effectLook(effect({ kind: 'repeals', from: '2027-01-01' }), '2026-11-25').tone).toBe('not-yet');
    expect(effectLook(effect({ kind: 'repeals' }), '2026-11-25').tone).toBe('expired');
    expect(effectLook(effect({ kind: 'repeals', certain: false }), '2026-11-25').tone).toBe('partly');
  });

  it('name a document shortly', () => {
    const line = { number: '37/2024/QĐ-UBND', kind: 'Quyết định', title: 'Hạn mức', sample: false };
    expect(shortName(line as never)).toBe('QĐ 37/2024/QĐ-UBND');
    expect(shortName({ ...line, kind: 'Luật', number: '31/2024/QH15', title: 'Luật Đất đai' } as never)).toBe('Luật Đất đai 31/2024/QH15');
    expect(shortName({ ...line, number: null, title: 'Tờ gấp (Dữ liệu mẫu)', sample: true } as never)).toBe('Tờ gấp');
  });
});
