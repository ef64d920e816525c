"""Publishing a finished release in steps, each of which leaves the old or the new state.

1. a journal in staging names the version; 2. the finished folder is renamed into ``releases/``;
3. versions.json lists it: from here on it is published; 4. latest.json and ``latest`` follow;
5. the journal goes. A build that dies in between leaves a folder that nothing points to (before 3)
or pointers to the complete release before (after 3); :func:`recover` mends both at the next build.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipelines.release.durable import (
    flush_to_disk,
    flush_tree,
    json_bytes,
    link_atomically,
    sha256_of,
    write_atomically,
)
from pipelines.release.layout import (
    DATAPACKAGE,
    candidates_folder,
    journal_file,
    releases_folder,
    staging_folder,
    versions_file,
)
from pipelines.release.registry import Entry, ReleaseError, newest_published, read_versions
from pipelines.release.versions import is_version


def publish(outputs: Path, staged: Path, entry: Entry, entries: Sequence[Entry]) -> Path:
    """Makes the finished release in ``staged`` the newest one.

    Args:
        outputs: the folder that holds releases, versions.json and latest.
        staged: the finished, gated release on the same file system.
        entry: its entry for versions.json, see :func:`version_entry`.
        entries: the entries before.

    Returns:
        The folder of the release.

    Raises:
        ReleaseError: if the version exists: a published release is never overwritten.
    """
    target: Path = releases_folder(outputs) / entry["version"]
    if target.exists() or any(one["version"] == entry["version"] for one in entries):
        raise _version_exists(entry["version"])
    flush_tree(staged)
    origin = staged.relative_to(outputs).as_posix()
    journal = {"version": entry["version"], "from": origin}
    write_atomically(journal_file(outputs), json_bytes(journal))
    target.parent.mkdir(parents=True, exist_ok=True)
    staged.rename(target)
    flush_to_disk(target.parent)
    write_atomically(versions_file(outputs), json_bytes([*entries, entry]))
    point_to(outputs, entry)
    clear_staging(outputs)
    return target


def version_entry(
    staged: Path,
    version: str,
    created: str | None,
    counts: Mapping[str, int],
    previous: str | None,
) -> dict[str, Any]:
    """The entry of a release for versions.json; ``path`` is relative to ``outputs``.

    ``previous_version`` is the release that its ``changes/`` compare it with; None for the first.
    """
    return {
        "version": version,
        "previous_version": previous,
        "date": created[:10] if created else None,
        "path": f"releases/{version}",
        "counts": dict(counts),
        "sha256": sha256_of(staged / DATAPACKAGE),
        "data_sha256": data_digest(staged),
        "state": "published",
    }


def data_digest(folder: Path) -> str:
    """What stands for the rows of a release, whatever its version: a hash of its Parquet files."""
    resources = json.loads((folder / DATAPACKAGE).read_bytes())["resources"]
    hashes = sorted(f"{one['path']} {one['hash']}" for one in resources)
    return sha256("\n".join(hashes).encode()).hexdigest()


def point_to(outputs: Path, entry: Entry) -> None:
    """Makes latest.json and, where the file system has links, ``latest`` point to a release.

    Raises:
        OSError: if something that is no link bears the name ``latest``; :func:`recover` tells that
            first.
    """
    write_atomically(outputs / "latest.json", json_bytes(latest_content(entry)))
    try:
        link_atomically(outputs / "latest", entry["path"])
    except (NotImplementedError, PermissionError):
        return  # a file system without links; latest.json says the same


def latest_content(entry: Entry) -> dict[str, Any]:
    """The content of latest.json."""
    return {
        "version": entry["version"],
        "date": entry["date"],
        "path": entry["path"],
        "datapackage": f"{entry['path']}/{DATAPACKAGE}",
        "sha256": entry["sha256"],
    }


def recover(outputs: Path) -> list[dict[str, Any]]:
    """Finishes or undoes what a dead build left behind; to be called with the lock held.

    Returns:
        The entries of versions.json.

    Raises:
        ReleaseError: if versions.json cannot be read, if there is a release that neither
            versions.json nor the journal knows (data is never removed on a guess), or if
            something that is no link bears the name ``latest``.
    """
    if (outputs / "latest").exists() and not (outputs / "latest").is_symlink():
        raise _latest_is_no_link()
    entries = read_versions(outputs)
    unfinished = _journal(outputs)
    for folder in _unlisted(outputs, entries):
        if folder.name != unfinished.get("version"):
            raise _unknown_release(folder.name)
        _undo(outputs, folder, unfinished.get("from", ""))
    clear_staging(outputs)
    for part in [*outputs.glob(".*.part"), *releases_folder(outputs).glob(".*.part")]:
        part.unlink()
    point_to_newest(outputs, entries)
    return entries


def listed_versions(outputs: Path) -> list[dict[str, Any]]:
    """The entries of versions.json, for commands that only read.

    Raises:
        ReleaseError: if the file cannot be read, or there is a release that it does not know and
            that no interrupted build explains.
    """
    entries = read_versions(outputs)
    for folder in _unlisted(outputs, entries):
        if folder.name != _journal(outputs).get("version"):
            raise _unknown_release(folder.name)
    return entries


def _unlisted(outputs: Path, entries: Sequence[Entry]) -> list[Path]:
    listed = {entry["version"] for entry in entries}
    return [folder for folder in _release_folders(outputs) if folder.name not in listed]


def point_to_newest(outputs: Path, entries: Sequence[Entry]) -> str | None:
    """Makes the pointers lead to the newest published release, or nowhere where there is none.

    Returns:
        Its version.
    """
    newest = newest_published(entries)
    if newest is None:
        (outputs / "latest").unlink(missing_ok=True)
        (outputs / "latest.json").unlink(missing_ok=True)
        return None
    if not _points_to(outputs, newest):
        point_to(outputs, newest)
    return str(newest["version"])


def _undo(outputs: Path, folder: Path, origin: str) -> None:
    """A release that no list names yet: a candidate goes on waiting, another is built again."""
    waits = origin.startswith(f"{candidates_folder(outputs).name}/")
    if waits and not (outputs / origin).exists():
        folder.rename(outputs / origin)
    else:
        shutil.rmtree(folder)


def clear_staging(outputs: Path) -> None:
    """Removes every unfinished release, then the journal."""
    staging = staging_folder(outputs)
    if not staging.exists():
        return
    for path in staging.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    shutil.rmtree(staging)


def _points_to(outputs: Path, entry: Entry) -> bool:
    try:
        told = json.loads((outputs / "latest.json").read_bytes())
        return bool(
            told == latest_content(entry) and str((outputs / "latest").readlink()) == entry["path"]
        )
    except (OSError, ValueError):
        return False


def _journal(outputs: Path) -> dict[str, str]:
    """The version that was being published, and where its folder came from; else empty."""
    path = journal_file(outputs)
    return dict(json.loads(path.read_bytes())) if path.exists() else {}


def _release_folders(outputs: Path) -> list[Path]:
    folder = releases_folder(outputs)
    if not folder.exists():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and is_version(path.name))


def _version_exists(version: str) -> ReleaseError:
    return ReleaseError(
        "version_exists",
        f"releases/{version}",
        f"版 {version} はすでにあります。公開した版は上書きできません。versions.json と releases の"
        "フォルダが合っているか確かめてください。",
    )


def _unknown_release(version: str) -> ReleaseError:
    return ReleaseError(
        "release_unknown",
        f"releases/{version}",
        f"公開版の一覧（versions.json）にない版のフォルダ {version} があります。"
        "一覧を控えから戻すか、不要ならフォルダを移してから、もう一度実行してください。",
    )


def _latest_is_no_link() -> ReleaseError:
    return ReleaseError(
        "latest_is_no_link",
        "latest",
        "outputs/latest がシンボリックリンクではありません。"
        "移動または削除してから、もう一度実行してください。",
    )
