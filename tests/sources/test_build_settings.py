from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.sources.build_settings import BuildSettings, read_build_settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_build_settings(tmp_path) == (BuildSettings(approval="none"), [])


def test_approval_is_read(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("# 設定\napproval: required\n", "utf-8-sig")
    assert read_build_settings(tmp_path) == (BuildSettings(approval="required"), [])


@pytest.mark.parametrize(
    "content", [b"approval: maybe\n", b"aproval: required\n", b"- x\n", b"\x83\x00", b"a: [\n"]
)
def test_a_faulty_file_gives_no_settings_and_says_why(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.yaml").write_bytes(content)
    settings, problems = read_build_settings(tmp_path)
    assert settings is None
    assert [(one.severity, one.place) for one in problems] == [("error", "settings.yaml")]


@pytest.mark.parametrize("name", ["settings.yml", "Settings.yaml", "SETTINGS.YML"])
def test_a_misnamed_file_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("approval: required\n", "utf-8")
    settings, (problem,) = read_build_settings(tmp_path)
    assert settings is None
    assert problem.place == name
