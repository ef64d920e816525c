"""Tables whose rows are 目標 and 実績 in turn: what each row holds, and rows read as one.

::

    指標名 | 単位 | 担当課 | 区分 | R3年度 | R4年度
    収納率 | %    | 収納課 | 目標 | 98.0   | 98.2
           |      |        | 実績 | 98.1   | 98.0

A row that names nothing and whose kind is new belongs to the row above it. Rows of one name that
follow each other become one record, so that 目標 and 実績 of a year stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from pipelines.messages import At
from pipelines.results.model import ColumnRole, Record, ValueCell
from pipelines.results.reading.columns import TablePlan
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.headings import is_left_out
from pipelines.results.reading.messages import told
from pipelines.results.reading.outcome import SheetOutcome
from pipelines.results.reading.row_kinds import kind_of_row
from pipelines.results.reading.row_looks import names_of
from pipelines.results.reading.texts_in_turn import text_of_row
from pipelines.sources.workbooks.model import CellFinding

#: Kind of a row -> field of its values, in tables of amounts and in others.
_AS_AMOUNT = {
    "planned": "planned_amount",
    "planned_amount": "planned_amount",
    "actual": "amount",
    "amount": "amount",
}
_AS_VALUE = {name: name for name in ("planned", "actual", "final_target")}


class RowKinds:
    """The kinds of the rows of one table.

    Args of the constructor:
        plan: of the table.
        sheet: its name, for findings.
        findings: where to tell of rows that take their name from the row above.

    All cells are those of a row up to the table's last column.
    """

    def __init__(self, plan: TablePlan, sheet: str | None, findings: list[CellFinding]) -> None:
        self._plan = plan
        self._sheet = sheet
        self._findings = findings
        self._seen: list[str] = []
        self._now: str | None = None
        self._is_told = False
        roles = [role.field for role, at in plan.values if at in plan.of_kind]
        self._are_amounts = "amount" in roles

    def forget(self) -> None:
        """What stands below belongs to no row above: a heading or a total came between."""
        self._seen = []

    def kind(self, cells: Sequence[str]) -> str | None:
        """The field of the values of a row; None where it does not say, or the table has none."""
        at = self._plan.row_kind
        if self._plan.header.stacked is not None:
            return self._kind_by_place(cells, *self._plan.header.stacked)
        if at is not None and self._plan.row_texts:
            return text_of_row(cells[at])
        kind = None if at is None else kind_of_row(cells[at])
        return (_AS_AMOUNT if self._are_amounts else _AS_VALUE).get(kind or "")

    def _kind_by_place(self, cells: Sequence[str], upper: str, lower: str) -> str | None:
        """Upper, where the row names something; lower right below it."""
        fields = _AS_AMOUNT if self._are_amounts else _AS_VALUE
        if names_of(cells, self._plan):
            return fields[upper]
        return fields[lower] if self._seen == [fields[upper]] else None

    @property
    def lower(self) -> str | None:
        """The field of the lower one of two rows, where the sheet says which is which."""
        stacked = self._plan.header.stacked
        fields = _AS_AMOUNT if self._are_amounts else _AS_VALUE
        return fields[stacked[1]] if stacked else None

    def is_left_out(self, cells: Sequence[str]) -> bool:
        """Whether a row below plan and actual holds what is computed of them: 達成率."""
        at = self._plan.row_kind
        return at is not None and is_left_out([cells[at]])

    def is_unknown(self, cells: Sequence[str]) -> bool:
        """Whether a table's rows are plans or actuals and this one does not say which."""
        return self._plan.has_rows_in_turn and self.kind(cells) is None

    def fill(self, row: int, cells: list[str], above: dict[int, str]) -> None:
        """Give a row without a name the texts of the row above, where it is another kind of it.

        Args:
            row: its number.
            cells: its cells; changed in place.
            above: column (from 0) -> the text last seen in it.
        """
        kind = self._now = self.kind(cells)
        if kind is None:
            return
        if names_of(cells, self._plan) or not self._seen or kind in self._seen:
            self._seen = [kind]
            return
        self._seen.append(kind)
        for _, at in self._plan.texts:
            cells[at] = cells[at] or above.get(at, "")
        if not self._is_told and self._plan.row_kind is not None:
            self._is_told = True
            self._findings.append(
                told("rows_in_turn", At(self._sheet, row), " | ".join(filter(None, cells)))
            )

    def values(self, values: tuple[ValueCell, ...]) -> tuple[ValueCell, ...]:
        """The values of the row last filled, which is one of plans or one of actuals."""
        kind = self._now
        if kind is None:
            return values
        return tuple(replace(cell, role=self.role(cell.role, cell.column, kind)) for cell in values)

    def role(self, role: ColumnRole, column: int, kind: str | None) -> ColumnRole:
        """What a column holds in a row of a kind; one that says so itself (R7目標) keeps it."""
        if kind is None or column not in self._plan.of_kind:
            return role
        return replace(role, field=kind)


def joined(first: Record, second: Record) -> Record | None:
    """Two rows of one name and different kinds as one record; None where they are not.

    They say the same in every text that both have, and hold no value twice.
    """
    texts = {**second.texts, **first.texts}
    if any(texts[name] != text for name, text in second.texts.items()):
        return None
    if first.section is not second.section or first.roles != second.roles:
        return None
    roles = [replace(cell.role, unit=None) for cell in (*first.values, *second.values)]
    if len(set(roles)) < len(roles):
        return None
    below = tuple(replace(cell, row=second.row) for cell in second.values)
    return replace(first, texts=texts, values=(*first.values, *below), head=None)


def hold_back_halves(outcome: SheetOutcome, grid: Grid, uppers: Set[int]) -> None:
    """Hold back upper rows below which no lower one came: nobody can say which of both they are.

    A cell merged over two rows says that the lower one is there, and blank.
    """
    alone = {row for row in uppers if not any(at == row + 1 for at, _ in grid.text_above)}
    for record in outcome.records if alone else ():
        if record.row in alone:
            seen = " | ".join((*record.texts.values(), *(cell.text for cell in record.values)))
            finding = told("upper_without_lower", At(record.sheet, record.row), seen)
            outcome.quarantined[record.row] = finding
    outcome.records = [one for one in outcome.records if one.row not in alone]
