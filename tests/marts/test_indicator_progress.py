"""Each boundary at which the progress of an indicator is judged otherwise."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from .comparing import by_sql
from .examples import city, item, item_id
from .generated import PLAN, Row

#: A target to raise 0 to 100 between 2020 and 2030.
RISING: Row = {
    "comparator": "reach",
    "value": 100.0,
    "baseline_value": 0.0,
    "baseline_fy": 2020,
    "due_fy": 2030,
    "direction": "up",
}
#: A target to lower 100 to 0 between 2020 and 2030.
FALLING: Row = {**RISING, "value": 0.0, "baseline_value": 100.0, "direction": "down"}
UNJUDGED: Row = {"is_achieved": None, "progress_class": None}


@dataclasses.dataclass(frozen=True)
class Case:
    """Targets of one indicator, its value in one year, and what follows."""

    name: str
    targets: tuple[Row, ...]
    value: Row
    expected: Row
    direction: str | None = None


def case(
    name: str, target: Row | tuple[Row, ...], year: int, actual: float | None, **more: Any
) -> Case:
    """A case; ``planned_value``, ``final_target_value`` and ``due`` are the sheet's."""
    of_sheet = {one: more.pop(one, None) for one in ("planned_value", "final_target_value")}
    value = {"fiscal_year": year, "actual_value": actual, "due_fy": more.pop("due", None)}
    direction = more.pop("indicator_direction", None)
    targets = target if isinstance(target, tuple) else (target,)
    return Case(name, targets, {**value, **of_sheet}, more, direction)


