"""What the rows of a list are of, where no column names an item: 施設名, 業務名, 補助金名, 団体名.

Such a list may hold anything of its facilities or subsidies. It is taken for one of results only
where an effect, a rating or what was done stands beside; a mere 実績 or 決算額 may be what was
paid.
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.reading.heading_marks import pure_parts
from pipelines.results.reading.headings import Meaning
from pipelines.results.vocabulary import sheet_vocabulary

_NAMES = frozenset({"item_id", "item", "measure"})
_RESULTS = frozenset(
    {"amount", "planned_amount", "activity", "rating", "council_rating", "headquarters_rating"}
)
#: 対応 beside a facility is what happens to it, unless somebody's opinion stands there.
_ANSWERS = frozenset({"city_response"})
_OPINIONS = frozenset({"council_opinion", "headquarters_opinion"})


def with_subject(header: Header) -> Header:
    """A header with the column that its rows are of as its item; else as it is."""
    fields = {one.meaning.field for one in header.columns}
    if fields & _NAMES or not any(map(_is_result, header.columns)):
        return header
    found = _subjects(header)
    if not found:
        return header
    named = {one.column: "category" for one in found[:-1]} | {found[-1].column: "item"}
    kept = [_named(one, named) for one in header.columns]
    if not fields & _OPINIONS:
        kept = [_without_answer(one) for one in kept]
    return replace(header, columns=tuple(kept))


def _subjects(header: Header) -> list[HeadColumn]:
    """The columns that say what a row is of; bodies only where nothing else does."""
    kinds = [(one, _kind(one)) for one in header.columns]
    for wanted in ("things", "bodies"):
        found = [one for one, kind in kinds if kind == wanted]
        if found:
            return found
    return []


def _kind(column: HeadColumn) -> str | None:
    if column.meaning != Meaning():
        return None
    return sheet_vocabulary().subjects.get("".join(pure_parts(column.parts)))


def _is_result(column: HeadColumn) -> bool:
    return column.meaning.field in _RESULTS and not column.meaning.is_bare_money


def _named(column: HeadColumn, names: dict[int, str]) -> HeadColumn:
    if column.column not in names:
        return column
    return replace(column, meaning=Meaning(names[column.column]))


def _without_answer(column: HeadColumn) -> HeadColumn:
    return replace(column, meaning=Meaning()) if column.meaning.field in _ANSWERS else column
