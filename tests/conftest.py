"""Settings for every test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# In CI the generated examples are the same for the same code: a red run can be repeated. Elsewhere
# they differ from run to run, and what they find is worth a test of its own.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("local", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")

_REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements" / "clients.txt"
_NODE = _REQUIREMENTS.with_name("node")


@pytest.fixture(scope="session")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages of requirements/clients.txt: what people open a release with.

    ``make test`` installs them; in an environment made otherwise they are installed for the run.
    """
    installed = Path(sys.prefix) / "clients"
    if installed.is_dir():
        return installed
    folder = tmp_path_factory.mktemp("clients")
    uv = [Path(sys.executable).parent / "uv", "pip", "install", "--quiet"]
    into = ["--python", sys.executable, "--target", folder]
    subprocess.run([*uv, *into, "--require-hashes", "-r", _REQUIREMENTS], check=True)
    return folder


@pytest.fixture(scope="session")
def node_modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of requirements/node, as ``clients``."""
    installed = Path(sys.prefix) / "node" / "node_modules"
    if installed.is_dir():
        return installed
    folder = tmp_path_factory.mktemp("node")
    for file in _NODE.iterdir():
        shutil.copy(file, folder)
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)
    return folder / "node_modules"
