"""Whether published releases are still what was published."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipelines.problems import Problem
from pipelines.release.checksums import checksum_faults
from pipelines.release.durable import sha256_of
from pipelines.release.layout import DATAPACKAGE
from pipelines.release.lifecycle.tombstones import is_buried
from pipelines.release.registry import GONE, Entry


def verify(outputs: Path, entries: Iterable[Entry]) -> list[Problem]:
    """Everything that is not as versions.json and SHA256SUMS say, one error each."""
    return [problem for entry in entries for problem in _faults(outputs, entry)]


def _faults(outputs: Path, entry: Entry) -> list[Problem]:
    folder = outputs / entry["path"]
    if entry["state"] in GONE:
        if is_buried(folder):
            return []
        return [_problem(entry, "データが残っています。次の gyokaku build で消えます。")]
    if not folder.is_dir():
        return [_problem(entry, "フォルダーがありません。控えから戻してください。")]
    faults = [
        _problem(entry, f"{name} が欠けているか、公開したときと違います。控えから戻してください。")
        for name in checksum_faults(folder)
    ]
    package = folder / DATAPACKAGE
    if not faults and sha256_of(package) != entry["sha256"]:
        faults.append(_problem(entry, f"{DATAPACKAGE} が一覧（versions.json）の記録と違います。"))
    return faults


def _problem(entry: Entry, message: str) -> Problem:
    return Problem("error", "release_damaged", str(entry["path"]), message)
