"""Why ``gyokaku lint`` refuses a file: in words for any file, not only for forms of departments."""

from __future__ import annotations

import json
import re

from pipelines.machine_readability.rules import refusal_texts
from pipelines.sources.decoding import DecodingError, decode_text
from pipelines.sources.workbooks.model import WorkbookError

_MARKUP = re.compile(r"<(?:[?!A-Za-z]|\w.*>\Z)", re.DOTALL)


def refused(error: WorkbookError) -> WorkbookError:
    """The refusal of a reader with advice that suits any file, where the reader's does not."""
    finding = error.finding
    fixes = refusal_texts("fixes")
    is_general = finding.rule in refusal_texts("as_read")
    fix = finding.fix_ja if is_general else fixes.get(finding.rule, fixes["other"])
    return WorkbookError(finding.rule, finding.message_ja, fix)


def refuse_other_text(data: bytes) -> None:
    """Refuse text that is no table of values parted by commas.

    Raises:
        WorkbookError: JSON (an object, an array, or an object a line), HTML or XML.
    """
    try:
        text = decode_text(data).text.removeprefix("\ufeff").strip()
    except DecodingError:
        # The reader of CSV files tells what is wrong.
        return
    kind = "markup_text" if _MARKUP.match(text) else "json_text" if _is_json(text) else None
    if kind is not None:
        raise WorkbookError(kind, refusal_texts("messages")[kind], refusal_texts("fixes")["other"])


def _is_json(text: str) -> bool:
    if not text.startswith(("{", "[")):
        return False
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return False
    rest = text[end:].lstrip(" \t\r")
    # [1] may begin a CSV file; an object alone on its line does not.
    return not rest or (text.startswith("{") and rest.startswith("\n"))
