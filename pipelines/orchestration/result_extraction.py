"""From survey rounds to the stored rows of one partition: the group ``results``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.orchestration.reported_store import ReportedStore, StoredReport

#: Tables that hold rows of results; the store of results keeps these and no others.
RESULT_TABLES = (
    "extraction_issues",
    "figure_checks",
    "survey_rounds",
    "survey_departments",
    "financial_effects",
    "indicator_results",
    "indicators",
    "item_assessments",
    "sources",
    "yearly_results",
)


@dataclass(frozen=True, kw_only=True)
class ResultReport(StoredReport):
    """How the rounds of one partition were read.

    Attributes:
        accounts: per submitted file where its rows went.
        submissions: the log of submissions: one entry per file, with round, receipt and findings.
    """

    accounts: list[dict[str, Any]] = field(default_factory=list)
    submissions: list[dict[str, Any]] = field(default_factory=list)


def result_store(root: Path) -> ReportedStore[ResultReport]:
    """The store of what departments sent (``Places.results``)."""
    return ReportedStore(root, ResultReport)
