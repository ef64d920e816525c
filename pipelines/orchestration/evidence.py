"""What a release is told about the stages before it."""

from __future__ import annotations

from pipelines.orchestration.extraction import read_reports
from pipelines.orchestration.workspace import Places
from pipelines.release.outcome import ReleaseEvidence


def release_evidence(places: Places) -> ReleaseEvidence:
    """Problems and left-out plans of every partition, from the reports of the store."""
    reports = read_reports(places.extracted)
    return ReleaseEvidence(
        problems=tuple(problem for report in reports for problem in report.problems),
        left_out_plans={
            plan_id: place for report in reports for plan_id, place in report.left_out.items()
        },
    )
