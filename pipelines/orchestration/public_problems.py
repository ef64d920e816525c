"""Problems of submitted files and registers as they may be published."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from pipelines.orchestration.result_inputs import RESULTS
from pipelines.problems import Problem

_QUOTED = re.compile(r"「[^「」]*」")
_FILE_NAME = re.compile(
    r"[^\s「」、。（）:：/]+\.(?:xlsx|xlsm|xlsb|xls|ods|csv|tsv|txt|pdf|docx?)", re.IGNORECASE
)
#: The sheets of a file of which none is read, listed without 「」.
_SHEETS = re.compile(r"（シート: .*）。", re.S)


def public(problem: Problem, unread: Mapping[str, Collection[str]] | None = None) -> Problem:
    """A problem as it may be published: no names of submitted files, no words of clerks.

    The place becomes the source and the cell, or the source alone where the cell is of a sheet
    that is not read; what stands between 「」 in the message goes.

    Args:
        problem: as it is told internally.
        unread: of :func:`pipelines.orchestration.unread_sheets.unread_sheets`.
    """
    if problem.source_id is None and not problem.place.startswith(f"{RESULTS}/"):
        return problem
    message = _QUOTED.sub("「…」", _QUOTED.sub("…", problem.message_ja))
    message = _FILE_NAME.sub("…", _SHEETS.sub("（シート: …）。", message))
    if problem.source_id is None:
        folder = "/".join(problem.place.split("/")[:5])
        return replace(problem, place=folder, message_ja=message)
    _, _, cell = problem.place.partition(": ")
    is_kept = cell and not _names_any(cell, (unread or {}).get(problem.source_id, ()))
    place = f"{problem.source_id}: {cell}" if is_kept else problem.source_id
    return replace(problem, place=place, message_ja=message)


def _names_any(cells: str, sheets: Iterable[str]) -> bool:
    """Whether one of the cells, or the only place, is of one of the sheets."""
    return any(f"{one}!" in cells or one in (cells, *cells.split("、")) for one in sheets)
