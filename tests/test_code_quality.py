"""The rules that tools can check: lint, formatting, types, and what locks and code may not hold."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "command",
    [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)],
    ids=["ruff check", "ruff format", "mypy"],
)
def test_tools_are_content(command: tuple[str, ...]) -> None:
    tool = Path(sys.executable).with_name(command[0])
    result = subprocess.run(
        [tool, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", ["uv", "run", "dev"])
def test_locks_pin_everything_with_hashes_and_name_no_registry(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pins = re.findall(r"^[A-Za-z0-9_.-]+(?:\[[^\]]*\])?==", text, re.M)
    assert pins
    requirements = [line for line in text.splitlines() if re.match(r"^[A-Za-z0-9]", line)]
    assert len(requirements) == len(pins)
    assert text.count("--hash=sha256:") >= len(pins)
    assert not re.search(r"://|--index|--find-links|--extra-index", text)


def test_run_and_dev_locks_agree() -> None:
    run, dev = (_pins(name) for name in ("run", "dev"))
    assert run.items() <= dev.items()


def _pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, re.M))


def test_only_the_orchestration_knows_dagster() -> None:
    allowed = {ROOT / "pipelines" / "definitions.py"}
    for path in (ROOT / "pipelines").rglob("*.py"):
        if "orchestration" in path.parts or path in allowed:
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(?:import|from) dagster", text, re.M), path


def test_stages_depend_in_one_direction() -> None:
    order = ["sources", "plans", "figures", "results", "tables", "marts", "release", "site"]
    order.append("orchestration")
    readers = {"plans", "figures", "results"}
    forbidden = {"tables": {"sources", *readers}, "release": readers, "results": {"figures"}}
    for stage in order:
        later = set(order[order.index(stage) + 1 :]) | forbidden.get(stage, set())
        for path in (ROOT / "pipelines" / stage).rglob("*.py"):
            used = set(re.findall(r"pipelines\.(\w+)", _imports(path)))
            allowed = {"tables"} if stage in readers else set()
            assert not (used & later) - allowed, (path, used & later)


def _imports(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if line.lstrip().startswith(("import ", "from ")))
