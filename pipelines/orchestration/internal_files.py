"""``outputs/internal``: feedback for departments, quarantined rows, the log of submissions."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable
from pathlib import Path

from pipelines.orchestration.files import write_text
from pipelines.orchestration.internal_places import (
    FEEDBACK,
    LOG,
    QUARANTINE,
    InternalPlaces,
    internal_places,
)
from pipelines.orchestration.partitions import FICTIONAL, partition_of_folder
from pipelines.orchestration.result_extraction import ResultReport
from pipelines.orchestration.round_extraction import ExtractedResults
from pipelines.results.feedback.marked_copy import marked_copy
from pipelines.results.feedback.page import FeedbackContext, feedback_page
from pipelines.results.feedback.quarantine import quarantine_csv
from pipelines.results.feedback.texts import without_formula
from pipelines.results.outcomes import FileOutcome

#: A marked copy of a larger file takes minutes; its page and its list say the same.
ROWS_OF_A_COPY = 20_000


def forget_internal(internal: Path, partition: str) -> None:
    """Remove the feedback and the quarantine of a partition."""
    for kind in (FEEDBACK, QUARANTINE):
        for folder in (internal / kind).glob("*"):
            if partition_of_folder(folder.name) == partition:
                shutil.rmtree(folder)


def write_internal(internal: Path, partition: str, extracted: ExtractedResults) -> None:
    """Replace the feedback and the quarantine of a partition."""
    forget_internal(internal, partition)
    for one in extracted.files:
        places = internal_places(internal, one.submission.place)
        _write_feedback(places, one, extracted)
        if one.quarantined:
            places.quarantine.parent.mkdir(parents=True, exist_ok=True)
            places.quarantine.write_bytes(quarantine_csv(one.quarantined))


def _write_feedback(places: InternalPlaces, one: FileOutcome, extracted: ExtractedResults) -> None:
    source = one.submission.source
    context = FeedbackContext(
        department="、".join(one.departments[:3]) or source.department,
        plan_title=extracted.plan_titles.get(source.plan_id),
        fiscal_year=source.fiscal_year,
        round=source.round,
        is_fictional=source.municipality_code.startswith(FICTIONAL),
    )
    write_text(places.page, feedback_page(one.feedback, context))
    workbook, file = one.feedback.workbook, one.submission.file
    if workbook is None or sum(len(sheet.rows) for sheet in workbook.sheets) > ROWS_OF_A_COPY:
        return
    places.copy.write_bytes(marked_copy(file.name, file.data, workbook, one.feedback.findings))


def write_log(internal: Path, reports: Iterable[ResultReport]) -> None:
    """Write the log of all submissions; it says what came in, and what came of it."""
    entries = [entry for report in reports for entry in report.submissions]
    if not entries:
        (internal / LOG).unlink(missing_ok=True)
        return
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(entries[0]), lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        safe = {
            key: without_formula(value) if isinstance(value, str) else value
            for key, value in entry.items()
        }
        writer.writerow(safe)
    write_text(internal / LOG, "\ufeff" + buffer.getvalue())
