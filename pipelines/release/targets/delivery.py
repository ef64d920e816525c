"""Preparing what is published from ``outputs``, and handing it to a place of publication."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipelines.problems import Problem
from pipelines.release.lifecycle.entries import entry_of
from pipelines.release.lifecycle.verification import verify
from pipelines.release.lifecycle.withdrawal import finish_removals
from pipelines.release.lock import build_lock
from pipelines.release.publication import recover
from pipelines.release.registry import GONE, Entry, ReleaseError, newest_published
from pipelines.release.targets.model import Delivery, Shipment, Target, Watcher


def publish_to(target: Target, outputs: Path, version: str | None, watcher: Watcher) -> Delivery:
    """Bring a place of publication to the state of ``outputs``.

    The lock is held meanwhile: no version is withdrawn or pruned while it is being sent.

    Args:
        target: the place.
        outputs: the folder of releases.
        version: what to send; None sends the newest published version.
        watcher: is told every file.

    Raises:
        ReleaseError: if the version is unknown, gone or damaged, or the place refuses.
    """
    with build_lock(outputs):
        entries = recover(outputs)
        finish_removals(outputs, entries)
        chosen = _chosen(entries, version)
        faults = _faults(outputs, entries, chosen)
        removals = Shipment(outputs, entries, None)
        if faults and removals.gone("withdrawn"):
            target.deliver(removals, watcher)  # what was taken back waits for nothing
        if faults:
            raise _damaged(faults)
        return target.deliver(Shipment(outputs, entries, chosen), watcher)


def _faults(outputs: Path, entries: Sequence[Entry], chosen: str | None) -> list[Problem]:
    """What differs from SHA256SUMS and versions.json in the files that would be sent."""
    sent = [
        one
        for one in entries
        if one["version"] == chosen or (one.get("changes_removed") and one["state"] not in GONE)
    ]
    return verify(outputs, sent)


def _damaged(faults: Sequence[Problem]) -> ReleaseError:
    return ReleaseError(
        "release_damaged",
        faults[0].place,
        f"{faults[0].place}: {faults[0].message_ja}"
        f"公開したときと違う所が{len(faults)}件あるため、送りませんでした。"
        "gyokaku releases verify ですべて表示します。",
    )


def _chosen(entries: Sequence[Entry], version: str | None) -> str | None:
    if version is None:
        newest = newest_published(entries)
        return str(newest["version"]) if newest else None
    entry = entry_of(entries, version)
    if entry["state"] != "published":
        raise ReleaseError(
            "version_not_published",
            str(entry["path"]),
            f"版 {version} は公開中ではありません（取り下げ、差し戻し、または保存期間終了）。"
            "--version を付けなければ、公開先からも除きます。",
        )
    return version
