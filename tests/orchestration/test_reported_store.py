"""Tables with a report beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipelines.orchestration.reported_store import REPORT, ReportedStore, StoredReport
from pipelines.orchestration.workspace import schema_directory
from pipelines.problems import Problem
from pipelines.tables.arrow import TableTypeError
from pipelines.tables.schemas import load_schemas
from pipelines.tables.store import ParquetStore

SCHEMAS = load_schemas(schema_directory())
ROW = {
    "municipality_code": "990019",
    "prefecture_code": "99",
    "name": "みほん市",
}
PROBLEM = Problem("warning", "some_rule", "a/b", "何か。")


@dataclass(frozen=True, kw_only=True)
class Report(StoredReport):
    counts: dict[str, int] = field(default_factory=dict)


@pytest.fixture
def store(tmp_path: Path) -> ReportedStore[Report]:
    return ReportedStore(tmp_path, Report)


def write(store: ReportedStore[Report], partition: str = "99", mark: str = "m") -> Report:
    report = Report(partition=partition, fingerprint=mark, problems=[PROBLEM], counts={"a": 1})
    store.write(SCHEMAS, {"municipalities": [ROW], "plans": []}, report)
    return report


def test_what_is_written_is_read(store: ReportedStore[Report]) -> None:
    report = write(store)
    assert store.report("99") == report
    assert store.reports() == [report]
    tables = ParquetStore(store.root, SCHEMAS)
    assert tables.read("municipalities", "99").num_rows == 1
    assert tables.read("plans", "99").num_rows == 0


def test_a_partition_is_replaced_as_a_whole(store: ReportedStore[Report]) -> None:
    write(store)
    store.write(SCHEMAS, {"plans": []}, Report(partition="99"))
    assert ParquetStore(store.root, SCHEMAS).partitions("municipalities") == []


def test_current_is_what_bears_the_mark_and_lies_there_whole(store: ReportedStore[Report]) -> None:
    write(store)
    assert store.is_current("99", "m", ["municipalities", "plans"])
    assert not store.is_current("99", "other", ["municipalities", "plans"])
    assert not store.is_current("03", "m", [])
    (store.root / "99" / "plans.parquet").unlink()
    assert not store.is_current("99", "m", ["municipalities", "plans"])


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"partition": "99"}', '{"problems": [], "x": 1}']
)
def test_a_damaged_report_counts_as_none(store: ReportedStore[Report], damage: str) -> None:
    write(store)
    (store.root / "99" / REPORT).write_text(damage, encoding="utf-8")
    assert store.report("99") == Report(partition="99")
    assert not store.is_current("99", "m", [])


def test_rows_that_do_not_fit_leave_the_store_as_it_was(store: ReportedStore[Report]) -> None:
    report = write(store)
    with pytest.raises(TableTypeError):
        store.write(SCHEMAS, {"plans": [{"period_start_fy": "x"}]}, Report(partition="99"))
    assert store.report("99") == report


def test_a_removed_partition_is_gone_and_removing_twice_is_no_fault(
    store: ReportedStore[Report],
) -> None:
    write(store)
    write(store, "03")
    store.remove("99")
    store.remove("99")
    assert [one.partition for one in store.reports()] == ["03"]
    assert not (store.root / "99").exists()
