"""What the raw folder holds for the results of each partition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.orchestration.partitions import partition_of_folder, partition_of_place
from pipelines.problems import Problem
from pipelines.sources.fingerprints import fingerprint, list_contents
from pipelines.sources.result_rounds import RoundFolder, discover_rounds

RESULTS = "results"


@dataclass
class ResultInputs:
    """The rounds of one partition.

    Attributes:
        rounds: usable rounds.
        problems: what was found wrong with folders and settings.
        entries: name -> hash of everything that decides these.
    """

    rounds: list[RoundFolder] = field(default_factory=list)
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
    for name, mark in _listing(raw).items():
        inputs[partition_of_folder(name.split("/")[1])].entries[name] = mark
    return dict(inputs)


def _listing(raw: Path) -> Mapping[str, str]:
    folder = raw / RESULTS
    listing = list_contents(folder) if folder.is_dir() else {}
    return {f"{RESULTS}/{name}": mark for name, mark in listing.items()}
