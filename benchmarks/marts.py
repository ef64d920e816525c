"""How fast the marts are built from 10 million generated result rows, and answer.

Rows are invented by DuckDB in the shape of a whole country: 2,000 plans of 200 items, five years,
two departments each, two revisions of a fifth of the reports, a tenth of the items given up.
``GYOKAKU_MART_ROWS`` sets how many.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.marts.run import build_marts, mart_names
from pipelines.orchestration.workspace import schema_directory
from pipelines.release.duckdb_file import write_duckdb
from pipelines.release.layout import DUCKDB
from pipelines.tables.ddl import DUCKDB_TYPES
from pipelines.tables.schema import TableSchema
from pipelines.tables.schemas import load_schemas, public_schema
from pipelines.tables.sql import name_sql, text_sql

ROWS = 10_000_000
ITEMS, YEARS, ROUNDS = 200, 5, 50
#: Result rows of one item and year: two departments' reports (a fifth revised), a value, an effect.
_PER_ITEM_AND_YEAR = 2.4 + 1 + 1
_MISSING = {
    "string": "'-'",
    "integer": "1",
    "number": "1.0",
    "boolean": "false",
    "date": "'2025-03-31'",
}
#: Items (``item``) of plans (``plan``), both from 0; every other table follows from them.
_ITEM = "('010006-p' || plan || '-' || item)"
_PLAN = "('010006-p' || plan)"
_ITEMS_OF_PLANS = "range({plans}) AS p(plan), range({items}) AS i(item)"
_BY_YEAR = _ITEMS_OF_PLANS + ", range(2021, 2021 + {years}) AS y(year)"
_AT = "1 + (item + year + part) % 4"
_LABELS = f"['順調', '遅延', '完了', NULL][{_AT}]"
_RATINGS = f"['on_track', 'behind', 'completed', NULL][{_AT}]"

#: Table -> what its rows are made from, and columns whose values are not the usual ones.
_TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "plans": ("range({plans}) AS p(plan)", {"plan_id": _PLAN, "period_start_fy": "2021"}),
    "policy_nodes": (
        "range({plans}) AS p(plan), range(8) AS n(node)",
        {"node_id": f"{_PLAN} || '-n' || node", "plan_id": _PLAN, "ordinal": "node + 1"},
    ),
    "reform_items": (
        _ITEMS_OF_PLANS,
        {"item_id": _ITEM, "plan_id": _PLAN, "node_id": f"{_PLAN} || '-n' || (item % 8)"},
    ),
    "item_departments": (
        _ITEMS_OF_PLANS + ", range(2) AS d(part)",
        {
            "item_id": _ITEM,
            "seq": "part + 1",
            "department_name": "'課' || ((item + part) % 40)",
            "role": "CASE WHEN item % 3 = 0 AND part = 0 THEN 'lead' END",
        },
    ),
    "indicators": (_ITEMS_OF_PLANS, {"indicator_id": _ITEM, "plan_id": _PLAN, "item_id": _ITEM}),
    "item_targets": (
        _ITEMS_OF_PLANS,
        {
            "target_id": _ITEM,
            "item_id": _ITEM,
            "indicator_id": _ITEM,
            "value": "100.0",
            "comparator": "'at_least'",
            "due_fy": "2025",
            "baseline_fy": "2020",
            "baseline_value": "CASE WHEN item % 2 = 0 THEN 40.0 END",
        },
    ),
    "item_themes": (_ITEMS_OF_PLANS, {"item_id": _ITEM, "theme": "'theme' || (item % 13)"}),
    "item_lineage": (
        _ITEMS_OF_PLANS + " WHERE item % 20 = 3",
        {
            "lineage_id": _ITEM,
            "from_item_id": _ITEM,
            "relation": "['stopped', 'transferred'][1 + item // 20 % 2]",
            "changed_on": "DATE '2024-04-01'",
        },
    ),
    "yearly_results": (
        _BY_YEAR + ", range(2) AS d(part), range(1, 3) AS v(version) "
        "WHERE (version = 2 OR item % 5 = 0) AND NOT (item % 10 = 3 AND year > 2023)",
        {
            "result_id": f"{_ITEM} || '-' || year || '-' || part || '-' || version",
            "plan_id": _PLAN,
            "item_id": _ITEM,
            "fiscal_year": "year",
            "rating_label": _LABELS,
            "rating": _RATINGS,
            "measure_text": "'取組' || item",
            "department_name": "'課' || ((item + part) % 40)",
            "revision": "version",
            "is_current": "version = 2",
        },
    ),
    "indicator_results": (
        _BY_YEAR,
        {
            "indicator_result_id": f"{_ITEM} || '-' || year",
            "plan_id": _PLAN,
            "item_id": _ITEM,
            "indicator_id": _ITEM,
            "fiscal_year": "year",
            "actual_value": "(item * year) % 120",
            "is_current": "true",
        },
    ),
    "financial_effects": (
        _BY_YEAR,
        {
            "effect_id": f"{_ITEM} || '-' || year",
            "plan_id": _PLAN,
            "fiscal_year": "year",
            "effect_kind": "['cost_reduction', 'revenue_increase'][1 + item % 2]",
            "effect_basis": "['single_year', 'cumulative'][1 + item % 2]",
            "actual_yen": "item * 1000",
            "is_current": "true",
        },
    ),
}


def generate(folder: Path, schemas: Mapping[str, TableSchema], plans: int) -> dict[str, Path]:
    """Invented Parquet files of every table that is no mart."""
    marts = mart_names(schemas)
    files = {name: folder / f"{name}.parquet" for name in schemas if name not in marts}
    with duckdb.connect() as connection:
        for name, path in files.items():
            made_from, given = _TABLES.get(name, ("range(0) AS nothing(one)", {}))
            columns = ", ".join(
                f"CAST({given.get(one.name, _MISSING[one.type] if one.required else 'NULL')} "
                f"AS {DUCKDB_TYPES[one.type]}) AS {name_sql(one.name)}"
                for one in schemas[name].fields
            )
            made_from = made_from.format(plans=plans, items=ITEMS, years=YEARS)
            rows = f"SELECT {columns} FROM {made_from}"
            connection.execute(f"COPY ({rows}) TO {text_sql(str(path))} (FORMAT parquet)")
    return files


#: What people ask of the marts, about one plan: answered by the file that is published.
_QUESTIONS = (
    "SELECT fiscal_year, outcome_label, sum(item_count) FROM plan_progress "
    "WHERE plan_id = ? AND scope_kind = 'plan' GROUP BY ALL ORDER BY ALL",
    "FROM 計画の進捗 WHERE 計画ID = ? AND 年度 = 2024 ORDER BY 柱の順番",
    "FROM department_progress WHERE plan_id = ? AND fiscal_year = 2025 ORDER BY ALL",
    "SELECT fiscal_year, progress_class, count(*) FROM indicator_progress "
    "WHERE plan_id = ? GROUP BY ALL ORDER BY ALL",
    "FROM effect_summary WHERE plan_id = ? ORDER BY start_fy",
    "FROM theme_overview WHERE plan_id = ?",
    "FROM plan_quality WHERE plan_id = ?",
)


def main() -> None:
    """Print how long building takes, how much memory it needs, and how quick queries are."""
    rows = int(os.environ.get("GYOKAKU_MART_ROWS", ROWS))
    schemas = load_schemas(schema_directory())
    plans = max(1, round(rows / (ITEMS * YEARS * _PER_ITEM_AND_YEAR)))
    with tempfile.TemporaryDirectory() as folder:
        print(f"\nmarts: generating about {rows:,} result rows of {plans:,} plans")
        files = generate(Path(folder), schemas, plans)
        built = _built(schemas, files)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
        print(f"at most {peak:.1f} GB of memory, generating included (wanted: 4 GB)")
        seconds = _seconds_of_queries(Path(folder) / DUCKDB, schemas, built, plans)
    slowest = statistics.quantiles(seconds, n=20)[-1]
    print(
        f"{len(seconds)} queries on marts: half within {statistics.median(seconds) * 1000:.1f} ms, "
        f"95 of 100 within {slowest * 1000:.1f} ms (wanted: 100 ms)"
    )
    print(
        f"DuckDB {duckdb.__version__}, Python {platform.python_version()}, {platform.system()}"
        f" {platform.machine()}, {os.cpu_count()} cores"
    )


def _built(schemas: Mapping[str, TableSchema], files: Mapping[str, Path]) -> dict[str, pa.Table]:
    """Every mart; how long each took is printed, the views they share with the first of them."""
    built = {}
    start = before = time.perf_counter()
    start_of_work = time.process_time()
    for name, table in build_marts(schemas, files, mart_names(schemas)):
        seconds, before = time.perf_counter() - before, time.perf_counter()
        built[name] = table
        print(f"  {name}: {table.num_rows:,} rows in {seconds:.1f} s")
    # A machine that does other things as well takes longer, but no more of the processor.
    print(
        f"all marts: {time.perf_counter() - start:.1f} s (wanted: 30 s on two free cores), "
        f"{time.process_time() - start_of_work:.1f} s of processor time"
    )
    return built


def _seconds_of_queries(
    path: Path, schemas: Mapping[str, TableSchema], marts: Mapping[str, pa.Table], plans: int
) -> list[float]:
    """How long each of many questions takes, all of which one process asks of the file."""
    write_duckdb(path, {name: public_schema(schemas[name]) for name in marts}, marts, "1.0.0")
    seconds = []
    with duckdb.connect(path, read_only=True) as connection:
        for at in range(ROUNDS):
            plan_id = f"010006-p{at * plans // ROUNDS}"
            for question in _QUESTIONS:
                start = time.perf_counter()
                connection.execute(question, [plan_id]).fetchall()
                seconds.append(time.perf_counter() - start)
    return seconds


if __name__ == "__main__":
    main()
