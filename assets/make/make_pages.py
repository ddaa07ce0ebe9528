#!/usr/bin/env python3
"""Makes the PDFs and pictures of the sample shelf from `sources/*.html`.

    python3 -m pip install weasyprint; npm install @expo-google-fonts/be-vietnam-pro@0.4.1 \\
        @expo-google-fonts/noto-serif@0.4.2;  apt install poppler-utils
    SHELF_FONTS=<node_modules> python3 assets/make/make_pages.py [name …]

A source names its result in `<meta name="target">`; `{{draw:NAME}}`, `{{draw:NAME:TOP}}`
and `{{band:WIDTH}}` stand for drawings.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import drawings
import made
import weasyprint
from weasyprint.text.fonts import FontConfiguration

FACES = {
    "Be Vietnam Pro": ("be-vietnam-pro", "BeVietnamPro", {400: "400Regular", 500: "500Medium", 600: "600SemiBold", 700: "700Bold"}),
    "Noto Serif": ("noto-serif", "NotoSerif", {400: "400Regular", 700: "700Bold"}),
}


def font_css():
    """`@font-face` rules for the weights that the pages use."""
    rules = []
    for family, (package, stem, weights) in FACES.items():
        for weight, style in weights.items():
            for slant in ("", "_Italic"):
                file = made.fonts() / package / (style + slant) / f"{stem}_{style}{slant}.ttf"
                rules.append(
                    f"@font-face{{font-family:'{family}';font-weight:{weight};"
                    f"font-style:{'italic' if slant else 'normal'};src:url('{file.resolve().as_uri()}')}}"
                )
    return "".join(rules)


UNBROKEN = re.compile(
    r"((?:Điều|[Kk]hoản|[Đđ]iểm) (?:\d+|[a-zđ])\b|\d+/(?:\d{4}/)?(?:QH\d+|[A-ZĐ]+-[A-ZĐ]+)|\d+ (?:giờ|ngày|tuổi|năm)\b)"
)


def kept_whole(page):
    """The page with citations and measures that do not break at the end of a line."""
    head, _, body = page.partition("<body")
    parts = re.split(r"(<[^>]+>)", "<body" + body)
    for i in range(0, len(parts), 2):
        parts[i] = UNBROKEN.sub(r'<span class="keep">\1</span>', parts[i])
    return head + "".join(parts)


def drawn(page):
    """The page with its drawings in their places."""
    page = kept_whole(page)
    page = re.sub(r"\{\{draw:(\w+)(?::(\d+))?\}\}", lambda m: drawings.draw(m[1], int(m[2] or 0)), page)
    return re.sub(r"\{\{(band|darkband):(\d+)\}\}", lambda m: drawings.band(int(m[2]), dark=m[1] == "darkband"), page)


def to_pdf(page, css):
    faces = FontConfiguration()
    style = weasyprint.CSS(string=font_css() + css, font_config=faces)
    return weasyprint.HTML(string=page, base_url=str(made.HERE)).write_pdf(stylesheets=[style], font_config=faces)


def to_png(pdf, pixels_wide):
    """The first page of a PDF as a picture of few colours."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "page.pdf")
        source.write_bytes(pdf)
        subprocess.run(
            ["pdftoppm", "-png", "-singlefile", "-scale-to-x", str(pixels_wide), "-scale-to-y", "-1", source, source.with_suffix("")],
            check=True,
        )
        return source.with_suffix(".png").read_bytes()


def make(source):
    page = source.read_text(encoding="utf-8")
    target = made.SHELF / re.search(r'<meta name="target" content="([^"]+)"', page)[1]
    css_file = made.HERE / "pages.css"
    data = to_pdf(drawn(page), css_file.read_text(encoding="utf-8"))
    if target.suffix == ".png":
        data = to_png(data, 1000)
    target.write_bytes(data)
    made.record(target, [source, css_file, made.HERE / "drawings.py"])
    print(f"{target.name}: {len(data)} bytes")


if __name__ == "__main__":
    for source in sorted((made.HERE / "sources").glob("*.html")):
        if not sys.argv[1:] or source.stem in sys.argv[1:]:
            make(source)
