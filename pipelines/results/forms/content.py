"""What one form says before anybody fills it in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Paper = Literal["A4", "A3"]


@dataclass(frozen=True)
class ScaleLabel:
    """A rating that can be chosen, and what the city says it means."""

    label: str
    definition: str | None = None


@dataclass(frozen=True)
class EarlierAnswer:
    """What the department said of an item in an earlier round of the year that is asked."""

    activity: str | None = None
    rating: str | None = None
    shortfall_reason: str | None = None
    next_action: str | None = None


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator that is asked.

    Attributes:
        indicator_id: as in the table indicators.
        name: what is measured.
        unit: of the values.
        target_text: its targets, one a line; None where none is stated.
        previous_text: last year's actual value as submitted; None where there is none.
        earlier: what an earlier round of the same year brought, as submitted; None without one.
    """

    indicator_id: str
    name: str
    unit: str
    target_text: str | None = None
    previous_text: str | None = None
    earlier: str | None = None


@dataclass(frozen=True)
class ItemRow:
    """An item that is asked, with what is known of the year before and of earlier rounds.

    ``earlier_effects``: kind and basis, as the form's codes -> the amount of an earlier round, or
    why there was none, to be shown.
    """

    item_id: str
    number_label: str | None
    title: str
    goal_text: str | None = None
    previous_text: str | None = None
    opinion_text: str | None = None
    indicators: tuple[IndicatorRow, ...] = ()
    earlier: EarlierAnswer | None = None
    earlier_effects: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Survey:
    """What all forms of one asking share.

    Attributes:
        plan_id: the plan.
        plan_title: its title.
        municipality_name: whose plan it is.
        fiscal_year: the year asked.
        round: name of the survey round (its folder); None where forms are made without one.
        due_on: until when the form is to come in.
        as_of_on: the day as of which is asked.
        submit_to: to whom it goes.
        is_fictional: whether the municipality is invented; then every sheet says so.
        earlier_rounds: rounds of the same year before this one, the first first.
        is_after_settled: whether the last of them was no 見込み.
        paper: on which the sheets are printed.
    """

    plan_id: str
    plan_title: str
    municipality_name: str
    fiscal_year: int
    round: str | None = None
    due_on: datetime.date | None = None
    as_of_on: datetime.date | None = None
    submit_to: str | None = None
    is_fictional: bool = False
    earlier_rounds: tuple[str, ...] = ()
    is_after_settled: bool = False
    paper: Paper = "A4"


@dataclass(frozen=True)
class FormContent:
    """One form: a department, the scale it rates by (empty where none is known), its items."""

    survey: Survey
    department: str
    scale: tuple[ScaleLabel, ...]
    items: tuple[ItemRow, ...]

    @property
    def file_name(self) -> str:
        """A name for the file that says whose it is and holds nothing a system forbids."""
        safe = "".join("_" if one in '\\/:*?"<>|' or one < " " else one for one in self.department)
        return f"{self.survey.plan_id}_{self.survey.fiscal_year}_{safe}.xlsx"
