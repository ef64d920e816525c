from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.figures.checks.internal import check_figures
from tests.figures.figure_files import figure, published, read, total, year

EFFECT = "effect_actual"


def checks(*rows: dict[str, str]) -> list[dict[str, Any]]:
    return check_figures(published(*rows))


def outcomes(*rows: dict[str, str]) -> list[tuple[str, str, float]]:
    return sorted((one["check_kind"], one["outcome"], one["difference"]) for one in checks(*rows))


def series(metric: str, values: dict[int, float], **columns: Any) -> list[dict[str, str]]:
    return [year(one, metric, value, **columns) for one, value in values.items()]


YEARS = series("revenue_increase", {2020: 10, 2021: 20, 2022: 30})


def test_years_against_the_cumulative_figure() -> None:
    (check,) = checks(*YEARS, total("revenue_increase", 60))
    assert (check["check_kind"], check["outcome"]) == ("sum", "agrees")
    assert (check["expected"], check["found"], check["unit"]) == (60_000.0, 60_000.0, "円")
    assert check["fiscal_year"] is None and len(check["figure_ids"].split(";")) == 4
    assert check["explanation"] is None and check["source_id"] == "figures-mihon"
    assert "年度別の値の合計と累計" in check["label"] and "収入額" in check["label"]


def test_half_a_unit_for_each_figure_is_rounding() -> None:
    for difference, outcome in [(1, "rounding"), (2, "rounding"), (3, "disagrees")]:
        found = outcomes(*YEARS, total("revenue_increase", 60 + difference))
        assert found == [("sum", outcome, -1000.0 * difference)]


def test_a_coarsely_printed_total_explains_more() -> None:
    coarse = total("revenue_increase", 60_000_000, unit="円", published_as="6千万円")
    years = series("revenue_increase", {2020: 10_000, 2021: 20_000, 2022: 34_000})
    assert outcomes(*years, coarse) == [("sum", "rounding", 4_000_000.0)]


def test_an_incomplete_series_is_not_summed() -> None:
    assert checks(*YEARS[:2], total("revenue_increase", 60)) == []
    assert checks(*YEARS[1:], total("revenue_increase", 60)) == []
    no_period = [row | {"period_start_fy": ""} for row in (*YEARS, total("revenue_increase", 60))]
    assert checks(*no_period) == []


def test_planned_and_actual_are_never_compared() -> None:
    years = series("effect_planned", {2020: 10, 2021: 20, 2022: 30})
    assert checks(*years, total(EFFECT, 61)) == []
    assert checks(total("effect_planned", 10), total(EFFECT, 60)) == []


def test_a_cumulative_figure_goes_on_from_the_one_before() -> None:
    first = total(EFFECT, 50, fiscal_year=2021)
    assert outcomes(first, year(2022, EFFECT, 10), total(EFFECT, 60)) == [("sum", "agrees", 0.0)]
    assert outcomes(first, year(2022, EFFECT, 19), total(EFFECT, 60))[0][1] == "disagrees"


def test_shares_are_not_summed() -> None:
    shares = series("indicator_actual:収納率", {2020: 90, 2021: 91, 2022: 92}, unit="%")
    assert checks(*shares, total("indicator_actual:収納率", 100, unit="%")) == []


def test_final_years_stand_in_for_provisional_ones() -> None:
    told = year(2022, "revenue_increase", 99, status="provisional")
    assert outcomes(*YEARS, told, total("revenue_increase", 60)) == [("sum", "agrees", 0.0)]


def test_contradictory_years_are_no_evidence() -> None:
    found = outcomes(*YEARS, year(2022, "revenue_increase", 39), total("revenue_increase", 60))
    assert [kind for kind, _, _ in found] == ["conflict"]


def test_ratings_against_how_many_were_rated() -> None:
    ratings = [figure("items_rated:完了", 3), figure("items_rated:遅延", 4)]
    everything = figure("items_total", 9)
    assert outcomes(*ratings, figure("items_rated", 7), everything) == [("sum", "agrees", 0.0)]
    assert outcomes(*ratings, figure("items_rated", 8)) == [("sum", "disagrees", -1.0)]
    (check,) = checks(*ratings, everything)
    assert check["outcome"] == "disagrees" and "評価していない" in check["explanation"]
    assert checks(ratings[0], everything) == []


def test_ratings_of_one_pillar_are_compared_with_that_pillar() -> None:
    rows = [
        figure("items_rated:完了/1.窓口", 3),
        figure("items_rated:遅延/1.窓口", 4),
        figure("items_total/1.窓口", 7),
        figure("items_total/2.財政", 9),
    ]
    assert outcomes(*rows) == [("sum", "agrees", 0.0)]


