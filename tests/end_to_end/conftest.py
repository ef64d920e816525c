"""Releases built once per test process, by the command in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def run_build(outputs: Path) -> subprocess.CompletedProcess[str]:
    """Build the repository's own raw folder."""
    return subprocess.run(
        [BIN / "gyokaku", "build", "--raw", ROOT / "raw", "--out", outputs],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a fresh build of the repository's own raw folder."""
    folder = tmp_path_factory.mktemp("outputs")
    build = run_build(folder)
    assert build.returncode == 0, build.stdout + build.stderr
    return folder


@pytest.fixture(scope="session")
def release(outputs: Path) -> Path:
    """The release of that build."""
    return outputs / "latest"


@pytest.fixture(scope="session")
def descriptor(release: Path) -> dict[str, Any]:
    """Its datapackage.json."""
    content: dict[str, Any] = json.loads((release / "datapackage.json").read_text("utf-8"))
    return content


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one run of the demonstration."""
    folder = tmp_path_factory.mktemp("demo")
    command = [BIN / "gyokaku", "demo", "--out", folder]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "架空" in result.stdout
    return folder


@pytest.fixture(scope="session")
def demo_outputs(demo: Path) -> Path:
    """The outputs of that run."""
    return demo / "outputs"
