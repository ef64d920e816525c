"""What is told of results: one list of texts, ``findings.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pipelines.messages import OF_FILE, At, MessageList
from pipelines.sources.workbooks.model import CellFinding


@cache
def findings() -> MessageList:
    """The texts of ``findings.yaml``."""
    return MessageList(Path(__file__).with_suffix(".yaml"))


def finding(
    name: str,
    cell: str | None = None,
    column_name: str | None = None,
    at: At = OF_FILE,
    **words: Any,
) -> CellFinding:
    """A finding of ``findings.yaml``; arguments as ``MessageList.finding``."""
    return findings().finding(name, cell, column_name, at, **words)
