from __future__ import annotations

from typing import Any

import pytest

from pipelines.figures.checks.against_results import compare_with_results
from pipelines.figures.plan_links import KnownPlan
from pipelines.figures.published import read_published_figures
from tests.figures.figure_files import csv_bytes, total, year

PLAN_ID = "990019-plan2"
PLAN = KnownPlan(PLAN_ID, "990019", "第2次みほん市行政改革プラン", 2, (2020, 2022))


def figures(*rows: dict[str, str], linked: bool = True) -> list[dict[str, Any]]:
    reading = read_published_figures("m.csv", csv_bytes(rows), [PLAN] if linked else [])
    assert reading.quarantined == []
    return reading.rows


def effect(actual: int | None, **columns: Any) -> dict[str, Any]:
    row = {
        "plan_id": PLAN_ID,
        "fiscal_year": 2021,
        "period_start_fy": None,
        "period_end_fy": None,
        "effect_kind": "cost_reduction",
        "effect_basis": "single_year",
        "planned_yen": None,
        "actual_yen": actual,
        "is_current": True,
    }
    return row | columns


SAVED = year(2021, "cost_reduction", -30, published_as="△30")


def verdicts(
    rows: list[dict[str, Any]], *effects: dict[str, Any], gaps: Any = None
) -> list[tuple[str, float, str | None]]:
    checks = compare_with_results(rows, effects, gaps)
    assert all(one["check_kind"] == "against_results" for one in checks)
    return [(one["outcome"], one["difference"], one["explanation"]) for one in checks]


def test_a_total_against_our_rows() -> None:
    (check,) = compare_with_results(figures(SAVED), [effect(10_000), effect(20_000)])
    assert (check["expected"], check["found"], check["outcome"]) == (30_000.0, 30_000.0, "agrees")
    assert (check["plan_id"], check["fiscal_year"], check["unit"]) == (PLAN_ID, 2021, "円")
    assert ";" not in check["figure_ids"]


def test_rounding_and_disagreement() -> None:
    assert verdicts(figures(SAVED), effect(30_400)) == [("rounding", 400.0, None)]
    assert verdicts(figures(SAVED), effect(31_000)) == [("disagrees", 1000.0, None)]


@pytest.mark.parametrize(
    "other",
    [
        {"is_current": False},
        {"fiscal_year": 2020},
        {"plan_id": "990019-other"},
        {"effect_kind": "revenue_increase"},
        {"effect_basis": "cumulative"},
        {"effect_basis": "continuing"},
        {"effect_basis": "not_stated"},
    ],
)
def test_other_rows_do_not_count(other: dict[str, Any]) -> None:
    assert verdicts(figures(SAVED), effect(30_000), effect(5, **other)) == [("agrees", 0.0, None)]


def test_nothing_to_compare() -> None:
    assert verdicts(figures(SAVED)) == []
    assert verdicts(figures(SAVED), effect(None)) == []
    assert verdicts(figures(SAVED, linked=False), effect(30_000)) == []
    assert verdicts(figures(SAVED | {"metric": "cost_reduction:窓口"}), effect(30_000)) == []
    assert verdicts(figures(SAVED), effect(1, effect_basis="cumulative")) == []


def test_what_is_known_of_the_difference_is_told() -> None:
    unstated = {"effect_basis": "not_stated"}
    gaps = {(PLAN_ID, 2021): "主な取組だけの表です。"}
    ((outcome, _, told),) = verdicts(
        figures(SAVED), effect(20_000, **unstated), effect(None, **unstated), gaps=gaps
    )
    assert outcome == "disagrees" and told is not None
    assert "主な取組だけ" in told and "1件" in told and "記載がありません" in told


def test_an_effect_needs_both_kinds_or_their_sum() -> None:
    whole = figures(year(2021, "effect_actual", 35))
    saved, earned = effect(30_000), effect(5_000, effect_kind="revenue_increase")
    assert verdicts(whole, saved) == []
    assert verdicts(whole, saved, earned) == [("agrees", 0.0, None)]
    assert verdicts(whole, effect(35_000, effect_kind="other")) == [("agrees", 0.0, None)]


def test_planned_totals_are_compared_with_planned_amounts() -> None:
    rows = figures(year(2021, "effect_planned", 9))
    planned = effect(1, planned_yen=9_000, effect_kind="other")
    assert verdicts(rows, planned) == [("agrees", 0.0, None)]


def test_a_period_is_compared_with_rows_of_that_period() -> None:
    rows = figures(total("cost_reduction", -30, published_as="△30"))
    period = {"fiscal_year": None, "period_start_fy": 2020, "effect_basis": "cumulative"}
    same = effect(30_000, period_end_fy=2022, **period)
    other = effect(5_000, period_end_fy=2021, **period)
    assert verdicts(rows, same, other) == [("agrees", 0.0, None)]
    assert verdicts(rows, effect(30_000)) == []
