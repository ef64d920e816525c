"""Approval and versions through the command: what a build publishes, and when it stops."""

from __future__ import annotations

import json

import pytest

from pipelines.commands import build
from tests.orchestration.conftest import Workplace
from tests.orchestration.samples import FIRST, add_plan

Captured = pytest.CaptureFixture[str]


def settings(workplace: Workplace, text: str) -> None:
    (workplace.raw / "settings.yaml").write_text(text, encoding="utf-8")


def test_a_build_stops_at_a_candidate_where_approval_is_required(
    workplace: Workplace, capsys: Captured
) -> None:
    workplace.start_built()
    settings(workplace, "approval: required\n")
    add_plan(workplace.raw, FIRST, "plan-c", "第四\n")
    assert build.build(workplace.places, version="1.2.0") == 0
    outputs = workplace.places.outputs
    assert (outputs / "latest").resolve().name == "1.0.0"
    assert (outputs / "candidates" / "1.2.0" / "SHA256SUMS").is_file()
    told = capsys.readouterr().out
    assert "承認を待っています（まだ公開していません）" in told
    assert "gyokaku releases approve 1.2.0" in told


def test_faulty_settings_publish_nothing(workplace: Workplace, capsys: Captured) -> None:
    workplace.start_built()
    settings(workplace, "aproval: required\n")
    add_plan(workplace.raw, FIRST, "plan-c", "第四\n")
    assert build.build(workplace.places) == 1
    versions = json.loads((workplace.places.outputs / "releases/versions.json").read_bytes())
    assert len(versions) == 1
    assert "知らないキー aproval" in capsys.readouterr().out


@pytest.mark.parametrize("version", ["1.2", "v2", "一"])
def test_what_is_no_version_is_refused_at_once(
    workplace: Workplace, version: str, capsys: Captured
) -> None:
    assert build.build(workplace.places, version=version) == 2
    assert "1.2.3 の形" in capsys.readouterr().err
    assert not workplace.places.outputs.exists()
