"""The command as people start it: a process of its own, its exit codes and what it imports."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.sources.fingerprints import PROJECT_ROOT
from tests.orchestration.samples import add_plan

SLOW = ("dagster", "pandas", "duckdb", "pyarrow", "frictionless")


def gyokaku(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *map(str, arguments)],
        cwd=PROJECT_ROOT,
        env={**known, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_wrong_arguments_exit_with_2(tmp_path: Path) -> None:
    assert gyokaku("build", "--bogus").returncode == 2
    assert gyokaku("nonsense").returncode == 2


@pytest.mark.parametrize("kind", ["missing", "file", "empty"])
def test_no_usable_input_exits_with_2_and_says_why(tmp_path: Path, kind: str) -> None:
    raw = tmp_path / "raw"
    if kind == "file":
        raw.write_text("", encoding="utf-8")
    if kind == "empty":
        raw.mkdir()
    result = gyokaku("build", "--raw", raw, "--out", tmp_path / "out")
    assert result.returncode == 2
    assert str(raw) in result.stdout
    assert "Traceback" not in result.stdout + result.stderr
    assert (tmp_path / "out" / "last_build" / "report.md").is_file()
    assert not (tmp_path / "out" / "latest").exists()


def test_an_output_that_is_a_file_exits_with_2(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("", encoding="utf-8")
    result = gyokaku("build", "--out", out)
    assert result.returncode == 2
    assert "--out" in result.stderr and "Traceback" not in result.stderr


def test_exit_codes_over_the_life_of_a_plan(tmp_path: Path) -> None:
    """Published 0; unchanged 0, without slow imports; unreadable 1."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    (source,) = (PROJECT_ROOT / "raw" / "plans").glob("142123/*")
    folder = raw / "plans" / "142123" / source.name
    folder.mkdir(parents=True)
    for path in source.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    places = {"GYOKAKU_RAW": str(raw), "GYOKAKU_OUTPUTS": str(out)}

    first = gyokaku("build", **places)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "版 1.0.0 を公開しました" in first.stdout
    counts = json.loads((out / "releases" / "versions.json").read_bytes())[0]["counts"]
    assert f"{counts['reform_items']}行" in first.stdout

    script = "import sys, pipelines.cli\ntry: pipelines.cli.main()\nfinally: print(*sys.modules)"
    second = subprocess.run(
        [sys.executable, "-c", script, "build"],
        cwd=PROJECT_ROOT,
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 0
    if "前回から変更はありません" in second.stdout:  # else somebody edited the code meanwhile
        assert not imported(second)

    (document,) = folder.glob("*.txt")
    document.write_text("見出しだけ\n", encoding="utf-8")
    third = gyokaku("build", **places)
    assert third.returncode == 1
    assert "公開していません" in third.stderr
    assert gyokaku("validate", folder).returncode == 1
    assert json.loads((out / "latest.json").read_bytes())["version"] == "1.0.0"


def imported(result: subprocess.CompletedProcess[str]) -> list[str]:
    words = result.stdout.split()
    return [name for name in SLOW if name in words]


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_says_so_and_leaves_nothing(
    tmp_path: Path, sign: signal.Signals
) -> None:
    add_plan(tmp_path / "raw")
    command = ["build", "--raw", tmp_path / "raw", "--out", tmp_path / "out"]
    with subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", *map(str, command)],
        cwd=PROJECT_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        assert "準備" in process.stdout.readline()
        process.send_signal(sign)
        _, told = process.communicate(timeout=60)
    assert process.returncode in (130, -sign)
    assert "中断しました" in told or process.returncode == -sign
    assert not (tmp_path / "out" / "latest").exists()
