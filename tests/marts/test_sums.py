"""No mart averages ratings or adds amounts of different bases: an attempt to find one that does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.marts import run
from pipelines.marts.run import SHARED_VIEWS, mart_sql
from tests.tables.samples import REAL_SCHEMAS

from .comparing import MART_NAMES, by_sql
from .examples import city
from .generated import PLAN, Row

FOLDER = Path(run.__file__).parent
STATEMENTS = {
    **{name: mart_sql(name) for name in MART_NAMES},
    **{name: (FOLDER / "shared" / f"{name}.sql").read_text("utf-8") for name in SHARED_VIEWS},
}
BASES = REAL_SCHEMAS["effect_summary"].field("effect_basis").constraints["enum"]
KINDS = REAL_SCHEMAS["effect_summary"].field("effect_kind").constraints["enum"]
AVERAGES = r"\b(?:avg|mean|median|mode|favg|geomean|quantile\w*|percentile\w*|stddev\w*)\s*\("
#: Columns that count: they may be added up. Everything else that is summed is told here.
ADDED = {"planned_yen", "actual_yen", "item_count", "target_count"}


def code(name: str) -> str:
    """A statement without its comments."""
    return re.sub(r"--[^\n]*", "", STATEMENTS[name])


def test_every_statement_is_looked_at() -> None:
    files = {path.stem for path in FOLDER.rglob("*.sql")}
    assert files == set(STATEMENTS)


@pytest.mark.parametrize("name", STATEMENTS)
def test_nothing_is_averaged(name: str) -> None:
    assert not re.search(AVERAGES, code(name), re.IGNORECASE)


@pytest.mark.parametrize("name", STATEMENTS)
def test_only_amounts_of_one_basis_and_counts_are_summed(name: str) -> None:
    summed = re.findall(r"\bsum\s*\(\s*(?:\w+\.)?(\w+)\s*\)", code(name), re.IGNORECASE)
    assert len(summed) == len(re.findall(r"\b(?:sum|fsum|kahan_sum)\s*\(", code(name)))
    assert set(summed) <= ADDED
    if set(summed) & {"planned_yen", "actual_yen"}:
        assert name == "effect_summary"


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_rating_becomes_a_number(name: str) -> None:
    """Ratings are compared and counted; none is cast, weighed or put on a scale."""
    assert not re.search(r"\b(?:rating|rating_label)\s*(?:::|\*|\+|/)", code(name))
    assert not re.search(
        r"WHEN\s+'(?:completed|ahead|on_track|behind|achieved)'\s+THEN\s+[-\d]", code(name)
    )


def test_no_column_of_a_mart_is_an_average_or_a_total_over_bases() -> None:
    for name in MART_NAMES:
        schema = REAL_SCHEMAS[name]
        columns = [one.name for one in schema.fields]
        assert not [one for one in columns if re.search(r"average|mean|score|rank", one)]
        assert not [one for one in columns if re.search(r"rating_", one)]
        if any(one.unit == "円" for one in schema.fields):
            assert {"effect_basis", "effect_kind"} <= set(schema.primary_key)


def effects() -> list[Row]:
    """One effect per kind and basis and year, whose every sum tells what was added."""
    keys = [(year, kind, basis) for year in (2023, 2024) for kind in KINDS for basis in BASES]
    return [
        {
            "effect_id": f"{PLAN}-e{at}",
            "plan_id": PLAN,
            "fiscal_year": year,
            "effect_kind": kind,
            "effect_basis": basis,
            "planned_yen": 4**at,
            "actual_yen": 2 * 4**at,
            "is_current": True,
        }
        for at, (year, kind, basis) in enumerate(keys)
    ]


def test_every_amount_comes_of_effects_of_one_basis() -> None:
    """Amounts are powers of four: a sum shows in its digits which effects are in it."""
    given = effects()
    for name, rows in by_sql(city(financial_effects=given)).items():
        amounts = [column.name for column in REAL_SCHEMAS[name].fields if column.unit == "円"]
        for row in rows:
            for column in amounts:
                added = [one for at, one in enumerate(given) if row[column] >> (2 * at) & 3]
                assert {one["effect_basis"] for one in added} == {row["effect_basis"]}
                assert {one["effect_kind"] for one in added} == {row["effect_kind"]}


def test_two_amounts_of_one_basis_are_added_and_those_of_others_are_not() -> None:
    amounts = (("single_year", 26), ("single_year", 1), ("cumulative", 51), ("cumulative", None))
    rows = [
        {"plan_id": PLAN, "effect_id": f"{PLAN}-e{at}", "fiscal_year": 2023}
        | {"effect_basis": basis, "actual_yen": yen, "is_current": True}
        for at, (basis, yen) in enumerate(amounts)
    ]
    marts = by_sql(city(financial_effects=rows))
    found = {row["effect_basis"]: row["actual_yen"] for row in marts["effect_summary"]}
    assert found == {"single_year": 27, "cumulative": 51}


def test_a_blank_is_no_zero_and_a_period_of_one_year_is_that_year() -> None:
    known = {"plan_id": PLAN, "effect_basis": "not_stated", "is_current": True}
    rows = [
        {**known, "effect_id": f"{PLAN}-e1", "fiscal_year": 2023, "planned_yen": 5},
        {**known, "effect_id": f"{PLAN}-e2", "period_start_fy": 2023, "period_end_fy": 2023},
        {**known, "effect_id": f"{PLAN}-e3", "period_start_fy": 2023, "period_end_fy": 2024},
    ]
    found = by_sql(city(financial_effects=rows))["effect_summary"]
    columns = ("start_fy", "end_fy", "fiscal_year", "planned_yen", "actual_yen", "row_count")
    assert [tuple(row[name] for name in columns) for row in found] == [
        (2023, 2023, 2023, 5, None, 2),
        (2023, 2024, None, None, None, 1),
    ]
