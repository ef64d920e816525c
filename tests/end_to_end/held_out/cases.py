"""The sheets of the YAML files here, each with what a careful person publishes of it.

Keys of a case::

    sheets     name of the sheet -> its drawing (drawing.py)
    merged     name of the sheet -> merged ranges
    kind       how it is written, a key of WRITERS; xlsx where it is not given
    years      first and last year of the round's folder
    scale      label -> rating, of the plan
    profile    profile.yaml, the shortest that a careful clerk would write
    published  table -> rows (columns: NAMES of running.py); tables not listed stay empty, one that
               is ``not judged`` may hold anything
    gap        what happens now, where that is not right yet
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .drawing import Drawn, drawn

NOT_JUDGED = "not judged"


@dataclass(frozen=True)
class HeldOut:
    """A sheet of another city; keys as in the YAML files."""

    name: str
    sheets: Mapping[str, str]
    published: Mapping[str, list[list[Any]] | str]
    years: tuple[int, int]
    kind: str = "xlsx"
    profile: str = ""
    gap: str = ""
    merged: Mapping[str, str] = field(default_factory=dict)
    scale: Mapping[str, str | None] = field(default_factory=dict)

    def drawn(self) -> dict[str, Drawn]:
        """Its sheets, read from their drawings."""
        return {name: drawn(text, self.merged.get(name, "")) for name, text in self.sheets.items()}


def _read() -> dict[str, HeldOut]:
    found: dict[str, HeldOut] = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        for name, keys in yaml.safe_load(path.read_text("utf-8")).items():
            assert name not in found, name
            years = tuple(keys.pop("years"))
            found[name] = HeldOut(name=name, years=years, **keys)
    return found


CASES = _read()
