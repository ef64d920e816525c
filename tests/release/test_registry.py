from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.release.registry import (
    ReleaseError,
    newest_published,
    read_release,
    read_versions,
    same_rows,
)

from .samples import build


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    assert build(tmp_path).state == "published"
    return tmp_path


def test_a_release_is_read_back(outputs: Path) -> None:
    (entry,) = read_versions(outputs)
    release = read_release(outputs, entry)
    assert release.version == "1.0.0"
    assert release.tables["reform_items"]["title"].to_pylist() == ["取組1", "取組2", "取組3"]
    assert "clerk_note" not in release.tables["reform_items"].column_names


@pytest.mark.parametrize("name", ["datapackage.json", "data/parquet/plans.parquet"])
@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_damage_is_told_in_japanese(outputs: Path, name: str, damage: str) -> None:
    path = outputs / "releases" / "1.0.0" / name
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ReleaseError, match="公開済みの版") as caught:
        read_release(outputs, read_versions(outputs)[0])
    assert caught.value.rule == "release_damaged"


def test_no_file_means_no_release(tmp_path: Path) -> None:
    assert read_versions(tmp_path) == []


@pytest.mark.parametrize("content", ["", "{", '[{"version": "x"}]', "[1]", '{"version": "1.0.0"}'])
def test_unreadable_versions(outputs: Path, content: str) -> None:
    (outputs / "releases" / "versions.json").write_text(content)
    with pytest.raises(ReleaseError, match=r"versions\.json"):
        read_versions(outputs)


def test_the_newest_is_the_last_that_is_not_withdrawn() -> None:
    entries = [
        {"version": "1.0.0", "state": "published"},
        {"version": "1.1.0", "state": "published"},
        {"version": "1.2.0", "state": "withdrawn"},
    ]
    assert newest_published(entries) == entries[1]
    assert newest_published([]) is None


def test_rows_are_compared_with_order_types_and_nulls_but_without_metadata() -> None:
    table = pa.table({"a": pa.array([1, None], pa.int64())})
    titled = table.cast(pa.schema([pa.field("a", pa.int64(), metadata={"title": "題"})]))
    assert same_rows(table, titled)
    assert not same_rows(table, table.take([1, 0]))
    assert not same_rows(table, table.cast(pa.schema([("a", pa.float64())])))
    assert not same_rows(table, table.rename_columns(["b"]))


def test_entries_are_as_the_contract_says(outputs: Path) -> None:
    (entry,) = json.loads((outputs / "releases" / "versions.json").read_bytes())
    assert entry["date"] == "2024-05-01"
    assert entry["path"] == "releases/1.0.0"
    assert entry["counts"]["reform_items"] == 3
    assert entry["state"] == "published"
    assert len(entry["sha256"]) == 64
