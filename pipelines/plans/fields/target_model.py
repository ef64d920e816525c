"""A quantitative target as read, and the sentence it was read from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from pipelines.plans.fields.target_years import Moment
from pipelines.plans.lines import Passage
from pipelines.quantities.numbers import Quantity


@dataclass(frozen=True)
class TargetReading:
    """One target; the attributes are the columns of ``schemas/item_targets.json``."""

    indicator: str
    target_text: str
    comparator: str
    value: float
    unit: str
    lines: tuple[int, ...]
    value_upper: float | None = None
    per: str | None = None
    is_approximate: bool = False
    equivalent_text: str | None = None
    due_fy: int | None = None
    due_on: datetime.date | None = None
    baseline_value: float | None = None
    baseline_fy: int | None = None
    baseline_on: datetime.date | None = None
    direction: str | None = None


@dataclass(frozen=True)
class TargetsRead:
    """The targets of an item, and quantities of its goal that were judged to describe only."""

    targets: list[TargetReading] = field(default_factory=list)
    left: list[Passage] = field(default_factory=list)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a goal with what stands in it; offsets refer to the goal.

    From the first ※ on a goal only explains and wants nothing: its sentences are notes.
    """

    start: int
    end: int
    text: str
    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]
    is_note: bool


@dataclass(frozen=True)
class FoundTarget:
    """A target with the place of its number and the texts it was read from."""

    target: TargetReading
    quantity: Quantity
    text: Passage
    others: tuple[Passage, ...] = ()
