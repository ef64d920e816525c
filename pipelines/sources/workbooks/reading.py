"""The one entrance: bytes of a submitted file to a workbook, by content and not by its name."""

from __future__ import annotations

from pipelines.collector import collector_paused
from pipelines.sources.workbooks.archive import Archive
from pipelines.sources.workbooks.clean_texts import cleaned
from pipelines.sources.workbooks.delimited import read_delimited
from pipelines.sources.workbooks.findings import with_findings
from pipelines.sources.workbooks.messages import refusal
from pipelines.sources.workbooks.model import Workbook, WorkbookError, is_blank_row
from pipelines.sources.workbooks.ods import read_ods
from pipelines.sources.workbooks.signatures import Kind, kind_of, kind_of_archive
from pipelines.sources.workbooks.xls import read_xls
from pipelines.sources.workbooks.xlsx import read_xlsx

#: Larger than any file that can be sent by mail.
MAX_BYTES = 100_000_000


def read_workbook(name: str, data: bytes, encoding: str | None = None) -> Workbook:
    """Read a submitted file: xlsx, xls, ods, or delimited text.

    Args:
        name: the file's name; what the file is, its content tells alone.
        data: the file as received.
        encoding: declared codec name of a text file; it wins over what the bytes look like.

    Raises:
        WorkbookError: the file cannot be read; its finding says why and what to do.
    """
    if len(data) > MAX_BYTES:
        raise refusal("workbook_too_large", what=f"{MAX_BYTES // 1_000_000}MBを超えます")
    try:
        with collector_paused():
            workbook = _read(data, encoding)
            if _is_empty(workbook):
                raise refusal("empty_file")
            return with_findings(cleaned(workbook))
    except WorkbookError:
        raise
    except Exception as error:
        # Files are damaged in more ways than can be listed, and readers of other projects raise
        # whatever comes; every one of them means the same to the clerk.
        raise refusal("workbook_damaged") from error


def _is_empty(workbook: Workbook) -> bool:
    """Whether no sheet holds anything, not even a value that is not shown or a text box."""
    return not any(
        sheet.marks or sheet.text_boxes or not all(map(is_blank_row, sheet.rows))
        for sheet in workbook.sheets
    )


def _read(data: bytes, encoding: str | None) -> Workbook:
    kind = kind_of(data)
    if kind is Kind.ZIP:
        archive = Archive(data)
        if kind_of_archive(archive) is Kind.ODS:
            return read_ods(archive)
        return read_xlsx(archive)
    if kind is Kind.XLS:
        return read_xls(data)
    return read_delimited(data, encoding)
