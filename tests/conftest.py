"""Settings for every test."""

from __future__ import annotations

import os
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
