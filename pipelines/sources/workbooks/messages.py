"""What the reading of files tells the clerk who filled them in: the texts of ``messages.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pipelines.messages import OF_FILE, At, MessageList
from pipelines.sources.workbooks.model import CellFinding, WorkbookError


@cache
def workbook_messages() -> MessageList:
    """The texts of ``messages.yaml``."""
    return MessageList(Path(__file__).with_suffix(".yaml"))


def told(name: str, at: At = OF_FILE, cell: str | None = None, **words: Any) -> CellFinding:
    """A finding of ``messages.yaml`` at a place; arguments as ``MessageList.finding``."""
    return workbook_messages().finding(name, cell, at=at, **words)


def refusal(name: str, **words: Any) -> WorkbookError:
    """Why a file is refused, and what the clerk can do about it.

    Args:
        name: of the text; those under 読めないファイル say that nothing is read.
        words: what its braces are filled with.
    """
    finding = told(name, **words)
    return WorkbookError(finding.rule, finding.message_ja, finding.fix_ja)
