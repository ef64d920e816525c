from __future__ import annotations

import pytest

from pipelines.figures.plan_links import KnownPlan, NamedPlan, linked_plan

CODE, NAME = "990019", "みほん市"
SECOND = KnownPlan("990019-plan2", CODE, "みほん市第2次行政改革大綱（案）", 2, (2020, 2024))


@pytest.mark.parametrize(
    ("label", "period", "found"),
    [
        ("第2次みほん市行政改革大綱", (2020, 2024), True),
        ("第二次行政改革大綱", (None, None), True),
        ("第２次みほん市行政改革大綱・集中改革プラン", (2020, 2024), True),
        ("行政改革大綱", (2020, 2024), True),
        ("行政改革大綱", (None, None), False),  # neither generation nor period says which
        ("第3次みほん市行政改革大綱", (2020, 2024), False),
        ("第2次みほん市行政改革大綱", (2015, 2019), False),
        ("第2次みほん市総合計画", (2020, 2024), False),
        ("みほん市", (2020, 2024), False),
        ("", (2020, 2024), False),
    ],
)
def test_one_plan(label: str, period: tuple[int | None, int | None], found: bool) -> None:
    named = NamedPlan(CODE, NAME, label, period)
    assert linked_plan(named, [SECOND]) == ("990019-plan2" if found else None)


def test_the_same_words_need_no_more() -> None:
    plan = KnownPlan("990019-x", CODE, "市政の改革プラン")
    assert linked_plan(NamedPlan(CODE, NAME, "市政の改革プラン"), [plan]) == "990019-x"


def test_two_plans_that_fit_are_none() -> None:
    other = KnownPlan("990019-plan2-summary", CODE, "第2次行政改革大綱概要版", 2, (2020, 2024))
    named = NamedPlan(CODE, NAME, "第2次行政改革大綱", (2020, 2024))
    assert linked_plan(named, [SECOND, other]) is None
    assert linked_plan(named, [SECOND]) == "990019-plan2"


def test_plans_of_others_and_without_title_are_none() -> None:
    named = NamedPlan("990027", NAME, "第2次行政改革大綱", (2020, 2024))
    assert linked_plan(named, [SECOND, KnownPlan("990027-x", "990027", None, 2)]) is None
