"""Lines above a table that say of which item it is: 取組項目：収納率の向上　担当課：収納課."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.results.reading.header_model import RESULT_FIELDS
from pipelines.results.vocabulary import bare, sheet_vocabulary

_PART = re.compile(
    r"(?:^|(?<=\s))(?:[【\[［〔](?P<framed>[^\s:：【】\[\]［］〔〕]{1,16})[】\]］〕][ 　]*[:：]?"
    r"|(?P<plain>[^\s:：]{1,16})[ 　]?[:：])[ 　]*"
)
_LONGEST_DEPARTMENT = 60
_BRACKETS = "()（）[]［］【】〔〕<>〈〉《》■□●○◆◇・"
_ITEMS = ("item", "measure")
_BESIDE = frozenset({*_ITEMS, "item_number", "department", "bureau", "category"})


_RESULTS = RESULT_FIELDS - {"content"}


@dataclass(frozen=True)
class ItemLine:
    """What a line says of the rows below: their item, and the department in charge of it."""

    item: str
    department: str | None = None


def item_of(cells: Sequence[str]) -> ItemLine | None:
    """The item that a line names; None where it is another line, or says anything else as well.

    Args:
        cells: of the line, blank ones left out; a label and its value stand in one cell (with a
            colon) or in two.
    """
    return _item_of(tuple(cells)) if len(cells) <= len(_BESIDE) * 2 else None


def is_line_of_results(cells: Sequence[str]) -> bool:
    """Whether a line names an item and also says how it went: 取組項目：窓口　評価：A."""
    if len(cells) > len(_BESIDE) * 2:
        return False
    said = {name for name, text in _pairs(cells) if text}
    return bool(said & {*_ITEMS}) and bool(said & _RESULTS)


@lru_cache(maxsize=4_096)
def _item_of(cells: tuple[str, ...]) -> ItemLine | None:
    pairs = list(_pairs(cells))
    fields = [name for name, _ in pairs]
    if not pairs or len(set(fields)) < len(fields) or not _BESIDE.issuperset(fields):
        return None
    said = dict(pairs)
    item = next((said[name] for name in _ITEMS if said.get(name)), None)
    department = said.get("department") or None
    is_whole = all(said.values()) and sum(name in _ITEMS for name in fields) == 1
    if item is None or not is_whole or len(department or "") > _LONGEST_DEPARTMENT:
        return None
    return ItemLine(item, department)


def _pairs(cells: Sequence[str]) -> Iterator[tuple[str | None, str]]:
    """Field and text of every label; a text without a known label has the field None."""
    rest = list(cells)
    while rest:
        text = rest.pop(0)
        if field_of(text) and rest:
            value = rest.pop(0)
            yield field_of(text), "" if field_of(value) else value
        else:
            yield from _parts(text)


def _parts(text: str) -> Iterator[tuple[str | None, str]]:
    """Labels with colons in one cell, and what stands behind each."""
    starts = [match for match in _PART.finditer(text) if field_of(_label(match))]
    if not starts or starts[0].start() > 0:
        yield None, text
        return
    ends = [*(match.start() for match in starts[1:]), len(text)]
    for match, end in zip(starts, ends, strict=True):
        yield field_of(_label(match)), text[match.end() : end].strip()


def _label(match: re.Match[str]) -> str:
    return match["framed"] or match["plain"]


def field_of(label: str) -> str | None:
    """The field that a label names, with marks and brackets around it or a colon behind."""
    return sheet_vocabulary().headings.get(bare(label).strip(f":{_BRACKETS}"))
