"""What a submission says of itself, and the rows that come of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

from pipelines.results.model import AsideReason, Assessor, Row
from pipelines.sources.survey_round import ResultStatus
from pipelines.sources.workbooks.model import CellFinding

#: (sheet, row): a place in one file.
Place = tuple[str | None, int]

TABLES = (
    "yearly_results",
    "item_assessments",
    "indicator_results",
    "financial_effects",
    "indicators",
)
#: Primary key of each table that has revisions.
KEY_COLUMNS = {
    "yearly_results": "result_id",
    "item_assessments": "assessment_id",
    "indicator_results": "indicator_result_id",
    "financial_effects": "effect_id",
}
#: Keys of rows that are no columns, and go when revisions are given: what orders a row; whether it
#: only repeats an item's name; what it reports apart from the department, and the department's id;
#: what an amount is of, apart from its department and basis.
ORDER, BARE, REPORT, AMOUNT_OF = MARKS = ("_order", "_bare", "_report", "_amount_of")


def without_marks(row: Row) -> Row:
    """A copy of a row with columns only."""
    columns = row.copy()
    for mark in MARKS:
        if mark in columns:
            del columns[mark]
    return columns


@dataclass(frozen=True, slots=True)
class SubmissionSource:
    """Where a submission comes from: its folder, its round and its receipt.

    Attributes:
        source_id: of the table sources.
        plan_id: the plan.
        municipality_code: six digits.
        fiscal_year: of the round's folder; None where it stands for several years.
        period: first and last fiscal year of such a folder.
        round: name of the round's folder; None where there is none.
        round_order: place among the rounds of the year.
        result_status: whether the round's figures are settled.
        as_of_on: the day as of which was asked.
        assessor: who filled in the file.
        held_on: the day of the meeting, of a headquarters or council.
        receipt: declared receipt number.
        received_on: declared day of receipt.
        department: who sent it, as declared with the receipt.
        sha256: of the file's bytes.
        kind: our own form, or a sheet of the city's own.
    """

    source_id: str
    plan_id: str
    municipality_code: str
    fiscal_year: int | None = None
    period: tuple[int, int] | None = None
    round: str | None = None
    round_order: int = 1
    result_status: ResultStatus = "final"
    as_of_on: datetime.date | None = None
    assessor: Literal["department"] | Assessor = "department"
    held_on: datetime.date | None = None
    receipt: int | None = None
    received_on: datetime.date | None = None
    department: str | None = None
    sha256: str = ""
    kind: Literal["form", "sheet"] = "sheet"


@dataclass
class ResultRows:
    """Rows of one submission, before revisions.

    Attributes:
        source: the submission.
        rows: table -> rows. The key column of a table with revisions holds the id without its
            revision; ``revision`` and ``is_current`` are not there yet; ``_order`` orders the
            row among those of other submissions.
        quarantined: (sheet, row) -> why nothing of the row is published.
        aside: (sheet, row) -> why a record gives no row: ``unfilled`` (nothing was reported), or
            ``repost`` (the same stands in another row).
        findings: everything to tell, those of quarantined rows included.
    """

    source: SubmissionSource
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    quarantined: dict[Place, CellFinding] = field(default_factory=dict)
    aside: dict[Place, AsideReason] = field(default_factory=dict)
    findings: list[CellFinding] = field(default_factory=list)

    def published(self) -> set[Place]:
        """The places of which at least one row is published."""
        tables = [self.rows[name] for name in KEY_COLUMNS]
        return {(row["sheet"], row["row"]) for rows in tables for row in rows}
