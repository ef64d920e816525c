"""What stands in our forms before they go out: items, indicators, last year, the council."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from demo.facts import Facts
from demo.plan_files import PLAN_ID, plan_files
from pipelines.plans.extraction import extract_plan
from pipelines.plans.identity import Identities
from pipelines.results.forms.content import FormContent, IndicatorRow, ItemRow, ScaleLabel, Survey
from pipelines.sources.discovery import discover_plans


@dataclass(frozen=True)
class FormMaker:
    """Contents of forms.

    Attributes:
        facts: what happened.
        rounds: of rounds.yaml.
        scale: rating labels with their meaning.
    """

    facts: Facts
    rounds: dict[str, dict[str, Any]]
    scale: list[list[str]]

    def is_early(self, year: int, round_name: str) -> bool:
        """Whether the round asks before the books close."""
        return bool(self.rounds[f"{year}/{round_name}"]["status"] == "見込み")

    def content(self, form: dict[str, Any], year: int, round_name: str) -> FormContent:
        """One form: ``department`` and ``items`` say whose it is."""
        settings = self.rounds[f"{year}/{round_name}"]
        survey = Survey(
            plan_id=PLAN_ID,
            plan_title=self.facts.plan["title"],
            municipality_name="みほん市",
            fiscal_year=year,
            round=round_name,
            due_on=settings["due_on"],
            as_of_on=settings["as_of_on"],
            submit_to="企画課",
            is_fictional=True,
        )
        items = tuple(self._item(number, year) for number in form["items"])
        scale = tuple(ScaleLabel(*one) for one in self.scale)
        return FormContent(survey, form["department"], scale, items)

    def _item(self, number: str, year: int) -> ItemRow:
        item = self.facts.item(number)
        before = self.facts.of(number, year - 1)
        return ItemRow(
            item_id=self.item_id(number),
            number_label=number,
            title=item["title"],
            goal_text=item["goal"],
            previous_text=before.get("activity"),
            opinion_text=before.get("opinion"),
            indicators=self._indicators(number, before),
        )

    def item_id(self, number: str) -> str:
        """The id comes from the title as printed, misprint and all."""
        printed = next(
            one["title"]
            for pillar in self.facts.plan["pillars"]
            for one in pillar["items"]
            if one["number"] == number
        )
        return Identities(PLAN_ID).item_id(printed)

    def _indicators(self, number: str, before: dict[str, Any]) -> tuple[IndicatorRow, ...]:
        actual = before.get("actual")
        return tuple(
            IndicatorRow(
                indicator_id=row["indicator_id"],
                name=row["name"],
                unit=row["unit"],
                target_text=self.facts.item(number)["goal"],
                previous_text=None if actual is None else f"{actual:g}",
            )
            for row in self._plan_indicators
            if row["item_id"] == self.item_id(number)
        )

    @cached_property
    def _plan_indicators(self) -> list[dict[str, Any]]:
        """The indicators as the plan's document is read."""
        with tempfile.TemporaryDirectory() as folder:
            plan = Path(folder) / "plans" / "990019" / "keiei3"
            plan.mkdir(parents=True)
            for name, data in plan_files(self.facts.plan).items():
                (plan / name).write_bytes(data)
            (found,) = discover_plans(Path(folder)).folders
            return list(extract_plan(found).rows["indicators"])
