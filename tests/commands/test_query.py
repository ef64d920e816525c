"""``gyokaku query`` over a small release."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.commands.query import query
from pipelines.release.layout import versions_file
from tests.release.samples import build

Captured = pytest.CaptureFixture[str]
ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "pipelines.cli", "query")
TITLES = "SELECT title, share FROM reform_items ORDER BY ordinal"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    build(folder)
    return folder


def test_the_forms(outputs: Path, capsys: Captured) -> None:
    assert query(TITLES, outputs, "csv") == 0
    assert capsys.readouterr().out == "title,share\n取組1,2.0\n取組2,0.1\n取組3,\n"
    assert query(TITLES, outputs, "json") == 0
    assert json.loads(capsys.readouterr().out)[2] == {"title": "取組3", "share": None}
    assert query(TITLES, outputs, "markdown") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "| 取組3 |  |"
    assert query(TITLES, outputs, "table") == 0
    assert "取組2" in capsys.readouterr().out


def test_an_unknown_form(outputs: Path, capsys: Captured) -> None:
    assert query(TITLES, outputs, "xml") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "xml" in said.err and "markdown" in said.err and said.err.startswith("エラー:")


@pytest.mark.parametrize(
    "statement", ["SELECT nothing FROM reform_items", "DROP TABLE reform_items", "SELECT FROM", ""]
)
def test_what_cannot_be_run_is_told_in_japanese(
    outputs: Path, capsys: Captured, statement: str
) -> None:
    assert query(statement, outputs, "table") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("エラー: SQL")


def test_internal_columns_are_not_in_reach(outputs: Path, capsys: Captured) -> None:
    assert query("SELECT clerk_note FROM reform_items", outputs, "csv") == 2
    assert "clerk_note" in capsys.readouterr().err


def test_standard_input(outputs: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT 1 AS one"))
    assert query("-", outputs, "csv") == 0
    assert capsys.readouterr().out == "one\n1\n"


def test_without_a_release(tmp_path: Path, capsys: Captured) -> None:
    assert query("SELECT 1", tmp_path, "csv") == 2
    assert "リリースがありません" in capsys.readouterr().err


def test_a_list_of_releases_that_cannot_be_read(tmp_path: Path, capsys: Captured) -> None:
    versions_file(tmp_path).parent.mkdir()
    versions_file(tmp_path).write_text("{", encoding="utf-8")
    assert query("SELECT 1", tmp_path, "csv") == 2
    assert "versions.json" in capsys.readouterr().err


def test_a_release_without_its_database(outputs: Path, tmp_path: Path, capsys: Captured) -> None:
    copy = tmp_path / "outputs"
    shutil.copytree(outputs, copy, symlinks=True)
    for path in copy.rglob("gyokaku.duckdb"):
        path.unlink()
    assert query("SELECT 1", copy, "csv") == 2
    assert "gyokaku.duckdb を開けません" in capsys.readouterr().err


def test_a_terminal_that_cannot_show_a_letter(
    outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="cp932")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert query("SELECT '窓口😀' AS 題", outputs, "csv") == 0
    assert terminal.buffer.getvalue().decode("cp932").split() == ["題", "窓口?"]  # type: ignore[attr-defined]


def test_the_command_ends_with_the_exit_code(outputs: Path) -> None:
    for statement, code in (("SELECT 1 AS one", 0), ("SELECT", 2)):
        run = subprocess.run(
            [*COMMAND, statement, "--out", str(outputs), "--format", "csv"],
            capture_output=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        )
        assert run.returncode == code, run.stderr.decode()
        assert b"Traceback" not in run.stderr
        assert run.stdout.decode() == ("one\n1\n" if code == 0 else "")
