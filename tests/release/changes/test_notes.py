"""Release notes name what a person asks for, and escape what a document says."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from pipelines.release.changes.difference import ReleaseDifference, release_difference
from pipelines.release.changes.files import change_files, summary
from pipelines.release.changes.notes import markdown_cell, release_notes
from pipelines.release.registry import PublishedRelease

RESULTS = ["result_id", "plan_id", "fiscal_year", "result_status", "is_current", "revision"]
CORRECTIONS = ["correction_id", "table_name", "row_key", "column_name", "new_value", "reason"]


def release(version: str, **tables: list[dict[str, Any]]) -> PublishedRelease:
    """A release of tables whose first column is their key."""
    columns = {"plans": ["plan_id", "title"], "yearly_results": RESULTS,
               "applied_corrections": CORRECTIONS}  # fmt: skip
    resources = [
        {
            "name": name,
            "type": "table",
            "title": f"表 {name}",
            "title_en": f"Table {name}",
            "schema": {"fields": [{"name": one, "type": "any"} for one in columns[name]],
                       "primaryKey": columns[name][:1]},
        }
        for name in tables
    ]  # fmt: skip
    content = {
        name: pa.table({one: [row.get(one) for row in rows] for one in columns[name]})
        for name, rows in tables.items()
    }
    return PublishedRelease(version, {"resources": resources}, content)


def result(revision: int, status: str, *, is_current: bool = True, year: int = 2023) -> dict:
    return {
        "result_id": f"990019-m-r1a2b-{year}-{revision}",
        "plan_id": "990019-m",
        "fiscal_year": year,
        "result_status": status,
        "is_current": is_current,
        "revision": revision,
    }


def difference(old: dict[str, Any], new: dict[str, Any]) -> ReleaseDifference:
    return release_difference(release("1.0.0", **old), release("1.0.1", **new))


@pytest.mark.parametrize(
    ("after", "heading"),
    [("final", "見込みから確定に替わった実績"), ("provisional", "改められた実績")],
)
def test_results_that_gave_way_to_newer_ones(after: str, heading: str) -> None:
    newer = [result(1, "provisional", is_current=False), result(2, after)]
    found = difference({"yearly_results": [result(1, "provisional")]}, {"yearly_results": newer})
    notes = release_notes(found, "1.0.1")["ja"]
    assert f"## {heading}" in notes
    assert "| 990019-m | 2023 | 表 yearly_results | 1 |" in notes
    assert "追加した実績" not in notes


def test_plans_results_and_corrections_that_came() -> None:
    correction = {
        "correction_id": "990019-m-c1",
        "table_name": "reform_items",
        "row_key": "990019-m-1a2b",
        "column_name": "title",
        "new_value": "窓口の統合",
        "reason": "誤植",
    }
    old: dict[str, Any] = {"plans": [], "applied_corrections": [], "yearly_results": []}
    new = {
        "plans": [{"plan_id": "990019-m", "title": "見本の<計画>"}],
        "applied_corrections": [correction],
        "yearly_results": [result(1, "final")],
    }
    notes = release_notes(difference(old, new), "1.0.1")
    assert "- 追加: 見本の\\<計画\\>（990019-m）" in notes["ja"]
    assert "「窓口の統合」に。理由: 誤植" in notes["ja"]
    assert '"窓口の統合". Reason: 誤植' in notes["en"]
    assert "## Results added" in notes["en"]


def test_changes_of_structure_are_named() -> None:
    found = difference({}, {"plans": [{"plan_id": "990019-m", "title": None}]})
    notes = release_notes(found, "1.1.0")
    assert "- 表「plans」を追加" in notes["ja"]
    assert "- table plans added" in notes["en"]
    assert summary(found, "1.1.0")["tables"] == {"plans": {"ADD": 1, "MOD": 0, "DEL": 0}}


def test_the_first_release_has_notes_and_nothing_to_compare() -> None:
    files = dict(change_files(None, "1.0.0"))
    assert set(files) == {"changes/changes.json", "changes/notes.ja.md", "changes/notes.en.md"}
    assert "最初の版です" in files["changes/notes.ja.md"].decode()


def test_nothing_of_a_document_is_markup() -> None:
    assert markdown_cell("[x](y)|`z`\n# <b>") == "\\[x\\](y)\\|\\`z\\` \\# \\<b\\>"
