"""All submissions of one plan: read, turned into rows, put in order, and accounted for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter

from pipelines.collector import collector_paused
from pipelines.problems import Problem
from pipelines.results.feedback.model import FeedbackFile, unreadable_file
from pipelines.results.file_reading import FileReading, read_file
from pipelines.results.model import PlanContext, Row
from pipelines.results.outcomes import FileOutcome, ReadFile, Submission, outcome_of, problems_of
from pipelines.results.outstanding import outstanding_departments, receipt_problems
from pipelines.results.revisions import Revised, revise, without_repeats
from pipelines.results.rows import SubmissionSource, result_rows
from pipelines.results.rows.model import KEY_COLUMNS
from pipelines.results.survey import survey_rows
from pipelines.results.totals import total_checks
from pipelines.sources.result_rounds import RoundFolder, SubmittedFile


@dataclass
class PlanResults:
    """The results of one plan.

    Attributes:
        rows: table -> rows; those of sources and figure_checks included.
        files: one outcome per file.
        problems: everything found, as the build tells it.
    """

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    files: list[FileOutcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def plan_results(
    rounds: Sequence[RoundFolder],
    plan: PlanContext,
    on_file: Callable[[str], None] = lambda _: None,
) -> PlanResults:
    """Read every file of every round of one plan.

    Args:
        rounds: the plan's rounds, in any order.
        plan: what is known of the plan.
        on_file: called with the place of each file once it is read.
    """
    results = PlanResults()
    with collector_paused():
        read = _read_all(rounds, plan, results, on_file)
        revised = revise([one.rows for one in read], plan.departments)
        for name, rows in revised.rows.items():
            results.rows[name] += rows
        _conclude(read, revised, plan, results)
        for name, rows in survey_rows(rounds, results.files, plan).items():
            results.rows[name] += rows
        results.problems += outstanding_departments(rounds, results.files, plan)
        results.problems += receipt_problems(rounds, plan)
        results.problems += [problem for one in results.files for problem in problems_of(one)]
    return results


def _read_all(
    rounds: Iterable[RoundFolder],
    plan: PlanContext,
    results: PlanResults,
    on_file: Callable[[str], None],
) -> list[ReadFile]:
    """Read what can be read; what cannot, and what came before, gets its outcome at once."""
    submissions = [submission(folder, file) for folder in rounds for file in folder.files]
    kept, repeated = without_repeats([one.source for one in submissions])
    again = _sent_later(kept)
    read: list[ReadFile] = []
    for one in submissions:
        finding = repeated.get(id(one.source))
        if finding is not None:
            told = FeedbackFile(one.file.name, None, (finding,))
            results.files.append(FileOutcome(one, told, came_before=True))
            continue
        one = replace(one, source=again.get(id(one.source), one.source))
        reading = read_file(one.file, one.folder, plan)
        if reading.is_form:
            one = replace(one, source=replace(one.source, kind="form"))
        if reading.reading is not None:
            rows = result_rows(reading.reading, one.source, plan, one.folder.profile)
            read.append(ReadFile(one, reading, rows))
        elif reading.refusal is not None:
            refused = unreadable_file(one.file.name, reading.refusal)
            results.files.append(FileOutcome(one, refused))
        on_file(one.place)
    return read


def _sent_later(kept: Iterable[SubmissionSource]) -> dict[int, SubmissionSource]:
    """Files whose bytes came before in the round: ``id`` of the source -> one of its own."""
    known: set[str] = set()
    later: dict[int, SubmissionSource] = {}
    for one in kept:
        if one.source_id in known:
            later[id(one)] = replace(one, source_id=f"{one.source_id}-r{one.receipt}")
        known.add(one.source_id)
    return later


def _conclude(
    read: Iterable[ReadFile], revised: Revised, plan: PlanContext, results: PlanResults
) -> None:
    """Sources, checks of stated totals, and what came of each file."""
    published: dict[str, list[Row]] = defaultdict(list)
    for name in KEY_COLUMNS:
        for source_id, rows in groupby(revised.rows[name], itemgetter("source_id")):
            published[source_id] += rows
    for one in read:
        results.rows["sources"].append(source_row(one.submission, one.reading))
        sheets, folder = one.reading.reading, one.submission.folder
        assert sheets is not None
        checks, findings = total_checks(sheets, one.submission.source, plan, folder.profile)
        results.rows["figure_checks"] += checks
        own = published[one.submission.source.source_id]
        results.files.append(outcome_of(one, revised, own, findings))


def submission(folder: RoundFolder, file: SubmittedFile) -> Submission:
    """A file with its identity: plan, years, round and the beginning of its hash."""
    receipt = folder.settings.receipt_of(file.name)
    years = "-".join(str(year) for year in dict.fromkeys(folder.period))
    name = "-".join(folder.name.split())
    source = SubmissionSource(
        source_id=f"{folder.plan_id}-{years}-{name}-{file.sha256[:12]}",
        plan_id=folder.plan_id,
        municipality_code=folder.municipality_code,
        fiscal_year=folder.fiscal_year,
        period=folder.period if folder.fiscal_year is None else None,
        round=folder.name,
        round_order=folder.settings.place,
        result_status=folder.settings.status_of_results,
        as_of_on=folder.settings.as_of_on,
        assessor=folder.settings.assessor,
        held_on=folder.settings.held_on,
        receipt=receipt.number if receipt else None,
        received_on=receipt.received_on if receipt else None,
        department=receipt.department if receipt else None,
        sha256=file.sha256,
    )
    return Submission(folder, file, source)


def source_row(one: Submission, reading: FileReading) -> Row:
    """The row of ``sources`` for a submitted file; its name is internal and stands nowhere."""
    origin, workbook = one.folder.origin, reading.workbook
    return {
        "source_id": one.source.source_id,
        "source_kind": "submission",
        "municipality_code": one.source.municipality_code,
        "plan_id": one.source.plan_id,
        "path": None,
        "sha256": one.file.sha256,
        "bytes": len(one.file.data),
        "media_type": workbook.media_type if workbook else "application/octet-stream",
        "encoding": workbook.encoding if workbook else None,
        "page_count": None,
        "line_count": None,
        "source_url": origin.source_url,
        "license": origin.license,
        "retrieved_on": origin.retrieved_on,
    }
