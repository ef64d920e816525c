"""Where a build reads and writes. The folders of ``outputs/`` that no release contains.

::

    outputs/store/sources/<partition>.json               what raw/plans held when last looked at
    outputs/store/extracted/<partition>/<table>.parquet  rows of the plans of one prefecture
    outputs/store/extracted/<partition>/report.json      how they were read, and what was left out
    outputs/store/figures/all/<table>.parquet            published figures and rating scales
    outputs/store/results/<partition>/<table>.parquet    rows of the results of one prefecture
    outputs/store/results/<partition>/report.json        how they were read, row by row
    outputs/store/tables/<table>.parquet                 whole tables, checked
    outputs/store/checks/<check>/<table>.json            what a check found, where it found anything
    outputs/internal/review/<plan_id>.csv                what a person should look at in a plan
    outputs/internal/feedback/<round>/<file>.{xlsx,html} what a department should mend in its file
    outputs/internal/quarantine/<round>/<file>.csv       rows that could not be published, and why
    outputs/internal/submissions.csv                     what came in: files, rounds, receipts
    outputs/last_build/                                  report of the last build
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pipelines.sources.fingerprints import PROJECT_ROOT


@dataclass(frozen=True)
class Places:
    """The folders of one build, all absolute."""

    raw: Path
    outputs: Path

    @property
    def plans(self) -> Path:
        """``raw/plans``."""
        return self.raw / "plans"

    @property
    def sources(self) -> Path:
        """Inventories of the raw folder, one JSON file per partition."""
        return self.outputs / "store" / "sources"

    @property
    def extracted(self) -> Path:
        """Root of the store of extracted rows, one folder per partition."""
        return self.outputs / "store" / "extracted"

    @property
    def figures(self) -> Path:
        """Root of the store of published figures and rating scales."""
        return self.outputs / "store" / "figures"

    @property
    def results(self) -> Path:
        """Root of the store of result rows, one folder per partition."""
        return self.outputs / "store" / "results"

    @property
    def tables(self) -> Path:
        """Root of the store of whole tables."""
        return self.outputs / "store" / "tables"

    @property
    def checks(self) -> Path:
        """What the checks of the tables found."""
        return self.outputs / "store" / "checks"

    @property
    def review(self) -> Path:
        """Review lists, one per plan."""
        return self.outputs / "internal" / "review"

    @property
    def internal(self) -> Path:
        """What is never published: feedback, quarantine, the log of submissions."""
        return self.outputs / "internal"

    @property
    def last_build(self) -> Path:
        """Report of the last build."""
        return self.outputs / "last_build"

    @property
    def fingerprint(self) -> Path:
        """What the last successful ``gyokaku build`` was made from."""
        return self.last_build / "fingerprint.json"


def default_raw() -> Path:
    """``GYOKAKU_RAW``, or ``raw`` of the project."""
    return Path(os.environ.get("GYOKAKU_RAW") or PROJECT_ROOT / "raw").absolute()


def default_outputs() -> Path:
    """``GYOKAKU_OUTPUTS``, or ``outputs`` of the project."""
    return Path(os.environ.get("GYOKAKU_OUTPUTS") or PROJECT_ROOT / "outputs").absolute()


def schema_directory() -> Path:
    """The folder of the table definitions."""
    return PROJECT_ROOT / "schemas"
