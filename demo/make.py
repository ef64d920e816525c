"""Write demo/raw/ anew from demo/content/: ``python -m demo.make``.

The same content gives the same bytes. Everything in it is fictional.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from demo.plan_files import plan_files

HERE = Path(__file__).parent
PLAN = "plans/990019/keiei3"


def content(name: str) -> Any:
    """One file of demo/content/."""
    return yaml.safe_load((HERE / "content" / f"{name}.yaml").read_text(encoding="utf-8"))


def all_files() -> dict[str, bytes]:
    """Path below demo/raw/ -> bytes."""
    files = _below(PLAN, plan_files(content("plan")))
    return files


def _below(folder: str, files: dict[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{name}": data for name, data in files.items()}


def main() -> None:
    """Replace demo/raw/ by what the content says."""
    raw = HERE / "raw"
    shutil.rmtree(raw, ignore_errors=True)
    for name, data in sorted(all_files().items()):
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
