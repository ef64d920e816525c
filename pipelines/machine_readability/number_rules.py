"""Rules about number columns: L1-09, L2-01, L3-03 and L3-04."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.machine_readability.model import Breach, Column, Table
from pipelines.machine_readability.number_columns import (
    is_decorated,
    is_number_column,
    is_plain,
    is_symbol,
)
from pipelines.machine_readability.rules import words


def number_breaches(table: Table) -> Iterator[Breach]:
    """What is wrong in and with the number columns."""
    for column in filter(is_number_column, table.columns):
        for breach in (_decorated(column), _not_numbers(column)):
            if breach is not None:
                yield breach
        yield from _symbols(table, column)
        yield from _unit(table, column)


def _decorated(column: Column) -> Breach | None:
    """L2-01: digits only."""
    return column.breach("number_decorated", filter(is_decorated, column.rows_of))


def _not_numbers(column: Column) -> Breach | None:
    """L2-01: no words in a column of numbers."""
    found = [
        text
        for text in column.rows_of
        if not (is_plain(text) or is_decorated(text) or is_symbol(text))
    ]
    return column.breach("number_expected", found)


def _symbols(table: Table, column: Column) -> Iterator[Breach]:
    """L1-09 where blank cells stand beside dashes, else L3-03: a symbol that nothing defines."""
    found = [text for text in column.rows_of if is_symbol(text)]
    dashes = [text for text in found if text.strip() in words("dashes")]
    if dashes and column.blank_rows:
        yield column.breach_at("blank_and_dash", column.rows_of[dashes[0]])
        found = [text for text in found if text not in dashes]
    undefined = [text for text in found if not _is_defined(table, text.strip())]
    breach = column.breach("symbol_undefined", undefined)
    if breach is not None:
        yield breach


def _is_defined(table: Table, symbol: str) -> bool:
    quoted = rf"(?:「{re.escape(symbol)}」|(?<!\S){re.escape(symbol)})\s*(?:は|:|：|=|＝|…)"
    return bool(re.search(quoted, table.outside_text))


def _unit(table: Table, column: Column) -> Iterator[Breach]:
    """L3-04: amounts, areas and shares are unreadable without their unit."""
    if column.declared is not None or not _needs_unit(column):
        return
    names = " ".join(one.name.lower() for one in table.columns)
    told = [column.name, table.outside_text, *column.rows_of]
    has_unit = any(word in text for word in words("unit_words") for text in told)
    if not has_unit and not any(word in names for word in words("unit_columns")):
        yield column.header_breach("unit_missing", table.header_row)


def _needs_unit(column: Column) -> bool:
    name = re.sub(r"[(（].*?[)）]", "", column.name).strip()
    return name.endswith(tuple(words("measures")))
