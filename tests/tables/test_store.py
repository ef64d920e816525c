"""The Parquet store: declared tables only, whole files only, the same bytes always."""

from __future__ import annotations

import hashlib
import random
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.tables.arrow import arrow_schema, rows_to_table
from pipelines.tables.schemas import schema_from_descriptor
from pipelines.tables.store import ParquetStore, StoreError

from .samples import (
    GROUPS,
    REAL_SCHEMAS,
    SAMPLE_SCHEMAS,
    column,
    good_group,
    good_member,
    typed_rows,
)

MEMBERS = SAMPLE_SCHEMAS["members"]


def members(*rows: dict[str, Any]) -> pa.Table:
    return rows_to_table(MEMBERS, rows)


@pytest.fixture
def store(tmp_path: Path) -> ParquetStore:
    return ParquetStore(tmp_path / "store", SAMPLE_SCHEMAS)


def test_a_report_tells_what_lies_on_disk(store: ParquetStore) -> None:
    report = store.write("members", members(good_member(), good_member(seq=2)))
    content = report.path.read_bytes()
    assert report.path == store.root / "members.parquet"
    assert (report.name, report.rows, report.bytes) == ("members", 2, len(content))
    assert report.sha256 == hashlib.sha256(content).hexdigest()
    assert [path.name for path in store.root.iterdir()] == ["members.parquet"]


def test_partitions_lie_in_folders_and_are_read_as_one(store: ParquetStore) -> None:
    store.write("members", members(good_member(seq=2), good_member(group_code="B")), "11")
    store.write("members", members(good_member(), good_member(seq=3)), "03")
    assert store.path("members", "03") == store.root / "03" / "members.parquet"
    assert store.partitions("members") == ["03", "11"]
    assert store.partitions("groups") == []
    whole = store.read_partitions("members")
    keys = [(row["group_code"], row["seq"]) for row in whole.to_pylist()]
    assert keys == [("A", 1), ("B", 1), ("A", 2), ("A", 3)]


def test_a_table_without_partitions_is_read_as_empty(store: ParquetStore) -> None:
    empty = store.read_partitions("members")
    assert empty.num_rows == 0
    assert empty.schema.equals(arrow_schema(MEMBERS), check_metadata=True)


def test_the_whole_table_is_no_partition(store: ParquetStore) -> None:
    store.write("members", members(good_member()))
    assert store.partitions("members") == []


def test_a_removed_table_is_gone(store: ParquetStore) -> None:
    store.write("members", members(good_member()), "03")
    assert store.remove("members", "03")
    assert not store.remove("members", "03")
    assert store.partitions("members") == []


def test_undeclared_tables_and_columns_are_refused(store: ParquetStore) -> None:
    table = members(good_member())
    with pytest.raises(StoreError, match="table strangers is not declared"):
        store.write("strangers", table)
    with pytest.raises(StoreError, match="table strangers is not declared"):
        store.read_partitions("strangers")
    with pytest.raises(StoreError, match="column more is not declared"):
        store.write("members", table.append_column("more", pa.array(["x"])))
    with pytest.raises(StoreError, match="column mail is missing"):
        store.write("members", table.drop_columns(["mail"]))
    assert not store.root.exists()


@pytest.mark.parametrize("partition", ["", "..", "a/b", "/a", ".hidden", "03\n"])
def test_names_that_cannot_be_partitions(store: ParquetStore, partition: str) -> None:
    with pytest.raises(StoreError, match="cannot be the name of a partition"):
        store.write("members", members(), partition)


def test_a_table_that_is_not_there(store: ParquetStore) -> None:
    with pytest.raises(StoreError, match="is not there"):
        store.read("members", "03")


def test_a_file_of_another_schema_is_refused(store: ParquetStore) -> None:
    store.write("groups", rows_to_table(SAMPLE_SCHEMAS["groups"], [good_group()]))
    changed = {**GROUPS, "fields": [*GROUPS["fields"], column("added", "string")]}
    later = {**SAMPLE_SCHEMAS, "groups": schema_from_descriptor(changed)}
    with pytest.raises(StoreError, match="column added is missing"):
        ParquetStore(store.root, later).read("groups")


def test_a_failed_write_leaves_the_old_file(
    store: ParquetStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.write("members", members(good_member())).path.read_bytes()

    def half(table: pa.Table, file: Any, **options: Any) -> None:
        file.write(b"PAR1")
        raise OSError("disk full")

    monkeypatch.setattr(pq, "write_table", half)
    with pytest.raises(OSError, match="disk full"):
        store.write("members", members())
    assert [path.read_bytes() for path in store.root.iterdir()] == [before]


def test_a_null_in_a_required_column_is_kept_for_the_checks(store: ParquetStore) -> None:
    path = store.write("members", members(good_member(name=None))).path
    assert pq.read_schema(path).field("name").nullable
    assert store.read("members").to_pylist()[0]["name"] is None
    store.write("members", members(good_member()))
    assert not pq.read_schema(path).field("name").nullable


def test_the_file_carries_types_and_titles_and_nothing_of_pandas(store: ParquetStore) -> None:
    path = store.write("members", members(good_member())).path
    found = pq.read_schema(path)
    assert found.equals(arrow_schema(MEMBERS), check_metadata=True)
    assert not found.metadata
    chunk = pq.read_metadata(path).row_group(0).column(0)
    assert chunk.compression == "ZSTD"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_rows_come_back_as_they_were_written(data: st.DataObject) -> None:
    schemas = {**REAL_SCHEMAS, **SAMPLE_SCHEMAS}
    name = data.draw(st.sampled_from(sorted(schemas)))
    table = rows_to_table(schemas[name], data.draw(typed_rows(schemas[name])))
    with tempfile.TemporaryDirectory() as folder:
        store = ParquetStore(Path(folder), schemas)
        store.write(name, table, "03")
        assert store.read(name, "03").equals(table, check_metadata=True)
        assert store.read_partitions(name).equals(table, check_metadata=True)


@settings(max_examples=60, deadline=None)
@given(typed_rows(MEMBERS, 12), st.randoms(use_true_random=False), st.integers(0, 12))
def test_the_same_rows_give_the_same_bytes(
    rows: list[dict[str, Any]], shuffle: random.Random, cut: int
) -> None:
    """Whatever their order, and in however many pieces they came."""
    shuffled = list(rows)
    shuffle.shuffle(shuffled)
    pieces = pa.concat_tables([members(*shuffled[:cut]), members(*shuffled[cut:])])
    with tempfile.TemporaryDirectory() as folder:
        store = ParquetStore(Path(folder), SAMPLE_SCHEMAS)
        first = store.write("members", members(*rows), "01").path.read_bytes()
        assert store.write("members", pieces, "02").path.read_bytes() == first
