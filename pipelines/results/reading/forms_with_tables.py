"""Forms (個票) of one item in which a table of its indicators stands.

::

    取組名   | 窓口のキャッシュレス化 | 担当課 | 市民課
    取組実績 | 3窓口に端末を置いた。
    指標名   | 単位 | R4  | R5    | 目標値（R7）
    決済件数 | 件   | 850 | 2,310 | 5,000
    評価     | A
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipelines.results.model import Record
from pipelines.results.reading.blocks import BlockReader
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import Header
from pipelines.results.reading.headings import HeadingReader
from pipelines.results.reading.outcome import SheetOutcome
from pipelines.sources.sheet_profile import SheetProfile

_OF_ITEMS = frozenset({"item", "item_id", "item_number", "measure", "department"})


@dataclass(frozen=True)
class FormAround:
    """What stands around the one table of a sheet.

    Attributes:
        outcome: the rows around the table; one record.
        inside: the sheet with its titles and the table alone.
        record: of the form.
    """

    outcome: SheetOutcome
    inside: Grid
    record: Record

    def of_item(self, records: list[Record]) -> list[Record]:
        """The records of the table as those of the form's item and department."""
        texts = self.record.texts
        return [
            replace(
                one,
                section=replace(
                    one.section,
                    item=texts.get("item") or one.section.item,
                    department=texts.get("department") or one.section.department,
                    fiscal_year=one.section.fiscal_year or self.record.section.fiscal_year,
                ),
            )
            for one in records
        ]


def form_around(
    grid: Grid, groups: list[list[Header]], reader: HeadingReader, profile: SheetProfile
) -> FormAround | None:
    """The form around a table of indicators; None where the sheet is laid out in another way."""
    header = groups[0][0]
    at = next((one.column for one in header.columns if one.meaning.field == "indicator"), None)
    is_alone = len(groups) == len(groups[0]) == 1 and header.first_row > 1
    if not is_alone or at is None or any(one.meaning.field in _OF_ITEMS for one in header.columns):
        return None
    table = _rows_of(grid, header, at, reader)
    around = BlockReader(_without(grid, table), reader, profile).read()
    if around is None or around.quarantined or len(around.records) != 1:
        return None
    (record,) = around.records
    if "item" not in record.texts:
        return None
    others = {row for row in range(1, len(grid.rows) + 1) if row not in table}
    titles = {row for row, reason in around.aside.items() if reason == "title"}
    return FormAround(around, _without(grid, others - titles), record)


def _rows_of(grid: Grid, header: Header, at: int, reader: HeadingReader) -> set[int]:
    """The rows of headings, and those below them that name an indicator."""
    last = header.last_row
    while grid.cell(last + 1, at) and not reader.is_word(grid.filled(last + 1)[0][1]):
        last += 1
    return set(range(header.first_row, last + 1))


def _without(grid: Grid, rows: set[int]) -> Grid:
    kept = [[] if row in rows else cells for row, cells in enumerate(grid.rows, 1)]
    return Grid(grid.sheet, kept)
