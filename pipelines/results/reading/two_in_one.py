"""Headings of cells that hold two values: 計画（実績）, 目標値／実績値."""

from __future__ import annotations

import re

_PLAN = r"(?:(?:年度)?(?:計画|目標|見込み?|予定))(?P<plan>値|額|数値?)?"
_ACTUAL = r"(?:実績|成果|結果)(?P<actual>値|額|数値?)?"
_PAIR_SEPARATOR = r"[(/／・|、,:]?(?:下段[:)]?)?"
_PLAN_THEN_ACTUAL = re.compile(rf"^(?:上段[:)]?)?{_PLAN}{_PAIR_SEPARATOR}{_ACTUAL}\)?$")
_ACTUAL_THEN_PLAN = re.compile(rf"^(?:上段[:)]?)?{_ACTUAL}{_PAIR_SEPARATOR}{_PLAN}\)?$")
_AMOUNTS = {"planned": "planned_amount", "actual": "amount"}


def fields_of_pair(text: str) -> tuple[str, str] | None:
    """The fields of the first and the second value; None for any other bare heading."""
    for pattern, first, second in (
        (_PLAN_THEN_ACTUAL, "planned", "actual"),
        (_ACTUAL_THEN_PLAN, "actual", "planned"),
    ):
        match = pattern.match(text)
        if match and "額" in (match["plan"], match["actual"]):
            return _AMOUNTS[first], _AMOUNTS[second]
        if match:
            return first, second
    return None
