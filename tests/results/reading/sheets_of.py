"""Small helpers of these tests: sheets from rows, and what was read of them in short form."""

from __future__ import annotations

from typing import Any

from pipelines.results.model import Record, SheetReading
from pipelines.results.reading.sheets import read_sheets
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import MergedRange, Sheet, Workbook


def rows_of(text: str) -> list[list[str]]:
    """Rows of a sheet from lines with ``|`` between cells; ``_`` stands for a line break."""
    return [
        [cell.strip().replace("_", "\n") for cell in line.strip().split("|")]
        for line in text.strip("\n").split("\n")
    ]


def workbook(*sheets: Sheet) -> Workbook:
    return Workbook("xlsx", "application/x", None, sheets)


def read(text: str, merged: tuple[MergedRange, ...] = (), **profile: Any) -> SheetReading:
    """A sheet of this text, read; every row must be accounted for."""
    return read_sheet(Sheet("実績", rows_of(text), merged=merged), **profile)


def read_sheet(*sheets: Sheet, **profile: Any) -> SheetReading:
    reading = read_sheets(workbook(*sheets), SheetProfile.model_validate(profile))
    assert_accounted(reading)
    return reading


def assert_accounted(reading: SheetReading) -> None:
    recorded = [(record.sheet, record.row) for record in reading.records]
    places = {*recorded}, {*reading.aside}, {*reading.quarantined}
    assert sum(map(len, places)) == len(set.union(*places)) == reading.rows_read


def values(record: Record) -> list[tuple[str, int | None, str]]:
    """Field, year and text of a record's values."""
    return [(cell.role.field, cell.role.fiscal_year, cell.text) for cell in record.values]


def rules(reading: SheetReading) -> set[str]:
    return {one.rule for one in (*reading.findings, *reading.quarantined.values())}
