"""Entries of versions.json, found and changed; the file is written by those who ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pipelines.release.registry import Entry, ReleaseError

_TAKEN_BACK: Final = {"withdrawn": "取り下げた", "rolled_back": "差し戻した"}


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


def require_new_data(entry: Entry, entries: Sequence[Entry]) -> None:
    """Refuse to publish again, under another number, what somebody took back.

    Raises:
        ReleaseError: if a version that was withdrawn or rolled back holds the very same data.
    """
    for one in entries:
        if one["state"] in _TAKEN_BACK and one.get("data_sha256") == entry["data_sha256"]:
            raise ReleaseError(
                "taken_back",
                f"releases/{one['version']}",
                f"{_TAKEN_BACK[one['state']]}版 {one['version']} と同じ内容なので、"
                "公開していません。"
                "raw の内容を直してから、もう一度実行してください。それでも公開するときは、"
                f"--version {entry['version']} のように版を指定してください。",
            )
