#!/usr/bin/env python3
"""Makes the videos and sound pieces of the sample shelf, with their subtitles, from `sources/*.media.txt`.

    apt install espeak-ng ffmpeg poppler-utils; python3 -m pip install weasyprint (and the fonts, see make_pages.py)
    SHELF_FONTS=<node_modules> python3 assets/make/make_media.py [name …]

The first line of a source names the file, the kind of subtitles and the title. Then `# heading; drawing` begins
a picture, `*` is a line on it (`*-` a small one), `>` a sentence that is spoken. A line shows from the sentence
that follows it. Each sentence is spoken by itself, so the subtitles know to the millisecond when it is heard.
"""

import html
import pathlib
import re
import subprocess
import sys
import tempfile
import wave

import drawings
import made
import make_pages

VOICE = ["espeak-ng", "-v", "vi", "-s", "142", "-p", "42", "-a", "70"]
# Videos with a picture that stands for them before they play.
POSTERS = ("video-khai-sinh-dung-han",)
BEFORE, BETWEEN, PICTURE_CHANGE, AFTER = 0.8, 0.4, 0.8, 1.6
RATE = 22050


class Cue:
    """One spoken sentence: its words, its time in seconds and the page that is seen meanwhile."""

    def __init__(self, words, page, new_picture):
        self.words, self.page, self.new_picture = words, page, new_picture
        self.start = self.end = 0.0


def page_of(heading, drawing, lines, shown, opening):
    """A frame as HTML; lines that come later keep their place but are not seen."""
    rows = "".join(
        f'<li class="{"small" if small else ""} {"later" if i >= shown else ""}">{html.escape(words)}</li>'
        for i, (words, small) in enumerate(lines)
    )
    name, _, top = drawing.partition(":")
    return (
        f'<section class="slide frame{" opening" if opening else ""}"><div class="strip">{drawings.band(700)}</div><h2>{html.escape(heading)}</h2>'
        f'<div class="text"><ul>{rows}</ul></div><div class="side">{drawings.draw(name, int(top or 0))}</div>'
        f'<p class="mark bottom"><span>DỮ LIỆU MẪU</span><span>Giọng đọc: giọng máy</span></p></section>'
    )


def cues_of(lines):
    """The sentences of a source, each with the frame that goes with it."""
    pictures = []
    for line in lines:
        if line.startswith("# "):
            heading, _, drawing = line[2:].partition(";")
            pictures.append((heading.strip(), drawing.strip() or "nha_rong", [], []))
        elif line.startswith("*"):
            pictures[-1][2].append((line.lstrip("*- "), line.startswith("*-")))
        elif line.startswith("> "):
            pictures[-1][3].append((line[2:], len(pictures[-1][2])))
    return [
        Cue(words, page_of(heading, drawing, shown_lines, shown, n == 0), i == 0)
        for n, (heading, drawing, shown_lines, sentences) in enumerate(pictures)
        for i, (words, shown) in enumerate(sentences)
    ]


def silence(seconds):
    return b"\0\0" * round(seconds * RATE)


