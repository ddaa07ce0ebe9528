#!/usr/bin/env python3
"""Makes the Word files of the sample shelf from `sources/*.docx.txt`.

Needs python-docx. Dates inside are fixed, so that running it again changes nothing.

    python3 assets/make/make_docx.py

A line of a source is one paragraph, and what it begins with says how it stands: `#` heading, `=` in the
middle, `|` a row of a table (cells parted by `|`), `||` a row of a table without lines, `*` bold.
The first line names the file, the author and the title.
"""

import datetime
import io
import re
import zipfile

import docx
import docx.shared
import made
from docx.enum.text import WD_ALIGN_PARAGRAPH

DAY = datetime.datetime(2026, 5, 20, 8, 0, 0)


def cells_of(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def add_table(form, rows, style):
    table = form.add_table(rows=0, cols=len(rows[0]), style=style)
    widths = None
    if len(rows[0]) == 2:
        longest = [max(len(row[i]) for row in rows) for i in (0, 1)]
        widths = (5.5, 11) if longest[0] <= longest[1] else (11, 5.5)
    table.autofit = widths is None
    for column, width in zip(table.columns, widths or ()):
        column.width = docx.shared.Cm(width)
    for row in rows:
        for i, (cell, words) in enumerate(zip(table.add_row().cells, row)):
            written = cell.paragraphs[0].add_run(words)
            if widths:
                cell.width = docx.shared.Cm(widths[i])
            if style is None:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
                written.bold = not words.startswith("Số:") and "ngày" not in words
                written.font.size = docx.shared.Pt(12)


def add_line(form, line):
    if line.startswith("#"):
        form.add_heading(line.lstrip("# "), level=line.count("#", 0, 3))
    elif line.startswith("="):
        words = line[1:].strip()
        middle = form.add_paragraph()
        middle.alignment = WD_ALIGN_PARAGRAPH.CENTER
        middle.add_run(words).bold = words.isupper() or words.endswith("(Dữ liệu mẫu)")
    elif line.startswith("*"):
        form.add_paragraph().add_run(line[1:].strip()).bold = True
    else:
        form.add_paragraph(line)


def build(lines, title, author) -> bytes:
    """The lines of a source as the bytes of a Word file."""
    form = docx.Document()
    for style, points in (("Normal", 12.5), ("Heading 1", 15), ("Heading 2", 13.5)):
        form.styles[style].element.get_or_add_rPr().get_or_add_rFonts().attrib.clear()
        form.styles[style].font.name = "Times New Roman"
        form.styles[style].font.size = docx.shared.Pt(points)
        form.styles[style].font.color.rgb = docx.shared.RGBColor(0, 0, 0)
    form.styles["Normal"].paragraph_format.space_after = docx.shared.Pt(4)
    page = form.sections[0]
    page.page_width, page.page_height = docx.shared.Cm(21), docx.shared.Cm(29.7)
    page.left_margin, page.right_margin = docx.shared.Cm(2.5), docx.shared.Cm(2)
    page.top_margin = page.bottom_margin = docx.shared.Cm(2)
    form.core_properties.title = title
    form.core_properties.author = author
    form.core_properties.language = "vi-VN"
    form.core_properties.comments = ""
    form.core_properties.created = DAY
    form.core_properties.modified = DAY
    rows = []
    for line, following in zip(lines, lines[1:] + [""]):
        if line.startswith("|"):
            rows.append(cells_of(line))
            if not following.startswith("|") or line.startswith("||") != following.startswith("||"):
                add_table(form, rows, None if line.startswith("||") else "Table Grid")
                rows = []
        else:
            add_line(form, line)
    buffer = io.BytesIO()
    form.save(buffer)
    return buffer.getvalue()


def with_fixed_dates(data: bytes) -> bytes:
    """The same archive with one date on every member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, DAY.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(member.filename))
    return out.getvalue()


if __name__ == "__main__":
    for source in sorted((made.HERE / "sources").glob("*.docx.txt")):
        first, *lines = source.read_text(encoding="utf-8").rstrip("\n").split("\n")
        name, author, title = re.split(r"\s*;\s*", first, maxsplit=2)
        target = made.SHELF / name
        target.write_bytes(with_fixed_dates(build(lines, title, author)))
        made.record(target, [source])
        print(f"{target.name}: {target.stat().st_size} bytes")
