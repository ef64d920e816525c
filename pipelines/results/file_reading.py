"""One submitted file to records: our own form by its ids, any other sheet by its headings."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.results.feedback.own_sheet import is_list_sheet
from pipelines.results.forms.reading import is_form, read_form
from pipelines.results.model import PlanContext, SheetReading
from pipelines.results.reading.sheets import read_sheets
from pipelines.sources.result_rounds import RoundFolder, SubmittedFile
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.submission_source import SubmissionOrigin
from pipelines.sources.survey_round import RoundSettings
from pipelines.sources.workbooks.model import Sheet, Workbook, WorkbookError
from pipelines.sources.workbooks.reading import read_workbook


@dataclass(frozen=True)
class FileReading:
    """What one file says.

    Attributes:
        file: the file.
        workbook: as a person sees it, without the list sheet of our own feedback; None where it
            cannot be read at all.
        reading: its rows; None where it cannot be read at all.
        refusal: why it cannot be read at all.
        is_form: whether it is our own form.
    """

    file: SubmittedFile
    workbook: Workbook | None = None
    reading: SheetReading | None = None
    refusal: WorkbookError | None = None
    is_form: bool = False


def read_file(file: SubmittedFile, folder: RoundFolder, plan: PlanContext) -> FileReading:
    """Read a file of a round; nothing is raised for one that cannot be read."""
    try:
        workbook = read_workbook(file.name, file.data)
    except WorkbookError as error:
        return FileReading(file, refusal=error)
    # A clerk may send the marked copy back: its first sheet is ours.
    lists = [sheet for sheet in workbook.sheets if is_list_sheet(sheet)]
    answered = _without(workbook, lists)
    if is_form(answered):
        year = folder.fiscal_year if folder.fiscal_year is not None else folder.period[1]
        reading, form = read_form(answered, plan, year, folder.name), True
    else:
        reading, form = read_sheets(answered, folder.profile, folder.period), False
    _set_aside(reading, lists)
    return FileReading(file, workbook, reading, is_form=form)


def _without(workbook: Workbook, lists: list[Sheet]) -> Workbook:
    if not lists:
        return workbook
    sheets = tuple(sheet for sheet in workbook.sheets if sheet not in lists)
    return Workbook(
        workbook.format, workbook.media_type, workbook.encoding, sheets, workbook.findings
    )


def _set_aside(reading: SheetReading, lists: list[Sheet]) -> None:
    for sheet in lists:
        reading.rows_read += len(sheet.rows)
        reading.aside.update(
            {(sheet.name, row): "skipped" for row in range(1, len(sheet.rows) + 1)}
        )


def loose_round(name: str, data: bytes) -> RoundFolder | None:
    """The round that a form itself names, for looking at one that lies anywhere; None for others.

    Raises:
        WorkbookError: a file that cannot be read.
    """
    workbook = read_workbook(name, data)
    nobody = PlanContext("000000-none", "000000")
    heads = read_form(workbook, nobody, 1950).form_heads.values()
    head = next(iter(heads), None)
    if head is None or "-" not in head.plan_id:
        return None
    code, slug = head.plan_id.split("-", 1)
    return RoundFolder(
        municipality_code=code,
        plan_slug=slug,
        fiscal_year=head.fiscal_year,
        period=(head.fiscal_year, head.fiscal_year),
        name=head.round or "",
        place=name,
        settings=RoundSettings(status="見込み"),
        profile=SheetProfile(),
        origin=SubmissionOrigin(),
        files=(SubmittedFile(name, data),),
    )
