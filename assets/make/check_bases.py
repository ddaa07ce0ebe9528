#!/usr/bin/env python3
"""Checks the sample shelf: the list against the files, and every basis of every product.

    python3 assets/make/check_bases.py                 the shelf alone
    SHELF_DATA=… python3 assets/make/check_bases.py    and the real acts against the corpora there
    … check_bases.py --write-bases                     writes bases.json anew (needs SHELF_DATA)

Exit code 0: nothing wrong. Uses the standard library only, except `zstdcat` for the corpora.
"""

import csv
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import unicodedata
import zipfile

import made

SHELF = pathlib.Path(__file__).parent.parent / "sample-shelf"
CHECKS = pathlib.Path(__file__).parent.parent / "checks"
MARK = "Dữ liệu mẫu"
STATES = (
    "not_yet in_force partly_expired expired suspended partly_suspended no_longer_suitable unknown"
).split()
PRODUCTS = (
    "outline book handbook leaflet legal_story skit video e_lecture news feature qa loudspeaker "
    "form audio"
).split()
COLUMNS = (
    "file number kind title issuer issued effective expires status status_as_of signer topic "
    "product collection applies_in language audience file_at fee days author basis amends replaces "
    "repeals consolidates guides suspends"
).split()
RELATIONS = "basis amends replaces repeals consolidates guides suspends".split()
BINARY = (".pdf", ".png", ".mp4", ".mp3")
SUBTITLES = (".srt", ".vtt")
MOST_BYTES = 8_000_000
CORPORA = ["tvpl_laws_2024", "phapdien_laws", "vbpl2026_docs"]
NUMBER = re.compile(r"\b\d+/(?:\d{4}/)?(?:VBHN-|NĐ-|QĐ-|NQ-|TT-|KH-|QH)[A-ZĐa-z0-9]+")
PROVISION = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")

problems = []


def wrong(where, what):
    problems.append(f"{where}: {what}")


def text_of(path):
    """The words of a file, one paragraph a line; of a PDF, picture, video or sound those of its source."""
    if path.suffix in BINARY:
        path = made.words_source(path)
    if path.suffix == ".docx":
        xml = zipfile.ZipFile(path).read("word/document.xml").decode()
        return html.unescape(re.sub(r"<[^>]+>", "", xml.replace("</w:p>", "\n")))
    words = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return html.unescape(re.sub(r"<[^>]+>", "", words))
    return words


def point(letter):
    return "dd" if letter == "đ" else letter


def clauses_of(words, prefix):
    """Clauses and points below one article: ids → True."""
    found, clause = {}, None
    for line in words:
        if match := re.match(r"(\d+[a-z]?)\.\s*(?:\[\d+\])?\s", line + " "):
            clause = f"{prefix}.khoan_{match[1]}"
            found[clause] = True
        elif match := re.match(r"([a-zđ]\d?)\)\s", line):
            found[f"{clause or prefix}.diem_{point(match[1])}"] = True
    return found


def provisions_of(text):
    """The own provisions of an act: id → heading of the article that it stands in."""
    found, prefix, article, body, open_quotes = {}, "", None, [], 0
    attachments = 0

    def close():
        if article:
            for name in clauses_of(body, article[0]):
                found[name] = article[1]

    for line in text.splitlines():
        line = line.strip()
        quoted = open_quotes > 0
        open_quotes = max(0, open_quotes + line.count("“") - line.count("”"))
        if quoted or not line:
            continue
        if line.startswith("(Ban hành kèm theo"):
            close()
            article, body = None, []
            if not prefix.startswith("phuluc"):
                attachments += 1
                prefix = f"kemtheo_{attachments}."
        elif match := re.match(r"PHỤ LỤC ([IVX]+)$", line):
            close()
            article, body = None, []
            prefix = f"phuluc_{['', 'I', 'II', 'III', 'IV', 'V'].index(match[1])}."
            found[prefix[:-1]] = ""
        elif match := re.match(r"Điều (\d+[a-zđ]?)\.(?:\[\d+\])?\s*(.*)", line):
            close()
            article = (f"{prefix}dieu_{match[1]}", re.sub(r"\[\d+\]$", "", match[2]))
            if article[0] in found:
                wrong(article[0], "this article stands twice")
            found[article[0]] = article[1]
            body = []
        elif line == "Nơi nhận:":
            close()
            article, body = None, []
        elif article:
            body.append(line)
    close()
    return found


def split_target(target):
    number, _, provision = target.partition("#")
    return number, provision


def article_of(provision):
    """`kemtheo_1.dieu_5.khoan_2` → `kemtheo_1.dieu_5`."""
    parts = provision.split(".")
    last = max((i for i, part in enumerate(parts) if part.startswith("dieu_")), default=None)
    return ".".join(parts[: last + 1]) if last is not None else provision


