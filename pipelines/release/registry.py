"""versions.json: which releases exist, newest last, and reading the newest one back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.release.layout import DATAPACKAGE, parquet_path, versions_file
from pipelines.release.versions import parse_version, table_schemas

Entry = Mapping[str, Any]
#: States of versions whose data is no longer there.
GONE: Final = ("withdrawn", "pruned")
_DAMAGES: Final = (OSError, ValueError, KeyError, TypeError, pa.ArrowException)


class ReleaseError(ValueError):
    """Something in ``outputs`` is not as this program left it; the message is Japanese."""

    def __init__(self, rule: str, place: str, message_ja: str) -> None:
        self.rule = rule
        self.place = place
        super().__init__(message_ja)


@dataclass(frozen=True)
class PublishedRelease:
    """A published release, as far as the next build compares itself with it."""

    version: str
    descriptor: Mapping[str, Any]
    tables: Mapping[str, pa.Table]


def read_versions(outputs: Path) -> list[dict[str, Any]]:
    """The entries of versions.json, oldest first; empty if there is no such file.

    Raises:
        ReleaseError: if the file is no list of releases.
    """
    path = versions_file(outputs)
    if not path.exists():
        return []
    try:
        entries = json.loads(path.read_bytes())
        if not isinstance(entries, list):
            raise TypeError("no list")
        for entry in entries:
            parse_version(entry["version"])
            entry["path"], entry["state"]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReleaseError(
            "versions_unreadable",
            path.name,
            f"公開版の一覧（versions.json）を読めません（{error}）。控えから戻してから、もう一度"
            "実行してください。",
        ) from error
    return list(entries)


def newest_published(entries: Sequence[Entry]) -> Entry | None:
    """The last entry whose data is published (not withdrawn)."""
    return next((one for one in reversed(entries) if one["state"] == "published"), None)


def read_release(outputs: Path, entry: Entry) -> PublishedRelease:
    """The descriptor and all tables of a published release.

    Raises:
        ReleaseError: if a file is missing or no longer what was published, or was taken away.
    """
    if entry["state"] in GONE:
        raise ReleaseError(
            "release_gone",
            str(entry["path"]),
            f"版 {entry['version']} のデータは、取り下げか保存期間の終了により、もうありません。",
        )
    folder = outputs / entry["path"]
    try:
        package = _trusted_bytes(folder / DATAPACKAGE, entry["sha256"])
        return _release(folder, entry["version"], json.loads(package))
    except _DAMAGES as error:
        raise ReleaseError(
            "release_damaged",
            str(entry["path"]),
            f"公開済みの版 {entry['version']} のファイルが欠けているか、公開した時と違います"
            f"（{error}）。控えから戻してから、もう一度実行してください。",
        ) from error


def read_folder(folder: Path) -> PublishedRelease:
    """The release in a folder, wherever it was copied to.

    Raises:
        ReleaseError: if it is none, or a table is not what its package says.
    """
    try:
        descriptor = json.loads((folder / DATAPACKAGE).read_bytes())
        return _release(folder, str(descriptor["version"]), descriptor)
    except _DAMAGES as error:
        raise ReleaseError(
            "release_damaged",
            str(folder),
            f"{folder} をリリースとして読めません（{error}）。"
            "datapackage.json と data/ のあるフォルダーを指定してください。",
        ) from error


def _release(folder: Path, version: str, descriptor: Mapping[str, Any]) -> PublishedRelease:
    hashes = {one["path"]: one["hash"] for one in descriptor["resources"]}
    tables = {
        name: _read_table(folder, name, hashes[parquet_path(name)])
        for name in table_schemas(descriptor)
    }
    return PublishedRelease(version, descriptor, tables)


def same_rows(old: pa.Table, new: pa.Table) -> bool:
    """Whether both have the same columns, types and rows, in the same order."""
    return bool(_plain(old).equals(_plain(new)))


def _plain(table: pa.Table) -> pa.Table:
    """Without titles and nullability, which the comparison of descriptors sees."""
    fields = [pa.field(field.name, field.type) for field in table.schema]
    return pa.Table.from_arrays(table.columns, schema=pa.schema(fields))


def _read_table(folder: Path, name: str, expected: str) -> pa.Table:
    content = _trusted_bytes(folder / parquet_path(name), expected.removeprefix("sha256:"))
    return pq.ParquetFile(pa.BufferReader(content)).read()


def _trusted_bytes(path: Path, sha256: str) -> bytes:
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"{path.name}: SHA-256")
    return content
