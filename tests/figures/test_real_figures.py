"""The 126 published figures of seven cities: what is known to be in them."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.figures.checks.internal import check_figures
from pipelines.figures.derived import derived_figures
from pipelines.figures.municipalities import municipality_rows
from pipelines.figures.published import read_published_figures
from pipelines.figures.rating_scales import read_rating_scales
from pipelines.tables.arrow import rows_to_table
from pipelines.tables.checks import check_tables
from pipelines.tables.schemas import load_schemas
from tests.figures.figure_files import FIGURES, ROOT, SCALES, csv_bytes, real_rows

NAME = "published_figures.csv"


@cache
def real_checks() -> tuple[dict[str, Any], ...]:
    return tuple(check_figures(read_published_figures(NAME, FIGURES).rows))


def checks_of(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    reading = read_published_figures(NAME, csv_bytes(rows))
    assert reading.quarantined == []
    return check_figures(reading.rows)


def test_what_agrees_and_what_does_not() -> None:
    outcomes = Counter(check["outcome"] for check in real_checks())
    assert outcomes == {"agrees": 38, "disagrees": 1}
    by_city = Counter(
        check["municipality_code"] for check in real_checks() if check["outcome"] == "agrees"
    )
    assert by_city == {"032093": 6, "072095": 16, "072109": 1, "262013": 7, "262111": 8}


def test_the_one_contradiction_keeps_both_figures() -> None:
    (check,) = (one for one in real_checks() if one["outcome"] == "disagrees")
    assert (check["municipality_code"], check["check_kind"]) == ("032093", "conflict")
    assert {check["expected"], check["found"]} == {9_560_000_000.0, 9_662_000_000.0}
    rows = read_published_figures(NAME, FIGURES).rows
    kept = {row["published_as"] for row in rows if row["figure_id"] in check["figure_ids"]}
    assert kept == {"95億6千万円", "96億6200万円"}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("032093", [53.0, 104.0, 319e6, 525e6, 612e6, 977e6]),
        ("072109", [-153.0]),
        ("262111", [81.0, 84.0, 92.0, 107.0, 280.0, 314.0, 479.0, 479.0]),
        ("262013", [35.4, 54.5, 68.9, 108.0, 113.3, 137.5, 206.7]),
    ],
)
def test_sums_and_shares_that_agree(code: str, found: list[float]) -> None:
    agreeing = [
        check["found"]
        for check in real_checks()
        if check["municipality_code"] == code and check["outcome"] == "agrees"
    ]
    assert sorted(agreeing) == found


def test_savings_and_revenues_of_eight_years_and_their_totals() -> None:
    agreeing = [check for check in real_checks() if check["municipality_code"] == "072095"]
    by_year = [check for check in agreeing if check["fiscal_year"] is not None]
    assert len(by_year) == 8 and len(agreeing) - len(by_year) == 2 * 3 + 2


# One figure changed, and the checks that then disagree: (rule in the label, difference).
CHANGED = [
    ("262111", "計画", "items_rated:一部実施/2", 13, 14, [("評価別", 1.0), ("柱別", 1.0)]),
    ("262111", "計画", "items_total/合計", 479, 480, [("評価別", -1.0), ("柱別", -1.0)]),
    ("032093", "第3次", "items_rated:遅延", 14, 15, [("評価別", 1.0)]),
    ("032093", "第4次", "items_planned:財政運営の健全化", 14, 13, [("分野別", -1.0)]),
    ("072109", "プラン", "indicator_actual:職員数", 514, 515, [("最後の年度", 1.0)]),
    ("262013", "第6次", "items_rated:検討中", 1, 2, [("年度と同じ", 1.0)]),
    ("262013", "第6次", "indicator_progress:延床面積の縮減", 54.5, 54.6, [("実績÷計画", -0.1)]),
    ("072095", "第2次", "revenue_increase", 233434, 234434, [("年度別", -1e6), ("削減額と", 1e6)]),
]


@pytest.mark.parametrize(("code", "plan", "metric", "old", "new", "expected"), CHANGED)
def test_one_changed_figure_is_found_out(
    code: str,
    plan: str,
    metric: str,
    old: float,
    new: float,
    expected: list[tuple[str, float]],
) -> None:
    rows = real_rows()
    (at,) = (
        at
        for at, row in enumerate(rows)
        if row["municipality_code"] == code
        and plan in row["plan_label"]
        and row["metric"].startswith(metric)
        and float(row["value"]) == old
    )
    unit = "%" if metric.startswith("indicator_progress") else ""
    rows[at] |= {"value": str(new), "published_as": f"{new}{unit}"}
    known = {one["label"] for one in real_checks() if one["outcome"] == "disagrees"}
    found = [
        (one["label"].partition("：")[2], one["difference"])
        for one in checks_of(rows)
        if one["outcome"] == "disagrees" and one["label"] not in known
    ]
    assert len(found) == len(expected)
    for rule, difference in expected:
        assert any(rule in label and told == pytest.approx(difference) for label, told in found)


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(order: random.Random) -> None:
    rows = order.sample(real_rows(), 126)
    assert checks_of(rows) == list(real_checks())
    shuffled = derived_figures(read_published_figures(NAME, csv_bytes(rows)).rows)
    assert shuffled == derived_figures(read_published_figures(NAME, FIGURES).rows)


def test_everything_fits_its_schema() -> None:
    figures = read_published_figures(NAME, FIGURES)
    scales = read_rating_scales("rating_scales.csv", SCALES)
    rows = {
        "published_figures": [*figures.rows, *derived_figures(figures.rows)],
        "figure_checks": list(real_checks()),
        "rating_scales": scales.rows,
        "sources": figures.sources + scales.sources,
        "municipalities": municipality_rows(figures.municipalities | scales.municipalities),
        "plans": [],
    }
    schemas = load_schemas(ROOT / "schemas")
    tables = {name: rows_to_table(schemas[name], values) for name, values in rows.items()}
    schemas = {name: schemas[name] for name in tables}
    assert [one.message_ja for one in check_tables(schemas, tables)] == []
    for name in ("published_figures", "figure_checks", "rating_scales"):
        assert set(rows[name][0]) == {field.name for field in schemas[name].fields}
    assert len(rows["municipalities"]) == 9
