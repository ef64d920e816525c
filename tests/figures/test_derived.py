from __future__ import annotations

from typing import Any

import pytest

from pipelines.figures.checks.internal import check_figures
from pipelines.figures.derived import derived_figures
from pipelines.figures.published import read_published_figures
from tests.figures.figure_files import FIGURES, figure, published, total, year

METRIC = "effect_actual"
FIRST = total(METRIC, 2273, published_as="2,273", fiscal_year=2020)
LAST = total(METRIC, 4533, published_as="4,533", fiscal_year=2022)
SINGLE = year(2022, METRIC, 1092, published_as="1,092")


def test_the_one_missing_year_follows_by_subtraction() -> None:
    rows = published(FIRST, LAST, SINGLE)
    (row,) = derived_figures(rows)
    assert (row["fiscal_year"], row["value"], row["basis"]) == (2021, 1168.0, "single_year")
    assert (row["value_normalized"], row["unit_normalized"]) == (1_168_000.0, "円")
    assert row["is_derived"] is True and row["row"] is None and row["unit"] == "千円"
    assert row["published_as"] == "4,533－2,273－1,092"
    ids = {one["published_as"]: one["figure_id"] for one in rows}
    assert row["derived_from"] == ";".join(ids[text] for text in ("4,533", "2,273", "1,092"))


def test_it_is_final_only_where_all_are() -> None:
    assert derived_figures(published(FIRST, LAST, SINGLE))[0]["result_status"] == "final"
    provisional = published(FIRST, LAST, SINGLE | {"status": "provisional"})
    assert derived_figures(provisional)[0]["result_status"] == "provisional"


def test_the_period_as_a_whole_counts_from_its_first_year() -> None:
    rows = published(total(METRIC, 100), year(2020, METRIC, 20), year(2022, METRIC, 30))
    (row,) = derived_figures(rows)
    assert (row["fiscal_year"], row["value"]) == (2021, 50.0)


def test_a_saving_stays_positive() -> None:
    costs = "cost_reduction"
    rows = published(
        total(costs, -100, published_as="△100"),
        year(2020, costs, -20, published_as="△20"),
        year(2021, costs, -30, published_as="△30"),
    )
    (row,) = derived_figures(rows)
    assert (row["value"], row["value_normalized"]) == (-50.0, 50_000.0)
    assert row["published_as"] == "(△100)－(△20)－(△30)"


@pytest.mark.parametrize(
    "rows",
    [
        (FIRST, LAST),  # two years missing
        (FIRST, LAST, SINGLE, year(2021, METRIC, 1)),  # none missing
        (LAST,),
        (FIRST, LAST, SINGLE | {"plan_label": "ほかの計画"}),
        (FIRST, LAST, SINGLE | {"metric": f"{METRIC}:窓口"}),
        (FIRST, LAST, SINGLE | {"unit": "百万円"}),
        (FIRST, LAST, SINGLE, LAST | {"published_as": "4,534", "value": "4534"}),
        (FIRST, LAST, SINGLE, SINGLE | {"published_as": "1,093", "value": "1093"}),
    ],
)
def test_what_cannot_be_derived(rows: tuple[dict[str, str], ...]) -> None:
    assert derived_figures(published(*rows)) == []


def test_a_year_published_in_another_unit_is_not_derived_again() -> None:
    told = year(2021, METRIC, 1, unit="百万円")
    assert derived_figures(published(FIRST, LAST, SINGLE, told)) == []


def test_shares_are_not_subtracted() -> None:
    shares: list[dict[str, Any]] = [
        total("effect_progress", 30, fiscal_year=2020),
        total("effect_progress", 90, fiscal_year=2022),
        year(2022, "effect_progress", 20),
    ]
    assert derived_figures(published(*shares)) == []
    rates = [row | {"metric": "indicator_actual:収納率"} for row in shares]
    assert derived_figures(published(*rates)) == []


def test_derived_figures_are_no_evidence() -> None:
    rows = published(FIRST, LAST, SINGLE)
    assert check_figures([*rows, *derived_figures(rows)]) == check_figures(rows)
    assert derived_figures([*rows, *derived_figures(rows)]) == derived_figures(rows)


def test_the_real_file_leaves_one_year_out() -> None:
    rows = read_published_figures("published_figures.csv", FIGURES).rows
    derived = derived_figures(rows)
    assert {(row["value"], row["unit"], row["published_as"]) for row in derived} == {
        (1168.0, "百万円", "4,533－2,273－1,092"),
        (3882.0, "㎡", "24,672－16,041－4,749"),
        (10.0, "人", "31－17－4"),
    }
    assert {(row["municipality_code"], row["fiscal_year"]) for row in derived} == {("262013", 2019)}
    assert {row["result_status"] for row in derived} == {"final"}
    assert {row["figure_id"] for row in derived}.isdisjoint({row["figure_id"] for row in rows})


def test_contradictory_years_are_not_filled_in() -> None:
    assert figure(METRIC, 1)["basis"] == ""
    twice = year(2021, METRIC, 5), year(2021, METRIC, 6)
    assert derived_figures(published(FIRST, LAST, SINGLE, *twice)) == []
