"""What the undecided columns of a table hold, from how the table is filled in.

The rules, on the rows of all tables with the same headings:

- An item column that is filled on the first row of a group only, beside a column of contents
  (実施内容) and without numbers of items of its own, holds group labels: it is the ``category`` and
  the contents are the ``measure``.
- Contents are the ``measure`` where there is no item column, and the ``activity`` where there is
  one, or where an indicator before them names the row.
- Of several columns that name items, the last is the item and those before it are categories, and
  so are their numbers.
- Where an indicator is named before or behind them, contents in the past tense (催告した。) are the
  ``activity`` all the same.
- Contents beside nothing but planned amounts are what is to be done, unless in the past tense.
- 実績 with texts rather than numbers is the ``activity``, unless the rows name indicators and no
  items; beside 目標 with numbers each cell of 実績 is what it looks like.
- 進捗状況 is the ``activity`` where texts are long or a rating stands in another column, nothing we
  know where a cell is a number (an achievement rate), and else the ``rating``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from pipelines.results.reading.header_model import RESULT_FIELDS, Header
from pipelines.results.reading.headings import IGNORED
from pipelines.results.reading.sentences import (
    are_in_past,
    are_mixed_with_values,
    are_sentences,
    decide_sentences,
    is_sentence,
)

LONGEST_LABEL = 12
_INDICATORS = frozenset({"indicator", "indicator_id"})
_ITEMS = frozenset({"item", "item_id", "item_number", "measure"})

Body = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Structure:
    """What was decided of the tables with one signature.

    Attributes:
        fields: position among the header's columns -> field; None where nothing is known.
        labels: positions whose blank cells repeat the text above (group labels).
        decided: positions whose field was decided by how the table is filled in.
        left_out: positions of columns that say what was planned, beside what was done.
        either: positions of columns of values in which a sentence says what was done.
        joined: fields that several columns make together.
    """

    fields: Mapping[int, str | None]
    labels: frozenset[int]
    decided: tuple[int, ...]
    left_out: tuple[int, ...] = ()
    either: tuple[int, ...] = ()
    joined: frozenset[str] = frozenset()


def structure_of(header: Header, bodies: Sequence[Body]) -> Structure:
    """The fields of a header's columns.

    Args:
        header: one of the tables.
        bodies: the rows of data of every table with these headings; cells by column of the header.
    """
    fields = {at: column.meaning.field for at, column in enumerate(header.columns)}
    before = dict(fields)
    _split_items(fields)
    labels = _group_labels(fields, bodies)
    cells = {at: [row[at] for body in bodies for row in body if row[at]] for at in fields}
    either = () if labels else _either(fields, cells)
    fields |= dict.fromkeys(either, "actual")
    left_out = [] if labels else decide_sentences(header, fields, cells, either)
    is_joined = _is_done_in_two(header, before, fields)
    left_out += _of_a_plan(fields, cells)
    fields |= dict.fromkeys(left_out, IGNORED)
    _decide_contents(fields, labels, cells)
    for at, name in tuple(fields.items()):
        if name == "outcome":
            fields[at] = outcome_field(cells[at], set(fields.values()))
    for at in _shortest_first([at for at, name in fields.items() if name == "progress"], cells):
        fields[at] = progress_field(cells[at], set(fields.values()))
    undecided = ("content", "progress", "outcome")
    decided = [
        at
        for at, name in fields.items()
        if before[at] != name and before[at] and at not in left_out
    ]
    told = [at for at in decided if before[at] not in undecided or is_unexpected(fields[at])]
    joined = frozenset(("activity",) if is_joined else ())
    return Structure(fields, frozenset(labels), tuple(told), tuple(left_out), tuple(either), joined)


def _of_a_plan(fields: Mapping[int, str | None], cells: Mapping[int, Sequence[str]]) -> list[int]:
    """取組内容 beside nothing but 目標効果額: to be done, unless it is in the past tense."""
    names = {name for name in fields.values() if name in RESULT_FIELDS and name != "content"}
    if names != {"planned_amount"} or "item" not in fields.values():
        return []
    contents = [at for at, name in fields.items() if name == "content"]
    return [at for at in contents if not are_in_past(cells[at])]


def _is_done_in_two(
    header: Header, before: Mapping[int, str | None], fields: Mapping[int, str | None]
) -> bool:
    """Whether 実施内容 and 成果 (or 取組実績) of one year both say what was done."""
    done = [at for at, name in fields.items() if name == "activity"]
    years = {header.columns[at].meaning.fiscal_year for at in done}
    named = sorted(str(before[at]) for at in done)
    return named in (["content", "outcome"], ["activity", "content"]) and len(years) == 1


def _either(fields: Mapping[int, str | None], cells: Mapping[int, Sequence[str]]) -> Sequence[int]:
    """実績 with numbers and sentences beside 目標 with numbers: each cell is what it looks like."""
    names = set(fields.values())
    if "activity" in names or names & _INDICATORS:
        return ()
    planned = [at for at, name in fields.items() if name in ("planned", "final_target")]
    if not any(are_mixed_with_values(cells[at]) for at in planned):
        return ()
    outcomes = [at for at, name in fields.items() if name == "outcome"]
    return [at for at in outcomes if are_mixed_with_values(cells[at], with_sentences=True)]


def is_unexpected(name: str | None) -> bool:
    """Whether a decision is worth telling: a measure or a rating is what one expects."""
    return name in ("activity", None)


def _split_items(fields: dict[int, str | None]) -> None:
    items = [at for at, name in fields.items() if name == "item"]
    for at in items[:-1]:
        fields[at] = "category"
    numbers = [at for at, name in fields.items() if name == "item_number"]
    for at in numbers[:-1]:
        if fields.get(at + 1) == "category":
            fields[at] = "category"  # 番号 before 改革項目, and again before 実施項目


def _first(fields: Mapping[int, str | None], name: str) -> int | None:
    return next((at for at, one in fields.items() if one == name), None)


def _group_labels(fields: Mapping[int, str | None], bodies: Sequence[Body]) -> set[int]:
    """Positions of item (and number) columns that are filled on the first row of a group only."""
    item = _first(fields, "item")
    if item is None:
        item = _first(fields, "item_number")
    if item is None or not _is_group_first(item, bodies):
        return set()
    number = _first(fields, "item_number")
    with_item = number is not None and _is_group_first(number, bodies)
    return {item, number} if with_item and number is not None else {item}


def _is_group_first(at: int, bodies: Sequence[Body]) -> bool:
    """Whether a column has blanks, and each of its texts stands once, at the head of its group."""
    has_blanks = False
    for body in bodies:
        texts = [row[at] for row in body]
        filled = [text for text in texts if text]
        if not texts or not texts[0] or len(set(filled)) < len(filled):
            return False
        has_blanks = has_blanks or len(filled) < len(texts)
    return has_blanks


def _decide_contents(
    fields: dict[int, str | None], labels: set[int], cells: Mapping[int, Sequence[str]]
) -> None:
    contents = [at for at, name in fields.items() if name == "content"]
    if not contents:
        return
    item, number = _first(fields, "item"), _first(fields, "item_number")
    has_measure = "measure" in fields.values()
    if item in labels and number not in labels and item is not None:
        fields[item] = "category"
    indicator = _first(fields, "indicator")
    is_done = are_in_past(cells[contents[0]])
    is_named = indicator is not None and (indicator < contents[0] or is_done)
    finer = (item is None and not is_named) or item in labels
    fields[contents[0]] = "measure" if finer and not has_measure else "activity"
    for at in contents[1:]:
        fields[at] = "activity"


def _shortest_first(columns: list[int], cells: Mapping[int, Sequence[str]]) -> list[int]:
    """Of 進捗状況 and 進捗度, the one with the shorter texts is the rating."""
    return sorted(columns, key=lambda at: max(map(len, cells[at]), default=0))


def outcome_field(cells: Sequence[str], others: Set[str | None]) -> str:
    """What cells below 実績 hold, beside other fields: ``actual`` or ``activity``."""
    is_of_indicators = bool(others & _INDICATORS) and not others & _ITEMS
    if "activity" in others or not cells or is_of_indicators:
        return "actual"
    return "activity" if are_sentences(cells) else "actual"


def progress_field(cells: Sequence[str], others: Set[str | None]) -> str | None:
    """What cells below 進捗状況 hold: ``rating``, ``activity``, or nothing we know."""
    if _are_short(cells) and any(_has_digit(cell) and not is_sentence(cell) for cell in cells):
        return None
    is_free = "rating" not in others
    return "rating" if is_free and _are_short(cells) else "activity"


def _are_short(cells: Sequence[str]) -> bool:
    return sum(len(cell) > LONGEST_LABEL for cell in cells) * 2 <= len(cells)


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))
