"""Where the internal files of a submitted file lie in ``outputs/internal``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

FEEDBACK, QUARANTINE, LOG = "feedback", "quarantine", "submissions.csv"


@dataclass(frozen=True)
class InternalPlaces:
    """The files that are written about one submitted file; not all of them need exist.

    Attributes:
        page: every finding, as HTML.
        copy: the file as xlsx with the faulty cells marked.
        quarantine: its rows that could not be published, as CSV.
    """

    page: Path
    copy: Path
    quarantine: Path


def internal_places(internal: Path, submission: str) -> InternalPlaces:
    """Where the files about a submission lie.

    Args:
        internal: ``outputs/internal``.
        submission: its place in the raw folder: ``results/<code>/<plan>/<year>/<round>/<file>``.
    """
    below = Path(*PurePosixPath(submission).parts[1:])
    feedback, quarantine = internal / FEEDBACK / below, internal / QUARANTINE / below
    copy = feedback if feedback.suffix.lower() == ".xlsx" else _with(feedback, "xlsx")
    return InternalPlaces(_with(feedback, "html"), copy, _with(quarantine, "csv"))


def _with(path: Path, extension: str) -> Path:
    """The extension is added, never exchanged: two files may differ in theirs only."""
    return path.with_name(f"{path.name}.{extension}")
