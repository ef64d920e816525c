"""From ``raw/figures`` and ``raw/rating_scales`` to stored rows: the group ``figures``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipelines.figures.checks.internal import check_figures
from pipelines.figures.derived import derived_figures
from pipelines.figures.municipalities import municipality_rows
from pipelines.figures.plan_links import KnownPlan
from pipelines.figures.published import read_figure_files
from pipelines.figures.rating_scales import read_scale_files
from pipelines.figures.reading import FigureReading
from pipelines.orchestration.issues import Row, issue_rows
from pipelines.orchestration.reported_store import ReportedStore, StoredReport

#: The store holds the figures of all municipalities together, under this name.
ALL = "all"
FOLDERS = ("figures", "rating_scales")
#: Tables that hold rows of figures and scales; the store of figures keeps these and no others.
FIGURE_TABLES = (
    "extraction_issues",
    "figure_checks",
    "municipalities",
    "published_figures",
    "rating_scales",
    "sources",
)


@dataclass(frozen=True, kw_only=True)
class FigureReport(StoredReport):
    """How the files were read.

    Attributes:
        accounts: where the rows of every file went.
        quarantined: rows that cannot be published, with their texts; internal.
    """

    accounts: list[dict[str, Any]] = field(default_factory=list)
    quarantined: list[dict[str, Any]] = field(default_factory=list)


def known_plans(plans: Iterable[Row]) -> list[KnownPlan]:
    """The rows of ``plans`` as far as figures are linked with them."""
    return [
        KnownPlan(
            row["plan_id"],
            row["municipality_code"],
            row["title"],
            row["generation"],
            (row["period_start_fy"], row["period_end_fy"]),
        )
        for row in plans
    ]


def extract_figures(
    files: Mapping[str, Sequence[tuple[str, bytes]]],
    plans: Sequence[Row],
    municipalities: Iterable[str],
    fingerprint: str,
) -> tuple[dict[str, list[Row]], FigureReport]:
    """Rows of published figures, their checks and rating scales.

    Args:
        files: folder of raw/ (one of ``FOLDERS``) -> (name, bytes) of its files.
        plans: rows of ``plans``, of all municipalities.
        municipalities: codes that the table of municipalities has already.
        fingerprint: what the report is to bear.

    Returns:
        rows by table, and the report.
    """
    known = known_plans(plans)
    figures = read_figure_files(files.get("figures", ()), known)
    scales = read_scale_files(files.get("rating_scales", ()), known)
    derived = derived_figures(figures.rows)
    there = set(municipalities)
    names = {**scales.municipalities, **figures.municipalities}
    problems = [*figures.problems, *scales.problems]
    rows: dict[str, list[Row]] = {
        "published_figures": [*figures.rows, *derived],
        "figure_checks": check_figures(figures.rows),
        "rating_scales": scales.rows,
        "sources": [*figures.sources, *scales.sources],
        "municipalities": municipality_rows(
            {code: name for code, name in names.items() if code not in there}
        ),
    }
    known_rows = {**rows, "plans": list(plans), "municipalities": _codes(names, there)}
    rows["extraction_issues"] = issue_rows(problems, known_rows)
    accounts, quarantined = _told(figures, scales)
    report = FigureReport(
        partition=ALL,
        fingerprint=fingerprint,
        problems=problems,
        accounts=accounts,
        quarantined=quarantined,
    )
    return rows, report


def _codes(names: Mapping[str, str], there: Iterable[str]) -> list[Row]:
    return [{"municipality_code": code} for code in {*names, *there}]


def _told(*readings: FigureReading) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    accounts = [asdict(one) for reading in readings for one in reading.accounts]
    quarantined = [asdict(one) for reading in readings for one in reading.quarantined]
    return accounts, quarantined


def figure_store(root: Path) -> ReportedStore[FigureReport]:
    """The store of figures and scales (``Places.figures``); its one partition is ``ALL``."""
    return ReportedStore(root, FigureReport)


def raw_files(raw: Path) -> dict[str, list[tuple[str, bytes]]]:
    """Folder -> (name, bytes) of the CSV files in it, by name.

    Raises:
        OSError: one of them cannot be read.
    """
    return {
        folder: [(path.name, path.read_bytes()) for path in sorted((raw / folder).glob("*.csv"))]
        for folder in FOLDERS
    }
