"""Which version comes next: what changed between two packages, and what that means.

A table or column removed, retyped or re-keyed = major; added = minor; rows or metadata only =
patch. The first release is 1.0.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

ChangeKind = Literal["major", "minor", "patch"]
FIRST_VERSION: Final = "1.0.0"
KINDS: Final[tuple[ChangeKind, ...]] = ("major", "minor", "patch")
# What differs without any change of the data: the version itself, and when and how it was written.
UNCOMPARED: Final = frozenset({"version", "created", "hash", "bytes"})

TableSchemas = Mapping[str, Mapping[str, Any]]


class VersionError(ValueError):
    """A version that cannot be the next one; the message is Japanese."""


@dataclass(frozen=True)
class Change:
    """One difference between two releases."""

    kind: ChangeKind
    message_ja: str
    message_en: str


def parse_version(text: str) -> tuple[int, int, int]:
    """The three numbers of a semantic version.

    Raises:
        ValueError: if the text has another form.
    """
    parts = text.split(".")
    if len(parts) != 3 or not all(map(_is_number, parts)):
        raise ValueError(f"{text!r} is no version")
    return int(parts[0]), int(parts[1]), int(parts[2])


def _is_number(text: str) -> bool:
    """Digits without a leading zero, as Semantic Versioning asks for."""
    return text.isascii() and text.isdigit() and str(int(text)) == text


def is_version(text: str) -> bool:
    """Whether a text is a semantic version."""
    try:
        parse_version(text)
    except ValueError:
        return False
    return True


def next_version(taken: Iterable[str], changes: Iterable[Change]) -> str:
    """The version after the newest of ``taken``; the gravest change decides which number grows."""
    versions = [parse_version(text) for text in taken]
    if not versions:
        return FIRST_VERSION
    major, minor, patch = max(versions)
    kinds = {change.kind for change in changes}
    if "major" in kinds:
        return f"{major + 1}.0.0"
    if "minor" in kinds:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def chosen_version(taken: Iterable[str], changes: Iterable[Change], asked: str | None) -> str:
    """The proposed version, or a higher one that somebody asks for.

    Raises:
        VersionError: if what is asked for is no version, or below the proposed one.
    """
    proposed = next_version(taken, changes)
    if asked is None:
        return proposed
    if not is_version(asked):
        raise VersionError(f"「{asked}」は版の番号ではありません。1.2.3 の形で指定してください。")
    if parse_version(asked) < parse_version(proposed):
        raise VersionError(
            f"版 {asked} は、変更の内容から決まる版 {proposed} より小さいため使えません。"
            f"{proposed} 以上を指定してください。"
        )
    return asked


def table_schemas(descriptor: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Table name -> Table Schema of the CSV resources of a package."""
    resources = [one for one in descriptor["resources"] if one.get("type") == "table"]
    return {str(one["name"]): one["schema"] for one in resources}


def structure_changes(old: TableSchemas, new: TableSchemas) -> list[Change]:
    """Tables and columns removed, added, retyped or re-keyed, table by table."""
    changes = [
        Change("major", f"表「{name}」を削除", f"table {name} removed")
        for name in old
        if name not in new
    ]
    changes += [
        Change("minor", f"表「{name}」を追加", f"table {name} added")
        for name in new
        if name not in old
    ]
    for name in old:
        if name in new:
            changes += _table_changes(name, old[name], new[name])
    return changes


def metadata_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """One change if the packages differ in anything but version, time, sizes and hashes."""
    if comparable(old) == comparable(new):
        return []
    changed = Change(
        "patch",
        "説明・出典などのメタデータを変更",
        "metadata changed (descriptions, sources)",
    )
    return [changed]


def comparable(value: Any) -> Any:
    """The descriptor without what differs between two writes of the same data."""
    if isinstance(value, Mapping):
        return {key: comparable(one) for key, one in value.items() if key not in UNCOMPARED}
    if isinstance(value, list):
        return [comparable(one) for one in value]
    return value


def _table_changes(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    before, after = _types(old), _types(new)
    changes = [
        _column_change("major", table, name, "削除", "removed")
        for name in before
        if name not in after
    ]
    changes += [
        _column_change("minor", table, name, "追加", "added")
        for name in after
        if name not in before
    ]
    changes += [
        _column_change(
            "major",
            table,
            name,
            f"型を変更（{kind}→{after[name]}）",
            f"retyped ({kind} → {after[name]})",
        )
        for name, kind in before.items()
        if name in after and after[name] != kind
    ]
    if any(old.get(key) != new.get(key) for key in ("primaryKey", "uniqueKeys")):
        changes.append(Change("major", f"表「{table}」のキーを変更", f"keys of {table} changed"))
    return changes


def _column_change(kind: ChangeKind, table: str, name: str, ja: str, en: str) -> Change:
    of = "の" if ja.startswith("型") else "を"
    return Change(kind, f"表「{table}」の列「{name}」{of}{ja}", f"column {table}.{name} {en}")


def _types(schema: Mapping[str, Any]) -> dict[str, str]:
    return {str(field["name"]): str(field["type"]) for field in schema["fields"]}
