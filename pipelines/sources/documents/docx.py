"""DOCX as text: paragraphs are lines, rows of tables lines with TAB between the cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table

from pipelines.sources.decoding import DecodingError
from pipelines.sources.documents.kinds import CELL_BREAK

LARGEST = 200_000_000
# Parts of a document that are walked through, and what is not text of its own: what was deleted,
# readings above words, and the copy of a text box for old programs.
_TEXT, _BREAK, _TAB = qn("w:t"), qn("w:br"), qn("w:tab")
_PARAGRAPH, _TABLE, _BOX = qn("w:p"), qn("w:tbl"), qn("w:txbxContent")
_PASSED_OVER = {
    qn("w:del"), qn("w:moveFrom"), qn("w:rt"), qn("w:pPr"), qn("w:rPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip


def docx_text(data: bytes) -> str:
    """The text of a DOCX document; explicit page breaks become form feeds.

    Raises:
        DecodingError: it is no DOCX, too large when unpacked, or holds no text.
    """
    _check_size(data)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document.element.body, document))
    except Exception as error:  # python-docx tells a damaged file in many ways
        raise DecodingError(
            "Word の文書として開けません。Word で開いて .docx で保存し直すか、"
            "PDF か文字のファイルに替えてください。"
        ) from error
    if not any(line.strip() for line in lines):
        raise DecodingError("文書に文字がありません。画像だけの文書は読めません。")
    return "\n".join(lines) + "\n"


def _check_size(data: bytes) -> None:
    """A small file can unpack to any size: the sum of its parts is looked at first."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(one.file_size for one in archive.infolist())
    except zipfile.BadZipFile as error:
        raise DecodingError(
            "Word の文書（.docx）ではありません。"
            "古い形式（.doc）なら .docx で保存し直してください。"
        ) from error
    if size > LARGEST:
        raise DecodingError(f"文書を広げると{size:,}バイトになり、大きすぎます。分けてください。")


def _lines(parent: Any, document: Any) -> Iterator[str]:
    """The lines of the paragraphs and tables in an element, whatever they are wrapped in."""
    for child in parent:
        if child.tag == _PARAGRAPH:
            yield from "".join(_pieces(child)).split("\n")
            for box in _boxes(child):
                yield from _lines(box, document)
        elif child.tag == _TABLE:
            yield ""
            yield from _rows(Table(child, document), document)
            yield ""
        elif child.tag not in _PASSED_OVER:
            yield from _lines(child, document)


def _pieces(element: Any) -> Iterator[str]:
    """The text of a paragraph; a TAB in it is a wide space, for rows of tables have the TAB."""
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == _TAB:
            yield "\u3000"
        elif child.tag == _BREAK:
            yield "\f" if child.get(qn("w:type")) == "page" else "\n"
        elif child.tag not in _PASSED_OVER and child.tag != _BOX:
            yield from _pieces(child)


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph; their text follows it."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag not in _PASSED_OVER:
            yield from _boxes(child)


def _rows(table: Table, document: Any) -> Iterator[str]:
    seen: set[Any] = set()
    for row in table.rows:
        cells = row.cells
        if len({cell._tc for cell in cells}) == 1 and cells[0]._tc not in seen:
            yield from (line for line in _lines(cells[0]._tc, document) if line.strip())
        else:
            empty = [""] * row.grid_cols_before
            yield "\t".join([*empty, *(_cell(cell._tc, seen, document) for cell in cells)])
        seen.update(cell._tc for cell in cells)


def _cell(element: Any, seen: set[Any], document: Any) -> str:
    """The lines of a cell; one that spans several columns or rows is empty in all but the first."""
    if element in seen:
        return ""
    seen.add(element)
    lines = (line.replace("\t", "\u3000").strip() for line in _lines(element, document))
    return CELL_BREAK.join(filter(None, lines))
