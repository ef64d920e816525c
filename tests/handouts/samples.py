"""Releases of few invented rows, and their handouts read back."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.handouts.run import handouts
from pipelines.marts.run import build_marts, mart_names
from pipelines.release.public_tables import public_tables
from pipelines.tables.arrow import rows_to_table
from tests.marts.examples import city, item, item_id, result
from tests.marts.generated import PLAN, Row, Rows
from tests.tables.samples import REAL_SCHEMAS

YEAR = 2023
MARTS = mart_names(REAL_SCHEMAS)


def released(rows: Rows) -> dict[str, pa.Table]:
    """The public tables of a release of these rows, marts included."""
    tables = {
        name: rows_to_table(schema, rows.get(name, []))
        for name, schema in REAL_SCHEMAS.items()
        if name not in MARTS
    }
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{name}.parquet" for name in tables}
        for name, path in files.items():
            pq.write_table(tables[name], path)
        tables |= dict(build_marts(REAL_SCHEMAS, files, MARTS))
    return public_tables(REAL_SCHEMAS, tables)


def files_of(rows: Rows) -> dict[str, bytes]:
    return dict(handouts(released(rows)))


def listed(rows: Rows, year: int = YEAR, plan: str = PLAN) -> list[dict[str, str]]:
    """The rows of a year's CSV, as the csv module reads them."""
    return read_list(files_of(rows)[f"handouts/{plan}/{year}/行政改革進捗状況一覧.csv"])


def read_list(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def workbook(rows: Rows, year: int = YEAR, plan: str = PLAN) -> Any:
    """A year's 審議会資料, as openpyxl reads it."""
    content = files_of(rows)[f"handouts/{plan}/{year}/審議会資料.xlsx"]
    return openpyxl.load_workbook(io.BytesIO(content))


def table_of(book: Any, sheet: str, first: str) -> list[dict[str, Any]]:
    """The rows below the heading row that begins with ``first``, to the next empty row."""
    lines = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    at = next(number for number, line in enumerate(lines) if line[0] == first)
    found = []
    for line in lines[at + 1 :]:
        if not any(value not in (None, "") for value in line):
            break
        found.append(dict(zip(lines[at], line, strict=True)))
    return found


def texts_of(book: Any, sheet: str) -> list[str]:
    return [str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value]


def opinion(name: str, text: str, answer: str | None, year: int = YEAR - 1) -> Row:
    return {
        "assessment_id": f"{PLAN}-a{name}{year}",
        "plan_id": PLAN,
        "item_id": item_id(name),
        "fiscal_year": year,
        "assessor": "council",
        "rating_label": "遅延",
        "rating": "behind",
        "opinion": text,
        "city_response": answer,
        "is_current": True,
    }


def missed(name: str, planned: float = 10.0, actual: float = 8.0) -> dict[str, list[Row]]:
    """An indicator of an item whose value fell short of the year's target."""
    key = {"indicator_id": f"{PLAN}-k{name}", "plan_id": PLAN, "item_id": item_id(name)}
    values = {"planned_value": planned, "actual_value": actual, "fiscal_year": YEAR}
    more = {"result_status": "final", "is_current": True, "indicator_result_id": f"{PLAN}-v{name}"}
    return {
        "indicators": [{**key, "name": "受付件数", "unit": "件", "direction": "up"}],
        "indicator_results": [{**key, **values, **more}],
    }


def effect(name: str, at: int, **more: Any) -> Row:
    return {
        "effect_id": f"{PLAN}-e{at}",
        "plan_id": PLAN,
        "item_id": item_id(name),
        "fiscal_year": YEAR,
        "effect_kind": "cost_reduction",
        "effect_basis": "single_year",
        "result_status": "final",
        "is_current": True,
        **more,
    }


def one_item(**more: Any) -> Rows:
    """A city with the item 取組甲, on which 甲課 reported in 2023."""
    return city(
        reform_items=[item("取組甲", number_label="1-1", department_text="甲課")],
        yearly_results=[result("取組甲", "甲課", "遅延", **more)],
    )
