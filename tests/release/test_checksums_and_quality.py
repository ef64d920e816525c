from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pipelines.problems import Problem
from pipelines.release.checksums import checksum_faults, release_files
from pipelines.release.outcome import (
    GateResult,
    ReleaseEvidence,
    SourceAccounting,
    accounting_problems,
)
from pipelines.release.package_files import write_checksums
from pipelines.release.quality import problem_counts, quality_report

ERROR = Problem("error", "rule_b", "どこか", "だめです。", value="秘密の値")
WARNING = Problem("warning", "rule_a", "秘密.xlsx", "注意です。")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_bytes(b"a")
    (tmp_path / "b.json").write_bytes(b"b")
    write_checksums(tmp_path)
    return tmp_path


def test_sha256sum_agrees(folder: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == ["b.json: OK", "data/a.csv: OK"]
    assert checksum_faults(folder) == []


def test_every_kind_of_damage_is_found(folder: Path) -> None:
    (folder / "b.json").write_bytes(b"c")
    (folder / "data" / "a.csv").unlink()
    (folder / "new.txt").write_bytes(b"")
    assert checksum_faults(folder) == ["b.json", "data/a.csv", "new.txt"]


@pytest.mark.parametrize("content", [None, b"one-word\n", b"\xff"])
def test_unreadable_checksums_are_a_fault(folder: Path, content: bytes | None) -> None:
    (folder / "SHA256SUMS").unlink()
    if content is not None:
        (folder / "SHA256SUMS").write_bytes(content)
    assert checksum_faults(folder) == ["SHA256SUMS"]


def test_files_in_order(folder: Path) -> None:
    assert release_files(folder) == ["SHA256SUMS", "b.json", "data/a.csv"]


def test_quality_tells_everything_but_values() -> None:
    gates = [GateResult("one", "一番", 3), GateResult("two", "二番", 4, (ERROR, WARNING))]
    accounting = SourceAccounting("s1", "lines", 10, 6, {"totals": 1, "headings": 2}, 1)
    report = quality_report(
        "1.0.0", {"a": 2}, gates, ReleaseEvidence((accounting,), problems=(WARNING, WARNING))
    )
    assert report["version"] == "1.0.0"
    assert [(gate["gate"], gate["passed"]) for gate in report["gates"]] == [
        ("one", True),
        ("two", False),
    ]
    assert report["row_counts"] == {"a": 2}
    assert report["row_accounting"][0]["balances"] is True
    assert list(report["row_accounting"][0]["set_aside"]) == ["headings", "totals"]
    assert report["problems"] == {"error": {}, "warning": {"rule_a": 2}, "info": {}}
    assert "秘密" not in str(report)


def test_problem_counts_by_severity_and_rule() -> None:
    assert problem_counts([WARNING, ERROR, ERROR]) == {
        "error": {"rule_b": 2},
        "warning": {"rule_a": 1},
        "info": {},
    }


def test_a_gate_with_warnings_only_has_passed() -> None:
    assert GateResult("one", "一番", 1, (WARNING,)).passed
    assert not GateResult("one", "一番", 1, (WARNING, ERROR)).passed


def test_lost_rows_are_a_warning() -> None:
    lost = SourceAccounting("s1", "rows", 10, 6, {"totals": 1}, 2)
    even = SourceAccounting("s2", "rows", 9, 6, {"totals": 1}, 2)
    (problem,) = accounting_problems([lost, even])
    assert (problem.severity, problem.place) == ("warning", "s1")
