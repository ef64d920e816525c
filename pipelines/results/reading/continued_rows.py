"""Rows that go on the row above them: held back with it, or one more line of its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.messages import At
from pipelines.results.model import Record
from pipelines.results.reading.columns import TablePlan
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.messages import told
from pipelines.results.reading.outcome import SheetOutcome
from pipelines.results.reading.wrapped_rows import is_continuation, is_lone_text, joined_text


class ContinuedRows:
    """Finds such rows of one sheet, one after the other.

    Args of the constructor:
        grid: the sheet.
        outcome: of its rows; its last records are changed or taken back.
    """

    def __init__(self, grid: Grid, outcome: SheetOutcome) -> None:
        self._grid = grid
        self._name = grid.sheet.name
        self._outcome = outcome
        self._held_back: tuple[int, Record] | None = None
        self._joined: list[int] = []

    def is_one(self, row: int, cells: Sequence[str], plan: TablePlan) -> bool:
        """Whether a row goes on the one above it; then it is said what became of both.

        Args:
            row: its number.
            cells: up to the table's last column.
            plan: of the table.
        """
        above = self._right_above(row)
        if above is None:
            return False
        place = (row, self._grid.text_above)
        is_alone = is_lone_text(cells, plan, place)
        if is_alone and self._is_joined(row, cells, above, plan):
            return True
        if not is_alone and not is_continuation(cells, above, plan, place):
            return False
        self._hold_back(row, above)
        return True

    def _right_above(self, row: int) -> Record | None:
        """The record of the row above, held back or not, or that of lines joined above."""
        if self._held_back is not None and self._held_back[0] == row - 1:
            return self._held_back[1]
        last = self._outcome.records[-1] if self._outcome.records else None
        is_above = last is not None and (last.row == row - 1 or self._has_joined(row - 1))
        return last if is_above else None

    def _has_joined(self, row: int) -> bool:
        return self._joined[-1:] == [row]

    def _is_joined(self, row: int, cells: Sequence[str], above: Record, plan: TablePlan) -> bool:
        """Whether a row is one more whole line of a text of the one record above it."""
        records = self._outcome.records
        if not records or records[-1] is not above:
            return False  # held back
        found = joined_text(cells, above, plan)
        if found is None or (len(records) > 1 and records[-2].row == above.row):
            return False
        name, text = found
        records[-1] = replace(above, texts={**above.texts, name: text}, head=None)
        self._joined = [*self._joined, row] if self._has_joined(row - 1) else [row]
        self._outcome.aside[row] = "joined"
        return True

    def _hold_back(self, row: int, above: Record) -> None:
        """Take back the records of the row above, with the lines joined to it."""
        records, lines = self._outcome.records, [row]
        while records and records[-1].row == above.row:
            records.pop()
        if self._has_joined(row - 1):
            lines = [*self._joined, row]
            for one in self._joined:
                del self._outcome.aside[one]
            self._joined = []
        self._quarantine(above.row, list(above.texts.values()))
        for one in lines:
            self._quarantine(one, [text for _, text in self._grid.filled(one)])
        self._held_back = (row, above)

    def _quarantine(self, row: int, texts: Sequence[str]) -> None:
        seen = " | ".join(texts)
        self._outcome.quarantined[row] = told("row_wrapped", At(self._name, row), seen)
