"""Releases that wait for approval, and their approval.

A candidate is a finished, gated release in ``candidates/<version>/``; what versions.json will say
of it stands beside it in ``candidates/<version>.json``. Only the newest waits: a build that finds
more to publish replaces it. Approval publishes these very bytes.
"""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.release.checksums import checksum_faults
from pipelines.release.durable import flush_tree, json_bytes, write_atomically
from pipelines.release.layout import candidate_file, candidates_folder
from pipelines.release.lock import build_lock
from pipelines.release.publication import publish, recover
from pipelines.release.registry import Entry, ReleaseError, newest_published


@dataclass(frozen=True)
class Approval:
    """Who answers for a release.

    Attributes:
        decision: number of the decision (決裁番号).
        decided_on: its day.
        public_on: the day from which the release is public.
        tag: a name under which the release is kept whatever its age (令和5年度公表); None for none.
    """

    decision: str
    decided_on: datetime.date
    public_on: datetime.date
    tag: str | None = None

    def as_entry(self) -> dict[str, Any]:
        """What versions.json says of it."""
        told = {
            "decision": self.decision,
            "decided_on": self.decided_on.isoformat(),
            "public_on": self.public_on.isoformat(),
            "tag": self.tag,
        }
        return {name: value for name, value in told.items() if value is not None}


def hold(outputs: Path, staged: Path, entry: Entry) -> Path:
    """Make a finished release the candidate; those before it go.

    Args:
        outputs: the folder of releases, its lock held.
        staged: the finished release on the same file system.
        entry: its entry for versions.json.
    """
    folder = candidates_folder(outputs)
    remove_candidates(outputs)
    folder.mkdir(parents=True, exist_ok=True)
    flush_tree(staged)
    target: Path = folder / entry["version"]
    staged.rename(target)
    waiting = {**entry, "path": f"candidates/{entry['version']}", "state": "candidate"}
    write_atomically(candidate_file(outputs, entry["version"]), json_bytes(waiting))
    return target


def candidates(outputs: Path) -> list[dict[str, Any]]:
    """The entries of the releases that wait; those whose files are not there are left out."""
    files = sorted(candidates_folder(outputs).glob("*.json"))
    entries = [json.loads(path.read_bytes()) for path in files]
    return [one for one in entries if (outputs / one["path"]).is_dir()]


def remove_candidates(outputs: Path) -> None:
    """Remove every release that waits."""
    if candidates_folder(outputs).exists():
        shutil.rmtree(candidates_folder(outputs))


def approve(outputs: Path, version: str, approval: Approval, today: datetime.date) -> Path:
    """Publish a candidate.

    Args:
        outputs: the folder of releases.
        version: of the candidate.
        approval: kept in versions.json.
        today: nothing is published before the day from which it is public.

    Raises:
        ReleaseError: no such candidate, its files or the releases changed since, or the days
            cannot be.
    """
    _require_decision(approval, today)
    with build_lock(outputs):
        entries = recover(outputs)
        waiting = _waiting(outputs, version)
        newest = newest_published(entries)
        _require_fresh(outputs, waiting, newest["version"] if newest else None)
        entry = {
            **waiting,
            "path": f"releases/{version}",
            "state": "published",
            "approval": approval.as_entry(),
        }
        published = publish(outputs, outputs / waiting["path"], entry, entries)
        remove_candidates(outputs)
    return published


def _waiting(outputs: Path, version: str) -> dict[str, Any]:
    found = next((one for one in candidates(outputs) if one["version"] == version), None)
    if found is None:
        known = "、".join(one["version"] for one in candidates(outputs)) or "ありません"
        raise ReleaseError(
            "candidate_unknown",
            f"candidates/{version}",
            f"承認を待っている版 {version} はありません（待っている版: {known}）。"
            "gyokaku releases list で確かめてください。",
        )
    return found


def _require_decision(approval: Approval, today: datetime.date) -> None:
    if not approval.decision.strip():
        message = "決裁番号が空です。--decision で指定してください。"
        raise ReleaseError("decision_missing", "--decision", message)
    if approval.public_on < approval.decided_on:
        raise ReleaseError(
            "approval_days",
            str(approval.public_on),
            f"公開日（{approval.public_on}）が決裁日（{approval.decided_on}）より前です。"
            "--decided-on と --public-on を確かめてください。",
        )
    late = max(approval.decided_on, approval.public_on)
    if late > today:
        raise ReleaseError(
            "approval_too_early",
            str(late),
            f"{late} はまだ来ていないため、公開していません。"
            "その日以後に、もう一度実行してください。",
        )


def _require_fresh(outputs: Path, waiting: Mapping[str, Any], newest: str | None) -> None:
    """What was looked at before the decision is what is published, and follows the newest."""
    version, folder = waiting["version"], outputs / waiting["path"]
    faults = checksum_faults(folder)
    if faults:
        raise ReleaseError(
            "candidate_changed",
            str(waiting["path"]),
            f"承認を待っている版 {version} のファイルが、作ったときと違います"
            f"（{'、'.join(faults[:5])}）。gyokaku build --force で作り直してください。",
        )
    if waiting["previous_version"] != newest:
        raise ReleaseError(
            "candidate_outdated",
            str(waiting["path"]),
            f"版 {version} を作った後で、公開中の版が {newest or 'なし'} に替わりました。"
            "gyokaku build で作り直し、変更点をもう一度確かめてください。",
        )
