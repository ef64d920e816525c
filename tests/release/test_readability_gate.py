from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.release.layout import csv_path
from pipelines.release.readability_gate import machine_readability_gate
from pipelines.tables.schema import TableSchema
from pipelines.tables.schemas import schema_from_descriptor

from .samples import build, column, descriptor, descriptors, rows
from .samples import schemas as declared_tables

BOM = "\ufeff"


def schemas() -> dict[str, TableSchema]:
    quoted = {**column("label"), "verbatim": True}
    fields = [
        column("seq", "integer", required=True),
        column("name", pattern="^.+$"),
        quoted,
        column("kind", enum=["a", "b"]),
    ]
    return {"t": schema_from_descriptor(descriptor("t", fields, ["seq"]))}


def problems(folder: Path, text: str) -> list[tuple[str, str, str]]:
    path = folder / csv_path("t")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    gate = machine_readability_gate(folder, schemas())
    assert gate.passed == (not gate.problems)
    return [(one.severity, one.rule, one.place) for one in gate.problems]


def test_a_clean_file_passes_and_quotations_are_noted(tmp_path: Path) -> None:
    assert problems(tmp_path, f"{BOM}seq,name,label,kind\n1,総務課, ①,a\n") == []
    gate = machine_readability_gate(tmp_path, schemas())
    assert gate.details["noted_columns"] == {"L1-06": 1, "L1-08": 1}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"{BOM}seq,name,label,kind\n1,①課,,a\n", "L1-08"),
        (f"{BOM}seq,name,label,kind\n1,総務課 ,,a\n", "L1-06"),
        (f"{BOM}seq,name,label,kind\n1件,総務課,,a\n", "L2-01"),
        (f"{BOM}seq,name,label,kind\n1,総務課,,c\n", "L2-04"),
        (f'{BOM}seq,name,label,kind\n1,"総\n務課の長い名前",,a\n', "L1-14"),
        (f"{BOM}seq,name,label,kind\n1,総務課,あ,い,a\n", "L1-15"),
        ("seq,name,label,kind\n1,総務課,,a\n", "L3-08"),
    ],
)
def test_what_breaks_a_rule_blocks(text: str, rule: str, tmp_path: Path) -> None:
    found = problems(tmp_path, text)
    assert ("error", rule) in [one[:2] for one in found]
    assert found[0][2].startswith("data/csv/t.csv")


def test_an_unreadable_file_blocks(tmp_path: Path) -> None:
    assert problems(tmp_path, "\0")[0][0] == "error"


def test_the_gate_runs_with_the_others_and_quality_tells_what_is_unchecked(tmp_path: Path) -> None:
    assert build(tmp_path, rows()).state == "published"
    quality = json.loads((tmp_path / "latest" / "quality.json").read_bytes())
    entry = next(one for one in quality["gates"] if one["gate"] == "machine_readability")
    assert entry["passed"]
    assert entry["checked"] == len(quality["row_counts"])
    checked = {one["rule"] for one in entry["checked_rules"]}
    unchecked = {one["rule"] for one in entry["unchecked_rules"]}
    assert not checked & unchecked
    assert {"L1-02", "L3-08", "L3-09"} <= checked
    assert {"L1-12", "L3-02", "L3-04", "L3-07"} <= unchecked
    assert all(one["reason"] for one in entry["unchecked_rules"])


def test_a_file_with_a_breach_is_stopped_by_the_gates_of_the_package(tmp_path: Path) -> None:
    given = rows()
    given["plans"][0]["title"] = "計画　　その一"
    assert build(tmp_path, given).state == "published"  # free text: told, but nothing is blocked
    coded = column("title", pattern="^計画.*$")
    plans = descriptors()["plans"]
    fields = [coded if one["name"] == "title" else one for one in plans["fields"]]
    declared = declared_tables({"plans": {**plans, "fields": fields}})
    outcome = build(tmp_path / "other", given, declared)
    assert outcome.state == "blocked"
    assert [one.rule for one in outcome.problems if one.severity == "error"] == ["L1-06"]
