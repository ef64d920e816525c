"""Which published versions are kept, and which one is the newest."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from pipelines.release.durable import json_bytes, write_atomically
from pipelines.release.layout import versions_file
from pipelines.release.lifecycle.entries import changed_entry, entry_of
from pipelines.release.lifecycle.withdrawal import finish_removals
from pipelines.release.lock import build_lock
from pipelines.release.publication import point_to_newest, recover
from pipelines.release.registry import GONE, Entry, ReleaseError, newest_published
from pipelines.release.versions import parse_version


def rollback(outputs: Path, version: str, today: datetime.date) -> list[str]:
    """Make an earlier version the newest again; later ones keep their data and are led to no more.

    Returns:
        The versions that were taken back.

    Raises:
        ReleaseError: if the version is unknown, without data, or the newest already.
    """
    with build_lock(outputs):
        entries: Sequence[Entry] = recover(outputs)
        target = entry_of(entries, version)
        later = _published_after(entries, version)
        if target["state"] in GONE or not (later or target["state"] == "rolled_back"):
            raise _cannot_roll_back(target)
        for one in later:
            state = {"state": "rolled_back", "state_on": today.isoformat()}
            entries = changed_entry(entries, one, state)
        entries = changed_entry(entries, version, {"state": "published"})
        write_atomically(versions_file(outputs), json_bytes(entries))
        point_to_newest(outputs, entries)
    return later


def prune(outputs: Path, keep: int, today: datetime.date) -> list[str]:
    """Remove the data of all but the newest versions.

    The newest published one and those approved under a tag stay, whatever ``keep`` says.

    Args:
        outputs: the folder of releases.
        keep: how many published versions to keep, at least 1.
        today: the day that the tombstones bear.

    Returns:
        The versions whose data went.

    Raises:
        ReleaseError: for a number below 1.
    """
    if keep < 1:
        raise ReleaseError("keep_too_few", str(keep), "--keep は1以上の数で指定してください。")
    with build_lock(outputs):
        entries = recover(outputs)
        old = prunable(entries, keep)
        for version in old:
            state = {"state": "pruned", "state_on": today.isoformat()}
            entries = changed_entry(entries, version, state)
        write_atomically(versions_file(outputs), json_bytes(entries))
        finish_removals(outputs, entries)
    return old


def prunable(entries: Sequence[Entry], keep: int) -> list[str]:
    """The versions, oldest first, that a retention of the newest ``keep`` does not keep."""
    with_data = [one for one in entries if one["state"] in ("published", "rolled_back")]
    newest = newest_published(entries)
    return [
        one["version"]
        for one in with_data[:-keep]
        if one is not newest and not one.get("approval", {}).get("tag")
    ]


def _published_after(entries: Sequence[Entry], version: str) -> list[str]:
    number = parse_version(version)
    return [
        one["version"]
        for one in entries
        if one["state"] == "published" and parse_version(one["version"]) > number
    ]


def _cannot_roll_back(entry: Entry) -> ReleaseError:
    version = entry["version"]
    if entry["state"] in GONE:
        message = f"版 {version} のデータはすでにないため、戻せません。"
    else:
        message = f"版 {version} はすでに最新です。"
    return ReleaseError("rollback_impossible", str(entry["path"]), message)
