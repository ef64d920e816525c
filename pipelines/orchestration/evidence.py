"""What a release is told about the stages before it."""

from __future__ import annotations

from pipelines.orchestration.accounting import accounting_from_json
from pipelines.orchestration.extraction import read_reports
from pipelines.orchestration.workspace import Places
from pipelines.release.outcome import ReleaseEvidence


def release_evidence(places: Places) -> ReleaseEvidence:
    """Problems, left-out plans and accounts of every partition, from the reports of the store."""
    reports = read_reports(places.extracted)
    plans = [plan for report in reports for plan in report.plans]
    return ReleaseEvidence(
        accounting=tuple(accounting_from_json(one["lines"]) for one in plans if one["lines"]),
        problems=tuple(problem for report in reports for problem in report.problems),
        left_out_plans={
            plan_id: place for report in reports for plan_id, place in report.left_out.items()
        },
    )
