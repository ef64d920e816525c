"""Our own CSV files against the rules that they are published under."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from pipelines.cli import app


def test_lint_finds_no_error_in_the_release(release: Path) -> None:
    files = sorted((release / "data" / "csv").glob("*.csv"))
    result = CliRunner().invoke(app, ["lint", *map(str, files)])
    assert result.exit_code == 0, result.output
    assert result.output.count("エラー0件") == len(files) > 20
    assert result.output.count("定義: ") == len(files)


def test_quality_tells_the_rules_checked_and_unchecked(release: Path) -> None:
    quality = json.loads((release / "quality.json").read_bytes())
    gate = next(one for one in quality["gates"] if one["gate"] == "machine_readability")
    assert gate["passed"]
    assert gate["checked"] == len(list((release / "data" / "csv").glob("*.csv")))
    assert len(gate["checked_rules"]) + len(gate["unchecked_rules"]) == 30
