"""Releases built once per test run, by the command in a process of its own; they are only read."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable
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


def run_demo(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the demonstration."""
    command = [BIN / "gyokaku", "demo", "--out", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def once(
    temporary: pytest.TempPathFactory,
    name: str,
    run: Callable[[Path], subprocess.CompletedProcess[str]],
) -> Path:
    """The folder that a command fills, run by the first of the test processes that needs it."""
    base = temporary.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # that of all workers
    folder, done = base / name, base / f"{name}.done"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            result = run(folder)
            assert result.returncode == 0, result.stdout + result.stderr
            done.write_text(result.stdout, "utf-8")
    return folder


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a fresh build of the repository's own raw folder."""
    return once(tmp_path_factory, "outputs", run_build)


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
    folder = once(tmp_path_factory, "demo", run_demo)
    assert "架空" in folder.with_name("demo.done").read_text("utf-8")
    return folder


@pytest.fixture(scope="session")
def demo_outputs(demo: Path) -> Path:
    """The outputs of that run."""
    return demo / "outputs"
