"""What came of each submitted file: what its department is told, and where its rows went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from pipelines.machine_readability.intake import intake_findings
from pipelines.problems import Problem
from pipelines.results.feedback.model import FeedbackFile, RowAccount
from pipelines.results.feedback.quarantine import QuarantinedRow
from pipelines.results.file_reading import FileReading
from pipelines.results.model import Row
from pipelines.results.revisions import FilePlace, Revised
from pipelines.results.rows import ResultRows, SubmissionSource
from pipelines.results.rows.model import Place
from pipelines.sources.result_rounds import RoundFolder, SubmittedFile
from pipelines.sources.workbooks.model import CellFinding, Workbook

Value = TypeVar("Value")

#: Places of one finding that a problem names; the feedback names more.
PLACES_NAMED = 5


@dataclass(frozen=True)
class Submission:
    """One file of one round."""

    folder: RoundFolder
    file: SubmittedFile
    source: SubmissionSource

    @property
    def place(self) -> str:
        """Where the file lies, as people see it."""
        return f"{self.folder.place}/{self.file.name}"


@dataclass(frozen=True)
class SubmissionAccount:
    """Where the rows of a file went: read = published + set aside + quarantined."""

    source_id: str
    read: int
    published: int
    set_aside: Mapping[str, int]
    quarantined: int

    @property
    def balances(self) -> bool:
        """Whether every row is accounted for."""
        return self.read == self.published + sum(self.set_aside.values()) + self.quarantined


@dataclass(frozen=True)
class FileOutcome:
    """What is to be told and kept about one file.

    Attributes:
        submission: the file.
        feedback: what the department is told.
        quarantined: its rows that reached no table.
        account: None for a file that cannot be read, or came before.
        departments: whose results it holds.
        came_before: whether the same file came before in its round, so that it changes nothing.
    """

    submission: Submission
    feedback: FeedbackFile
    quarantined: tuple[QuarantinedRow, ...] = ()
    account: SubmissionAccount | None = None
    departments: tuple[str, ...] = ()
    came_before: bool = False


@dataclass(frozen=True)
class ReadFile:
    """A file that could be read: its records and the rows that they gave, before revisions."""

    submission: Submission
    reading: FileReading
    rows: ResultRows


def outcome_of(
    one: ReadFile, revised: Revised, published: Iterable[Row], more: Iterable[CellFinding]
) -> FileOutcome:
    """What came of a file that could be read.

    Args:
        one: the file.
        revised: the rows of the whole plan.
        published: the rows of all tables that came of this file.
        more: what later stages found in it.
    """
    sheets, workbook = one.reading.reading, one.reading.workbook
    assert sheets is not None
    assert workbook is not None
    source_id = one.submission.source.source_id
    rows = list(published)
    places = set(map(itemgetter("sheet", "row"), rows))
    held = {**sheets.quarantined, **one.rows.quarantined, **_own(revised.quarantined, source_id)}
    held = {place: finding for place, finding in held.items() if place not in places}
    why = {**_own(revised.aside, source_id), **one.rows.aside, **sheets.aside}
    aside = Counter(why[place] for place in why.keys() - places - held.keys())
    findings = [
        *workbook.findings,
        *sheets.findings,
        *one.rows.findings,
        *revised.findings.get(source_id, ()),
        *held.values(),
        *more,
    ]
    account = RowAccount(sheets.rows_read, len(places), dict(aside), held)
    feedback = FeedbackFile(
        one.submission.file.name,
        workbook,
        tuple(dict.fromkeys(findings)),
        account,
        # Nobody can be asked to change the form that we sent.
        () if one.reading.is_form else intake_findings(workbook, one.submission.file.data),
    )
    names = dict.fromkeys(row["department_name"] for row in rows if row.get("department_name"))
    heads = dict.fromkeys(head.department for head in sheets.form_heads.values())
    return FileOutcome(
        one.submission,
        feedback,
        _quarantined(source_id, workbook, held),
        SubmissionAccount(
            source_id,
            sheets.rows_read,
            len(places),
            {str(reason): count for reason, count in sorted(aside.items())},
            len(held),
        ),
        tuple(names) or tuple(heads),
    )


def _own(values: Mapping[FilePlace, Value], source_id: str) -> dict[Place, Value]:
    return {
        (sheet, row): value for (source, sheet, row), value in values.items() if source == source_id
    }


def _quarantined(
    source_id: str, workbook: Workbook, held: Mapping[Place, CellFinding]
) -> tuple[QuarantinedRow, ...]:
    position = {sheet.name: at for at, sheet in enumerate(workbook.sheets)}
    rows = {sheet.name: sheet.rows for sheet in workbook.sheets}
    ordered = sorted(held, key=lambda place: (position[place[0]], place[1]))
    return tuple(
        QuarantinedRow(source_id, sheet, row, held[sheet, row], rows[sheet][row - 1])
        for sheet, row in ordered
    )


def problems_of(outcome: FileOutcome) -> list[Problem]:
    """What was found in a file, as problems of a build; the same in several cells is told once."""
    one = outcome.submission
    known = one.source.source_id if outcome.account else None
    problems = []
    for entry in outcome.feedback.entries:
        cells = [finding.cell for finding in entry.findings if finding.cell]
        problem = entry.first.problem(
            one.place, known, one.source.plan_id, one.source.municipality_code
        )
        if len(cells) > 1:
            more = f" ほか{len(cells) - PLACES_NAMED}か所" if len(cells) > PLACES_NAMED else ""
            place = f"{one.place}: {'、'.join(cells[:PLACES_NAMED])}{more}"
            problem = Problem(**{**vars(problem), "place": place})
        problems.append(problem)
    return problems
