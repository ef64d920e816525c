"""Taking back what must not be public: the data of one version goes everywhere under ``outputs``.

versions.json says so first; from then on nobody is led to the data, and what a crash leaves is
removed by the next command (:func:`finish_removals`). The versions compared with it hold its values
in ``changes/``; those go as well, and their entry says so.
"""

from __future__ import annotations

import datetime
import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.release.changes.files import FOLDER, removed_notices
from pipelines.release.checksums import as_lines, read_checksums, release_files
from pipelines.release.durable import json_bytes, write_atomically
from pipelines.release.layout import CHECKSUMS, versions_file
from pipelines.release.lifecycle.candidates import candidates, remove_candidates
from pipelines.release.lifecycle.entries import changed_entry, entry_of
from pipelines.release.lifecycle.tombstones import bury, is_buried
from pipelines.release.lock import build_lock
from pipelines.release.publication import point_to_newest, recover
from pipelines.release.registry import GONE, Entry, ReleaseError


def withdraw(
    outputs: Path, version: str, reason: str, today: datetime.date
) -> tuple[str | None, list[str]]:
    """Remove the data of a version and leave a tombstone with the reason.

    Args:
        outputs: the folder of releases.
        version: a published version, or one that was rolled back.
        reason: told to everybody.
        today: the day that the tombstone bears.

    Returns:
        The version that ``latest`` leads to now, None where there is none; and the later versions
        whose lists of changes went.

    Raises:
        ReleaseError: for an unknown version, or one without data.
    """
    if not reason.strip():
        raise ReleaseError(
            "reason_missing", version, "取り下げる理由を --reason で書いてください。"
        )
    with build_lock(outputs):
        entries = recover(outputs)
        _require_data(entry_of(entries, version))
        followers = [one["version"] for one in entries if one.get("previous_version") == version]
        state = {"state": "withdrawn", "state_on": today.isoformat(), "reason": reason.strip()}
        entries = changed_entry(entries, version, state)
        for follower in followers:
            entries = changed_entry(entries, follower, {"changes_removed": True})
        write_atomically(versions_file(outputs), json_bytes(entries))
        newest = point_to_newest(outputs, entries)
        finish_removals(outputs, entries)
    return newest, followers


def finish_removals(outputs: Path, entries: Sequence[Entry]) -> None:
    """Remove what versions.json says is no longer there; the lock is held."""
    for entry in entries:
        if entry["state"] in GONE:
            bury(outputs, entry)
        elif entry.get("changes_removed"):
            _remove_changes(outputs / entry["path"], entry)
    gone = {one["version"] for one in entries if one["state"] == "withdrawn"}
    if any(one.get("previous_version") in gone for one in candidates(outputs)):
        remove_candidates(outputs)


def _remove_changes(folder: Path, entry: Mapping[str, Any]) -> None:
    """The changes of a version without any value; everything else of it stays as published."""
    notices = removed_notices(entry["version"], entry["previous_version"])
    if not folder.is_dir() or is_buried(folder) or _has_only(folder, notices):
        return
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    for part in folder.glob(".*.part"):  # of a writing that was interrupted
        part.unlink()
    for name, notice in notices.items():
        write_atomically(folder / name, notice)
    published = _published_checksums(folder)
    if published:
        after = as_lines(_after_removal(published, notices))
        write_atomically(folder / CHECKSUMS, after.encode())


def _has_only(folder: Path, notices: Mapping[str, bytes]) -> bool:
    """Whether nothing but the notices is left of the changes, and SHA256SUMS knows them."""
    names = [name for name in release_files(folder) if name.startswith(f"{FOLDER}/")]
    is_done = {name: (folder / name).read_bytes() for name in names} == dict(notices)
    published = _published_checksums(folder)
    return is_done and (not published or published == _after_removal(published, notices))


def _published_checksums(folder: Path) -> dict[str, str]:
    """What SHA256SUMS says; empty where it is damaged, which ``releases verify`` tells."""
    try:
        return read_checksums(folder)
    except (OSError, ValueError):
        return {}


def _after_removal(published: Mapping[str, str], notices: Mapping[str, bytes]) -> dict[str, str]:
    """The hashes with those of the notices for all changes.

    The others stay as published: taken from the files, they would make damage pass as published.
    """
    kept = {name: one for name, one in published.items() if not name.startswith(f"{FOLDER}/")}
    return kept | {name: hashlib.sha256(text).hexdigest() for name, text in notices.items()}


def _require_data(entry: Entry) -> None:
    if entry["state"] in GONE:
        raise ReleaseError(
            "release_gone",
            str(entry["path"]),
            f"版 {entry['version']} のデータは、すでにありません。",
        )
