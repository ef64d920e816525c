"""Plan texts as PDF: lines as they stand, and tables with TAB drawn as ruled cells."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

FONT_FILES = (
    Path("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"),
    Path("/usr/share/fonts/truetype/fonts-japanese-gothic.ttf"),
)
SIZE, LEADING, LINES_OF_PAGE = 8, 11, 66


@cache
def font() -> str:
    """A Japanese font: of Debian's package fonts-ipafont-gothic, else one that readers supply."""
    path = next((one for one in FONT_FILES if one.exists()), None)
    if path is None:
        pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
        return "HeiseiKakuGo-W5"
    pdfmetrics.registerFont(TTFont("japanese", str(path)))
    return "japanese"


def printed_lines(text: str) -> bytes:
    """Every line of a text at its own place, as many to a page as it holds."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    rows = text.removeprefix("\ufeff").splitlines()
    for start in range(0, len(rows), LINES_OF_PAGE):
        canvas.setFont(font(), SIZE)
        for at, row in enumerate(rows[start : start + LINES_OF_PAGE]):
            canvas.drawString(40, A4[1] - 50 - at * LEADING, row.replace("\t", "  "))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def printed_tables(text: str) -> bytes:
    """Paragraphs as text, and each run of rows with TAB as a table of ruled, wrapped cells."""
    buffer = io.BytesIO()
    style = ParagraphStyle("body", fontName=font(), fontSize=9, leading=13, wordWrap="CJK")
    flow: list[Flowable] = []
    table: list[list[Paragraph]] = []
    for row in [*text.splitlines(), ""]:
        if "\t" in row:
            table.append([Paragraph(escape(_plain(cell)), style) for cell in row.split("\t")])
            continue
        if table:
            flow.append(_ruled(table))
            table = []
        flow.append(Paragraph(escape(row), style) if row.strip() else Spacer(1, 6))
    SimpleDocTemplate(buffer, pagesize=A4).build(flow)
    return buffer.getvalue()


def _plain(cell: str) -> str:
    return cell.replace("<p>", "").replace("</p>", "")


def _ruled(rows: list[list[Paragraph]]) -> Table:
    table = Table(rows, colWidths=[150, 300], repeatRows=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    return table
