"""Characters that nobody sees or meant: taken out of cells, or told where a text is garbled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from pipelines.messages import At
from pipelines.sources.workbooks.messages import told
from pipelines.sources.workbooks.model import (
    CellFinding,
    Sheet,
    Workbook,
    column_letters,
    is_blank_row,
)

REPLACEMENT = "\ufffd"
#: Control characters besides tab and line break, the soft hyphen, spaces without width, marks of
#: direction, byte order marks. Joiners stay beside the characters that emoji are made of.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
    "|(?<![\U00010000-\U0010ffff\ufe0f\u2600-\u27bf])[\u200c\u200d]"
)
#: Any of these, and joiners: one set of characters is searched for many times quicker.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffd]"
)
#: What text was opened as -> what it was, where that turns it into other characters.
_MISTAKEN = (
    ("cp932", "utf-8"),
    ("cp932", "euc_jp"),
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("cp1252", "cp932"),
    ("latin-1", "cp932"),
)
_SAMPLE = 20_000
#: Fewer characters than these say nothing about a file.
_FEWEST = 20


def cleaned(workbook: Workbook) -> Workbook:
    """The workbook without invisible characters, with what was taken out and what is garbled."""
    if is_garbled(_sample(workbook.sheets)):
        return replace(workbook, findings=(*workbook.findings, told("file_garbled")))
    invisible: list[CellFinding] = []
    garbled: list[CellFinding] = []
    sheets = []
    for sheet in workbook.sheets:
        suspects = _suspects(sheet)
        clean, places = _without_invisible(sheet, suspects)
        sheets.append(clean)
        if places:
            invisible.append(_invisible(sheet.name, places))
        if any(REPLACEMENT in text for text in suspects):
            garbled += _replaced(clean)
    findings = (*workbook.findings, *invisible, *garbled)
    return replace(workbook, sheets=tuple(sheets), findings=findings)


def _suspects(sheet: Sheet) -> list[str]:
    """The different texts of a sheet that may hold what nobody sees or meant.

    Texts repeat: looking through the different ones is quicker than through every cell.
    """
    return list(filter(_SUSPECT.search, set(chain.from_iterable(sheet.rows))))


def is_garbled(text: str) -> bool:
    """Whether a text was opened in a wrong encoding and saved again.

    It is, where a quarter of what is not ASCII was lost (U+FFFD), or where undoing a mistake gives
    kana that the text itself is without.
    """
    others = [one for one in text if not one.isascii()]
    if len(others) < _FEWEST:
        return False
    if others.count(REPLACEMENT) > len(others) / 4:
        return True
    return _kana(others) < len(others) / 10 and any(
        _gives_kana(others, opened_as, was) for opened_as, was in _MISTAKEN
    )


def _gives_kana(others: list[str], opened_as: str, was: str) -> bool:
    """Most characters go back to bytes, and these are Japanese text with its kana."""
    known = "".join(others).encode(opened_as, "ignore")
    if len(known.decode(opened_as, "replace")) < len(others) / 2:
        return False
    undone = [one for one in known.decode(was, "replace") if not one.isascii()]
    is_sound = undone.count(REPLACEMENT) < len(undone) / 2
    return is_sound and _kana(undone) >= max(5, len(undone) / 10)


def _kana(characters: list[str]) -> int:
    return sum("\u3041" <= one <= "\u30fe" for one in characters)


def _sample(sheets: Iterable[Sheet]) -> str:
    """The beginning of all texts that are not ASCII."""
    texts: list[str] = []
    size = 0
    for text in chain.from_iterable(chain.from_iterable(sheet.rows for sheet in sheets)):
        if not text.isascii():
            texts.append(text)
            size += len(text)
            if size > _SAMPLE:
                break
    return "\n".join(texts)


def _without_invisible(
    sheet: Sheet, suspects: Iterable[str]
) -> tuple[Sheet, list[tuple[int, int]]]:
    """The sheet with clean texts, and the cells that changed."""
    changed = {text: _INVISIBLE.sub("", text) for text in suspects if _INVISIBLE.search(text)}
    if not changed:
        return sheet, []
    rows, places = sheet.rows.copy(), []
    has_none = frozenset(changed).isdisjoint
    for at, cells in enumerate(rows):
        if not has_none(cells):
            rows[at] = [changed.get(text, text) for text in cells]
            places += [(at + 1, column) for column, one in enumerate(cells, 1) if one in changed]
    while rows and is_blank_row(rows[-1]):
        rows.pop()
    return replace(sheet, rows=rows), places


def _cells(sheet: Sheet) -> Iterator[tuple[tuple[int, int], str]]:
    for row, cells in enumerate(sheet.rows, 1):
        for column, text in enumerate(cells, 1):
            yield (row, column), text


def _replaced(sheet: Sheet) -> Iterator[CellFinding]:
    for (row, column), text in _cells(sheet):
        if REPLACEMENT in text:
            at = At(sheet.name, row, column)
            yield told("text_garbled", at, text, character=REPLACEMENT)


def _invisible(name: str | None, places: list[tuple[int, int]]) -> CellFinding:
    row, column = places[0]
    first = f"{column_letters(column)}{row}"
    return told("invisible_characters", At(name, row, column), count=len(places), first=first)
