#!/usr/bin/env python3
"""Makes the list of 2,048 syllables that fingerprints are read out with.

    SHELF_DATA=… python3 assets/make/root_words.py > src-tauri/crates/shelf-law/data/root-words.txt

Once the first root has been handed out the list never changes again, because people write words of
it down. It is kept so that anybody can see where each word comes from.

The rule:
1. Syllables come from words/phamvandong_syllables.txt, a list of well-formed syllables. Only those of
   2 to 6 letters are taken, and only in the spelling of Vietnamese: k, gh, ngh before e ê i y and
   c, g, ng before the other vowels, no glide after b m p ph v or c (`spelled`).
2. They are grouped by what is left without tones and marks (d for đ), and with i for y after
   h k l m s t, as search treats them. A group gives one word at most.
3. Groups that hold a rude or frightening word are left out whole: by phone, tones get lost.
4. How common a word is, is the mean of its share in three kinds of text: the law texts of four public
   corpora; people's questions about law and the words of common word lists; and the Vietnamese of
   village customary law, where chiêng, suối, nương and bếp stand. A syllable counts only between two
   other Vietnamese syllables, so that names and foreign words do not.
5. The word of a group is its most common one.
6. The most common groups are kept. Vietnamese has only some 1,400 syllables that differ without
   tones and occur in these texts at all; the rest of the list is filled up with those groups that
   read most easily: their beginning and their rime are both common in other syllables, and they are
   written without a mark where that spelling exists.
7. The list is sorted by the folded form.

Uses the standard library only, except `zstdcat` for the corpora.
"""

import collections
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import unicodedata

COUNT = 2048
CORPORA = ["dsc2026_docs", "phapdien_laws", "tvpl_laws_2024", "vbpl2026_docs"]
QUESTIONS = ["alqac_dev", "dsc_dev", "dsc_small_dev"]
LEFT_OUT = set(
    "bu buoi buom cac chet chim cu cut dam deo di dit du giet hiep ia lon ngu nguc te vu".split()
)
BEGINNING = re.compile(r"(ngh|gh|ng|ch|gi|kh|nh|ph|qu|th|tr|[bcdghklmnprstvx]?)(.+)")
FRONT = "eiy"


def folded(word):
    parts = unicodedata.normalize("NFD", word.lower())
    bare = "".join(c for c in parts if not unicodedata.combining(c)).replace("đ", "d")
    return re.sub(r"^([hklmst])y$", r"\1i", bare)


def marks(word):
    return len(unicodedata.normalize("NFD", word.replace("đ", "d\u0335"))) - len(word)


def spelled(group):
    """Whether the folded syllable is spelled as Vietnamese is."""
    if not re.fullmatch(r"[a-z]+", group) or not re.search(r"[aeiouy]", group):
        return False
    beginning, rime = BEGINNING.fullmatch(group).groups()
    if beginning in ("gi", "qu") and rime[0] == beginning[1]:
        return False
    if beginning in ("k", "gh", "ngh") and rime[0] not in FRONT:
        return False
    if beginning in ("c", "g", "ng") and rime[0] in FRONT:
        return False
    # Lips and a glide do not go together, and c before a glide is q.
    if beginning == "c" and re.match(r"oa|oe|ue|uy|ua.", rime):
        return False
    return not (beginning in ("b", "m", "p", "ph", "v") and re.match(r"oa|oe|ue|uy|ua.|uo$", rime))


def words_in(text):
    text = unicodedata.normalize("NFC", text).lower()
    return re.findall(r"[^\W\d_]+|[^\w\s]", text)


def count(texts, syllables):
    """How often each syllable stands between two others."""
    counts = collections.Counter()
    for text in texts:
        words = [word if word in syllables else None for word in words_in(text)]
        for before, word, after in zip(words, words[1:], words[2:]):
            if before and word and after:
                counts[word] += 1
    return counts


def corpora(data):
    for corpus in CORPORA:
        path = data / "corpus" / f"{corpus}.jsonl.zst"
        with subprocess.Popen(["zstdcat", path], stdout=subprocess.PIPE) as reading:
            for line in reading.stdout:
                yield line.decode("utf-8").replace("\\n", " ").replace("\\t", " ")


def questions(data):
    for name in QUESTIONS:
        for line in (data / "queries" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]
    # A list says what is common, not how often: each of its entries counts as often as a question.
    for line in (data / "words" / "stopwords_vietnamese-stopwords.txt").read_text(encoding="utf-8").splitlines():
        yield f"và {line} và"


def villages(data):
    with open(data / "minority" / "bahnar_law_parallel.tsv", encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row[1] if len(row) > 1 else ""


def main():
    data = pathlib.Path(os.environ["SHELF_DATA"])
    text = (data / "words" / "phamvandong_syllables.txt").read_text(encoding="utf-8")
    syllables = {unicodedata.normalize("NFC", line.strip()) for line in text.split("\n")}
    syllables = {word for word in syllables if len(word) <= 6 and word.isalpha()}
    groups = collections.defaultdict(list)
    for word in sorted(syllables):
        if len(word) >= 2 and spelled(folded(word)) and folded(word) not in LEFT_OUT:
            groups[folded(word)].append(word)

    common = collections.Counter()
    for texts in (corpora(data), questions(data), villages(data)):
        counts = count(texts, syllables)
        total = sum(counts.values())
        for word, found in counts.items():
            common[word] += found / total / 3

    def share(group):
        return sum(common[word] for word in groups[group])

    beginnings, rimes = collections.Counter(), collections.Counter()
    for group in groups:
        beginning, rime = BEGINNING.fullmatch(group).groups()
        beginnings[beginning] += share(group)
        rimes[rime] += share(group)

    def ease(group):
        beginning, rime = BEGINNING.fullmatch(group).groups()
        return beginnings[beginning] * rimes[rime]

    kept = sorted(groups, key=lambda group: (-share(group), -ease(group), group))
    used = sum(share(group) > 0 for group in kept)
    print(f"{used} of {len(kept)} groups occur", file=sys.stderr)
    kept = sorted(kept[:COUNT])
    if len(kept) != COUNT:
        sys.exit(f"only {len(kept)} words")
    for group in kept:
        print(min(groups[group], key=lambda word: (-common[word], marks(word), word)))


if __name__ == "__main__":
    main()
