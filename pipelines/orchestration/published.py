"""Plans leave the data by removing their folder, never by becoming unreadable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow.parquet as pq

from pipelines.problems import Problem
from pipelines.release.layout import parquet_path
from pipelines.release.registry import ReleaseError, newest_published, read_versions

RULE = "published_plans_remain_readable"


def published_plan_ids(outputs: Path) -> list[str]:
    """The plans that the newest published release holds; none where nothing is published."""
    try:
        newest = newest_published(read_versions(outputs))
    except ReleaseError:
        return []  # build_release tells this better, and blocks
    path = outputs / str(newest["path"]) / parquet_path("plans") if newest else None
    if path is None or not path.is_file():
        return []
    with path.open("rb") as file:
        column = pq.ParquetFile(file).read(columns=["plan_id"]).column("plan_id")
    return sorted(str(one) for one in column.to_pylist())


def lost_plans(
    published: Iterable[str], present: Iterable[str], left_out: Mapping[str, str], plans: Path
) -> list[Problem]:
    """A problem per published plan that is in no table although its folder is still there.

    Args:
        published: plan_id of every plan of the newest release.
        present: plan_id of every plan of the present tables.
        left_out: plan_id -> place of the plans found and not used.
        plans: the folder raw/plans.
    """
    missing = sorted(set(published) - set(present))
    return [
        _problem(plan_id, left_out.get(plan_id, place_of(plan_id)))
        for plan_id in missing
        if plan_id in left_out or not is_removed(plans, plan_id)
    ]


def place_of(plan_id: str) -> str:
    """Where a plan's folder lies, from its id ``<municipality_code>-<plan-slug>``."""
    return "plans/" + "/".join(plan_id.split("-", 1))


def is_removed(plans: Path, plan_id: str) -> bool:
    """Whether the plan's folder is surely gone: a folder above that cannot be read proves nothing.

    A missing raw/plans is taken as an accident (a disk that is not there), not as a removal.
    """
    municipality, _, slug = plan_id.partition("-")
    try:
        if municipality not in _names(plans):
            return True
        return slug not in _names(plans / municipality)
    except OSError:
        return False


def _names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def _problem(plan_id: str, place: str) -> Problem:
    message = (
        f"公開中のリリースにある計画「{plan_id}」を読めなくなったため、公開を止めました。"
        "計画をデータから外すのは、そのフォルダーを raw/plans から取り除いたときだけです。"
        "文書や plan.yaml を直すか、外してよければフォルダーを取り除いてください。"
    )
    return Problem("error", RULE, place, message, column_name="plan_id", value=plan_id)
