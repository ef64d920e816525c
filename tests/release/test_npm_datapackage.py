"""The descriptors of a release and of its parts, as the npm package ``datapackage`` sees them.

It reads no CSV with a byte order mark, so that the data is read by others.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .samples import build

SCRIPT = """
const {validate} = require('datapackage');
(async () => {
  for (const path of process.argv.slice(1)) {
    const found = await validate(path);
    console.log(JSON.stringify({valid: found.valid, errors: found.errors.map(String)}));
  }
})();
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outputs = tmp_path_factory.mktemp("npm")
    assert build(outputs).state == "published"
    return outputs / "latest"


def seen(node_modules: Path, *packages: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        ["node", "-e", SCRIPT, *packages],
        cwd=node_modules.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_package_is_valid(node_modules: Path, release: Path) -> None:
    packages = [release / "datapackage.json", *release.glob("packages/*/datapackage.json")]
    assert len(packages) == 2
    assert seen(node_modules, *packages) == [{"valid": True, "errors": []}] * 2


def test_a_broken_package_is_seen(node_modules: Path, release: Path, tmp_path: Path) -> None:
    content = json.loads((release / "datapackage.json").read_bytes())
    del content["resources"][0]["path"]
    broken = tmp_path / "datapackage.json"
    broken.write_text(json.dumps(content), "utf-8")
    assert not seen(node_modules, broken)[0]["valid"]
