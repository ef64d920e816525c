from __future__ import annotations

import copy
from typing import Any

import pytest

from pipelines.release.versions import (
    Change,
    VersionError,
    chosen_version,
    metadata_changes,
    next_version,
    parse_version,
    structure_changes,
    table_schemas,
)

MAJOR, MINOR, PATCH = Change("major", "", ""), Change("minor", "", ""), Change("patch", "", "")
OLD: dict[str, Any] = {
    "a": {
        "fields": [{"name": "x", "type": "string"}, {"name": "y", "type": "integer"}],
        "primaryKey": ["x"],
    },
    "b": {"fields": [{"name": "z", "type": "date"}], "primaryKey": ["z"]},
}


@pytest.mark.parametrize(
    ("taken", "changes", "expected"),
    [
        ([], [], "1.0.0"),
        (["1.2.3"], [PATCH], "1.2.4"),
        (["1.2.3"], [PATCH, MINOR], "1.3.0"),
        (["1.2.3"], [MINOR, MAJOR, PATCH], "2.0.0"),
        (["1.10.0", "1.9.0"], [MINOR], "1.11.0"),
        (["1.0.0"], [], "1.0.1"),
    ],
)
def test_next_version(taken: list[str], changes: list[Change], expected: str) -> None:
    assert next_version(taken, changes) == expected


@pytest.mark.parametrize("text", ["1.0", "1.0.0-rc", "v1.0.0", "1.0.x", "", "1.0.0.0", "１.0.0"])
def test_no_version(text: str) -> None:
    with pytest.raises(ValueError, match="no version"):
        parse_version(text)


def changed(change: Any) -> list[tuple[str, str]]:
    new = copy.deepcopy(OLD)
    change(new)
    return [(one.kind, one.message_ja) for one in structure_changes(OLD, new)]


def test_structure() -> None:
    assert changed(lambda new: None) == []
    assert changed(lambda new: new.pop("b")) == [("major", "表「b」を削除")]
    assert changed(lambda new: new.update(c=OLD["b"])) == [("minor", "表「c」を追加")]
    removed = changed(lambda new: new["a"]["fields"].pop())
    assert removed == [("major", "表「a」の列「y」を削除")]
    added = changed(lambda new: new["b"]["fields"].append({"name": "w", "type": "string"}))
    assert added == [("minor", "表「b」の列「w」を追加")]
    retyped = changed(lambda new: new["a"]["fields"][1].update(type="number"))
    assert retyped == [("major", "表「a」の列「y」の型を変更（integer→number）")]
    keyed = changed(lambda new: new["a"].update(primaryKey=["x", "y"]))
    assert keyed == [("major", "表「a」のキーを変更")]
    unique = changed(lambda new: new["a"].update(uniqueKeys=[["y"]]))
    assert unique == [("major", "表「a」のキーを変更")]


def test_metadata_ignores_version_time_sizes_and_hashes_only() -> None:
    old = {"title": "t", "version": "1", "created": "x", "resources": [{"hash": "h", "bytes": 1}]}
    new = {"title": "t", "version": "2", "resources": [{"hash": "i", "bytes": 2}]}
    assert metadata_changes(old, new) == []
    (change,) = metadata_changes(old, new | {"title": "u"})
    assert change.kind == "patch"


def test_tables_are_the_csv_resources() -> None:
    resources = [
        {"name": "a", "type": "table", "schema": {"fields": []}},
        {"name": "a_parquet", "schema": {"fields": []}},
    ]
    assert table_schemas({"resources": resources}) == {"a": {"fields": []}}


@pytest.mark.parametrize(
    ("asked", "chosen"), [(None, "1.1.0"), ("1.1.0", "1.1.0"), ("3.0.0", "3.0.0")]
)
def test_a_higher_version_may_be_asked_for(asked: str | None, chosen: str) -> None:
    assert chosen_version(["1.0.0"], [MINOR], asked) == chosen


@pytest.mark.parametrize("asked", ["1.0.1", "1.0.0", "0.9.9", "1.1", "x", "1.01.0", "01.2.0"])
def test_a_lower_version_or_none_is_refused(asked: str) -> None:
    with pytest.raises(VersionError, match="指定してください"):
        chosen_version(["1.0.0"], [MINOR], asked)
