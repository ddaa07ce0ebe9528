import { describe, expect, test, vi } from 'vitest';
import type { Cue, ObjectRow, OutlineNode } from '$lib/host/types';
import { captionAt, chapterAt, chaptersOf, cueAt, segments, speakerOf, speakersOf } from './cues';
import { KEEP_EVERY, Player } from './player.svelte';

const cues: Cue[] = [
  { id: 'doan_1', fromMs: 800, toMs: 3900, text: 'Một' },
  { id: 'doan_2', fromMs: 4300, toMs: 9400, text: 'Hai' },
  { id: 'doan_3', fromMs: 9400, toMs: 12_000, text: 'Ba' },
];
const object: ObjectRow = { sha256: 'a'.repeat(64), role: 'video', name: 'v.mp4', mediaType: 'video/mp4', size: 1, here: true };

function media(duration = 60) {
  return { currentTime: 0, duration, paused: true, playbackRate: 1, volume: 1, muted: false, error: null, play: vi.fn(async () => {}), pause: vi.fn() };
}

function player(keep = vi.fn(async () => null), now = () => 0) {
  const made = new Player('d1', object, keep, now);
  made.info = { kind: 'video', url: '', mediaType: 'video/mp4', poster: null, cues };
  const element = media();
  made.attach(element);
  made.ready();
  return { made, element, keep };
}

describe('cues', () => {
  test('the last one that began is current, also in a pause, and none before the first', () => {
    expect([0, 800, 4000, 4300, 9400, 99_000].map((ms) => cueAt(cues, ms))).toEqual([-1, 0, 0, 1, 2, 2]);
  });

  test('a pause shows no words over the picture', () => {
    expect(captionAt(cues, 4000)).toBe('');
    expect(captionAt(cues, 4300)).toBe('Hai');
    expect(captionAt([], 10)).toBe('');
  });

  test('a name before a colon is who speaks, if it comes again', () => {
    const said = ['Già làng: Đất này nhà tôi làm.', 'Dừng lại: không chuyển tiền.', 'Già làng: Ai xác nhận?'];
    const speakers = speakersOf(said.map((text, at) => ({ id: `${at}`, fromMs: at, toMs: at, text })));
    expect([...speakers]).toEqual(['Già làng']);
    expect(speakerOf(said[0]!, speakers)).toEqual({ speaker: 'Già làng', words: 'Đất này nhà tôi làm.' });
    expect(speakerOf(said[1]!, speakers)).toEqual({ speaker: '', words: said[1] });
  });
});

describe('chapters', () => {
  const node = (id: string | null, level: string, children: OutlineNode[] = []): OutlineNode => ({
    id, level, label: id ?? '', heading: '', state: 'unknown', block: 0, doubtful: false, children,
  });

  test('parts of the outline that hold cues divide the bar', () => {
    const outline = [node('muc_1', 'section', [node('doan_1', 'cue')]), node('muc_2', 'section', [node('doan_3', 'cue')])];
    const chapters = chaptersOf(outline, cues);
    expect(chapters.map((chapter) => chapter.fromMs)).toEqual([800, 9400]);
    expect(chapterAt(chapters, 9500)).toBe(1);
    expect(segments([{ name: '', fromMs: 0 }, { name: '', fromMs: 30_000 }], 60_000)).toEqual([
      { from: 0, to: 0.5 },
      { from: 0.5, to: 1 },
    ]);
  });

  test('cues alone are no chapters', () => {
    expect(chaptersOf(cues.map((cue) => node(cue.id, 'cue')), cues)).toEqual([]);
    expect(segments([], 0)).toEqual([{ from: 0, to: 1 }]);
  });
});

describe('the player', () => {
  test('begins where one stopped, and anew after the end', async () => {
    const made = new Player('d1', object, vi.fn(async () => null));
    const element = media();
    made.attach(element);
    made.seek(19_000);
    made.ready();
    expect(element.currentTime).toBe(19);
    made.seek(59_900);
    const again = new Player('d1', object, vi.fn(async () => null));
    const next = media();
    again.attach(next);
    again.seek(59_900);
    again.ready();
    expect(next.currentTime).toBe(0);
  });

  test('a jump stays within the recording and takes the transcript along', () => {
    const { made, element } = player();
    made.follow = false;
    made.skip(-10_000);
    expect(element.currentTime).toBe(0);
    expect(made.follow).toBe(true);
    made.seek(1e9);
    expect(element.currentTime).toBe(60);
  });

  test('the place is kept every five seconds while it plays, on a pause, and never twice', () => {
    let clock = 0;
    const { made, element, keep } = player(vi.fn(async () => null), () => clock);
    made.started();
    element.currentTime = 2;
    clock = 2000;
    made.moved();
    expect(keep).not.toHaveBeenCalled();
    element.currentTime = 6;
    clock = KEEP_EVERY + 1;
    made.moved();
    expect(keep).toHaveBeenCalledTimes(1);
    expect(keep.mock.lastCall).toEqual(['d1', expect.objectContaining({ timeMs: 6000, object: object.sha256 }), 0.1]);
    made.stopped();
    made.put();
    expect(keep).toHaveBeenCalledTimes(1);
  });

  test('the end counts as read', () => {
    const { made, element, keep } = player();
    element.currentTime = 59.9;
    made.moved();
    made.finished();
    expect(keep.mock.lastCall?.at(2)).toBe(1);
    expect(made.ended).toBe(true);
  });

  test('without a decoder it says that it cannot be played', () => {
    const { made, element } = player();
    Object.assign(element, { error: { code: 4 } });
    made.failed();
    expect(made.problem).toBe('unplayable');
    Object.assign(element, { error: { code: 3 } });
    made.failed();
    expect(made.problem).toBe('broken');
  });
});
