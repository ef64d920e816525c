"""Results and figures that cities have published, in the release of the real raw folder."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from .conftest import ROOT

THOUSAND = 1_000
# Thousand yen of cost reduction, added up from the sheets as printed.
REDUCTIONS = {
    2003: (11, 23_055),
    2007: (10, 16_565),
    2008: (10, 67_232),
    2009: (10, 66_604),
    2019: (3, 17_232),
    2020: (3, 18_621),
    2021: (3, 22_101),
    2022: (3, 38_909),
}
SHEETS = "072095"


@pytest.fixture(scope="session")
def database(release: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(release / "gyokaku.duckdb"), read_only=True)


def rows(database: duckdb.DuckDBPyConnection, query: str, *values: Any) -> list[tuple[Any, ...]]:
    return database.execute(query, list(values)).fetchall()


def test_reductions_per_year_are_those_of_the_sheets(database: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        database,
        "SELECT fiscal_year, count(*), sum(actual_yen) FROM financial_effects "
        "WHERE plan_id LIKE '072095-%' AND effect_kind = 'cost_reduction' GROUP BY 1",
    )
    assert {year: (count, total / THOUSAND) for year, count, total in found} == REDUCTIONS


def test_every_row_has_its_department_its_group_and_its_measure(
    database: duckdb.DuckDBPyConnection,
) -> None:
    query = (
        "SELECT category_label, section_label, measure_text, department_name, actual_yen, row "
        "FROM financial_effects WHERE fiscal_year = ? ORDER BY row"
    )
    saved = rows(database, query, 2008)
    assert saved[4] == (
        "その他の見直し",
        "事務事業の簡素・効率化",
        "議長交際費の支出内容の見直し",
        "議会事務局",
        546_000,
        9,
    )
    assert {one[1] for one in saved} == {"事務事業の簡素・効率化", "組織機構の見直しと人材の育成"}
    assert all(one[2] and one[3] for year in REDUCTIONS for one in rows(database, query, year))


def test_revenue_of_several_years_has_a_period_and_no_year(
    database: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(
        database,
        "SELECT fiscal_year, period_start_fy, period_end_fy, department_name, actual_yen "
        "FROM financial_effects WHERE effect_kind = 'revenue_increase' ORDER BY actual_yen",
    )
    assert found == [
        (None, 2019, 2022, "総務課", 625_000),
        (None, 2019, 2022, "財政課", 26_594_000),
    ]


def test_subtotals_are_recognised_and_agree(database: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        database,
        "SELECT fiscal_year, expected, found, outcome FROM figure_checks "
        "WHERE label = '小計' AND plan_id LIKE '072095-%' ORDER BY 1, 2",
    )
    assert found == [
        (2007, 16_565_000, 16_565_000, "agrees"),
        (2008, 4_261_000, 4_261_000, "agrees"),
        (2008, 62_971_000, 62_971_000, "agrees"),
        (2009, 6_712_000, 6_712_000, "agrees"),
    ]
    measures = rows(database, "SELECT count(*) FROM yearly_results WHERE measure_text LIKE '%計'")
    assert measures == [(0,)]


def test_totals_of_years_of_which_only_main_rows_are_listed(
    database: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(
        database,
        "SELECT expected, found, outcome FROM figure_checks WHERE plan_id = '072095-gyozaisei5' "
        "AND check_kind = 'against_results' AND outcome = 'disagrees' "
        "AND explanation IS NOT NULL ORDER BY 1",
    )
    assert found == [
        (20_867_000, 18_621_000, "disagrees"),
        (33_813_000, 22_101_000, "disagrees"),
        (34_784_000, 17_232_000, "disagrees"),
        (57_900_000, 38_909_000, "disagrees"),
    ]
    agreeing = rows(
        database,
        "SELECT expected, found FROM figure_checks "
        "WHERE plan_id = '072095-gyozaisei5' AND outcome = 'agrees' ORDER BY 1",
    )
    assert agreeing == [(27_219_000, 27_219_000), (147_364_000, 147_364_000)]


def test_rows_in_both_tables_say_the_same(database: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT source_id, row, measure_text, department_name FROM {} WHERE fiscal_year > 0"
    results = set(rows(database, query.format("yearly_results")))
    assert results == set(rows(database, query.format("financial_effects")))
    assert len(results) == sum(count for count, _ in REDUCTIONS.values())


def test_all_published_figures_are_there(database: duckdb.DuckDBPyConnection) -> None:
    with (ROOT / "raw/figures/published_figures.csv").open(encoding="utf-8-sig") as file:
        published = Counter(
            (one["municipality_code"], one["metric"], float(one["value"]))
            for one in csv.DictReader(file)
        )
    query = "SELECT municipality_code, metric, value FROM published_figures WHERE NOT is_derived"
    assert sum(published.values()) == 126
    assert Counter(rows(database, query)) == published


def test_checks_agree_and_the_contradiction_is_reported(
    database: duckdb.DuckDBPyConnection,
) -> None:
    agreeing = rows(
        database,
        "SELECT count(*) FROM figure_checks WHERE outcome = 'agrees' AND figure_ids IS NOT NULL",
    )
    assert agreeing[0][0] >= 20
    conflicts = rows(
        database,
        "SELECT municipality_code, expected, found, outcome, figure_ids FROM figure_checks "
        "WHERE check_kind = 'conflict'",
    )
    assert [one[:4] for one in conflicts] == [("032093", 9_560_000_000, 9_662_000_000, "disagrees")]
    both = rows(
        database,
        "SELECT value FROM published_figures WHERE list_contains(?, figure_id) ORDER BY 1",
        conflicts[0][4].split(";"),
    )
    assert both == [(9_560_000_000,), (9_662_000_000,)]


def test_what_follows_by_subtraction_is_derived_and_marked(
    database: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(
        database,
        "SELECT fiscal_year, value, unit FROM published_figures WHERE is_derived "
        "AND municipality_code = '262013' ORDER BY value",
    )
    assert found == [(2019, 10, "人"), (2019, 1_168, "百万円"), (2019, 3_882, "㎡")]
    assert rows(database, "SELECT count(*) FROM published_figures WHERE is_derived") == [(3,)]


def test_every_row_of_every_sheet_is_accounted_for(release: Path) -> None:
    quality = json.loads((release / "quality.json").read_text("utf-8"))
    accounts = [one for one in quality["row_accounting"] if one["unit"] == "rows"]
    assert len([one for one in accounts if one["source_id"].startswith(SHEETS)]) == 5
    assert all(one["balances"] for one in accounts)
    assert all(one["quarantined"] == 0 for one in accounts)


def test_names_of_submitted_files_are_internal(release: Path) -> None:
    for path in (release / "data/csv").glob("*.csv"):
        text = path.read_text("utf-8-sig")
        assert "fy2003" not in text and "fy2019-2022" not in text, path.name
