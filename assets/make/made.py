"""What was made from what: `made.json` holds, for each made file of the shelf, its hash and those of its sources.

So a check can say, with the standard library alone, whether a committed file is still the one that
its committed sources gave. The first source of a file holds its words.
"""

import hashlib
import json
import os
import pathlib

HERE = pathlib.Path(__file__).parent
ASSETS = HERE.parent
SHELF = ASSETS / "sample-shelf"
RECORD = HERE / "made.json"


def digest(path):
    """SHA-256 of a file; line ends of text do not count, because Git may change them."""
    data = pathlib.Path(path).read_bytes()
    if path.suffix in (".html", ".css", ".txt", ".py", ".srt", ".vtt"):
        data = data.replace(b"\r\n", b"\n")
    return hashlib.sha256(data).hexdigest()


def records():
    """`{target: {"sha256": …, "from": {source: sha256}}}`, paths relative to `assets/`."""
    return json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.is_file() else {}


def record(target, sources):
    """Notes that `target` was made now from `sources`, the one with its words first."""
    name = lambda path: pathlib.Path(path).resolve().relative_to(ASSETS.resolve()).as_posix()
    all_records = records()
    all_records[name(target)] = {
        "sha256": digest(target),
        "from": {name(source): digest(source) for source in sources},
    }
    rows = json.dumps(dict(sorted(all_records.items())), ensure_ascii=False, indent=1)
    RECORD.write_text(rows + "\n", encoding="utf-8")


def words_source(path):
    """The file that holds the words of a made file, else the file itself."""
    made = records().get(path.resolve().relative_to(ASSETS.resolve()).as_posix())
    return ASSETS / next(iter(made["from"])) if made else path


def problems():
    """What of the record no longer holds, one sentence each."""
    found, sources = [], set()
    for target, made in records().items():
        if not (ASSETS / target).is_file():
            found.append(f"{target}: made once, but not there")
        elif digest(ASSETS / target) != made["sha256"]:
            found.append(f"{target}: not the file that was recorded when it was made")
        for source, known in made["from"].items():
            sources.add(source)
            if not (ASSETS / source).is_file():
                found.append(f"{target}: its source {source} is not there")
            elif digest(ASSETS / source) != known:
                found.append(f"{target}: its source {source} has changed since; make it again")
    for path in (HERE / "sources").iterdir():
        name = path.resolve().relative_to(ASSETS.resolve()).as_posix()
        if name not in sources:
            found.append(f"{name}: nothing was made from it")
    return found


def fonts():
    """The folder with the font packages, from SHELF_FONTS."""
    folder = pathlib.Path(os.environ.get("SHELF_FONTS", "node_modules")) / "@expo-google-fonts"
    if not (folder / "be-vietnam-pro").is_dir():
        raise SystemExit(
            "Fonts: npm install @expo-google-fonts/be-vietnam-pro@0.4.1 @expo-google-fonts/noto-serif@0.4.2, "
            "then set SHELF_FONTS to the node_modules folder"
        )
    return folder
