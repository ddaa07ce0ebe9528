#!/usr/bin/env python3
"""Makes the list of 2,048 syllables that fingerprints are read out with.

    SHELF_DATA=… python3 assets/make/root_words.py > src-tauri/crates/shelf-law/data/root-words.txt

Run once: the list never changes again, because people write words of it down. It is kept so that
anybody can see where each word comes from.

The rule:
1. Syllables come from words/phamvandong_syllables.txt, a list of all well-formed syllables of
   Vietnamese. Only those of 2 to 6 letters are taken.
2. They are grouped by what is left without tones and marks (d for đ), and with i for y after
   h k l m s t, as search treats them. A group gives one word at most.
3. Groups that hold a rude or frightening word are left out whole: by phone, tones get lost.
4. The word of a group is the one most frequent in the law texts of four public corpora, so that it
   is a word people know; where none occurs there, the one with the fewest marks, the first of those
   in the order of code points.
5. The 2,048 most frequent groups are kept; of those that never occur, the ones with the most
   syllables first (they are the regular ones), then in alphabetical order.
6. The list is sorted by the folded form.

Uses the standard library only, except `zstdcat` for the corpora.
"""

import collections
import os
import pathlib
import re
import subprocess
import sys
import unicodedata

COUNT = 2048
CORPORA = ["dsc2026_docs", "phapdien_laws", "tvpl_laws_2024", "vbpl2026_docs"]
LEFT_OUT = set(
    "bu buoi buom cac chet chim cu cut dam deo di dit du giet hiep ia lon ngu nguc te vu".split()
)


def folded(word):
    parts = unicodedata.normalize("NFD", word.lower())
    bare = "".join(c for c in parts if not unicodedata.combining(c)).replace("đ", "d")
    return re.sub(r"^([hklmst])y$", r"\1i", bare)


def marks(word):
    return len(unicodedata.normalize("NFD", word.replace("đ", "d\u0335"))) - len(word)


def main():
    data = pathlib.Path(os.environ["SHELF_DATA"])
    text = (data / "words" / "phamvandong_syllables.txt").read_text(encoding="utf-8")
    syllables = {unicodedata.normalize("NFC", line.strip()) for line in text.split("\n")}
    syllables = {word for word in syllables if 2 <= len(word) <= 6 and word.isalpha()}
    groups = collections.defaultdict(list)
    for word in sorted(syllables):
        groups[folded(word)].append(word)

    frequency = collections.Counter()
    for corpus in CORPORA:
        path = data / "corpus" / f"{corpus}.jsonl.zst"
        with subprocess.Popen(["zstdcat", path], stdout=subprocess.PIPE) as reading:
            for line in reading.stdout:
                line = unicodedata.normalize("NFC", line.decode("utf-8")).lower()
                line = line.replace("\\n", " ").replace("\\t", " ")
                frequency.update(w for w in re.findall(r"[^\W\d_]+", line) if w in syllables)

    def occurs(group):
        return sum(frequency[word] for word in groups[group])

    kept = [group for group in groups if group not in LEFT_OUT and group.isascii()]
    kept.sort(key=lambda group: (-occurs(group), -len(groups[group]), group))
    kept = sorted(kept[:COUNT])
    if len(kept) != COUNT:
        sys.exit(f"only {len(kept)} words")
    for group in kept:
        word = min(groups[group], key=lambda word: (-frequency[word], marks(word), word))
        print(word)


if __name__ == "__main__":
    main()
