"""The compiled checks and Frictionless give one verdict on the same rows."""

from __future__ import annotations

import csv
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
from frictionless import Package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.tables.arrow import rows_to_table
from pipelines.tables.checks import check_tables

from .samples import SAMPLE_SCHEMAS, good_group, good_member, sample_rows

# (table, row number, columns, rule); each may be found once only
Verdict = Counter[tuple[str, int, tuple[str, ...], str]]

DATA = st.fixed_dictionaries({name: sample_rows(one) for name, one in SAMPLE_SCHEMAS.items()})


def tables_of(data: dict[str, list[dict[str, Any]]]) -> dict[str, pa.Table]:
    return {name: rows_to_table(SAMPLE_SCHEMAS[name], rows) for name, rows in data.items()}


def our_verdict(tables: dict[str, pa.Table]) -> Verdict:
    found = check_tables(SAMPLE_SCHEMAS, tables)
    # Frictionless leaves unique keys of several columns unchecked; test_checks.py has them.
    return Counter(
        (one.table, one.row_number or 0, one.columns, one.rule)
        for one in found
        if one.rule != "unique_key"
    )


def frictionless_verdict(tables: dict[str, pa.Table]) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        for name, table in tables.items():
            write_csv(table, Path(folder) / f"{name}.csv")
        resources = [resource(name) for name in tables]
        package = Package.from_descriptor({"resources": resources}, basepath=folder)
        report = package.validate()
    assert not report.errors
    return Counter(
        (task.name, *told(task.name, error)) for task in report.tasks for error in task.errors
    )


def resource(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "format": "csv",
        "encoding": "utf-8",
        # Told in full: Frictionless would otherwise guess them from the few rows there are.
        "dialect": {
            "csv": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n"}
        },
        "schema": SAMPLE_SCHEMAS[name].descriptor,
    }


def write_csv(table: pa.Table, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.schema.names)
        for row in table.to_pylist():
            writer.writerow([csv_text(value) for value in row.values()])


def csv_text(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, float) else value


def told(table: str, error: Any) -> tuple[int, tuple[str, ...], str]:
    row = error.row_number - 1  # Frictionless counts the header
    if error.type == "constraint-error":
        rule = re.match(r'constraint "(\w+)"', error.note)
        assert rule
        return row, (error.field_name,), rule[1]
    if error.type == "unique-error":
        return row, (error.field_name,), "unique"
    if error.type == "primary-key":
        return row, SAMPLE_SCHEMAS[table].primary_key, "primary_key"
    if error.type == "foreign-key":
        return row, tuple(error.field_names), "foreign_key"
    assert error.type == "blank-row", error
    return row, (), "blank_row"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DATA)
def test_equal_on_generated_tables(data: dict[str, list[dict[str, Any]]]) -> None:
    tables = tables_of(data)
    assert our_verdict(tables) == frictionless_verdict(tables)


def test_every_kind_of_fault_is_compared() -> None:
    """Without this, the comparison above could agree by never meeting a fault."""
    members = [
        good_member(kind="乙", kind_code="１", ratio=0.0, mail="a@b", seq=4),
        good_member(name=None, ratio=3.0, mail="a@b"),
        good_member(name="一", born=None, group_code="B"),
        good_member(name="12345", above_code="A"),
        {},
    ]
    tables = tables_of({"groups": [good_group(column="四文字だ")], "members": members})
    ours = our_verdict(tables)
    assert ours == frictionless_verdict(tables)
    assert {rule for *_, rule in ours} == {
        *("blank_row", "required", "enum", "pattern", "minimum", "maximum", "minLength"),
        *("maxLength", "unique", "primary_key", "foreign_key"),
    }


def test_no_fault_is_found_in_good_tables() -> None:
    tables = tables_of({"groups": [good_group()], "members": [good_member()]})
    assert our_verdict(tables) == frictionless_verdict(tables) == Counter()


def test_a_half_null_reference_may_lead_to_a_half_null_key() -> None:
    members = [good_member(seq=None), good_member(above_code="A", above_seq=None)]
    tables = tables_of({"groups": [good_group()], "members": members})
    ours = our_verdict(tables)
    assert ours == frictionless_verdict(tables)
    assert {rule for *_, rule in ours} == {"required"}
