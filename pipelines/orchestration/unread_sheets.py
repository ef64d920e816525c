"""Sheets of submitted files that nothing is published of: their names stay internal, too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from pipelines.results.outcomes import FileOutcome

#: What is told of a sheet that is hidden, or of which nothing is read.
_UNREAD: Final = frozenset(
    {
        "hidden_sheet",
        "hidden_sheet_not_read",
        "example_sheet_not_read",
        "key_sheet_not_read",
        "no_table_found",
    }
)


def unread_sheets(files: Iterable[FileOutcome]) -> dict[str, set[str]]:
    """source_id -> the names of its sheets that are hidden or not read, which stay internal."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in files:
        findings = file.feedback.findings
        names = {one.sheet for one in findings if one.rule in _UNREAD and one.sheet}
        found[file.submission.source.source_id] |= names
    return found
