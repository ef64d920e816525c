"""What xlrd passes over in xls files: which cells hold formulas, texts of shapes, macro sheets.

A walk over the records of the workbook stream ([MS-XLS] 2.3); Excel 95 and later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import NamedTuple

from xlrd.compdoc import CompDoc

_FORMULA, _EOF, _CONTINUE, _OBJECT, _SHEET, _TEXT, _BEGIN = 6, 0x0A, 0x3C, 0x5D, 0x85, 0x1B6, 0x809
_WORKSHEET, _MACRO_SHEET = 0, 1
_NOTE = 0x19
_OLE = b"\xd0\xcf\x11\xe0"


class Record(NamedTuple):
    """One record: its type and content."""

    kind: int
    content: bytes


@dataclass
class SheetRecords:
    """What the records of one worksheet add.

    Attributes:
        formulas: cells that hold formulas, counted from 1.
        shapes: texts of shapes; comments are none.
    """

    formulas: set[tuple[int, int]] = field(default_factory=set)
    shapes: list[str] = field(default_factory=list)


@dataclass
class BookRecords:
    """What the records of a file add.

    Attributes:
        sheets: worksheets in their order.
        has_macro_sheet: whether some sheet is one of Excel 4 macros.
    """

    sheets: list[SheetRecords] = field(default_factory=list)
    has_macro_sheet: bool = False


def read_records(data: bytes) -> BookRecords:
    """Walk through an xls file; empty for files from before Excel 95."""
    found = BookRecords()
    if not data.startswith(_OLE):
        return found
    stream = _workbook_stream(data)
    for record in _records(stream, 0):
        if record.kind == _SHEET and len(record.content) > 5:
            kind = record.content[5]
            found.has_macro_sheet |= kind == _MACRO_SHEET
            if kind == _WORKSHEET:
                start = int.from_bytes(record.content[:4], "little")
                found.sheets.append(_sheet_records(stream, start))
    return found


def _workbook_stream(data: bytes) -> bytes:
    container = CompDoc(data, logfile=StringIO())
    for name in ("Workbook", "Book"):
        memory, start, length = container.locate_named_stream(name)
        if memory is not None:
            return bytes(memory[start : start + length])
    return b""


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records of one substream, without those of charts inside of it."""
    depth = 0
    while at + 4 <= len(stream):
        kind = int.from_bytes(stream[at : at + 2], "little")
        size = int.from_bytes(stream[at + 2 : at + 4], "little")
        depth += (kind == _BEGIN) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield Record(kind, stream[at + 4 : at + 4 + size])
        at += 4 + size


def _sheet_records(stream: bytes, start: int) -> SheetRecords:
    found = SheetRecords()
    is_note = goes_on = False
    length = 0
    for kind, content in _records(stream, start):
        if kind == _FORMULA:
            row, column = content[:2], content[2:4]
            place = int.from_bytes(row, "little") + 1, int.from_bytes(column, "little") + 1
            found.formulas.add(place)
        elif kind == _OBJECT:
            is_note = int.from_bytes(content[4:6], "little") == _NOTE
        elif kind == _TEXT and not is_note:
            length = int.from_bytes(content[10:12], "little")
        elif kind == _CONTINUE and length:
            text = _text(content, length)
            if goes_on:  # in the next record, for it is long
                text = found.shapes.pop() + text
            found.shapes.append(text)
            length, goes_on = length - len(text), True
            continue
        goes_on = False
    return found


def _text(content: bytes, length: int) -> str:
    encoding = "utf-16-le" if content[:1] == b"\x01" else "latin-1"
    return content[1:].decode(encoding, "replace")[:length].replace("\r", "\n")