CASES = (
    case(
        "progress equals the time that has passed",
        RISING,
        2023,
        30.0,
        progress_share=0.3,
        elapsed_share=0.3,
        progress_class="A",
        is_achieved=None,
        not_judged_reason="not_due",
    ),
    case("a little less than the time", RISING, 2023, 29.9, progress_class="B"),
    case(
        "a third of the way after a third of the time, in tenths",
        {**RISING, "value": 0.4, "baseline_value": 0.1, "due_fy": 2023},
        2021,
        0.2,
        progress_share=0.333333333,
        elapsed_share=0.333333333,
        progress_class="A",
    ),
    case("falling, on time", FALLING, 2025, 50.0, progress_share=0.5, progress_class="A"),
    case("falling, too high", FALLING, 2025, 50.1, progress_class="B"),
    case(
        "a step back",
        RISING,
        2021,
        -10.0,
        progress_share=-0.1,
        elapsed_share=0.1,
        progress_class="B",
    ),
    case("beyond", RISING, 2029, 150.0, progress_share=1.5, not_judged_reason="not_due"),
    case("in the due year, met exactly", RISING, 2030, 100.0, elapsed_share=1.0, is_achieved=True),
    case("in the due year, just missed", RISING, 2030, 99.9, is_achieved=False, progress_class="B"),
    case("behind the due year", RISING, 2035, 100.0, elapsed_share=1.0, is_achieved=True),
    case("falling, met exactly", FALLING, 2030, 0.0, is_achieved=True, not_judged_reason=None),
    case("falling, beyond", FALLING, 2030, -1.0, is_achieved=True),
    case("falling, missed", FALLING, 2030, 0.1, is_achieved=False),
    case("a year before the baseline's", RISING, 2019, 0.0, elapsed_share=0.0, progress_class="A"),
    case(
        "due in the baseline's year",
        {**RISING, "due_fy": 2020},
        2020,
        100.0,
        elapsed_share=None,
        is_achieved=True,
        progress_class="A",
    ),
    case(
        "without the baseline's year, from the year before the plan",
        {**RISING, "baseline_fy": None, "due_fy": 2025},
        2021,
        20.0,
        elapsed_share=0.2,
        progress_class="A",
    ),
    case(
        "no baseline",
        {**RISING, "baseline_value": None},
        2023,
        30.0,
        progress_share=None,
        no_progress_reason="no_baseline",
        elapsed_share=0.3,
        **UNJUDGED,
    ),
    case(
        "no baseline, in the due year",
        {**RISING, "baseline_value": None},
        2030,
        100.0,
        progress_class="A",
        is_achieved=True,
    ),
    case(
        "baseline equals target",
        {**RISING, "baseline_value": 100.0},
        2023,
        100.0,
        progress_share=None,
        no_progress_reason="baseline_equals_target",
        **UNJUDGED,
    ),
    case(
        "no actual value",
        RISING,
        2023,
        None,
        no_progress_reason="no_actual",
        progress_class="N",
        not_judged_reason="no_actual",
    ),
    case("an actual value of nought is one", RISING, 2023, 0.0, progress_class="B"),
    case(
        "no target at all",
        (),
        2023,
        30.0,
        no_progress_reason="no_target",
        progress_class="Q",
        not_judged_reason="no_target",
    ),
    case("neither target nor value", (), 2023, None, progress_class="Q"),
    case(
        "the sheet's final target",
        (),
        2023,
        30.0,
        final_target_value=30.0,
        due=2023,
        target_value=30.0,
        due_fy=2023,
        is_achieved=True,
        progress_class="A",
    ),
    case(
        "only a value planned for the year",
        (),
        2023,
        90.9,
        planned_value=93.1,
        indicator_direction="up",
        is_achieved=False,
        progress_class="B",
        no_progress_reason="no_target",
    ),
    case(
        "the year's plan comes before the final target",
        RISING,
        2030,
        50.0,
        planned_value=50.0,
        is_achieved=True,
        progress_class="B",
    ),
    case(
        "no due year",
        {**RISING, "due_fy": None},
        2023,
        30.0,
        elapsed_share=None,
        not_judged_reason="no_due_year",
        **UNJUDGED,
    ),
    case(
        "maintained",
        {**RISING, "comparator": "maintain", "due_fy": 2030},
        2022,
        100.0,
        target_kind="maintain",
        no_progress_reason="judged_each_year",
        elapsed_share=None,
        is_achieved=True,
        progress_class="A",
    ),
    case("not maintained", {**RISING, "comparator": "maintain"}, 2022, 99.0, progress_class="B"),
    case(
        "to be maintained, nobody says on which side of it",
        {**RISING, "comparator": "maintain", "value": 90.0, "baseline_value": 93.1}
        | {"direction": None},
        2022,
        80.0,
        direction=None,
        not_judged_reason="no_direction",
        **UNJUDGED,
    ),
    case(
        "every year",
        {**RISING, "per": "年度", "due_fy": None, "baseline_value": None},
        2022,
        100.0,
        target_kind="every_year",
        is_achieved=True,
        progress_class="A",
    ),
    case(
        "missed this year", {**RISING, "per": "年", "due_fy": None}, 2022, 9.0, progress_class="B"
    ),
    case(
        "so much a year, by a year",
        {**RISING, "per": "年"},
        2022,
        20.0,
        target_kind="reach_by_due_year",
        progress_class="A",
        not_judged_reason="not_due",
    ),
    case(
        "reduced by exactly so much",
        {**FALLING, "comparator": "reduce_by", "value": 2.2, "baseline_value": 93.1},
        2030,
        90.9,
        target_value=90.9,
        direction="down",
        progress_share=1.0,
        is_achieved=True,
    ),
    case(
        "increased by",
        {**RISING, "comparator": "increase_by", "value": 0.2, "baseline_value": 0.1},
        2030,
        0.3,
        target_value=0.3,
        direction="up",
        progress_share=1.0,
        is_achieved=True,
        progress_class="A",
    ),
    case(
        "a change without baseline is a target that cannot be judged",
        {**FALLING, "comparator": "reduce_by", "baseline_value": None},
        2030,
        1.0,
        target_value=None,
        no_progress_reason="no_baseline",
        not_judged_reason="no_baseline",
        **UNJUDGED,
    ),
    case(
        "at most, whatever the direction",
        {**RISING, "comparator": "at_most", "direction": None, "baseline_value": None},
        2030,
        100.0,
        direction="down",
        is_achieved=True,
    ),
    case("a rank", {**RISING, "comparator": "rank", "value": 10.0}, 2030, 9.0, is_achieved=True),
    case(
        "a falling target of which only the baseline tells the direction",
        {**FALLING, "direction": None},
        2030,
        -1.0,
        direction="down",
        is_achieved=True,
    ),
    case(
        "nobody says the direction",
        {**RISING, "direction": None, "baseline_value": None},
        2030,
        99.0,
        not_judged_reason="no_direction",
        **UNJUDGED,
    ),
    case(
        "a value equal to the target needs no direction",
        {**RISING, "direction": None, "baseline_value": None},
        2030,
        100.0,
        is_achieved=True,
        not_judged_reason=None,
    ),
    case(
        "a range from above is met at its upper end",
        {**FALLING, "value": 10.0, "value_upper": 20.0},
        2030,
        20.0,
        target_value=20.0,
        is_achieved=True,
    ),
    case(
        "a range from below is met at its lower end",
        {**RISING, "value": 10.0, "value_upper": 20.0},
        2030,
        10.0,
        target_value=10.0,
        is_achieved=True,
    ),
    case(
        "of two targets the next that is due",
        ({**RISING, "due_fy": 2023, "value": 30.0}, RISING),
        2023,
        30.0,
        target_value=30.0,
        due_fy=2023,
        is_achieved=True,
    ),
    case(
        "behind the first of two targets",
        (RISING, {**RISING, "due_fy": 2023, "value": 30.0}),
        2024,
        30.0,
        target_value=100.0,
        due_fy=2030,
    ),
    case(
        "behind both of two targets the last, not one without a year",
        (
            {**RISING, "due_fy": 2022, "value": 20.0},
            {**RISING, "due_fy": 2023, "value": 30.0},
            {**RISING, "due_fy": None, "value": 50.0},
        ),
        2024,
        30.0,
        target_value=30.0,
        due_fy=2023,
        is_achieved=True,
    ),
)


