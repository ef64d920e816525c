"""What the raw folder holds, partition by partition: the group ``sources``."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pipelines.orchestration.files import read_json, write_json
from pipelines.orchestration.issues import problems_from_json, problems_to_json
from pipelines.orchestration.partitions import (
    UNPLACED,
    partition_of_folder,
    partition_of_place,
)
from pipelines.problems import Problem
from pipelines.sources.discovery import Discovery, PlanFolder
from pipelines.sources.fingerprints import Listing, fingerprint, list_contents

Value = TypeVar("Value")


@dataclass(frozen=True)
class Inventory:
    """The plan folders of one partition as they stand.

    Attributes:
        partition: its key, or ``UNPLACED``.
        folders: plan folders that can be tried, relative to raw/plans.
        documents: path of each document -> its SHA-256.
        bytes: total size of the documents.
        left_out: plan_id -> place of the folders that cannot be tried at all.
        problems: what discovery found wrong.
        fingerprint: hash of every file under the partition's folders and of what discovery said.
    """

    partition: str
    folders: list[str] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)
    bytes: int = 0
    left_out: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    fingerprint: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to extract and nothing to report."""
        return not (self.folders or self.left_out or self.problems)


def take_inventories(plans: Path, discovery: Discovery) -> dict[str, Inventory]:
    """Inventories of every partition that has folders or problems, ``UNPLACED`` included.

    Args:
        plans: the folder raw/plans.
        discovery: what was discovered there.
    """
    listings = split_listing(list_contents(plans) if plans.is_dir() else {})
    folders = group_folders(discovery.folders)
    problems = _group(discovery.problems, lambda problem: partition_of_place(problem.place))
    left_out = _group(discovery.left_out.items(), lambda item: partition_of_place(item[1]))
    keys = sorted({*listings, *folders, *problems, *left_out})
    return {
        key: _inventory(
            key,
            folders.get(key, []),
            dict(left_out.get(key, [])),
            problems.get(key, []),
            listings.get(key, {}),
        )
        for key in keys
    }


def group_folders(folders: Iterable[PlanFolder]) -> dict[str, list[PlanFolder]]:
    """Plan folders by the partition that their municipality folder belongs to."""
    return _group(folders, lambda folder: partition_of_place(folder.relative))


def split_listing(listing: Listing) -> dict[str, Listing]:
    """A listing of raw/plans by partition; what lies beside the municipalities is unplaced."""
    parts: dict[str, Listing] = defaultdict(dict)
    for name, mark in listing.items():
        head, separator, _ = name.partition("/")
        parts[partition_of_folder(head) if separator else UNPLACED][name] = mark
    return dict(parts)


def _inventory(
    key: str,
    folders: Sequence[PlanFolder],
    left_out: dict[str, str],
    problems: list[Problem],
    listing: Listing,
) -> Inventory:
    documents = [(one.relative, one.document) for one in folders if one.document is not None]
    said = json.dumps([left_out, problems_to_json(problems)], ensure_ascii=False, sort_keys=True)
    return Inventory(
        partition=key,
        folders=[one.relative for one in folders],
        documents={f"{where}/{one.name}": one.sha256 for where, one in documents},
        bytes=sum(len(one.data) for _, one in documents),
        left_out=left_out,
        problems=problems,
        fingerprint=fingerprint({**listing, "discovery": said}),
    )


def write_inventory(directory: Path, key: str, inventory: Inventory | None) -> None:
    """Keep a partition's inventory, or forget the old one where nothing is left."""
    path = directory / f"{key}.json"
    if inventory is None or inventory.is_empty:
        path.unlink(missing_ok=True)
        return
    write_json(path, asdict(inventory))


def read_inventory(directory: Path, key: str) -> Inventory:
    """A partition's inventory; an empty one where none is kept."""
    value: dict[str, Any] | None = read_json(directory / f"{key}.json")
    if value is None:
        return Inventory(partition=key)
    return Inventory(**{**value, "problems": problems_from_json(value["problems"])})


def _group(values: Iterable[Value], key: Callable[[Value], str]) -> dict[str, list[Value]]:
    groups: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        groups[key(value)].append(value)
    return dict(groups)
