"""Where the rows of one sheet went."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.results.model import AsideReason, Record, StatedTotal
from pipelines.sources.workbooks.model import CellFinding


@dataclass
class SheetOutcome:
    """Where the rows of one sheet (or of a strip of its columns) went."""

    records: list[Record] = field(default_factory=list)
    totals: list[StatedTotal] = field(default_factory=list)
    aside: dict[int, AsideReason] = field(default_factory=dict)
    quarantined: dict[int, CellFinding] = field(default_factory=dict)
    findings: list[CellFinding] = field(default_factory=list)
