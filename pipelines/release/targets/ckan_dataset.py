"""What a dataset of CKAN says and holds for a release; values in, values out.

A resource bears the path of its file as its name while it is in force, and ``<version>/<path>``
while it waits to be or no longer is. One change of the dataset renames them all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipelines.release.layout import DATAPACKAGE, DUCKDB, SPREADSHEET

Resource = Mapping[str, Any]
#: What goes to CKAN of a release. Parquet holds the same rows as the CSV and is in the DuckDB
#: file's reach; packages of one municipality would only repeat them.
_FILE: Final = re.compile(
    rf"{re.escape(DATAPACKAGE)}|{re.escape(DUCKDB)}|{re.escape(SPREADSHEET)}|data/csv/[a-z0-9_]+\.csv"
)
_WAITING: Final = re.compile(r"(?P<version>\d+\.\d+\.\d+)/(?P<path>.+)")
_SHA256: Final = re.compile(r"SHA-256: ([0-9a-f]{64})")
#: CKAN's rule for tags: 2 to 100 letters, digits, spaces, and - _ .
_TAG: Final = re.compile(r"[\w \-.]{2,100}")
_FORMATS: Final = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "duckdb": ("DuckDB", "application/octet-stream"),
}
#: Keys of the dataset's additional fields that this program writes and reads.
VERSION_KEY: Final = "gyokaku_version"
SHA256_KEY: Final = "gyokaku_sha256"
STATE_KEY: Final = "gyokaku_state"


@dataclass(frozen=True)
class InForce:
    """What a dataset says of itself in its additional fields.

    Attributes:
        version: of the release, or None in a dataset that has held none yet.
        sha256: of its datapackage.json.
        state: preparing, published or withdrawn; None in a dataset that is not ours.
    """

    version: str | None
    sha256: str | None
    state: str | None


def chosen_files(checksums: Mapping[str, str]) -> dict[str, str]:
    """Path -> SHA-256 of the files that CKAN gets: the package first, then files for people."""
    found = [name for name in checksums if _FILE.fullmatch(name)]
    order = [DATAPACKAGE, SPREADSHEET, DUCKDB]
    ranked = sorted(found, key=lambda one: (order.index(one) if one in order else len(order), one))
    return {name: checksums[name] for name in ranked}


def in_force(dataset: Mapping[str, Any]) -> InForce:
    """What the dataset says of itself."""
    extras = {one["key"]: one["value"] for one in dataset.get("extras", [])}
    return InForce(
        extras.get(VERSION_KEY) or None, extras.get(SHA256_KEY) or None, extras.get(STATE_KEY)
    )


def own_path(resource: Resource) -> str | None:
    """The path of the release's file that a resource is; None for what the city added itself."""
    name = str(resource.get("name") or "")
    found = _WAITING.fullmatch(name)
    path = found["path"] if found else name
    is_own = resource.get("url_type") == "upload" and _FILE.fullmatch(path)
    return path if is_own else None


def waiting_version(resource: Resource) -> str | None:
    """The version in the name of a resource that is not in force; None for one that is."""
    found = _WAITING.fullmatch(str(resource.get("name") or ""))
    return found["version"] if found and own_path(resource) else None


def resource_sha256(resource: Resource) -> str | None:
    """The SHA-256 that a resource was sent with.

    Also from its description: extensions that load CSV into a database (DataPusher, XLoader)
    write hashes of their own into the field.
    """
    stated = str(resource.get("hash") or "")
    if stated.startswith("sha256:"):
        return stated.removeprefix("sha256:")
    found = _SHA256.search(str(resource.get("description") or ""))
    return found[1] if found else None


def matching(
    resources: Iterable[Resource], wanted: Mapping[str, str], version: str
) -> dict[str, Resource]:
    """Path -> the resource that is that file already: in force, or waiting for this version."""
    found: dict[str, Resource] = {}
    for one in resources:
        path = own_path(one)
        if path is None or waiting_version(one) not in (None, version):
            continue
        if resource_sha256(one) == wanted.get(path):
            found.setdefault(path, one)
    return found


