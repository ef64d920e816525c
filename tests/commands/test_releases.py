"""``gyokaku releases`` and ``gyokaku diff``: exit codes and what people are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipelines.cli import app
from tests.release.lifecycle.test_lifecycle import small_build


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outputs = tmp_path_factory.mktemp("commands") / "outputs"
    small_build(outputs, "みほん市")
    small_build(outputs, "見本市")
    small_build(outputs, "待つ市", needs_approval=True)
    return outputs


@pytest.fixture
def outputs(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "outputs", symlinks=True)


def run(outputs: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--out", str(outputs)])


APPROVAL = ("--decision", "8行管第1号", "--decided-on", "2026-04-01", "--public-on", "2026-04-02")


def test_the_list_shows_what_waits_first(outputs: Path) -> None:
    lines = run(outputs, "releases", "list").output.splitlines()
    assert [line.split()[0] for line in lines] == ["1.0.2", "1.0.1", "1.0.0"]
    assert "承認待ち" in lines[0]
    assert "公開中（最新）" in lines[1]


def test_an_approval_is_told_and_listed(outputs: Path) -> None:
    found = run(outputs, "releases", "approve", "1.0.2", *APPROVAL, "--tag", "令和8年度公表")
    assert found.exit_code == 0
    assert "版 1.0.2 を公開しました" in found.output
    assert "決裁 8行管第1号（2026-04-01）  令和8年度公表" in run(outputs, "releases", "list").output


def test_a_day_that_is_none(outputs: Path) -> None:
    wrong = ("--decision", "1", "--decided-on", "令和8年4月1日", "--public-on", "2026-04-02")
    found = run(outputs, "releases", "approve", "1.0.2", *wrong)
    assert found.exit_code == 2
    assert "「令和8年4月1日」は日付ではありません" in found.output


def test_what_cannot_be_done_says_why(outputs: Path) -> None:
    for arguments in (
        ("approve", "9.9.9", *APPROVAL),
        ("withdraw", "9.9.9", "--reason", "誤り"),
        ("rollback", "1.0.1"),
        ("prune", "--keep", "0"),
        ("verify", "9.9.9"),
    ):
        found = run(outputs, "releases", *arguments)
        assert found.exit_code == 1, arguments
        assert found.output.startswith("エラー: "), arguments


def test_verify_tells_damage(outputs: Path) -> None:
    assert run(outputs, "releases", "verify").exit_code == 0
    (outputs / "releases" / "1.0.0" / "quality.json").unlink()
    found = run(outputs, "releases", "verify")
    assert found.exit_code == 1
    assert "quality.json" in found.output
    assert run(outputs, "releases", "verify", "1.0.1").exit_code == 0


def test_withdraw_rollback_and_prune_say_what_they_did(outputs: Path) -> None:
    assert "1.0.0 に戻しました" in run(outputs, "releases", "rollback", "1.0.0").output
    assert "データを除いた版: ありません" in run(outputs, "releases", "prune", "--keep", "2").output
    found = run(outputs, "releases", "withdraw", "1.0.0", "--reason", "誤り")
    assert found.exit_code == 0
    assert "公開中の版はなくなりました" in found.output


def test_diff_of_versions_and_of_folders(outputs: Path) -> None:
    notes = run(outputs, "diff", "1.0.0", "1.0.1")
    assert notes.exit_code == 0
    assert "（municipalities） | 0 | 1 | 0 |" in notes.output
    folder = outputs / "releases"
    table = run(outputs, "diff", str(folder / "1.0.0"), "1.0.1", "--table", "municipalities")
    assert table.output.splitlines()[1] == "MOD,990019,name,みほん市,見本市,false"


def test_diff_writes_files_into_an_empty_folder_only(outputs: Path, tmp_path: Path) -> None:
    target = tmp_path / "changes"
    assert run(outputs, "diff", "1.0.0", "1.0.1", "--to", str(target)).exit_code == 0
    assert (target / "municipalities.csv").is_file()
    again = run(outputs, "diff", "1.0.0", "1.0.1", "--to", str(target))
    assert again.exit_code == 2
    assert "空ではありません" in again.output


def test_diff_of_what_is_not_there(outputs: Path, tmp_path: Path) -> None:
    assert "9.9.9 は公開した版の一覧にありません" in run(outputs, "diff", "1.0.0", "9.9.9").output
    assert run(outputs, "diff", "1.0.0", str(tmp_path)).exit_code == 2
    unknown = run(outputs, "diff", "1.0.0", "1.0.1", "--table", "no_table")
    assert "ある表: municipalities" in unknown.output


@pytest.mark.parametrize("content", [None, b"{}", b"[]"])
def test_releases_that_no_list_names_are_told(outputs: Path, content: bytes | None) -> None:
    path = outputs / "releases" / "versions.json"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    for command in ("list", "verify"):
        found = run(outputs, "releases", command)
        assert found.exit_code == 1
        assert "控えから戻" in found.output
