"""Entries of versions.json, found and changed; the file is written by those who ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.release.registry import Entry, ReleaseError


def entry_of(entries: Sequence[Entry], version: str) -> Entry:
    """The entry of a version.

    Raises:
        ReleaseError: if there is none.
    """
    for entry in entries:
        if entry["version"] == version:
            return entry
    known = "、".join(one["version"] for one in entries) or "なし"
    raise ReleaseError(
        "version_unknown",
        f"releases/{version}",
        f"版 {version} は公開した版の一覧にありません（ある版: {known}）。",
    )


def changed_entry(
    entries: Sequence[Entry], version: str, values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The entries with some values of one replaced."""
    return [
        {**entry, **(values if entry["version"] == version else {})} for entry in map(dict, entries)
    ]