def upload_fields(
    path: str, sha256: str, version: str, titles: Mapping[str, str]
) -> dict[str, str]:
    """The fields of a new resource, waiting; ``titles`` are those of the package, by path."""
    kind, media_type = _FORMATS[path.rsplit(".", maxsplit=1)[-1]]
    title = titles.get(path, "")
    return {
        "name": f"{version}/{path}",
        "description": f"{title}（SHA-256: {sha256}）",
        "format": kind,
        "mimetype": media_type,
        "hash": f"sha256:{sha256}",
    }


def resource_titles(descriptor: Mapping[str, Any]) -> dict[str, str]:
    """Path -> Japanese title of every file, from the package."""
    titles = {one["path"]: str(one.get("title", "")) for one in descriptor["resources"]}
    return titles | {
        DATAPACKAGE: "データパッケージの記述",
        DUCKDB: "すべての表（DuckDB）",
        SPREADSHEET: "すべての表（Excel）",
    }


def switched(
    resources: Sequence[Resource], chosen: Mapping[str, Resource], old: str | None
) -> list[dict[str, Any]]:
    """The resources after the switch: the chosen ones in force, the city's own, then the old ones.

    Args:
        resources: of the dataset.
        chosen: path -> the resource to be in force, in the order to show them.
        old: the version that was in force, for the names of what no longer is.
    """
    ids = {one["id"] for one in chosen.values()}
    fresh = [{**one, "name": path} for path, one in chosen.items()]
    rest = [one for one in resources if one["id"] not in ids]
    theirs = [dict(one) for one in rest if own_path(one) is None]
    return fresh + theirs + [_retired(one, old) for one in rest if own_path(one) is not None]


def _retired(resource: Resource, old: str | None) -> dict[str, Any]:
    if waiting_version(resource) is not None:
        return dict(resource)
    return {**resource, "name": f"{old or '0.0.0'}/{own_path(resource)}"}


def metadata(
    descriptor: Mapping[str, Any], dataset: Mapping[str, Any], licenses: Iterable[str]
) -> dict[str, Any]:
    """Title, notes, licence, tags and version from datapackage.json.

    Tags that the city added stay.

    Args:
        descriptor: datapackage.json.
        dataset: as the site has it.
        licenses: ids of the licences that the site knows.
    """
    notes = [descriptor.get(key) for key in ("description", "license_note", "description_en")]
    known = {str(one["name"]) for one in dataset.get("tags", [])}
    words = [str(one) for one in descriptor.get("keywords", []) if _TAG.fullmatch(str(one))]
    return {
        "title": descriptor["title"],
        "notes": "\n\n".join(str(one) for one in notes if one),
        "license_id": license_id(str(descriptor["licenses"][0]["name"]), licenses),
        "author": descriptor["contributors"][0]["title"],
        "version": descriptor["version"],
        "tags": [{"name": one} for one in sorted(known | set(words))],
    }


def license_id(name: str, known: Iterable[str]) -> str:
    """The site's own id of a licence: with its version if the site has that, else without."""
    by_name = {one.casefold(): one for one in known}
    wanted = name.casefold()
    return by_name.get(wanted) or by_name.get(wanted.rsplit("-", maxsplit=1)[0]) or name


def extras(dataset: Mapping[str, Any], values: Mapping[str, str]) -> list[dict[str, str]]:
    """The additional fields with some replaced; those of others stay."""
    kept = [
        {"key": one["key"], "value": one["value"]}
        for one in dataset.get("extras", [])
        if one["key"] not in values
    ]
    return kept + [{"key": key, "value": value} for key, value in values.items()]


def withdrawn_notes(entry: Mapping[str, Any]) -> str:
    """What stands in place of the description where no version is left."""
    return (
        f"版 {entry['version']} は取り下げました。\n\n日付: {entry.get('state_on') or ''}\n\n"
        f"理由: {entry.get('reason') or ''}\n\nThis version has been withdrawn."
    )
