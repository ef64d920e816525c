"""From survey rounds to the stored rows of one partition: the group ``results``."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.orchestration.files import read_json, write_json
from pipelines.orchestration.issues import Row, problems_from_json, problems_to_json
from pipelines.problems import Problem
from pipelines.tables.arrow import rows_to_table
from pipelines.tables.schema import TableSchema
from pipelines.tables.store import ParquetStore

REPORT = "report.json"

#: Tables that hold rows of results; the store of results keeps these and no others.
RESULT_TABLES = (
    "departments",
    "extraction_issues",
    "figure_checks",
    "survey_rounds",
    "survey_departments",
    "financial_effects",
    "indicator_results",
    "indicators",
    "item_assessments",
    "sources",
    "yearly_results",
)


@dataclass(frozen=True)
class ResultReport:
    """How the rounds of one partition were read; ``report.json`` beside their tables.

    Attributes:
        partition: its key.
        fingerprint: hash of everything that decides the rows; empty where nothing is stored.
        accounts: per submitted file where its rows went.
        submissions: the log of submissions: one entry per file, with round, receipt and findings.
        problems: all of them, as they are told by the build.
    """

    partition: str
    fingerprint: str = ""
    accounts: list[dict[str, Any]] = field(default_factory=list)
    submissions: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def write_results(
    root: Path,
    schemas: Mapping[str, TableSchema],
    rows: Mapping[str, Sequence[Row]],
    report: ResultReport,
) -> None:
    """Replace what the store holds of a partition; the report is written last.

    Raises:
        TableTypeError: rows that do not fit their schema.
    """
    tables = {name: rows_to_table(schemas[name], rows.get(name, ())) for name in RESULT_TABLES}
    remove_results(root, report.partition)
    store = ParquetStore(root, schemas)
    for name, table in tables.items():
        store.write(name, table, report.partition)
    value = {**vars(report), "problems": problems_to_json(report.problems)}
    write_json(root / report.partition / REPORT, value)


def remove_results(root: Path, partition: str) -> None:
    """Forget a partition whose rounds are gone."""
    (root / partition / REPORT).unlink(missing_ok=True)
    shutil.rmtree(root / partition, ignore_errors=True)


def read_result_report(root: Path, partition: str) -> ResultReport:
    """The report of a partition; an empty one where none is kept or it is damaged."""
    value = read_json(root / partition / REPORT)
    try:
        return ResultReport(**{**value, "problems": problems_from_json(value["problems"])})
    except (TypeError, KeyError):
        return ResultReport(partition)


def read_result_reports(root: Path) -> list[ResultReport]:
    """The reports of all partitions that have one, by key."""
    folders = sorted(path.parent.name for path in root.glob(f"*/{REPORT}"))
    return [read_result_report(root, name) for name in folders]


def is_stored(root: Path, partition: str) -> bool:
    """Whether every table of a partition lies beside its report."""
    return all((root / partition / f"{name}.parquet").is_file() for name in RESULT_TABLES)
