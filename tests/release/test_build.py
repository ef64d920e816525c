from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from pipelines.problems import Problem
from pipelines.release import build as build_module
from pipelines.release.checksums import checksum_faults
from pipelines.release.outcome import GateResult, ReleaseEvidence, SourceAccounting
from pipelines.release.registry import read_versions
from pipelines.tables.schemas import load_schemas

from .samples import PLAN, build, column, descriptors, rows, schemas, with_item


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build") / "outputs"
    assert build(folder).state == "published"
    return folder


def test_the_first_release(tmp_path: Path) -> None:
    lines: list[str] = []
    outcome = build(tmp_path, progress=lines.append)
    assert (outcome.state, outcome.version) == ("published", "1.0.0")
    assert outcome.path == tmp_path / "releases" / "1.0.0"
    assert outcome.previous_version is None
    assert outcome.counts["reform_items"] == 3
    assert [gate.gate for gate in outcome.gates] == [
        "plans_kept",
        "arrow_cast",
        "compiled_checks",
        "package_profile",
        "frictionless",
        "disclosure",
        "files",
        "machine_readability",
    ]
    assert all(gate.passed for gate in outcome.gates)
    assert any("1.0.0" in line for line in lines)
    assert not (tmp_path / "staging" / "release").exists()


def test_frictionless_from_any_folder(outputs: Path, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("frictionless")
    for folder, path in [
        (tmp_path, str(outputs / "latest" / "datapackage.json")),
        (outputs.parent, "outputs/latest/datapackage.json"),
    ]:
        done = subprocess.run(
            [program, "validate", path], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.count(" VALID ") == 2 * len(schemas())


def test_sha256sum(outputs: Path) -> None:
    command = ["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"]
    done = subprocess.run(command, cwd=outputs / "latest", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"")


def test_public_tools_agree(outputs: Path) -> None:
    latest = outputs / "latest"
    with duckdb.connect(str(latest / "gyokaku.duckdb"), read_only=True) as connection:
        from_duckdb = connection.execute("SELECT item_id, share FROM reform_items").fetchall()
    parquet = pl.read_parquet(latest / "data/parquet/reform_items.parquet")
    assert parquet.select("item_id", "share").rows() == from_duckdb
    frame = pd.read_csv(latest / "data/csv/reform_items.csv", dtype={"plan_id": str})
    assert frame["item_id"].tolist() == [row[0] for row in from_duckdb]
    assert frame["share"].tolist()[:2] == [2.0, 0.1]


def test_nothing_internal_leaves(outputs: Path) -> None:
    for path in (outputs / "releases").rglob("*"):
        if path.is_file():
            assert "覚え書き".encode() not in path.read_bytes()


def test_nothing_changed(tmp_path: Path) -> None:
    build(tmp_path)
    before = snapshot(tmp_path / "releases")
    outcome = build(tmp_path, dict(reversed(rows().items())))
    assert (outcome.state, outcome.version) == ("unchanged", "1.0.0")
    assert outcome.path == tmp_path / "releases" / "1.0.0"
    assert outcome.counts["reform_items"] == 3
    assert snapshot(tmp_path / "releases") == before


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_only_an_internal_value_changed(tmp_path: Path) -> None:
    build(tmp_path)
    given = rows()
    given["reform_items"][0]["clerk_note"] = "ほかの覚え書き"
    assert build(tmp_path, given).state == "unchanged"


def test_time_alone_is_no_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = rows()
    del given["sources"][0]["retrieved_on"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    build(tmp_path, given)
    assert read_versions(tmp_path)[0]["date"] == "1970-01-02"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "864000")
    assert build(tmp_path, given).state == "unchanged"


def test_a_bad_source_date_epoch_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    given = rows()
    del given["sources"][0]["retrieved_on"]
    outcome = build(tmp_path, given)
    assert [problem.rule for problem in outcome.problems] == ["source_date_epoch"]


def changed_descriptors(change: Any) -> dict[str, Any]:
    changed = descriptors()
    change(changed)
    return {name: schema for name, schema in schemas(changed).items() if name in changed}


def find(fields: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(field for field in fields if field["name"] == name)


@pytest.mark.parametrize(
    ("change", "version"),
    [
        (lambda one: one["plans"].update(title="ほかの題"), "1.0.1"),
        (lambda one: find(one["plans"]["fields"], "title").update(description="New."), "1.0.1"),
        (lambda one: one["plans"]["fields"].append(column("extra")), "1.1.0"),
        (lambda one: one["reform_items"]["fields"].pop(-2), "2.0.0"),
        (lambda one: find(one["reform_items"]["fields"], "page").update(type="number"), "2.0.0"),
        (lambda one: one["plans"].update(uniqueKeys=[["title"]]), "2.0.0"),
        (lambda one: one.pop("extraction_issues"), "2.0.0"),
        (lambda one: find(one["plans"]["fields"], "title").update(disclosure="internal"), "2.0.0"),
    ],
)
def test_changed_schemas_decide_the_version(tmp_path: Path, change: Any, version: str) -> None:
    build(tmp_path, without_pages())
    declared = changed_descriptors(change)
    outcome = build(tmp_path, {name: without_pages()[name] for name in declared}, declared)
    assert (outcome.state, outcome.version) == ("published", version)
    assert outcome.previous_version == "1.0.0"
    assert outcome.changes


def without_pages() -> dict[str, Any]:
    given = rows()
    for row in given["reform_items"]:
        row.pop("page", None)
    return given


def test_changed_rows_are_a_patch_and_the_old_release_stays(tmp_path: Path) -> None:
    build(tmp_path)
    before = snapshot(tmp_path / "releases" / "1.0.0")
    outcome = build(tmp_path, with_item(4))
    assert (outcome.state, outcome.version) == ("published", "1.0.1")
    assert outcome.changes == ("表「reform_items」の内容を変更（3行→4行）",)
    assert snapshot(tmp_path / "releases" / "1.0.0") == before
    assert [entry["version"] for entry in read_versions(tmp_path)] == ["1.0.0", "1.0.1"]
    assert (tmp_path / "latest").resolve().name == "1.0.1"
    assert checksum_faults(tmp_path / "latest") == []


def test_a_withdrawn_version_is_not_given_again(tmp_path: Path) -> None:
    build(tmp_path)
    build(tmp_path, with_item(4))
    path = tmp_path / "releases" / "versions.json"
    entries = json.loads(path.read_bytes())
    entries[-1]["state"] = "withdrawn"
    path.write_text(json.dumps(entries), encoding="utf-8")
    outcome = build(tmp_path, with_item(5))
    assert (outcome.version, outcome.previous_version) == ("1.0.2", "1.0.0")


def assert_blocked(outputs: Path, outcome: Any, *rules: str) -> None:
    assert outcome.state == "blocked"
    assert outcome.version is None
    assert outcome.path is None
    assert set(rules) <= {problem.rule for problem in outcome.problems}
    assert not (outputs / "releases").exists()
    assert not (outputs / "latest").exists()
    assert not (outputs / "staging").exists()
    report = json.loads((outputs / "last_build" / "report.json").read_bytes())
    assert report["state"] == "blocked"
    assert set(rules) <= {problem["rule"] for problem in report["problems"]}


def test_all_broken_rules_block_at_once(tmp_path: Path) -> None:
    given = rows()
    given["reform_items"][1]["ordinal"] = 0
    given["sources"][0]["source_kind"] = "gossip"
    outcome = build(tmp_path, given)
    assert_blocked(tmp_path, outcome, "table_minimum", "table_enum")


def test_a_gate_of_an_earlier_stage_blocks(tmp_path: Path) -> None:
    problem = Problem("error", "earlier", "x", "だめです。")
    gate = GateResult("earlier", "前の検査", 1, (problem,))
    outcome = build(tmp_path, evidence=ReleaseEvidence(gates=(gate,), problems=(problem,)))
    assert_blocked(tmp_path, outcome, "earlier")
    assert outcome.problems == (problem,)  # told once, though gate and evidence both have it


@pytest.mark.parametrize("name", ["frictionless_gate", "disclosure_gate", "files_gate"])
def test_a_gate_on_the_files_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    problem = Problem("error", "found", "x", "だめです。")
    failed = GateResult(name, "検査", 1, (problem,))
    monkeypatch.setattr(build_module, name, lambda *arguments: failed)
    assert_blocked(tmp_path, build(tmp_path), "found")


def test_a_line_break_that_makes_keys_equal_is_stopped_by_frictionless(tmp_path: Path) -> None:
    """Two keys that differ in a line break only are one key in CSV: only gate 3 can see it."""
    given = rows()
    given["extraction_issues"] = [{"issue_id": "a\nb"}, {"issue_id": "a b"}]
    assert_blocked(tmp_path, build(tmp_path, given), "frictionless_primary_key")


def test_problems_alone_do_not_block_and_are_told(tmp_path: Path) -> None:
    problem = Problem("error", "plan_unreadable", "秘密.txt", "読めません。")
    accounting = SourceAccounting("s1", "lines", 10, 9, {"totals": 2})
    outcome = build(tmp_path, evidence=ReleaseEvidence((accounting,), problems=(problem,)))
    assert outcome.state == "published"
    assert [one.rule for one in outcome.problems] == ["plan_unreadable", "accounting_unbalanced"]
    quality = json.loads((tmp_path / "latest" / "quality.json").read_bytes())
    assert quality["problems"]["error"] == {"plan_unreadable": 1}
    assert quality["problems"]["warning"] == {"accounting_unbalanced": 1}
    assert len(quality["gates"]) == 8
    assert "秘密" not in (tmp_path / "latest" / "quality.json").read_text(encoding="utf-8")


def test_a_published_plan_that_became_unreadable_blocks(tmp_path: Path) -> None:
    build(tmp_path)
    given = {"municipalities": rows()["municipalities"]}
    evidence = ReleaseEvidence(left_out_plans={PLAN: "990019/mihon"})
    outcome = build(tmp_path, given, evidence=evidence)
    assert outcome.state == "blocked"
    assert [problem.rule for problem in outcome.problems] == ["published_plan_unreadable"]
    assert len(read_versions(tmp_path)) == 1
    assert build(tmp_path, given).version == "1.0.1"  # its folder was removed: that is allowed


def test_a_damaged_release_blocks(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "releases" / "1.0.0" / "data" / "parquet" / "plans.parquet").write_bytes(b"")
    outcome = build(tmp_path, with_item(4))
    assert [problem.rule for problem in outcome.problems] == ["release_damaged"]
    report = (tmp_path / "last_build" / "report.md").read_text(encoding="utf-8")
    assert "控えから戻して" in report


def test_a_file_that_changes_while_it_is_written_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_module, "checksum_faults", lambda folder: ["gyokaku.duckdb"])
    outcome = build(tmp_path)
    assert [problem.rule for problem in outcome.problems] == ["checksums"]
    assert not (tmp_path / "latest").exists()


def test_the_real_schemas_make_a_valid_package(tmp_path: Path) -> None:
    declared = load_schemas(Path(__file__).parents[2] / "schemas")
    outcome = build(tmp_path, {}, declared)
    assert outcome.problems == ()
    assert outcome.state == "published"