@pytest.fixture(scope="module")
def marts() -> dict[str, Row]:
    """All cases at once, as one indicator each."""
    indicators, targets, results = [], [], []
    for at, one in enumerate(CASES):
        known = {"plan_id": PLAN, "item_id": item_id("取組"), "indicator_id": f"{PLAN}-k{at}"}
        indicators.append({**known, "name": one.name, "unit": "件", "direction": one.direction})
        results.append({**known, **one.value, "indicator_result_id": f"{PLAN}-v{at}"})
        results[-1] |= {"is_current": True, "result_status": "final"}
        for target in one.targets:
            seq = len(targets) + 1
            targets.append({**known, **target, "seq": seq, "target_id": f"{PLAN}-t{seq}"})
            del targets[-1]["plan_id"]
    rows = city(
        reform_items=[item("取組")],
        indicators=indicators,
        item_targets=targets,
        indicator_results=results,
    )
    return {row["indicator_name"]: row for row in by_sql(rows)["indicator_progress"]}


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_indicator_is_judged_as_its_schema_says(one: Case, marts: dict[str, Row]) -> None:
    found = marts[one.name]
    assert {name: found[name] for name in one.expected} == one.expected


def test_names_of_cases_differ() -> None:
    assert len({one.name for one in CASES}) == len(CASES)


def test_a_reason_stands_exactly_where_a_judgement_is_missing(marts: dict[str, Row]) -> None:
    for row in marts.values():
        assert (row["progress_share"] is None) == (row["no_progress_reason"] is not None), row
        assert (row["is_achieved"] is None) == (row["not_judged_reason"] is not None), row


def test_a_superseded_value_is_not_shown() -> None:
    known = {"plan_id": PLAN, "indicator_id": f"{PLAN}-k1", "fiscal_year": 2023}
    values = [
        {**known, "indicator_result_id": f"{PLAN}-v{at}", "actual_value": 1.0 * at, "revision": at}
        for at in (1, 2)
    ]
    values[1]["is_current"] = True
    indicator = {"indicator_id": f"{PLAN}-k1", "plan_id": PLAN}
    rows = by_sql(city(indicators=[indicator], indicator_results=values))["indicator_progress"]
    assert [row["actual_value"] for row in rows] == [2.0]
