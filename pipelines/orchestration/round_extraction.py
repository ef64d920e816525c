"""From the rounds of one partition to rows, problems and what is told to departments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.orchestration.issues import Row, issue_rows
from pipelines.orchestration.public_problems import public
from pipelines.orchestration.result_inputs import RESULTS, ResultInputs
from pipelines.orchestration.unread_sheets import unread_sheets
from pipelines.problems import Problem
from pipelines.results.context import plan_contexts
from pipelines.results.model import PlanContext
from pipelines.results.outcomes import FileOutcome
from pipelines.results.submissions import plan_results
from pipelines.sources.result_rounds import RoundFolder

Rows = Mapping[str, Sequence[Row]]


@dataclass
class ExtractedResults:
    """What the rounds of one partition give.

    Attributes:
        rows: table -> rows.
        files: what came of each submitted file.
        problems: everything found, as the build tells it.
        plan_titles: plan_id -> title, for the feedback.
        contexts: plan_id -> what results of that plan are matched with.
    """

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    files: list[FileOutcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    plan_titles: dict[str, str | None] = field(default_factory=dict)
    contexts: dict[str, PlanContext] = field(default_factory=dict)

    def accounts(self) -> list[dict[str, Any]]:
        """Where the rows of every file went, for reports; counts only."""
        return [vars(one.account).copy() for one in self.files if one.account]

    def log(self) -> list[dict[str, Any]]:
        """The log of submissions, one entry per file; internal."""
        return [_logged(one) for one in self.files]


def _logged(one: FileOutcome) -> dict[str, Any]:
    source, account, counts = one.submission.source, one.account, one.feedback.counts
    return {
        "file": one.submission.place,
        "source_id": source.source_id if account else None,
        "sha256": source.sha256,
        "plan_id": source.plan_id,
        "round": source.round,
        "departments": "、".join(one.departments),
        "receipt_number": source.receipt,
        "received_on": str(source.received_on) if source.received_on else None,
        "rows_read": account.read if account else None,
        "rows_published": account.published if account else None,
        "rows_set_aside": sum(account.set_aside.values()) if account else None,
        "rows_quarantined": account.quarantined if account else None,
        **{f"{severity}s": counts[severity] for severity in ("error", "warning", "info")},
    }


def extract_results(
    inputs: ResultInputs,
    plan_rows: Rows,
    scale_of: Callable[[Row], Mapping[str, str | None]],
    on_file: Callable[[str], None] = lambda _: None,
) -> ExtractedResults:
    """Read every round of a partition; a file that cannot be read leaves the others alone.

    Args:
        inputs: the rounds.
        plan_rows: the plan tables of the partition, departments among them.
        scale_of: the rating scale of a plan, given its row.
        on_file: called with the place of each file once it is read.
    """
    found = ExtractedResults(problems=list(inputs.problems))
    contexts = found.contexts = plan_contexts(plan_rows, scale_of)
    found.plan_titles = {row["plan_id"]: row["title"] for row in plan_rows.get("plans", ())}
    rounds: dict[str, list[RoundFolder]] = defaultdict(list)
    for one in inputs.rounds:
        rounds[one.plan_id].append(one)
    for plan_id, folders in rounds.items():
        if plan_id not in contexts:
            found.problems.append(_without_plan(folders[0]))
            continue
        results = plan_results(folders, contexts[plan_id], on_file)
        for name, values in results.rows.items():
            found.rows[name] += values
        found.files += results.files
        found.problems += results.problems
    known = {**plan_rows, "sources": found.rows["sources"]}
    unread = unread_sheets(found.files)
    told = [public(one, unread) for one in found.problems]
    found.rows["extraction_issues"] = issue_rows(told, known)
    return found


def _without_plan(folder: RoundFolder) -> Problem:
    message = (
        f"計画「{folder.plan_id}」が読めないため、この計画の実績を読みませんでした。"
        f"raw/plans/{folder.municipality_code}/{folder.plan_slug}/ に plan.yaml と文書を置くか、"
        "文書がなければ document_kind: stub と書いた plan.yaml を置いてください。"
    )
    place = f"{RESULTS}/{folder.municipality_code}/{folder.plan_slug}"
    return Problem("error", "results_without_plan", place, message)
