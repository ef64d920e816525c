"""A unit in brackets behind an indicator's name is its unit, where it can be one of it."""

from __future__ import annotations

import pytest

from pipelines.results.matching import IndicatorMatcher
from pipelines.results.model import ColumnRole, IndicatorContext
from pipelines.results.name_units import unit_behind
from tests.results.samples import STUB, plan, record, rows_of, rules

ACTUAL = ColumnRole("actual")
PLANNED = ColumnRole("planned")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("市税収納率（％）", ("市税収納率", "%")),
        ("基金残高（百万円）", ("基金残高", "百万円")),
        ("利用者数 (単位：万人)", ("利用者数", "万人")),
        ("実質公債費比率（3か年平均）（％）", ("実質公債費比率（3か年平均）", "%")),
        ("窓口満足度（点）", ("窓口満足度", "点")),
    ],
)
def test_a_unit_behind_a_name(name: str, expected: tuple[str, str]) -> None:
    assert unit_behind(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "収納率（現年）",
        "利用者数（施設）",
        "削減額（件）",
        "人口（市）",
        "参加者数（団体）",
        "（％）",
        "件数",
        "",
    ],
)
def test_what_tells_indicators_apart_stays_in_the_name(name: str) -> None:
    assert unit_behind(name) == (name, None)


def values_of(name: str, text: str, known: object = STUB, **texts: str) -> list[object]:
    one = record(5, (ACTUAL, text), indicator=name, item="窓口", department="財政課", **texts)
    result = rows_of(one, plan=known)
    own = [(row["name"], row["unit"]) for row in result.rows["indicators"]]
    return [own, result.rows["indicator_results"][0]["actual_value"]]


def test_the_name_gives_the_unit_where_nothing_else_does() -> None:
    assert values_of("収納率（％）", "98.5") == [[("収納率", "%")], 98.5]
    assert values_of("基金残高（百万円）", "2,340") == [[("基金残高", "百万円")], 2340.0]
    assert values_of("基金残高（百万円）", "3億円") == [[("基金残高", "百万円")], 300.0]


def test_a_stated_unit_wins_and_another_one_stays_in_the_name() -> None:
    assert values_of("収納率（％）", "98.5", unit="％")[0] == [("収納率", "%")]
    assert values_of("苦情（件）", "3", unit="回")[0] == [("苦情（件）", "回")]


def matched(name: str, *known: tuple[str, str | None]) -> str | None:
    indicators = [IndicatorContext(f"k{at}", None, *one) for at, one in enumerate(known, start=1)]
    found = IndicatorMatcher(tuple(indicators)).match(None, None, name, None)
    assert not found.findings
    return found.indicator.indicator_id if found.indicator else None


def test_an_indicator_is_found_by_its_full_name_first() -> None:
    assert matched("収納率（％）", ("収納率", "%"), ("収納率（％）", "%")) == "k2"
    assert matched("収納率（％）", ("収納率", "%"), ("徴収率", "%")) == "k1"
    assert matched("苦情（件）", ("苦情", "%")) is None


def test_the_plans_indicator_is_the_one_without_the_unit() -> None:
    one = record(5, (ACTUAL, "98.5"), item="市税収納率の向上", indicator="市税の収納率（％）")
    result = rows_of(one, plan=plan())
    assert not result.rows["indicators"]
    assert "indicator_matched_by_likeness" not in rules(result)
    assert result.rows["indicator_results"][0]["indicator_id"] == plan().indicators[0].indicator_id
