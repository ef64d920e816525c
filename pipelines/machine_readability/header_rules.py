"""Rules about headers: L1-05, L1-06, L2-03, L3-01, L3-05 and L3-09."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from unicodedata import normalize

from pipelines.machine_readability.era_years import ERA_YEAR, WESTERN_YEAR
from pipelines.machine_readability.finding_tables import YEAR, is_number
from pipelines.machine_readability.model import Breach, Column, Table
from pipelines.machine_readability.number_columns import is_plain
from pipelines.machine_readability.rules import words
from pipelines.machine_readability.text_rules import SPACED

_GENERATED = re.compile(r"(.*?)[\s:_.]*[0-9]*")
_MONTH = re.compile(r"(?<![0-9])(?:1[0-2]|[1-9])月(?![0-9日末])")


def header_breaches(table: Table) -> Iterator[Breach]:
    """Everything that is wrong with the header row."""
    yield from _place(table)
    missing = _missing(table)
    if missing is not None:
        yield missing
        return
    for column in table.columns:
        yield from _name(table, column)
    yield from _repeated(table)
    yield from _wide(table)


def _place(table: Table) -> Iterator[Breach]:
    """L3-01: the header is the first row."""
    row = table.header_row
    if row > 1:
        yield Breach("header_not_first", ((row, None),), words={"row": row})


def _missing(table: Table) -> Breach | None:
    """L3-01: a first row that holds numbers above numbers is data."""
    for column in table.columns:
        texts = list(column.rows_of)
        if texts and is_number(column.name.strip()) and all(map(is_plain, texts)):
            return column.header_breach("header_missing", table.header_row)
    return None


def _name(table: Table, column: Column) -> Iterator[Breach]:
    name = column.name
    if not name.strip():
        yield column.header_breach("header_blank", table.header_row)
        return
    # In CSV a line break is the business of L1-14.
    if SPACED.search(name) or (table.kind != "csv" and "\n" in name.strip()):
        yield column.header_breach("header_spaced", table.header_row)
    if is_meaningless(name) and not YEAR.fullmatch(name.strip()):
        yield column.header_breach("header_meaningless", table.header_row)
    if ERA_YEAR.search(name) and not WESTERN_YEAR.search(name):
        yield column.header_breach("era_header", table.header_row)


def is_meaningless(name: str) -> bool:
    """Whether a header tells nothing: digits, a sign, one letter, a name made by a program."""
    bare = normalize("NFKC", name).strip()
    if re.fullmatch(r"[\W\d_]+|[A-Za-z]", bare):
        return True
    base = _GENERATED.fullmatch(bare.lower())
    has_number = bare[-1:].isdigit()
    return base is not None and has_number and base[1].strip() in words("meaningless_headers")


def _repeated(table: Table) -> Iterator[Breach]:
    """L2-03: one header names one column."""
    counts = Counter(column.name.strip() for column in table.columns if column.name.strip())
    for name, count in counts.items():
        if count > 1:
            places = [(table.header_row, one.number) for one in _named(table, name)]
            yield Breach("header_repeats", tuple(places), count, name, name)


def _named(table: Table, name: str) -> list[Column]:
    return [column for column in table.columns if column.name.strip() == name]


def _wide(table: Table) -> Iterator[Breach]:
    """L3-09: headers that differ by their year or month alone."""
    groups: dict[str, list[Column]] = {}
    for column in table.columns:
        base, found = _without_time(column.name.strip())
        if found:
            groups.setdefault(base, []).append(column)
    for columns in groups.values():
        names = list(dict.fromkeys(column.name.strip() for column in columns))
        if len(names) > 1:
            places = tuple((table.header_row, one.number) for one in columns)
            yield Breach("years_in_columns", places, len(columns), "、".join(names[:3]))


def _without_time(name: str) -> tuple[str, bool]:
    for pattern in (ERA_YEAR, WESTERN_YEAR, _MONTH):
        base, count = pattern.subn("#", name)
        if count == 1:
            return base, True
    return name, False
