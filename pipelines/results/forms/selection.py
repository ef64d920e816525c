"""Which forms go out: one per department of a plan, filled with what the tables know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from pipelines.plans.rating_scale import rows_of_scale
from pipelines.problems import Problem
from pipelines.results.forms.asked_departments import asked_items
from pipelines.results.forms.content import FormContent, IndicatorRow, ItemRow, ScaleLabel, Survey
from pipelines.results.forms.earlier import EarlierAnswers
from pipelines.results.forms.previous import PreviousYear
from pipelines.results.forms.target_texts import target_text
from pipelines.results.model import DepartmentContext, Row

Rows = Mapping[str, Sequence[Row]]


class FormSet(NamedTuple):
    """The forms of one survey, in the order of the plan, and what is to be told of them."""

    forms: list[FormContent]
    problems: list[Problem]


def form_contents(
    rows: Rows,
    survey: Survey,
    register: Sequence[DepartmentContext] = (),
    ended_item_ids: Collection[str] = (),
) -> FormSet:
    """One form per department of the plan.

    Items printed a second time (再掲) are asked once, at their first place.

    Args:
        rows: reform_items, item_departments, indicators, item_targets, rating_scales, and of the
            year before yearly_results, indicator_results and item_assessments, of the year itself
            yearly_results, indicator_results and financial_effects; other plans' rows may be among
            them, tables that are missing count as empty.
        survey: what is asked.
        register: departments of the municipality.
        ended_item_ids: items that were merged or stopped before the year; they are not asked.
    """
    items = [
        row
        for row in rows.get("reform_items", ())
        if row["plan_id"] == survey.plan_id
        and not row.get("is_repost")
        and row["item_id"] not in ended_item_ids
    ]
    asked = asked_items(items, rows.get("item_departments", ()), register, survey)
    maker = _ItemRows(rows, survey, register)
    scale = _scale(rows.get("rating_scales", ()), survey)
    forms = [
        FormContent(survey, name, scale, tuple(maker.item_row(item, name) for item in of_name))
        for name, of_name in asked.items.items()
    ]
    return FormSet(forms, asked.problems)


class _ItemRows:
    """Items with their indicators, the year before, and earlier rounds of the year."""

    def __init__(self, rows: Rows, survey: Survey, register: Sequence[DepartmentContext]) -> None:
        self._previous = PreviousYear(rows, survey.fiscal_year)
        self._earlier = EarlierAnswers(rows, survey, register)
        self._indicators: dict[str, list[Row]] = defaultdict(list)
        for row in rows.get("indicators", ()):
            if row.get("item_id"):
                self._indicators[row["item_id"]].append(row)
        self._targets: dict[str, list[Row]] = defaultdict(list)
        for row in rows.get("item_targets", ()):
            if row.get("indicator_id"):
                self._targets[row["indicator_id"]].append(row)

    def item_row(self, item: Row, department: str) -> ItemRow:
        """An item as it stands in the form of a department."""
        item_id = item["item_id"]
        return ItemRow(
            item_id=item_id,
            number_label=item.get("number_label"),
            title=item["title"],
            goal_text=item.get("goal_text"),
            previous_text=self._previous.result(item_id, department),
            opinion_text=self._previous.opinion(item_id),
            indicators=tuple(
                self._indicator_row(row, department) for row in self._indicators[item_id]
            ),
            earlier=self._earlier.answer(item_id, department),
            earlier_effects=self._earlier.amounts(item_id, department),
        )

    def _indicator_row(self, row: Row, department: str) -> IndicatorRow:
        identity = row["indicator_id"]
        return IndicatorRow(
            indicator_id=identity,
            name=row["name"],
            unit=row["unit"],
            target_text=target_text(self._targets[identity]),
            previous_text=self._previous.value(identity, department),
            earlier=self._earlier.value(identity, department),
        )


def _scale(rows: Sequence[Row], survey: Survey) -> tuple[ScaleLabel, ...]:
    found = rows_of_scale(rows, survey.plan_id, survey.plan_id.partition("-")[0])
    return tuple(ScaleLabel(row["rating_label"], row.get("definition")) for row in found)
