"""Names and places inside ``outputs/``; the contract's section "Output"."""

from __future__ import annotations

from pathlib import Path
from typing import Final

DATAPACKAGE: Final = "datapackage.json"
DUCKDB: Final = "gyokaku.duckdb"
SPREADSHEET: Final = "gyokaku.xlsx"
QUALITY: Final = "quality.json"
CHECKSUMS: Final = "SHA256SUMS"
PAGE: Final = "index.html"
CATALOG: Final = "catalog.jsonld"
#: What a city hands out, per plan and year.
COUNCIL_PAPERS: Final = "審議会資料.xlsx"
PROGRESS_LIST: Final = "行政改革進捗状況一覧.csv"


def csv_path(table: str) -> str:
    """The table's CSV file, relative to the release."""
    return f"data/csv/{table}.csv"


def parquet_path(table: str) -> str:
    """The table's Parquet file, relative to the release."""
    return f"data/parquet/{table}.parquet"


def municipal_path(code: str) -> str:
    """The folder of the package of one municipality, relative to the release."""
    return f"packages/{code}"


def handout_path(plan_id: str, fiscal_year: int, name: str) -> str:
    """A file that a city hands out for a plan and year, relative to the release."""
    return f"handouts/{plan_id}/{fiscal_year}/{name}"


def releases_folder(outputs: Path) -> Path:
    """Holds one folder per version, and versions.json."""
    return outputs / "releases"


def candidates_folder(outputs: Path) -> Path:
    """Holds releases that wait for approval, one folder and one JSON file each."""
    return outputs / "candidates"


def candidate_file(outputs: Path, version: str) -> Path:
    """What versions.json will say of a candidate."""
    return candidates_folder(outputs) / f"{version}.json"


def staging_folder(outputs: Path) -> Path:
    """Holds unfinished releases; on the same file system, so that a rename publishes them."""
    return outputs / "staging"


def versions_file(outputs: Path) -> Path:
    """The ordered list of releases."""
    return releases_folder(outputs) / "versions.json"


def journal_file(outputs: Path) -> Path:
    """Names the version that is being published, while it is."""
    return staging_folder(outputs) / "publishing.json"


def lock_file(outputs: Path) -> Path:
    """Held by the one build that may write to ``outputs``."""
    return outputs / ".build.lock"
