"""Targets on the way to the last one, 中間目標(R5); without a year nobody can say of which."""

from __future__ import annotations

from dataclasses import replace

from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.reading.titled_years import beside_year
from pipelines.results.vocabulary import sheet_vocabulary


def with_middle_targets(header: Header) -> Header:
    """A header whose targets on the way are targets of their years."""
    columns = tuple(_as_target(one) if _is_target(one) else one for one in header.columns)
    return replace(header, columns=columns)


def _is_target(column: HeadColumn) -> bool:
    if column.meaning.field is not None or not column.meaning.fiscal_year:
        return False
    return beside_year(column) in sheet_vocabulary().words("middle_targets")


def _as_target(column: HeadColumn) -> HeadColumn:
    return replace(column, meaning=replace(column.meaning, field="planned"))
