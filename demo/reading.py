"""Read the results of a raw folder without a build, to look at what comes of every file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from demo.facts import Facts
from demo.make import content
from pipelines.figures.checks.against_results import compare_with_results
from pipelines.figures.checks.internal import check_figures
from pipelines.figures.plan_links import KnownPlan
from pipelines.figures.published import read_figure_files
from pipelines.figures.rating_scales import read_rating_scales
from pipelines.plans.corrections import correct_plan
from pipelines.plans.extraction import extract_plan
from pipelines.plans.rating_scale import scale_of
from pipelines.results.context import plan_contexts
from pipelines.results.departments import department_rows
from pipelines.results.model import PlanContext, Row
from pipelines.results.outcomes import FileOutcome
from pipelines.results.submissions import PlanResults, plan_results
from pipelines.sources.discovery import discover_plans
from pipelines.sources.result_rounds import discover_rounds
from pipelines.tables.schema import TableSchema
from pipelines.tables.schemas import load_schemas

_SCHEMAS = Path(__file__).parent.parent / "schemas"
_RESULTS = "results/990019/keiei3/"


@dataclass(frozen=True)
class Outcome:
    """What came of a raw folder.

    Attributes:
        results: all rows, outcomes and problems.
        files: outcome of each file by its place below the plan's folder of results.
        known: the plan, as published figures are linked with it.
        schemas: all tables.
    """

    results: PlanResults
    files: dict[str, FileOutcome]
    known: KnownPlan
    schemas: dict[str, TableSchema]

    def place_of(self, source_id: str) -> str:
        """The file that a row comes from; of two equal files the one that was read."""
        return next(
            place
            for place, one in self.files.items()
            if one.submission.source.source_id == source_id and one.account is not None
        )


def rules_of(outcome: FileOutcome) -> set[str]:
    """The rules of everything that the department is told about a file."""
    return {finding.rule for entry in outcome.feedback.entries for finding in entry.findings}


def read_results(raw: Path) -> Outcome:
    """Read every round of a raw folder that holds the plan of みほん市."""
    schemas = load_schemas(_SCHEMAS)
    context, known = _plan_context(raw, schemas)
    results = plan_results(discover_rounds(raw).rounds, context)
    files = {one.submission.place.removeprefix(_RESULTS): one for one in results.files}
    return Outcome(results, files, known, schemas)


def _plan_context(raw: Path, schemas: dict[str, TableSchema]) -> tuple[PlanContext, KnownPlan]:
    (folder,) = discover_plans(raw).folders
    code = folder.plan_id.split("-")[0]
    plan = correct_plan(extract_plan(folder), folder, schemas)
    rows = dict(plan.rows) | {"departments": list(_departments(raw, code))}
    (row,) = rows["plans"]
    known = KnownPlan(plan.plan_id, code, row["title"], row["generation"])
    (scale,) = (raw / "rating_scales").iterdir()
    labels = read_rating_scales(scale.name, scale.read_bytes(), [known]).rows
    contexts = plan_contexts(rows, lambda one: scale_of(labels, one["plan_id"], code))
    return contexts[plan.plan_id], known


def _departments(raw: Path, code: str) -> Iterator[Row]:
    register = raw / "departments" / f"{code}.csv"
    with register.open(encoding="utf-8", newline="") as lines:
        rows, findings = department_rows(list(csv.reader(lines)), code, "register")
    if findings:
        raise ValueError(findings)
    yield from rows


def facts_of_demo() -> Facts:
    """The content from which the files are made."""
    return Facts(content("plan"), content("results"), content("council"))


def figure_checks(raw: Path, outcome: Outcome) -> list[Row]:
    """Every check of published totals and of the sheets' own."""
    known = [outcome.known]
    files = [(path.name, path.read_bytes()) for path in sorted((raw / "figures").iterdir())]
    figures = read_figure_files(files, known).rows
    against = compare_with_results(figures, outcome.results.rows["financial_effects"])
    return [*check_figures(figures), *against, *outcome.results.rows["figure_checks"]]
