"""What is read out of a plan's prose, before ids and rows are made of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from pipelines.plans.layouts.reading import (
    Finding,
    NodeReading,
    StatementReading,
    TermReading,
)


@dataclass(frozen=True)
class PeriodReading:
    """A period that the plan names; fiscal years or days."""

    kind: str
    label: str
    lines: tuple[int, ...]
    start_fy: int | None = None
    end_fy: int | None = None
    start_on: datetime.date | None = None
    end_on: datetime.date | None = None
    is_inferred: bool = False


@dataclass(frozen=True)
class FigureReading:
    """A figure stated outside the targets, with what it measures."""

    indicator: str
    figure_text: str
    comparator: str
    value: float
    unit: str
    is_approximate: bool
    lines: tuple[int, ...]
    fiscal_year: int | None = None
    node: NodeReading | None = None


@dataclass(frozen=True)
class CountReading:
    """A number of items that the document states; ``node`` None stands for the whole plan."""

    label: str
    stated: int
    node: NodeReading | None
    lines: tuple[int, ...]


@dataclass
class ProseReading:
    """All of it, and the lines that were understood and set aside: line number to reason."""

    statements: list[StatementReading] = field(default_factory=list)
    terms: list[TermReading] = field(default_factory=list)
    periods: list[PeriodReading] = field(default_factory=list)
    figures: list[FigureReading] = field(default_factory=list)
    counts: list[CountReading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    aside: dict[int, str] = field(default_factory=dict)
