"""Whether a catalogue says all that it must: the written list is ``required.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml


def missing_properties(catalog: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Node and property, for everything that is required and not there, or empty."""
    nodes = catalog["@graph"]
    for kind, names in required().items():
        found = [node for node in nodes if kind in _types(node)]
        if not found:
            yield kind, "@type"
        for node in found:
            for name in names:
                if node.get(name) in (None, "", [], {}):
                    yield str(node["@id"]), name


@cache
def required() -> dict[str, list[str]]:
    """Type of node -> properties that it must have."""
    text = Path(__file__).with_name("required.yaml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = yaml.safe_load(text)
    return found


def _types(node: Mapping[str, Any]) -> list[str]:
    kinds = node["@type"]
    return [kinds] if isinstance(kinds, str) else list(kinds)
