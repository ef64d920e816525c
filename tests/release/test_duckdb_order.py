"""Rows of gyokaku.duckdb stand in the order of their tables, so that a filter reads few of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyarrow as pa
import pytest

from pipelines.release.duckdb_file import write_duckdb
from pipelines.release.package_gates import read_duckdb
from pipelines.release.public_tables import public_schemas
from pipelines.tables.arrow import arrow_schema, sort_table
from tests.tables.samples import REAL_SCHEMAS

PUBLIC = public_schemas(REAL_SCHEMAS)
PLANS, PER_PLAN, YEARS = 40, 2_000, 4
#: Columns whose values begin with the municipality's code.
BY_CITY: Final = {
    "municipality_code",
    "plan_id",
    "item_id",
    "round_id",
    "source_id",
    "lineage_id",
    "correction_id",
}


def test_every_table_is_ordered_by_municipality_save_the_one_that_goes_by_theme() -> None:
    first = {name: schema.sort_order[0] for name, schema in PUBLIC.items()}
    assert {name for name, column in first.items() if column not in BY_CITY} == {"theme_overview"}
    assert PUBLIC["theme_overview"].sort_order == ("theme", "plan_id")


@pytest.mark.parametrize(
    "table", ["yearly_results", "financial_effects", "plan_progress", "department_progress"]
)
def test_results_of_a_plan_are_ordered_by_year(table: str) -> None:
    assert PUBLIC[table].sort_order[:2] == ("plan_id", "fiscal_year")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One table of 320,000 rows, which were given in no order of use."""
    count = PLANS * PER_PLAN * YEARS
    numbers = [(at * 7_919) % count for at in range(count)]
    plans = [f"{at % PLANS:05}0-keikaku" for at in numbers]
    given = {
        "plan_id": plans,
        "municipality_code": [one[:6] for one in plans],
        "fiscal_year": [2021 + at // PLANS % YEARS for at in numbers],
        "department_key": [f"d{at}" for at in numbers],
        "department_name": ["課"] * count,
        "status": ["rated"] * count,
        "outcome_label": ["順調"] * count,
        "item_count": [1] * count,
    }
    schema = PUBLIC["department_progress"]
    rows = pa.table({name: given.get(name, [None] * count) for name in schema.field_names})
    path = tmp_path_factory.mktemp("release") / "gyokaku.duckdb"
    table = sort_table(schema, rows.cast(arrow_schema(schema)))
    write_duckdb(path, {schema.name: schema}, {schema.name: table}, "1.0.0")
    return path


def test_rows_keep_that_order_over_many_row_groups(file: Path) -> None:
    groups = "SELECT count(DISTINCT row_group_id) FROM pragma_storage_info('department_progress')"
    assert read_duckdb(file, groups)[0][0] > 1
    unordered = """
        SELECT count(*) FROM (
            SELECT (plan_id, fiscal_year, department_key) AS place, rowid FROM department_progress
            QUALIFY place < lag(place) OVER (ORDER BY rowid)
        )
    """
    assert read_duckdb(file, unordered) == [(0,)]


def test_the_rows_of_a_plan_and_year_stand_together(file: Path) -> None:
    span = """
        SELECT count(*), max(rowid) - min(rowid) + 1 FROM department_progress
        WHERE plan_id = '000070-keikaku' AND fiscal_year = 2023
    """
    assert read_duckdb(file, span) == [(PER_PLAN, PER_PLAN)]
