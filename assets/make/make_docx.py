#!/usr/bin/env python3
"""Writes the one Word file of the sample shelf: the loan form of the legal bookshelf.

Needs python-docx. The result is the same bytes every time (fixed dates inside), so that running
it again changes nothing.

    python3 assets/make/make_docx.py
"""

import datetime
import io
import pathlib
import zipfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

TARGET = pathlib.Path(__file__).parent.parent / "sample-shelf/tai-lieu/phieu-muon-sach.docx"
DAY = datetime.datetime(2026, 5, 20, 8, 0, 0)
MARK = "DỮ LIỆU MẪU – tài liệu minh họa của bộ mẫu, không thay thế văn bản pháp luật"
TITLE = "Phiếu mượn sách, tài liệu của Tủ sách pháp luật (Dữ liệu mẫu)"

FACTS = [
    ("Nơi nộp", "Người phụ trách Tủ sách pháp luật của xã, phường"),
    ("Lệ phí", "Không thu"),
    ("Thời hạn giải quyết", "Giải quyết ngay khi tiếp nhận phiếu"),
    ("Thời hạn mượn", "Không quá 03 cuốn, không quá 15 ngày; được gia hạn một lần không quá 07 ngày"),
    (
        "Căn cứ",
        "Điều 9 Quy chế ban hành kèm theo Quyết định số 9001/2026/QĐ-UBND (dữ liệu mẫu)",
    ),
]

LINES = [
    "1. Họ và tên người mượn: ........................................",
    "2. Địa chỉ: ........................................",
    "3. Giấy tờ có ảnh xuất trình để đối chiếu (không giữ lại bản chính): ....................",
    "4. Sách, tài liệu mượn:",
]

BOOKS = ["STT", "Tên sách, tài liệu", "Số đăng ký", "Ngày mượn", "Ngày hẹn trả", "Ngày trả"]


def build() -> bytes:
    """The form as the bytes of a Word file."""
    form = docx.Document()
    form.core_properties.title = TITLE
    form.core_properties.author = "Sở Tư pháp (mẫu)"
    form.core_properties.language = "vi-VN"
    form.core_properties.comments = ""
    form.core_properties.created = DAY
    form.core_properties.modified = DAY
    form.add_paragraph(MARK)
    form.add_paragraph("BIỂU MẪU")
    form.add_heading(TITLE, level=1)
    facts = form.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in FACTS:
        cells = facts.add_row().cells
        cells[0].text, cells[1].text = name, value
    form.add_paragraph()
    for line in ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]:
        form.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    form.add_paragraph("PHIẾU MƯỢN SÁCH, TÀI LIỆU").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in LINES:
        form.add_paragraph(line)
    books = form.add_table(rows=1, cols=len(BOOKS), style="Table Grid")
    for cell, name in zip(books.rows[0].cells, BOOKS):
        cell.text = name
    for number in range(1, 4):
        books.add_row().cells[0].text = str(number)
    form.add_paragraph()
    form.add_paragraph("............, ngày ..... tháng ..... năm .....")
    form.add_paragraph("Người mượn (ký, ghi rõ họ tên)\t\tNgười phụ trách Tủ sách (ký, ghi rõ họ tên)")
    form.add_paragraph(
        "Trước khi in, phát hoặc sử dụng tài liệu này, phải tra tình trạng hiệu lực của căn cứ nêu "
        "trên và ghi ngày tra."
    )
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
    TARGET.write_bytes(with_fixed_dates(build()))
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")
