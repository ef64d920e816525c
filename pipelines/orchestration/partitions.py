"""The partitions of the pipeline: one per prefecture, never one per document.

A partition's key is the first two digits of the municipality codes in it. 99 holds the fictional
municipality. A folder whose name starts with neither is reported under ``UNPLACED``, which is a
folder of the store and no partition.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import dagster as dg

PREFECTURES: tuple[str, ...] = tuple(f"{number:02d}" for number in range(1, 48))
FICTIONAL = "99"
PARTITION_KEYS: tuple[str, ...] = (*PREFECTURES, FICTIONAL)
UNPLACED = "unplaced"

prefecture_partitions = dg.StaticPartitionsDefinition(list(PARTITION_KEYS))

#: Tags that make one run cover every partition (dagster's own names for a partition range).
ALL_PARTITIONS_TAGS = {
    "dagster/asset_partition_range_start": PARTITION_KEYS[0],
    "dagster/asset_partition_range_end": PARTITION_KEYS[-1],
}

_LEADING_FOLDERS = frozenset({"raw", "plans", ".", "/"})


def partition_of_folder(name: str) -> str:
    """The partition of a municipality folder such as ``990019``, or ``UNPLACED``."""
    head = name[:2]
    return head if re.fullmatch(r"[0-9]{2}", head) and head in PARTITION_KEYS else UNPLACED


def partition_of_place(place: str) -> str:
    """The partition of a problem's place, such as ``990019/x/plan.yaml: 3行``.

    Leading ``raw/`` and ``plans/`` are skipped; a place without a municipality is ``UNPLACED``.
    """
    for part in PurePosixPath(place).parts:
        if part not in _LEADING_FOLDERS:
            return partition_of_folder(part)
    return UNPLACED
