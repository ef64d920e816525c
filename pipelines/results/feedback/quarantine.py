"""The rows of a build that could not be published, as a file for the people who mend them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from pipelines.results.feedback.texts import legal, without_formula
from pipelines.sources.workbooks.model import CellFinding

_COLUMNS = ("source_id", "sheet", "row", "rule", "reason_ja", "fix_ja")


@dataclass(frozen=True)
class QuarantinedRow:
    """A row of a submitted file that reached no table.

    Attributes:
        source_id: the submission.
        sheet: name of the sheet; None for CSV.
        row: row of the sheet.
        finding: why.
        cells: its texts as displayed, from the first column.
    """

    source_id: str
    sheet: str | None
    row: int
    finding: CellFinding
    cells: Sequence[str]


def quarantine_csv(rows: Sequence[QuarantinedRow]) -> bytes:
    """UTF-8 with BOM, LF: source_id, sheet, row, rule, reason_ja, fix_ja, then cells c1, c2 ...

    Cells that a spreadsheet program would take for a formula bear an apostrophe in front, and so do
    cells that begin with one: without its first apostrophe every cell is what was submitted
    (``texts.without_formula``). Line breaks inside a cell are kept.
    """
    width = max((len(one.cells) for one in rows), default=0)
    target = StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([*_COLUMNS, *(f"c{column}" for column in range(1, width + 1))])
    for one in rows:
        padding = [""] * (width - len(one.cells))
        writer.writerow([_safe(text) for text in (*_told(one), *one.cells, *padding)])
    return target.getvalue().encode("utf-8-sig")


def _told(one: QuarantinedRow) -> tuple[str, ...]:
    finding = one.finding
    return (
        one.source_id,
        one.sheet or "",
        str(one.row),
        finding.rule,
        finding.message_ja,
        finding.fix_ja,
    )


def _safe(text: str) -> str:
    return without_formula(legal(text))
