"""The review lists of ``outputs/internal/review/``: one CSV per plan, never part of a release."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipelines.orchestration.extraction import PartitionReport
from pipelines.orchestration.files import write_text
from pipelines.plans.review import COLUMNS

# A spreadsheet runs a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_reviews(folder: Path, reports: Sequence[PartitionReport]) -> dict[str, int]:
    """Write the list of every plan read, and remove those of plans that are gone.

    Args:
        folder: ``outputs/internal/review``.
        reports: of all partitions.

    Returns:
        plan_id -> rows to look at.
    """
    counts: dict[str, int] = {}
    for report in reports:
        for plan in report.plans:
            rows = plan.get("review", [])
            counts[plan["plan_id"]] = len(rows)
            write_text(folder / f"{plan['plan_id']}.csv", "\ufeff" + review_csv(rows))
    for path in folder.glob("*.csv"):
        if path.stem not in counts:
            path.unlink()
    return counts


def review_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV for a spreadsheet; no cell can be taken for a formula."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _harmless(row.get(name, "")) for name in COLUMNS})
    return buffer.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
