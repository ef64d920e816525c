"""Problems of submitted files and registers as they may be published."""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.orchestration.result_inputs import RESULTS
from pipelines.problems import Problem

_QUOTED = re.compile(r"「[^「」]*」")
_FILE_NAME = re.compile(
    r"[^\s「」、。（）:：/]+\.(?:xlsx|xlsm|xlsb|xls|ods|csv|tsv|txt|pdf|docx?)", re.IGNORECASE
)


def public(problem: Problem) -> Problem:
    """A problem as it may be published: no names of submitted files, no words of clerks.

    The place becomes the source and the cell; what stands between 「」 in the message goes.
    """
    if problem.source_id is None and not problem.place.startswith(f"{RESULTS}/"):
        return problem
    message = _QUOTED.sub("「…」", _QUOTED.sub("…", problem.message_ja))
    message = _FILE_NAME.sub("…", message)
    if problem.source_id is None:
        folder = "/".join(problem.place.split("/")[:5])
        return replace(problem, place=folder, message_ja=message)
    _, _, cell = problem.place.partition(": ")
    place = f"{problem.source_id}: {cell}" if cell else problem.source_id
    return replace(problem, place=place, message_ja=message)
