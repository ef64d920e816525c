"""What happened in みほん市, as demo/content/ tells it: items, their years, the council's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_NAMES = {"plan": "planned", "act": "actual", "r": "rating", "did": "activity"}


@dataclass(frozen=True)
class Facts:
    """The content, by item number.

    Attributes:
        plan: of plan.yaml.
        results: of results.yaml.
        council: of council.yaml.
    """

    plan: dict[str, Any]
    results: dict[str, Any]
    council: dict[int, list[list[str]]]

    def of(self, number: str, year: int, is_early: bool = False) -> dict[str, Any]:
        """Everything told of an item in a year; ``is_early``: as the survey in winter had it."""
        item = self.item(number)
        told: dict[str, Any] = dict(self.results[number]["years"].get(year, {}))
        early = told.pop("early", {})
        if is_early:
            told |= early
        named = {_NAMES.get(key, key): value for key, value in told.items()}
        indicator, unit = self.results[number].get("indicator", (None, ""))
        named |= {"number": number, "item": item["title"], "unit": unit, "indicator": indicator}
        named["department"] = item["departments"][0]
        named["effect"] = named.get("cut", named.get("more"))
        kinds = {"cut": "歳出削減", "more": "歳入確保"}
        named["kind"] = next((word for key, word in kinds.items() if key in named), None)
        return named | self._council(number, year)

    def item(self, number: str) -> dict[str, Any]:
        """An item of the plan, with its misprint mended."""
        found: dict[str, Any] = next(
            one
            for pillar in self.plan["pillars"]
            for one in pillar["items"]
            if one["number"] == number
        )
        correction = self.plan["correction"]
        return found | {"title": correction["value"]} if number == correction["number"] else found

    def _council(self, number: str, year: int) -> dict[str, Any]:
        keys = ("council_rating", "opinion", "answer")
        told = next((one for one in self.council.get(year, []) if one[0] == number), None)
        return dict(zip(keys, told[1:], strict=True)) if told else {}
