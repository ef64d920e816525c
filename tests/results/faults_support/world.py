"""The plan of みほん市 (an invented city) that every fault is reported to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.results.forms.content import FormContent, IndicatorRow, ItemRow, ScaleLabel, Survey
from pipelines.results.model import (
    DepartmentContext,
    IndicatorContext,
    ItemContext,
    PlanContext,
)

CODE, SLUG, YEAR = "990019", "gyokaku3", 2024
PLAN_ID = f"{CODE}-{SLUG}"
#: Number, title, department; the indicator's name, unit and target, where it has one.
_ITEMS = (
    ("1-1", "窓口案内の見直し", "市民課", ("窓口の待ち時間", "分", "10分以下")),
    ("1-2", "公用車の削減", "財政課", ("公用車の台数", "台", "48台以下")),
    ("2-1", "広告収入の確保", "広報課", None),
    ("2-2", "市税収納率の向上", "税務課", ("市税の収納率", "%", "98.5%以上")),
)
SCALE: dict[str, str | None] = {
    "A": "on_track",
    "B": "behind",
    "C": "not_started",
    "完了": "completed",
    "検討中": None,
}
_REGISTER = (
    {"name": "市民課", "bureau": "市民部"},
    {"name": "財政課", "bureau": "企画財政部"},
    {"name": "広報課", "bureau": "企画財政部", "valid_to": "2024-03-31", "successor": "魅力発信課"},
    {"name": "魅力発信課", "bureau": "企画財政部", "valid_from": "2024-04-01"},
    {"name": "税務課", "bureau": "企画財政部"},
    {"name": "総務課", "bureau": "総務部"},
    {"name": "総務課", "bureau": "教育部"},
)


def item_id(number: str) -> str:
    """1-1 -> the id of the item of that number."""
    return f"{PLAN_ID}-{number.replace('-', '').rjust(8, 'a')}"


def indicator_id(number: str) -> str:
    """The id of the indicator of the item of that number."""
    return f"{PLAN_ID}-k{number.replace('-', '').rjust(7, 'a')}"


def plan_context(changes: Mapping[str, Any]) -> PlanContext:
    """The plan, with another ``scale``, without ``register``, ``items`` or ``indicators``."""
    indicators = tuple(
        IndicatorContext(indicator_id(number), item_id(number), *indicator)
        for number, _, _, indicator in _ITEMS
        if indicator
    )
    items = tuple(
        ItemContext(item_id(number), number, title, (department,))
        for number, title, department, _ in _ITEMS
    )
    more = tuple(
        ItemContext(item_id(number), number, title) for number, title in changes.get("more", ())
    )
    return PlanContext(
        PLAN_ID,
        CODE,
        items=(*items, *more) if changes.get("items", True) else (),
        indicators=indicators if changes.get("indicators", True) else (),
        scale=changes.get("scale", SCALE),
        departments=_register() if changes.get("register", True) else (),
        period=tuple(changes.get("period", (2022, 2026))),
    )


def _register() -> tuple[DepartmentContext, ...]:
    return tuple(
        DepartmentContext(
            department_id=f"{CODE}-d-{one['bureau']}{one['name']}",
            name=one["name"],
            bureau=one["bureau"],
            valid_from=one.get("valid_from"),
            valid_to=one.get("valid_to"),
            successor_id=f"{CODE}-d-{one['bureau']}{one['successor']}"
            if "successor" in one
            else None,
        )
        for one in _REGISTER
    )


def form_content(department: str, year: int, slug: str, round_name: str) -> FormContent:
    """Our own form with every item of the plan, as if one department answered for all."""
    survey = Survey(
        plan_id=f"{CODE}-{slug}",
        plan_title="第3次みほん市行政改革実施計画",
        municipality_name="みほん市",
        fiscal_year=year,
        round=round_name,
        submit_to="企画財政部 行政改革推進室",
        is_fictional=True,
    )
    rows = tuple(
        ItemRow(
            item_id(number),
            number,
            title,
            indicators=(IndicatorRow(indicator_id(number), *indicator),) if indicator else (),
        )
        for number, title, owner, indicator in _ITEMS
        if owner != "広報課"
    )
    scale = tuple(ScaleLabel(label) for label in SCALE)
    return FormContent(survey, department, scale, rows)


def item_number(identity: str | None) -> str | None:
    """The number of the item of an id; the id itself where it is none of the plan."""
    known = {item.item_id: item.number_label for item in plan_context({}).items}
    return known.get(identity, identity) if identity else None


def indicator_number(identity: str, own_names: Mapping[str, str]) -> str:
    """The item's number for an indicator of the plan, the name for one of a sheet's own."""
    known = {indicator_id(number): number for number, *_, one in _ITEMS if one}
    return known.get(identity) or own_names[identity]
