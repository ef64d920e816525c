"""What the raw folder holds for the results of each partition."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.orchestration.issues import Row
from pipelines.orchestration.partitions import partition_of_folder, partition_of_place
from pipelines.problems import Problem
from pipelines.results.departments import department_rows
from pipelines.sources.decoding import DecodingError, decode_text
from pipelines.sources.fingerprints import content_hash, fingerprint, list_contents
from pipelines.sources.municipality_code import fault_of_code
from pipelines.sources.result_rounds import RoundFolder, discover_rounds

DEPARTMENTS = "departments"
RESULTS = "results"


@dataclass
class ResultInputs:
    """The rounds and registers of one partition.

    Attributes:
        rounds: usable rounds.
        departments: rows of ``departments``.
        sources: rows of ``sources`` for the registers.
        problems: what was found wrong with folders, settings and registers.
        entries: name -> hash of everything that decides these.
    """

    rounds: list[RoundFolder] = field(default_factory=list)
    departments: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    entries: dict[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Hash of every file of the partition's results."""
        return fingerprint(self.entries)


def take_result_inputs(raw: Path) -> dict[str, ResultInputs]:
    """Partition -> its inputs; only partitions that have some."""
    inputs: dict[str, ResultInputs] = defaultdict(ResultInputs)
    found = discover_rounds(raw)
    for one in found.rounds:
        inputs[partition_of_folder(one.municipality_code)].rounds.append(one)
    for problem in found.problems:
        place = problem.place.removeprefix(f"{RESULTS}/")
        inputs[partition_of_place(place)].problems.append(problem)
    for path in sorted((raw / DEPARTMENTS).glob("*")):
        if not path.name.startswith("."):
            _take_register(path, inputs[partition_of_folder(path.name)])
    for name, mark in _listing(raw).items():
        inputs[partition_of_folder(name.split("/")[1])].entries[name] = mark
    return dict(inputs)


def _listing(raw: Path) -> Mapping[str, str]:
    folder = raw / RESULTS
    listing = list_contents(folder) if folder.is_dir() else {}
    return {f"{RESULTS}/{name}": mark for name, mark in listing.items()}


def _take_register(path: Path, inputs: ResultInputs) -> None:
    """Read one register; a file that is none is told."""
    place = f"{DEPARTMENTS}/{path.name}"
    inputs.entries[place] = content_hash(path)
    code = path.stem
    fault = fault_of_code(code) if path.suffix.lower() == ".csv" else None
    if fault or path.suffix.lower() != ".csv":
        message = f"部署名簿は <団体コード>.csv という名前で置きます。{fault or ''}"
        inputs.problems.append(Problem("error", "register_place", place, message))
        return
    try:
        data = path.read_bytes()
        decoded = decode_text(data)
    except OSError as error:
        message = f"部署名簿を開けません（{error.strerror}）。権限を確かめてください。"
        inputs.problems.append(Problem("error", "register_unreadable", place, message))
        return
    except DecodingError as error:
        inputs.problems.append(Problem("error", "register_unreadable", place, str(error)))
        return
    source = _register_source(code, place, path, decoded.encoding)
    lines = list(csv.reader(io.StringIO(decoded.text.removeprefix("\ufeff"), newline="")))
    rows, findings = department_rows(lines, code, str(source["source_id"]))
    inputs.departments += rows
    inputs.sources.append(source)
    inputs.problems += [
        one.problem(place, str(source["source_id"]), municipality_code=code) for one in findings
    ]


def _register_source(code: str, place: str, path: Path, encoding: str) -> Row:
    return {
        "source_id": f"{code}-departments",
        "source_kind": "register",
        "municipality_code": code,
        "plan_id": None,
        "path": place,
        "sha256": content_hash(path),
        "bytes": path.stat().st_size,
        "media_type": "text/csv",
        "encoding": encoding,
        "page_count": None,
        "line_count": None,
        "source_url": None,
        "license": None,
        "retrieved_on": None,
    }