def check_row(row, shelf):
    where = row["file"]
    path = SHELF / where
    if not path.is_file():
        return wrong(where, "no such file")
    if path.suffix in BINARY and made.words_source(path) == path:
        return wrong(where, "made.json does not say what it was made from")
    text = text_of(path)
    if unicodedata.normalize("NFC", text) != text:
        wrong(where, "the text is not NFC")
    if "DỮ LIỆU MẪU" not in text.splitlines()[0] and "DỮ LIỆU MẪU" not in text[:600]:
        wrong(where, "no mark at the top")
    if not row["title"].endswith(f"({MARK})") or row["title"] not in text:
        wrong(where, "the title of the list does not stand in the file")
    for name in ("issued", "effective", "expires", "status_as_of"):
        if row[name] and not re.fullmatch(r"\d{4}-\d\d-\d\d", row[name]):
            wrong(where, f"{name} is not an ISO date: {row[name]}")
    if row["product"]:
        if row["product"] not in PRODUCTS:
            wrong(where, f"unknown product {row['product']}")
        if not row["basis"]:
            wrong(where, "a product without a basis")
        if row["product"] == "form" and not (row["file_at"] and row["fee"] and row["days"]):
            wrong(where, "a form says where to file it, its fee and its days")
    else:
        if row["status"] not in STATES:
            wrong(where, f"unknown state {row['status']}")
        header = re.search(r"^Số: (\S+)", text, re.M)
        if not header or header[1] != row["number"]:
            wrong(where, f"the header's number is {header and header[1]}, the list's {row['number']}")
        year, month, day = row["issued"].split("-")
        said = f"ngày {day} tháng {int(month):02d} năm {year}", f"ngày {day} tháng {int(month)} năm {year}"
        if not any(s in text for s in said):
            wrong(where, f"the day of issue {row['issued']} does not stand in the file")
        if row["signer"] not in text:
            wrong(where, f"the signer {row['signer']} does not stand in the file")
    for relation in RELATIONS:
        for target in filter(None, row[relation].split(";")):
            number, provision = split_target(target)
            if provision and not PROVISION.fullmatch(provision):
                wrong(where, f"{relation}: not a provision id: {target}")
            if number not in text:
                # Acts of an older style name a law by its day instead of its number.
                if not (relation == "basis" and not row["product"]):
                    wrong(where, f"{relation}: the file does not name {number}")
            if number in shelf and provision and provision not in shelf[number]:
                wrong(where, f"{relation}: {target} does not exist on the shelf")
            article = re.search(r"dieu_(\d+[a-z]?)", provision)
            if row["product"] and article and f"Điều {article[1]}" not in text:
                wrong(where, f"{relation}: the file does not cite Điều {article[1]} of {number}")
    if row["product"]:
        named = {split_target(t)[0] for t in row["basis"].split(";")}
        for number in set(NUMBER.findall(text)) - named:
            wrong(where, f"the file names {number}, which is not among its bases")


def check_subtitles(path):
    """Subtitles belong to a video or sound of the same name, and say each spoken sentence in order."""
    where = f"{path.parent.name}/{path.name}"
    if not any(path.with_suffix(suffix).is_file() for suffix in (".mp4", ".mp3")):
        return wrong(where, "subtitles without a video or sound of the same name")
    spoken = [line[2:] for line in text_of(made.words_source(path)).splitlines() if line.startswith("> ")]
    cues, last = [], 0
    for part in path.read_text(encoding="utf-8").split("\n\n"):
        lines = part.strip().splitlines()
        at = next((i for i, line in enumerate(lines) if "-->" in line), None)
        if at is None:
            continue
        start, end = (
            sum(unit * int(n) for unit, n in zip((3_600_000, 60_000, 1000, 1), re.findall(r"\d+", time)))
            for time in lines[at].split("-->")
        )
        if not last <= start < end:
            wrong(where, f"the times of cue {len(cues) + 1} are out of order")
        last = end
        cues.append(" ".join(lines[at + 1 :]))
    if cues != spoken:
        wrong(where, "the cues are not the spoken sentences")


def corpora(folder, numbers):
    """The real acts with these numbers: number → list of (title, {article id: (heading, text)})."""
    acts = {}
    for name in CORPORA:
        path = pathlib.Path(folder) / "corpus" / f"{name}.jsonl.zst"
        if not path.is_file():
            continue
        reader = subprocess.Popen(["zstdcat", str(path)], stdout=subprocess.PIPE)
        for line in reader.stdout:
            act = json.loads(line)
            if act["law_id"] in numbers:
                articles = {}
                for article in act["articles"]:
                    articles.setdefault(article["id"], (article["title"] or "", article["text"]))
                acts.setdefault(act["law_id"], []).append((act["title"], articles))
        reader.wait()
    return acts


