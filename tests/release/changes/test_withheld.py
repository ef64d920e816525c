"""What a correction took out is in no list of changes, wherever the old release held it."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from pipelines.release.changes.difference import ReleaseDifference, table_difference
from pipelines.release.changes.files import as_csv, as_json, change_files
from pipelines.release.changes.withheld import without_corrected

KEY = ("item_id",)
NAME = "見本 太郎"


def table(*rows: tuple[str, str | None, int | None]) -> pa.Table:
    return pa.table(
        {
            "item_id": pa.array([row[0] for row in rows], pa.string()),
            "title": pa.array([row[1] for row in rows], pa.string()),
            "page": pa.array([row[2] for row in rows], pa.int64()),
        }
    )


def difference(old: pa.Table, new: pa.Table, *corrections: dict[str, Any]) -> ReleaseDifference:
    found = table_difference("items", [KEY, KEY], old, new)
    whole = ReleaseDifference("1.0.0", "1.0.1", {"items": ("項目", "Items")}, [], {"items": found})
    return without_corrected(whole, corrections)


def correction(**more: Any) -> dict[str, Any]:
    return {
        "table_name": "items",
        "row_key": "a",
        "column_name": "title",
        "old_value": NAME,
        "new_value": "総務課",
        **more,
    }


def test_an_old_text_is_told_nowhere() -> None:
    old = table(("a", NAME, 1), ("b", f"担当は{NAME}", 1), ("c", NAME, 1))
    new = table(("a", "総務課", 1), ("b", "担当は総務課", 1))
    found = difference(old, new, correction())
    files = dict(change_files(found, "1.0.1"))
    assert all(NAME not in content.decode("utf-8-sig") for content in files.values())
    told = json.loads(files["changes/items.json"])
    assert told["MOD"][0] == {
        "key": {"item_id": "a"},
        "withheld": ["title"],
        "changed": {"title": {"old": None, "new": "総務課"}},
    }
    assert told["DEL"] == [{"item_id": "c", "title": None, "page": 1, "withheld": ["title"]}]
    assert "MOD,a,title,,総務課,true" in files["changes/items.csv"].decode("utf-8-sig")


def test_a_number_and_a_short_text_are_withheld_in_their_own_cell_only() -> None:
    old, new = table(("a", "甲", 3), ("b", "甲", 3)), table(("a", "乙", 4), ("b", "丙", 5))
    found = difference(
        old, new, correction(old_value="3", column_name="page"), correction(old_value="甲")
    )
    lines = as_csv(found.tables["items"]).decode("utf-8-sig").splitlines()[1:]
    assert lines == [
        "MOD,a,title,,乙,true",
        "MOD,a,page,,4,true",
        "MOD,b,title,甲,丙,false",
        "MOD,b,page,3,5,false",
    ]


def test_without_corrections_everything_is_told() -> None:
    found = difference(table(("a", NAME, 1)), table(("a", "総務課", 1)))
    assert as_json(found.tables["items"])["MOD"][0]["changed"]["title"]["old"] == NAME


def test_of_a_dropped_row_and_of_those_that_name_it_only_keys_are_told() -> None:
    old = table(("a", "窓口の統合", 1), ("b", "a", 2), ("c", "ほか", 3))
    dropped = correction(column_name="item_id", old_value="窓口の統合", new_value=None)
    found = difference(old, table(), dropped)
    assert as_json(found.tables["items"])["DEL"] == [
        {"item_id": "a", "title": None, "page": None, "withheld": ["title", "page"]},
        {"item_id": "b", "title": None, "page": None, "withheld": ["title", "page"]},
        {"item_id": "c", "title": "ほか", "page": 3},
    ]
