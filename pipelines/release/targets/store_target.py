"""Releases in a store of files, a folder or objects: the same layout as ``outputs``.

``releases/<version>/`` never changes once published, ``releases/versions.json`` lists what is
there, ``latest.json`` leads to the newest version. Readers follow the last two, which are written
when everything they name is there, so that they see the version before or the new one. SHA256SUMS
is the last file of a version: where it stands, the version is complete.

A withdrawn version leaves first of all, whatever happens to the new one afterwards; a pruned one,
which nobody forbade, after the new one is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Protocol

from pipelines.release.durable import json_bytes, sha256_of
from pipelines.release.layout import CHECKSUMS, DATAPACKAGE, PAGE
from pipelines.release.lifecycle.tombstones import TOMBSTONE
from pipelines.release.publication import latest_content
from pipelines.release.registry import Entry, newest_published
from pipelines.release.targets.model import (
    Delivery,
    Shipment,
    TargetError,
    Watcher,
    read_back_differs,
    refuse_unknown,
    version_differs,
)

VERSIONS: Final = "releases/versions.json"
LATEST: Final = "latest.json"
_STONE: Final = (TOMBSTONE, PAGE)


class Store(Protocol):
    """A place for files, named with ``/``; every file appears whole or not at all."""

    @property
    def label(self) -> str:
        """What the place is called in messages."""

    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none."""

    def digest(self, name: str) -> str | None:
        """The SHA-256 of the bytes that the place holds; None where there is no such file."""

    def put_file(self, name: str, source: Path) -> None:
        """Copy a file there."""

    def put_bytes(self, name: str, content: bytes) -> None:
        """Write a file there."""

    def files(self, folder: str) -> list[str]:
        """Every file below a folder, relative to it."""

    def remove(self, name: str) -> None:
        """Remove a file; repeating it does no harm."""


@dataclass(frozen=True)
class StoreTarget:
    """Publication to a store."""

    store: Store

    @property
    def label(self) -> str:
        """What the store is called."""
        return self.store.label

    def deliver(self, shipment: Shipment, watcher: Watcher) -> Delivery:
        """See :class:`pipelines.release.targets.model.Target`."""
        listed = _listed(self.store)
        refuse_unknown(self.label, [one["version"] for one in listed], shipment)
        self._refuse_other(listed, shipment)
        work = _Work(self.store, shipment, watcher)
        work.remove_gone(listed, "withdrawn", _only_withdrawn(listed, shipment))
        work.remove_changes(listed)
        if shipment.version is not None:
            work.send(shipment.version)
        entries = _entries_to_list(listed, shipment)
        work.lead_to(entries)
        work.remove_gone(listed, "pruned", entries)
        newest = newest_published(entries)
        return replace(work.done, newest=newest["version"] if newest else None)

    def _refuse_other(self, listed: Iterable[Entry], shipment: Shipment) -> None:
        """Stop where a version is there with other content, before anything is changed."""
        for one in listed:
            if one.get("sha256") != shipment.entry(one["version"])["sha256"]:
                raise version_differs(self.label, one["version"])
        if shipment.version is None:
            return
        folder = shipment.folder(shipment.version)
        found = self.store.read(f"{_folder(shipment.version)}/{CHECKSUMS}")
        same = found in (None, (folder / CHECKSUMS).read_bytes())
        if not same and not _only_changes_went(found or b"", shipment, shipment.version):
            raise version_differs(self.label, shipment.version)