def test_all_margins_of_a_two_way_table() -> None:
    table = {("完了", "1"): 3, ("遅延", "1"): 4, ("完了", "2"): 5, ("遅延", "2"): 6}
    cells = [figure(f"items_rated:{of}/{pillar}", n) for (of, pillar), n in table.items()]
    margins = {"items_rated:完了/合計": 8, "items_rated:遅延/計": 10}
    margins |= {"items_total/1": 7, "items_total/2": 11, "items_total/合計": 18}
    rows = cells + [figure(metric, value) for metric, value in margins.items()]
    assert outcomes(*rows) == [("sum", "agrees", 0.0)] * 6


def test_areas_against_the_whole() -> None:
    areas = [figure("items_planned:窓口", 4), figure("items_planned:財政", 7)]
    assert outcomes(*areas, figure("items_planned", 11)) == [("sum", "agrees", 0.0)]
    assert checks(*areas, figure("items_planned", 12))[0]["explanation"] is None
    (short,) = checks(*areas, figure("items_planned", 16))
    assert short["outcome"] == "disagrees" and "一部だけ" in short["explanation"]


@pytest.mark.parametrize(
    "whole",
    [
        figure("items_planned", 23),  # the areas make up less than half
        figure("items_planned", 11, source_url="https://example.jp/b"),
        figure("items_planned", 11, unit="件", published_as="11"),
        figure("items_planned", 11, period_end_fy="2023"),
        figure("items_total", 11),
    ],
)
def test_a_choice_of_areas_is_no_check(whole: dict[str, str]) -> None:
    areas = [figure("items_planned:窓口", 4), figure("items_planned:財政", 7)]
    assert checks(*areas, whole) == []


def test_indicators_are_not_areas_of_each_other() -> None:
    rows = [figure("indicator_actual:職員数", 4), figure("indicator_actual:部署数", 7)]
    assert checks(*rows, figure("items_total", 11)) == []


@pytest.mark.parametrize(("sign", "basis"), [(1, "single_year"), (-1, "cumulative")])
def test_an_effect_is_saving_and_revenue(sign: int, basis: str) -> None:
    columns = {"basis": basis, "fiscal_year": "2021"}
    rows = [
        figure("cost_reduction", 40 * sign, **columns),
        figure("revenue_increase", 5, **columns),
    ]
    effect = figure(EFFECT, 45, **columns)
    assert outcomes(*rows, effect) == [("sum", "agrees", 0.0)]
    assert checks(rows[0], effect) == []
    assert outcomes(*rows, effect | {"value": "55", "published_as": "55"})[0][1] == "disagrees"
    assert checks(*rows, effect | {"basis": ""}) == []


def progress(share: float, actual: float, planned: float, **columns: Any) -> list[dict[str, str]]:
    return [
        total("effect_progress", share, published_as=f"{share}%", fiscal_year=2021, **columns),
        total(EFFECT, actual, fiscal_year=2021, **columns),
        total("effect_planned", planned, **columns),
    ]


@pytest.mark.parametrize(
    ("share", "outcome"),
    [
        (68.9, "agrees"),
        (68.8, "disagrees"),
        (69.0, "rounding"),
        (69.1, "disagrees"),
        (6.89, "disagrees"),
    ],
)
def test_a_share_is_rounded_before_it_is_compared(share: float, outcome: str) -> None:
    (check,) = checks(*progress(share, 2273, 3297))
    assert (check["check_kind"], check["outcome"], check["unit"]) == ("ratio", outcome, "%")


def test_what_rounded_figures_leave_open_is_rounding() -> None:
    assert checks(*progress(33.5, 1, 3))[0]["outcome"] == "rounding"
    assert checks(*progress(15.0, 1, 3))[0]["outcome"] == "rounding"
    assert checks(*progress(14.0, 1, 3))[0]["outcome"] == "disagrees"
    assert checks(*progress(80.0, 1, 3))[0]["outcome"] == "disagrees"


def test_a_share_cut_off_is_rounding_and_told() -> None:
    (check,) = checks(*progress(66.6, 20_000, 30_000))
    assert check["outcome"] == "rounding" and "切り捨て" in check["explanation"]


def test_a_share_of_the_years_own_plan() -> None:
    rows = progress(50.0, 100, 400)
    own = total("effect_planned", 200, fiscal_year=2021)
    assert checks(*rows)[0]["outcome"] == "disagrees"
    assert [one["outcome"] for one in checks(*rows, own)] == ["agrees"]


def test_no_share_without_both_figures_or_of_nothing() -> None:
    rows = progress(50.0, 100, 200)
    assert checks(*rows[:2]) == [] and checks(rows[0], rows[2]) == []
    assert checks(*progress(0, 0, 0)) == []
    assert checks(*rows[:2], rows[2] | {"basis": "single_year"}) == []


def test_an_indicators_share_is_its_own() -> None:
    rows = [
        total("indicator_progress:床面積", 50),
        total("indicator_actual:床面積", 10, unit="㎡"),
        total("indicator_planned:床面積", 20, unit="㎡"),
        total("indicator_planned:職員数", 30, unit="人"),
    ]
    assert outcomes(*rows) == [("ratio", "agrees", 0.0)]


