"""The xlsx copy of a submitted file in which every cell with a finding is marked."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pipelines.results.feedback.list_sheet import add_list, remove_earlier_lists
from pipelines.results.feedback.marks import (
    COMMENTS_LIMIT,
    marks_of,
    prepare_comments,
    set_marks,
)
from pipelines.results.feedback.model import entries_of
from pipelines.results.feedback.package import anonymous_package
from pipelines.results.feedback.workbook_copy import WorkbookCopy, opened_copy, rebuilt_copy
from pipelines.sources.workbooks.model import CellFinding, Workbook


def marked_copy(
    name: str, data: bytes, workbook: Workbook, findings: Sequence[CellFinding]
) -> bytes:
    """An xlsx copy with coloured and commented cells, and a first sheet that lists everything.

    An xlsx file keeps its sheets, formats, formulas, validations, merged cells and widths as far as
    openpyxl can keep them; other formats, and what openpyxl cannot open or write, become new sheets
    of texts. The copy names no author, no company and no time; the same input gives the same bytes.

    Args:
        name: name of the submitted file.
        data: its bytes.
        workbook: the file as read.
        findings: what is told, of any severity and in any order.
    """
    if workbook.format == "xlsx":
        try:
            return _marked(name, opened_copy(data), workbook, findings)
        except Exception:  # openpyxl fails in many ways on files that Excel opens; texts are left.
            pass
    return _marked(name, rebuilt_copy(name, workbook), workbook, findings)


def _marked(
    name: str, target: WorkbookCopy, workbook: Workbook, findings: Sequence[CellFinding]
) -> bytes:
    remove_earlier_lists(target)
    for sheet in target.sheets.values():
        prepare_comments(sheet)
    entries = entries_of(findings, [sheet.name for sheet in workbook.sheets])
    marks = marks_of(entries, target)
    set_marks(marks[:COMMENTS_LIMIT])
    add_list(target, name, entries, marks[COMMENTS_LIMIT:])
    saved = BytesIO()
    target.book.save(saved)
    return anonymous_package(saved.getvalue())