def speak(cues, folder):
    """Writes `sound.wav`, and the times into the cues; the length in seconds."""
    sound = bytearray(silence(BEFORE))
    for i, cue in enumerate(cues):
        if i:
            sound += silence(PICTURE_CHANGE if cue.new_picture else BETWEEN)
        one = folder / "one.wav"
        subprocess.run([*VOICE, "-w", one, cue.words], check=True)
        with wave.open(str(one)) as spoken:
            assert (spoken.getframerate(), spoken.getnchannels(), spoken.getsampwidth()) == (RATE, 1, 2)
            frames = spoken.readframes(spoken.getnframes())
        cue.start = len(sound) / 2 / RATE
        sound += frames
        cue.end = len(sound) / 2 / RATE
    sound += silence(AFTER)
    with wave.open(str(folder / "sound.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(bytes(sound))
    return len(sound) / 2 / RATE


def clock(seconds, comma):
    thousandths = round(seconds * 1000)
    whole, rest = divmod(thousandths, 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{',' if comma else '.'}{rest:03d}"


def wrapped(words, width=46):
    """Two balanced lines at most, as a reader of subtitles expects."""
    if len(words) <= width:
        return words
    spaces = [m.start() for m in re.finditer(" ", words)]
    middle = min(spaces, key=lambda at: abs(at - len(words) / 2))
    return words[:middle] + "\n" + words[middle + 1 :]


def subtitles(cues, kind):
    rows = [
        (f"{i}\n" if kind == "srt" else "")
        + f"{clock(cue.start, kind == 'srt')} --> {clock(cue.end, kind == 'srt')}\n{wrapped(cue.words)}\n"
        for i, cue in enumerate(cues, 1)
    ]
    return ("WEBVTT\n\n" if kind == "vtt" else "") + "\n".join(rows)


def frames(cues, folder):
    """Draws each frame as `f-….png` and lists them with their durations for ffmpeg."""
    css = (made.HERE / "pages.css").read_text(encoding="utf-8")
    pages = '<html lang="vi"><body>' + "".join(cue.page for cue in cues) + "</body></html>"
    (folder / "frames.pdf").write_bytes(make_pages.to_pdf(make_pages.kept_whole(pages), css))
    subprocess.run(
        ["pdftoppm", "-png", "-scale-to-x", "1280", "-scale-to-y", "720", folder / "frames.pdf", folder / "f"], check=True
    )
    return sorted(folder.glob("f-*.png"))


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True)


def film(cues, length, folder, target, title):
    pictures = frames(cues, folder)
    assert len(pictures) == len(cues)
    starts = [0.0] + [cue.start - 0.15 for cue in cues[1:]] + [length]
    rows = [f"file '{p}'\nduration {starts[i + 1] - starts[i]:.3f}" for i, p in enumerate(pictures)]
    (folder / "list.txt").write_text("\n".join(rows + [f"file '{pictures[-1]}'"]) + "\n")
    ffmpeg(
        "-f", "concat", "-safe", "0", "-i", folder / "list.txt", "-i", folder / "sound.wav",
        "-vf", "fps=12,format=yuv420p", "-c:v", "libx264", "-profile:v", "baseline", "-level", "3.1", "-crf", "26",
        "-preset", "veryslow", "-tune", "stillimage", "-g", "120", "-c:a", "aac", "-b:a", "56k", "-ar", "44100",
        "-t", f"{length:.3f}", "-movflags", "+faststart", "-map_metadata", "-1", "-metadata", f"title={title}",
        "-metadata:s:a:0", "language=vie", target,
    )  # fmt: skip


def poster(target, sources):
    """The opening picture of a video beside it, as `<stem>.poster.jpg`."""
    beside = target.with_name(target.stem + ".poster.jpg")
    ffmpeg("-ss", "1", "-i", target, "-frames:v", "1", "-vf", "scale=640:-2", "-q:v", "5", "-map_metadata", "-1", beside)
    made.record(beside, sources)


def make(source):
    first, *lines = source.read_text(encoding="utf-8").rstrip("\n").split("\n")
    name, kind, title = re.split(r"\s*;\s*", first, maxsplit=2)
    target = made.SHELF / name
    cues = cues_of(lines)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        length = speak(cues, folder)
        if target.suffix == ".mp4":
            film(cues, length, folder, target, title)
        else:
            ffmpeg("-i", folder / "sound.wav", "-c:a", "libmp3lame", "-b:a", "48k", "-map_metadata", "-1",
                   "-metadata", f"title={title}", "-metadata", "artist=Giọng máy (dữ liệu mẫu)", target)  # fmt: skip
    beside = target.with_suffix("." + kind)
    beside.write_text(subtitles(cues, kind), encoding="utf-8", newline="\n")
    drawn_from = [made.HERE / "pages.css", made.HERE / "drawings.py"] if target.suffix == ".mp4" else []
    made.record(target, [source, *drawn_from])
    if target.stem in POSTERS:
        poster(target, [source, *drawn_from])
    made.record(beside, [source])
    print(f"{target.name}: {target.stat().st_size} bytes, {length:.1f} s, {len(cues)} sentences")


if __name__ == "__main__":
    for source in sorted((made.HERE / "sources").glob("*.media.txt")):
        if not sys.argv[1:] or source.name.removesuffix(".media.txt") in sys.argv[1:]:
            make(source)