def test_a_change_is_last_less_first() -> None:
    counts = [
        figure("indicator_actual:職員数", 667, fiscal_year=2020),
        figure("indicator_actual:職員数", 600, fiscal_year=2021),
        figure("indicator_actual:職員数", 514, fiscal_year=2022),
    ]
    change = figure("indicator_change:職員数", -153, "153人を削減")
    assert outcomes(*counts, change) == [("sum", "agrees", 0.0)]
    wrong = figure("indicator_change:職員数", -152, "152人を削減")
    assert outcomes(*counts, wrong) == [("sum", "disagrees", -1.0)]
    assert checks(*counts[:2], change) == []


def ratings_of(fiscal_year: int, done: int, late: int) -> list[dict[str, str]]:
    return [
        figure("items_rated:完了", done, fiscal_year=fiscal_year),
        figure("items_rated:遅延", late, fiscal_year=fiscal_year),
    ]


def test_ratings_of_all_items_stay_as_many() -> None:
    (check,) = checks(*ratings_of(2020, 3, 4), *ratings_of(2022, 5, 2))
    assert (check["outcome"], check["expected"], check["fiscal_year"]) == ("agrees", 7.0, 2022)
    assert "「完了」" not in check["label"]
    found = outcomes(*ratings_of(2020, 3, 4), *ratings_of(2022, 5, 3))
    assert found == [("sum", "disagrees", 1.0)]


def test_totals_that_are_published_or_of_other_ratings_need_not_stay() -> None:
    totals = [
        figure("items_total", 7, fiscal_year=2020),
        figure("items_total", 9, fiscal_year=2022),
    ]
    both = outcomes(*ratings_of(2020, 3, 4), *ratings_of(2022, 5, 4), *totals)
    assert both == [("sum", "agrees", 0.0)] * 2
    other = figure("items_rated:中止", 1, fiscal_year=2022)
    assert checks(*ratings_of(2020, 3, 4), *ratings_of(2022, 5, 4), other) == []


def test_two_figures_for_one_thing() -> None:
    one = total(EFFECT, 9_560_000_000, unit="円", published_as="95億6千万円")
    other = total(EFFECT, 9_662_000_000, unit="円", published_as="96億6200万円")
    (check,) = checks(one, other)
    assert (check["check_kind"], check["outcome"]) == ("conflict", "disagrees")
    assert {check["expected"], check["found"]} == {9_560_000_000.0, 9_662_000_000.0}
    near = total(EFFECT, 9_562_000_000, unit="円", published_as="95億6200万円")
    assert [row["outcome"] for row in checks(one, near)] == ["rounding"]


@pytest.mark.parametrize(
    ("columns", "outcome"),
    [
        ({"source_url": "https://example.jp/b"}, ["agrees"]),
        ({"status": "provisional", "value": "7", "published_as": "7"}, []),
        ({"fiscal_year": "2021", "value": "7", "published_as": "7"}, []),
        ({"basis": "", "value": "7", "published_as": "7"}, []),
        ({"plan_label": "ほかの計画", "value": "7", "published_as": "7"}, []),
    ],
)
def test_what_is_one_thing(columns: dict[str, str], outcome: list[str]) -> None:
    one = total(EFFECT, 60)
    assert [row["outcome"] for row in checks(one, one | columns)] == outcome


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(order: random.Random) -> None:
    rows = [
        *YEARS,
        total("revenue_increase", 61),
        total("revenue_increase", 71),
        *ratings_of(2020, 3, 4),
        *ratings_of(2022, 5, 3),
        *progress(50.1, 100, 200),
    ]
    given_order, other_order = published(*rows), published(*order.sample(rows, len(rows)))
    assert check_figures(given_order) == check_figures(other_order)
    assert check_figures(order.sample(given_order, len(rows))) == check_figures(given_order)


@given(st.data())
def test_any_values_can_be_checked(data: st.DataObject) -> None:
    digits = st.from_regex(r"-?[0-9]{1,15}(\.[0-9]{1,10})?", fullmatch=True)
    units = st.sampled_from(["円", "千円", "兆円"])
    rows = [*progress(1, 1, 1), *YEARS, total("revenue_increase", 1), year(2021, EFFECT, 1)]
    for row in rows:
        row["value"] = data.draw(digits)
        row["published_as"] = data.draw(st.sampled_from([row["value"], "不明"]))
        row["unit"] = row["unit"] if row["unit"] == "%" else data.draw(units)
    for check in check_figures(read(*rows).rows):
        assert check["outcome"] in ("agrees", "rounding", "disagrees")


@given(st.lists(st.integers(-(10**6), 10**6), min_size=3, max_size=3))
def test_a_true_sum_always_agrees(values: list[int]) -> None:
    years = series("indicator_actual:床面積", dict(zip((2020, 2021, 2022), values, strict=True)))
    assert outcomes(*years, total("indicator_actual:床面積", sum(values))) == [
        ("sum", "agrees", 0.0)
    ]