class _Work:
    """The steps of one delivery, each of which can be repeated, and what they did."""

    def __init__(self, store: Store, shipment: Shipment, watcher: Watcher) -> None:
        self.store = store
        self.shipment = shipment
        self.watcher = watcher
        self.done = Delivery(None)

    def send(self, version: str) -> None:
        """Put every file of a version in its place, SHA256SUMS last; a complete one is left."""
        folder = self.shipment.folder(version)
        checksums = self.shipment.checksums(version)
        place = _folder(version)
        last = (folder / CHECKSUMS).read_bytes()
        if self.store.read(f"{place}/{CHECKSUMS}") == last:
            return
        there = self.store.files(place)
        self._refuse_strangers(place, there, checksums)
        self.watcher.stage(f"版 {version} の送信", len(checksums) + 1)
        self._send_files(version, checksums, there)

    def remove_changes(self, listed: Iterable[Entry]) -> None:
        """Take the values of withdrawn versions out of the ``changes/`` of those after them."""
        for version in [str(one["version"]) for one in listed]:
            entry = self.shipment.entry(version)
            found = self.store.read(f"{_folder(version)}/{CHECKSUMS}")
            if not entry.get("changes_removed") or found is None:
                continue
            if found == (self.shipment.folder(version) / CHECKSUMS).read_bytes():
                continue
            if not _only_changes_went(found, self.shipment, version):
                raise version_differs(self.store.label, version)
            self._mirror(version)

    def lead_to(self, entries: Sequence[Entry]) -> None:
        """List the versions, then lead readers to the newest published one."""
        if not entries:
            return
        self._put(VERSIONS, json_bytes(list(entries)))
        newest = newest_published(entries)
        if newest is not None:
            self._put(LATEST, json_bytes(latest_content(newest)))
        elif self.store.read(LATEST) is not None:
            self.store.remove(LATEST)
            self._changed()

    def remove_gone(self, listed: Iterable[Entry], state: str, entries: Sequence[Entry]) -> None:
        """Leave nothing but the tombstone of every version in a state.

        Args:
            listed: what the store lists; parts of other versions are removed without a trace.
            state: withdrawn or pruned.
            entries: told to readers before any data goes.
        """
        known = {str(one["version"]) for one in listed}
        unburied = {
            version: files
            for version in self.shipment.gone(state)
            if (files := self.store.files(_folder(version)))
            and (version not in known or set(files) != set(_STONE))
        }
        if not unburied:
            return
        self.lead_to(entries)
        for version, files in unburied.items():
            self._bury(version, files, with_stone=version in known)

    def _bury(self, version: str, files: Sequence[str], *, with_stone: bool) -> None:
        place, folder = _folder(version), self.shipment.folder(version)
        stone = _STONE if with_stone else ()
        rest = sorted(set(files) - set(stone), key=lambda name: (name != CHECKSUMS, name))
        self.watcher.stage(f"版 {version} のデータの除去", len(rest))
        for name in stone:
            self._put(f"{place}/{name}", (folder / name).read_bytes())
        for name in rest:
            self.store.remove(f"{place}/{name}")
            self.watcher.step(name)
        self._changed(removed=version)

    def _mirror(self, version: str) -> None:
        """Make a version as it is here: files that went are removed, SHA256SUMS comes last."""
        checksums, place = self.shipment.checksums(version), _folder(version)
        self.watcher.stage(f"版 {version} の変更点の除去", len(checksums) + 1)
        there = self.store.files(place)
        for name in sorted(set(there) - set(checksums) - {CHECKSUMS}):
            self.store.remove(f"{place}/{name}")
        self._send_files(version, checksums, there)
        self._changed()

    def _send_files(self, version: str, checksums: Mapping[str, str], there: Sequence[str]) -> None:
        """Send what is not there yet, and SHA256SUMS when everything else is."""
        folder, place = self.shipment.folder(version), _folder(version)
        last = {CHECKSUMS: sha256_of(folder / CHECKSUMS)}
        for name, sha256 in {**checksums, **last}.items():
            path = f"{place}/{name}"
            if name not in there or self.store.digest(path) != sha256:
                self._send_file(path, folder / name, sha256)
            self.watcher.step(name)

    def _send_file(self, name: str, source: Path, sha256: str) -> None:
        if sha256_of(source) != sha256:
            raise _source_changed(self.store.label, source.name)
        self.store.put_file(name, source)
        if self.store.digest(name) != sha256:
            raise read_back_differs(self.store.label, name)
        self.done = replace(self.done, sent=self.done.sent + 1)

    def _put(self, name: str, content: bytes) -> None:
        if self.store.read(name) == content:
            return
        self.store.put_bytes(name, content)
        if self.store.read(name) != content:
            raise read_back_differs(self.store.label, name)
        self._changed()

    def _changed(self, removed: str | None = None) -> None:
        versions = self.done.removed + ((removed,) if removed else ())
        self.done = replace(self.done, is_changed=True, removed=versions)

    def _refuse_strangers(
        self, place: str, there: Sequence[str], checksums: Mapping[str, str]
    ) -> None:
        """Nothing that somebody else put there becomes part of a release."""
        found = set(there) - set(checksums) - {CHECKSUMS}
        if found:
            raise TargetError(
                "target_has_unknown_files",
                self.store.label,
                f"公開先の {place} に、この版のものではないファイルがあります: "
                f"{'、'.join(sorted(found)[:5])}。移すか削除してから、もう一度実行してください。",
            )


def _source_changed(label: str, name: str) -> TargetError:
    return TargetError(
        "release_damaged",
        label,
        f"{name} が、公開したときと違います。送りませんでした。控えから戻してください。",
    )


def _folder(version: str) -> str:
    return f"releases/{version}"


def _listed(store: Store) -> list[dict[str, Any]]:
    """The entries of the store's versions.json, oldest first; empty if it has none."""
    content = store.read(VERSIONS)
    if content is None:
        return []
    try:
        entries = json.loads(content)
        for entry in entries:
            str(entry["version"]), str(entry["state"])
    except (ValueError, TypeError, KeyError) as error:
        raise TargetError(
            "target_unreadable",
            store.label,
            f"公開先の {VERSIONS} を読めません（{error}）。このプログラムが書いたものではないか、"
            "壊れています。公開先を確かめてください。",
        ) from error
    return list(entries)


def _only_withdrawn(listed: Iterable[Entry], shipment: Shipment) -> list[Entry]:
    """What the store lists, withdrawn versions marked, everything else as it stands there."""
    withdrawn = shipment.gone("withdrawn")
    return [
        shipment.entry(one["version"]) if one["version"] in withdrawn else one for one in listed
    ]


def _entries_to_list(listed: Iterable[Entry], shipment: Shipment) -> list[Entry]:
    """What the store holds after the delivery, as this ``outputs`` tells it."""
    there = {str(one["version"]) for one in listed} | {shipment.version}
    return [one for one in shipment.entries if one["version"] in there]


def _only_changes_went(found: bytes, shipment: Shipment, version: str) -> bool:
    """Whether a version differs because its ``changes/`` lost the values of a withdrawn one.

    The hash of datapackage.json, which holds those of all data, tells that it is the same data.
    """
    entry = shipment.entry(version)
    line = f"{entry['sha256']}  {DATAPACKAGE}"
    return bool(entry.get("changes_removed")) and line in found.decode(errors="replace").split("\n")
