"""What xlrd passes over in xls files: formulas, texts of shapes, links, macro sheets.

A walk over the records of the workbook stream ([MS-XLS] 2.3); Excel 95 and later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import NamedTuple

from xlrd.compdoc import CompDoc

_FORMULA, _EOF, _CONTINUE, _OBJECT, _SHEET, _TEXT, _BEGIN = 6, 0x0A, 0x3C, 0x5D, 0x85, 0x1B6, 0x809
_SHARED_FORMULA, _LINK = 0x4BC, 0x1AE
#: Conditional formats of both kinds and pictures behind the cells: colours are then not certain.
_OTHER_LOOKS = frozenset({0x1B0, 0x879, 0xE9})
_WORKSHEET, _MACRO_SHEET = 0, 1
#: In place of a link's path: this workbook itself, and add-in functions.
_NO_LINKS = frozenset({b"\x01\x04", b"\x01\x3a"})
#: First token of a formula that stands in a shared one ([MS-XLS] 2.5.198.58, PtgExp).
_IN_SHARED = 1
#: A stored result that is no number, and its kind for a text without characters (2.5.133).
_NO_NUMBER, _EMPTY_TEXT = b"\xff\xff", 3
_NOTE = 0x19
_OLE = b"\xd0\xcf\x11\xe0"


class Record(NamedTuple):
    """One record: its type and content."""

    kind: int
    content: bytes


class Formula(NamedTuple):
    """A formula as the file stores it.

    Attributes:
        tokens: in reverse Polish notation ([MS-XLS] 2.2.2).
        is_shared: whether the tokens are those of several cells, relative to each.
        is_empty_text: whether the stored result is a text without characters. Excel stores that
            for ="", programs that do not compute store it for every formula.
    """

    tokens: bytes
    is_shared: bool
    is_empty_text: bool


@dataclass
class SheetRecords:
    """What the records of one worksheet add.

    Attributes:
        formulas: formulas by cell, counted from 1.
        shapes: texts of shapes; comments are none.
        has_certain_colours: whether cells have no other colours than their own formats say.
    """

    formulas: dict[tuple[int, int], Formula] = field(default_factory=dict)
    shapes: list[str] = field(default_factory=list)
    has_certain_colours: bool = True


@dataclass
class BookRecords:
    """What the records of a file add.

    Attributes:
        sheets: worksheets in their order.
        has_macro_sheet: whether some sheet is one of Excel 4 macros.
        links: other workbooks that formulas take values from.
    """

    sheets: list[SheetRecords] = field(default_factory=list)
    has_macro_sheet: bool = False
    links: list[str] = field(default_factory=list)


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
        elif record.kind == _LINK and record.content[2:4] not in _NO_LINKS:
            found.links += _path(record.content)
    return found


def _path(content: bytes) -> list[str]:
    """The path of a link without the signs that encode its parts; none where it is unused."""
    length = int.from_bytes(content[2:4], "little")
    text = _text(content[4:], length)
    path = "".join(one if one >= " " else "/" for one in text).strip("/ ")
    return [path] if path else []


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
    records = list(_records(stream, start))
    return SheetRecords(
        _formulas(records),
        _shapes(records),
        has_certain_colours=not any(record.kind in _OTHER_LOOKS for record in records),
    )


def _shapes(records: Iterable[Record]) -> list[str]:
    found: list[str] = []
    is_note = goes_on = False
    length = 0
    for kind, content in records:
        if kind == _OBJECT:
            is_note = _number(content, 4) == _NOTE
        elif kind == _TEXT and not is_note:
            length = _number(content, 10)
        elif kind == _CONTINUE and length:
            text = _text(content, length)
            if goes_on:  # in the next record, for it is long
                text = found.pop() + text
            found.append(text)
            length, goes_on = length - len(text), True
            continue
        goes_on = False
    return found


def _formulas(records: Iterable[Record]) -> dict[tuple[int, int], Formula]:
    """Formulas by cell; those that stand in a shared one get its tokens."""
    found: dict[tuple[int, int], Formula] = {}
    shared: list[tuple[range, range, bytes]] = []
    for kind, content in records:
        if kind == _FORMULA:
            found[_number(content, 0) + 1, _number(content, 2) + 1] = _formula(content)
        elif kind == _SHARED_FORMULA:
            rows = range(_number(content, 0) + 1, _number(content, 2) + 2)
            columns = range(content[4] + 1, content[5] + 2)
            shared.append((rows, columns, content[10 : 10 + _number(content, 8)]))
    for (row, column), formula in found.items():
        if formula.is_shared:
            fitting = [one for rows, columns, one in shared if row in rows and column in columns]
            tokens = fitting[-1] if fitting else b""
            found[row, column] = formula._replace(tokens=tokens)
    return found


def _formula(content: bytes) -> Formula:
    tokens = content[22 : 22 + _number(content, 20)]
    is_empty_text = content[12:14] == _NO_NUMBER and content[6] == _EMPTY_TEXT
    return Formula(tokens, tokens[:1] == bytes([_IN_SHARED]), is_empty_text)


def _number(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 2], "little")


def _text(content: bytes, length: int) -> str:
    encoding = "utf-16-le" if content[:1] == b"\x01" else "latin-1"
    return content[1:].decode(encoding, "replace")[:length].replace("\r", "\n")
