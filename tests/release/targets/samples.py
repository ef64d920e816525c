"""Releases to publish: real ones of the sample rows, and tiny ones for tests that break off."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipelines.release.checksums import checksum_lines
from pipelines.release.durable import json_bytes, sha256_of
from pipelines.release.layout import CHECKSUMS, DATAPACKAGE
from pipelines.release.publication import point_to_newest, recover
from pipelines.release.registry import read_versions
from pipelines.release.targets.store_target import LATEST, VERSIONS, Store

DAY = datetime.date(2026, 4, 1)


class Watch:
    """Keeps what it was told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def stage(self, name: str, total: int | None = None) -> None:
        self.lines.append(name)

    def step(self, detail: str) -> None:
        self.lines.append(detail)


def tiny_release(outputs: Path, version: str, text: str, previous: str | None = None) -> Path:
    """A published version of six files; ``plans.csv`` is the same in all of them."""
    folder = outputs / "releases" / version
    for name, content in {
        "data/csv/items.csv": f"item_id\n{text}\n",
        "data/csv/plans.csv": "plan_id\nmihon\n",
        "changes/summary.json": json.dumps({"previous_version": previous}),
        "changes/items.csv": f"old value of {previous}\n",
        DATAPACKAGE: json.dumps(_package(version, text), ensure_ascii=False),
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (folder / CHECKSUMS).write_text(checksum_lines(folder), encoding="utf-8")
    entry = {
        "version": version,
        "previous_version": previous,
        "date": "2026-04-01",
        "path": f"releases/{version}",
        "counts": {"items": 1},
        "sha256": sha256_of(folder / DATAPACKAGE),
        "state": "published",
    }
    entries = [*read_versions(outputs), entry]
    (outputs / "releases" / "versions.json").write_bytes(json_bytes(entries))
    point_to_newest(outputs, entries)
    assert [one["version"] for one in recover(outputs)][-1] == version
    return folder


def _package(version: str, text: str) -> dict[str, Any]:
    return {
        "version": version,
        "title": "みほん",
        "description": f"みほんの説明 {text}",
        "licenses": [{"name": "CC-BY-4.0"}],
        "contributors": [{"title": "みほん市"}],
        "keywords": ["行政改革", "open data", "a"],
        "resources": [{"path": "data/csv/items.csv", "title": "取組"}],
    }


def two_versions(outputs: Path) -> Path:
    """1.0.0 and 1.0.1."""
    tiny_release(outputs, "1.0.0", "one")
    tiny_release(outputs, "1.0.1", "two", "1.0.0")
    return outputs


def seen_by_readers(store: Store) -> str | None:
    """The version that latest.json leads to, every file of every listed version checked."""
    listed = json.loads(store.read(VERSIONS) or b"[]")
    with_data = [one["version"] for one in listed if one["state"] in ("published", "rolled_back")]
    for version in with_data:
        assert_complete(store, version)
    content = store.read(LATEST)
    if content is None:
        return None
    latest = json.loads(content)
    assert_complete(store, latest["version"])
    assert store.digest(latest["datapackage"]) == latest["sha256"]
    return str(latest["version"])


def assert_complete(store: Store, version: str) -> None:
    place = f"releases/{version}"
    sums = (store.read(f"{place}/{CHECKSUMS}") or b"").decode().splitlines()
    assert sums
    for line in sums:
        digest, name = line.split("  ", maxsplit=1)
        assert store.digest(f"{place}/{name}") == digest, name


def everything(store: Store, folders: Sequence[str] = ("releases",)) -> bytes:
    """All bytes of a store, to search them."""
    names = [f"{folder}/{name}" for folder in folders for name in store.files(folder)]
    return b"\n".join(store.read(name) or b"" for name in [*names, LATEST])
