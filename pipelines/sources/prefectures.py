"""Prefecture codes and names (``prefectures.yaml``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def prefecture_names() -> dict[str, str]:
    """Two-digit prefecture code to its Japanese name, in code order."""
    path = Path(__file__).with_name("prefectures.yaml")
    return dict(sorted(yaml.safe_load(path.read_text(encoding="utf-8")).items()))
