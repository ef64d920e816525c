"""CSV and other delimited text: encoding, delimiter and cells."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from io import StringIO

from pipelines.messages import At
from pipelines.sources.decoding import DecodingError, EmptyTextError, decode_text
from pipelines.sources.workbooks.grid import MAX_COLUMNS, MAX_ROWS
from pipelines.sources.workbooks.messages import refusal, told
from pipelines.sources.workbooks.model import CellFinding, Sheet, Workbook, is_blank_row

_SAMPLE = 100_000
#: The first of equals wins: amounts such as 1,200 stand in tab-separated files.
_DELIMITERS = ("\t", ",", ";")
_EXCEL_HINT = re.compile(r"sep=(.)\n")


def read_delimited(data: bytes, encoding: str | None = None) -> Workbook:
    """A delimited text file as a workbook of one sheet without a name.

    Args:
        data: the file as received.
        encoding: declared codec name; it wins over what the bytes look like.

    Raises:
        WorkbookError: not text, or a quotation mark that nothing closes.
    """
    try:
        decoded = decode_text(data, encoding or _table_in_utf16(data))
    except EmptyTextError as error:
        raise refusal("empty_file") from error
    except DecodingError as error:
        raise refusal("csv_undecodable", what=error.what_ja) from error
    text = decoded.text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows, findings = _rows(text)
    media_type = "text/csv"
    return Workbook("csv", media_type, decoded.encoding, (Sheet(None, rows),), findings)


def _table_in_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: a table shows it by its delimiters and line breaks.

    Whole columns of ideographs look like no prose, by which text files are told.
    """
    if b"\x00" not in data or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    signs = {
        encoding: sum(map(data.decode(encoding, "replace").count, "\n,\t;"))
        for encoding in ("utf-16-le", "utf-16-be")
    }
    likelier = max(signs, key=lambda one: signs[one])
    rarer = min(signs.values())
    return likelier if len(data) % 2 == 0 and signs[likelier] > 4 * rarer else None


def _rows(text: str) -> tuple[list[list[str]], tuple[CellFinding, ...]]:
    delimiter, body = _delimiter(text)
    rows, fault = _strictly(body, delimiter)
    findings: tuple[CellFinding, ...] = ()
    if fault is not None:
        findings = (_stray_quote(body, len(rows) + 1, fault),)
        rows = list(csv.reader(StringIO(body, newline="\n"), delimiter=delimiter))
    while rows and is_blank_row(rows[-1]):
        rows.pop()
    if not rows:
        raise refusal("empty_file")
    if len(rows) > MAX_ROWS or max(map(len, rows)) > MAX_COLUMNS:
        raise refusal("workbook_too_large", what=f"{MAX_ROWS:,}行または{MAX_COLUMNS:,}列を超えます")
    return rows, findings


def _strictly(body: str, delimiter: str) -> tuple[list[list[str]], csv.Error | None]:
    """All rows, or those before the first fault and the fault."""
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(StringIO(body, newline="\n"), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return rows, error
    return rows, None


def _stray_quote(body: str, row: int, fault: csv.Error) -> CellFinding:
    """A quotation mark amid a quoted cell is read as it stands; one that nothing closes is not."""
    if "expected after" not in str(fault) or body.count('"') % 2:
        raise refusal("csv_open_quote", line=row)
    return told("csv_stray_quote", At(row=row))


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter and the text to read with it; Excel's line ``sep=;`` is no row."""
    stated = _EXCEL_HINT.match(text)
    if stated:
        return stated[1], text[stated.end() :]
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    return max(_DELIMITERS, key=lambda one: _regularity(sample, one)), text


def _regularity(sample: str, delimiter: str) -> tuple[int, int, int]:
    """How many rows have several cells, how many agree on their number, and that number."""
    if delimiter not in sample:
        return 0, 0, 0
    widths: Counter[int] = Counter()
    try:
        widths.update(map(len, csv.reader(StringIO(sample, newline="\n"), delimiter=delimiter)))
    except csv.Error:
        return 0, 0, 0
    several = {width: count for width, count in widths.items() if width > 1}
    width = max(several, key=lambda one: several[one], default=0)
    return sum(several.values()), several.get(width, 0), width
