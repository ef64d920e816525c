"""What is told of records, each finding at its place, repeated ones once."""

from __future__ import annotations

from dataclasses import replace

from pipelines.results.model import Record, ValueCell
from pipelines.sources.workbooks.model import CellFinding


class Refused(Exception):
    """A record of which nothing can be published; ``finding`` has its place."""

    def __init__(self, finding: CellFinding) -> None:
        super().__init__(finding.rule)
        self.finding = finding


class Told:
    """Collects the findings of one file."""

    def __init__(self) -> None:
        self.findings: list[CellFinding] = []
        self._once: set[tuple[object, ...]] = set()

    def tell(
        self, finding: CellFinding, record: Record, column: int | None, name: str | None = None
    ) -> CellFinding:
        """Tell a finding of a record's cell, and return it with its place."""
        placed = replace(
            finding,
            sheet=record.sheet,
            row=record.row,
            column=column,
            column_name=finding.column_name or name,
        )
        self.findings.append(placed)
        return placed

    def tell_cell(
        self, finding: CellFinding, record: Record, cell: ValueCell, name: str | None = None
    ) -> CellFinding:
        """Tell a finding of a value cell, which may stand in a row below its record's."""
        told = self.tell(finding, record, cell.column, name)
        if cell.row is None:
            return told
        self.findings[-1] = placed = replace(told, row=cell.row)
        return placed

    def tell_field(self, finding: CellFinding, record: Record, field: str) -> CellFinding:
        """Tell a finding of the cell of a text field."""
        return self.tell(finding, record, record.columns.get(field), field)

    def once(
        self, key: tuple[object, ...], finding: CellFinding, record: Record, column: int | None
    ) -> None:
        """Tell a finding at the first of all cells that share a key."""
        if key not in self._once:
            self._once.add(key)
            self.tell(finding, record, column)

    def once_of_cell(
        self, key: tuple[object, ...], finding: CellFinding, record: Record, cell: ValueCell
    ) -> None:
        """Tell a finding at the first of all value cells that share a key."""
        if key not in self._once:
            self._once.add(key)
            self.tell_cell(finding, record, cell)