def real_heading(acts, number, provision):
    """The heading of the article as one of the corpora has it, where the provision exists in it."""
    article = article_of(provision)
    for _, articles in acts.get(number, []):
        heading, words = articles.get(article.removeprefix("dieu_"), ("", ""))
        below = clauses_of(words.splitlines(), article)
        if heading and (provision == article or provision in below):
            return " ".join(heading.split())
    return None


def main():
    with open(SHELF / "danh-muc.csv", encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        if reader.fieldnames != COLUMNS:
            wrong("danh-muc.csv", "the columns are not those agreed")
    listed = {row["file"] for row in rows}
    for folder in ("van-ban", "tai-lieu"):
        for path in (SHELF / folder).iterdir():
            if path.suffix in SUBTITLES:
                check_subtitles(path)
            elif path.stem.endswith(".poster"):
                if not path.with_name(path.stem.removesuffix(".poster") + ".mp4").is_file():
                    wrong(f"{folder}/{path.name}", "a poster without a video of the same name")
            elif f"{folder}/{path.name}" not in listed:
                wrong(f"{folder}/{path.name}", "not in the list")
    missing = set(PRODUCTS) - {row["product"] for row in rows}
    if missing:
        wrong("danh-muc.csv", f"no product of the type {', '.join(sorted(missing))}")
    size = sum(path.stat().st_size for path in SHELF.rglob("*") if path.is_file())
    if size > MOST_BYTES:
        wrong("sample-shelf", f"{size} bytes are too many to commit: {MOST_BYTES} at most")
    problems.extend(made.problems())
    shelf = {
        row["number"]: provisions_of(text_of(SHELF / row["file"])) for row in rows if row["number"]
    }
    for row in rows:
        check_row(row, shelf)

    cited = [
        (row["file"], *split_target(target))
        for row in rows
        if row["product"]
        for target in row["basis"].split(";")
    ]
    data = os.environ.get("SHELF_DATA")
    real = {number for _, number, _ in cited if number not in shelf}
    acts = corpora(data, real) if data else {}
    if "--write-bases" in sys.argv:
        if not data:
            sys.exit("SHELF_DATA must name the folder of the corpora")
        bases = [
            {
                "product": product,
                "number": number,
                "provision": provision,
                "heading": shelf[number].get(article_of(provision))
                if number in shelf
                else real_heading(acts, number, provision),
                "on_shelf": number in shelf,
            }
            for product, number, provision in cited
        ]
        rows_text = ",\n".join("  " + json.dumps(base, ensure_ascii=False) for base in bases)
        (CHECKS / "bases.json").write_text(f"[\n{rows_text}\n]\n", encoding="utf-8")

    bases = json.loads((CHECKS / "bases.json").read_text(encoding="utf-8"))
    if [(b["product"], b["number"], b["provision"]) for b in bases] != cited:
        wrong("bases.json", "it does not hold exactly the bases of the list, in its order")
    checked = 0
    for base in bases:
        name = f"{base['number']}#{base['provision']}"
        if base["on_shelf"] != (base["number"] in shelf):
            wrong("bases.json", f"{name}: on_shelf is wrong")
        elif not base["heading"]:
            wrong("bases.json", f"{name}: no heading")
        elif base["on_shelf"]:
            if shelf[base["number"]].get(article_of(base["provision"])) != base["heading"]:
                wrong("bases.json", f"{name}: the heading on the shelf is another")
        elif data:
            found = real_heading(acts, base["number"], base["provision"])
            checked += 1
            if found != base["heading"]:
                wrong("bases.json", f"{name}: the corpora have {found!r}")

    queries = 0
    for line in (CHECKS / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        row, queries = json.loads(line), queries + 1
        number, provision = row["expect"]["number"], row["expect"]["provision"]
        if number not in shelf or (provision and provision not in shelf[number]):
            wrong("queries.jsonl", f"{row['qid']}: {number}#{provision} is not on the shelf")
        folded = unicodedata.normalize("NFD", row["text"].replace("đ", "d").replace("Đ", "D"))
        folded = "".join(c for c in folded if not unicodedata.combining(c))
        if folded != row["text_khong_dau"]:
            wrong("queries.jsonl", f"{row['qid']}: text_khong_dau is not the text without accents")

    for problem in problems:
        print(problem, file=sys.stderr)
    states = {row["status"] for row in rows if row["number"]}
    print(
        f"{len(rows)} rows, {len(shelf)} acts, {sum(map(len, shelf.values()))} provisions, "
        f"{len(states)} states, {len(bases)} bases, {queries} queries; "
        + (f"{checked} bases checked against real acts" if data else "real acts not checked: SHELF_DATA is not set")
        + f"; {len(problems)} problems"
    )
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
