"""DOCX as text: paragraphs are lines, rows of tables lines with TAB between the cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from pipelines.sources.decoding import DecodingError

LARGEST = 200_000_000


def docx_text(data: bytes) -> str:
    """The text of a DOCX document; explicit page breaks become form feeds.

    Raises:
        DecodingError: it is no DOCX, too large when unpacked, or holds no text.
    """
    _check_size(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx tells a damaged file in many ways
        raise DecodingError(
            "Word の文書として開けません。Word で開いて .docx で保存し直すか、"
            "PDF か文字のファイルに替えてください。"
        ) from error
    lines = [line for block in document.iter_inner_content() for line in _lines(block)]
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


def _lines(block: Any) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _paragraph(block).split("\n")
    elif isinstance(block, Table):
        yield ""
        for row in block.rows:
            yield "\t".join(_cells(row))
        yield ""


def _paragraph(paragraph: Paragraph) -> str:
    breaks = paragraph._p.iter(qn("w:br"))
    has_page_break = any(one.get(qn("w:type")) == "page" for one in breaks)
    return ("\f" if has_page_break else "") + str(paragraph.text)


def _cells(row: Any) -> list[str]:
    """The cells of a row; one that spans several columns, or rows, is said once."""
    texts: list[str] = []
    seen: set[int] = set()
    for cell in row.cells:
        if id(cell._tc) not in seen:
            seen.add(id(cell._tc))
            parts = (one.text.strip() for one in cell.paragraphs)
            texts.append(" ".join(part.replace("\n", " ") for part in parts if part))
    return texts
