"""Stored tables with a report beside them that says how they were made.

``<root>/<partition>/<table>.parquet`` and ``<root>/<partition>/report.json``. The report is written
last and removed first: where it lies, the tables beside it are those of its fingerprint.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pipelines.orchestration.files import read_json, write_json
from pipelines.orchestration.issues import Row, problems_from_json, problems_to_json
from pipelines.problems import Problem
from pipelines.tables.arrow import rows_to_table
from pipelines.tables.schema import TableSchema
from pipelines.tables.store import ParquetStore

REPORT = "report.json"


@dataclass(frozen=True, kw_only=True)
class StoredReport:
    """What every report says.

    Attributes:
        partition: its key.
        fingerprint: hash of everything that decides the rows; empty where they must be made again.
        problems: everything found.
    """

    partition: str
    fingerprint: str = ""
    problems: list[Problem] = field(default_factory=list)


Report = TypeVar("Report", bound=StoredReport)


@dataclass(frozen=True)
class ReportedStore(Generic[Report]):
    """Partitions of tables with a report each.

    Attributes:
        root: folder of the store.
        kind: the reports' type; its further fields are plain JSON values.
    """

    root: Path
    kind: type[Report]

    def write(
        self,
        schemas: Mapping[str, TableSchema],
        rows: Mapping[str, Sequence[Row]],
        report: Report,
    ) -> None:
        """Replace what the store holds of the report's partition.

        A crash in between leaves no report, so that the next build makes the partition again.

        Raises:
            TableTypeError: rows that do not fit their schema; the store is then as it was.
        """
        tables = {name: rows_to_table(schemas[name], values) for name, values in rows.items()}
        self.remove(report.partition)
        store = ParquetStore(self.root, schemas)
        for name, table in tables.items():
            store.write(name, table, report.partition)
        value = {**vars(report), "problems": problems_to_json(report.problems)}
        write_json(self._path(report.partition), value)

    def remove(self, partition: str) -> None:
        """Forget a partition; one that is not there is no fault."""
        self._path(partition).unlink(missing_ok=True)
        shutil.rmtree(self.root / partition, ignore_errors=True)

    def report(self, partition: str) -> Report:
        """The report of a partition; an empty one where none is kept or it is damaged."""
        value = read_json(self._path(partition))
        try:
            return self.kind(**{**value, "problems": problems_from_json(value["problems"])})
        except (TypeError, KeyError):
            return self.kind(partition=partition)

    def reports(self) -> list[Report]:
        """The reports of all partitions that have one, by key."""
        names = sorted(path.parent.name for path in self.root.glob(f"*/{REPORT}"))
        return [self.report(name) for name in names]

    def is_current(self, partition: str, wanted: str, tables: Iterable[str]) -> bool:
        """Whether the store holds these tables, made from what the fingerprint stands for."""
        folder = self.root / partition
        return self.report(partition).fingerprint == wanted and all(
            (folder / f"{name}.parquet").is_file() for name in tables
        )

    def _path(self, partition: str) -> Path:
        return self.root / partition / REPORT
