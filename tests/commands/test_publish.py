"""``gyokaku publish`` as people call it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from tests.release.targets.samples import tiny_release, two_versions


def call(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["publish", *map(str, arguments)])
    return result.exit_code, result.output


def test_progress_result_and_nothing_to_do(tmp_path: Path) -> None:
    outputs = two_versions(tmp_path / "outputs")
    code, told = call(tmp_path / "site", "--out", outputs)
    assert code == 0
    assert "版 1.0.1 の送信（6件）" in told and "  data/csv/plans.csv" in told
    assert "6個のファイルを送り" in told and "最新の版: 1.0.1" in told
    assert (tmp_path / "site/latest.json").read_bytes() == (outputs / "latest.json").read_bytes()
    code, told = call(tmp_path / "site", "--out", outputs)
    assert code == 0 and "何も送りませんでした" in told
    code, told = call(tmp_path / "site", "--out", outputs, "--version", "1.0.0")
    assert code == 0 and "最新の版: 1.0.1" in told


def test_a_killed_publication_leaves_the_old_version(tmp_path: Path) -> None:
    outputs = two_versions(tmp_path / "outputs")
    assert call(tmp_path / "site", "--out", outputs, "--version", "1.0.0")[0] == 0
    latest = (tmp_path / "site/latest.json").read_bytes()
    command = [sys.executable, "-m", "pipelines.cli", "publish", str(tmp_path / "site")]
    with subprocess.Popen(
        [*command, "--out", str(outputs)], stdout=subprocess.PIPE, env={"PYTHONPATH": "."}
    ) as running:
        assert running.stdout is not None
        for _ in range(3):
            running.stdout.readline()
        running.kill()
    assert (tmp_path / "site/latest.json").read_bytes() in (
        latest,
        (outputs / "latest.json").read_bytes(),  # it was faster than the signal
    )
    assert call(tmp_path / "site", "--out", outputs)[0] == 0
    assert (tmp_path / "site/latest.json").read_bytes() == (outputs / "latest.json").read_bytes()


def test_refusals_are_exit_code_1(tmp_path: Path) -> None:
    tiny_release(tmp_path / "one", "1.0.0", "one")
    tiny_release(tmp_path / "other", "1.0.0", "another")
    assert call(tmp_path / "site", "--out", tmp_path / "one")[0] == 0
    code, told = call(tmp_path / "site", "--out", tmp_path / "other")
    assert code == 1 and "上書きできません" in told and "Traceback" not in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["site", "--out", "nothing"], "公開されたリリースがありません"),
        (
            ["site", "--out", "outputs", "--version", "9.9.9"],
            "（ある版: 1.0.0",
        ),
        (["ftp://example.jp", "--out", "outputs"], "には公開できません"),
        (["outputs", "--out", "outputs"], "重なっています"),
    ],
)
def test_bad_arguments_are_exit_code_2(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tiny_release(tmp_path / "outputs", "1.0.0", "one")
    code, output = call(*arguments)
    assert code == 2 and told in output
    assert not (tmp_path / "site").exists() and not (tmp_path / "nothing").exists()
