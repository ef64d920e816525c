"""Everything that the raw folder says of one municipality, read on the spot.

For commands that must show what lies there now (forms, validation), not what the last build saw.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.figures.rating_scales import read_scale_files
from pipelines.orchestration.extraction import extract_partition
from pipelines.orchestration.figure_extraction import known_plans, raw_files
from pipelines.orchestration.inventory import Inventory
from pipelines.orchestration.issues import Row
from pipelines.orchestration.partitions import partition_of_folder
from pipelines.orchestration.registers import read_registers
from pipelines.orchestration.result_inputs import ResultInputs, take_result_inputs
from pipelines.orchestration.round_extraction import ExtractedResults, extract_results
from pipelines.orchestration.workspace import schema_directory
from pipelines.plans.rating_scale import scale_of
from pipelines.problems import Problem
from pipelines.sources.discovery import PlanFolder, discover_plans
from pipelines.sources.result_rounds import RoundFolder
from pipelines.tables.schemas import load_schemas


@dataclass
class MunicipalityReading:
    """One municipality as it lies in the raw folder.

    Attributes:
        folders: its plan folders.
        rounds: its survey rounds that were read, those without files included.
        rows: table -> rows of its plans, scales and results.
        results: what came of each submitted file.
        problems: everything found.
    """

    folders: list[PlanFolder] = field(default_factory=list)
    rounds: list[RoundFolder] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    results: ExtractedResults = field(default_factory=ExtractedResults)
    problems: list[Problem] = field(default_factory=list)


def read_municipality(
    raw: Path, code: str, is_wanted: Callable[[RoundFolder], bool] = lambda _: True
) -> MunicipalityReading:
    """Read the plans, scales, registers and rounds of one municipality.

    Args:
        raw: the raw folder.
        code: six digits.
        is_wanted: which rounds are read.
    """
    partition = partition_of_folder(code)
    folders = [one for one in discover_plans(raw).folders if one.settings.municipality_code == code]
    rows, report = extract_partition(
        load_schemas(schema_directory()),
        Inventory(partition),
        folders,
        "",
        registers=[one for one in read_registers(raw) if one.municipality_code == code],
    )
    scales = read_scale_files(raw_files(raw)["rating_scales"], known_plans(rows["plans"])).rows
    inputs = _of_municipality(take_result_inputs(raw).get(partition, ResultInputs()), code)
    inputs.rounds = [one for one in inputs.rounds if is_wanted(one)]
    results = extract_results(
        inputs, rows, lambda plan: scale_of(scales, plan["plan_id"], plan["municipality_code"])
    )
    reading = MunicipalityReading(
        folders, inputs.rounds, defaultdict(list, rows), results, list(report.problems)
    )
    reading.rows["rating_scales"] = scales
    for name, values in results.rows.items():
        reading.rows[name] = [*reading.rows[name], *values]
    reading.problems += results.problems
    return reading


def _of_municipality(inputs: ResultInputs, code: str) -> ResultInputs:
    """The inputs of one municipality of a partition."""
    return ResultInputs(
        rounds=[one for one in inputs.rounds if one.municipality_code == code],
        problems=[one for one in inputs.problems if code in one.place.split("/")[:2]],
    )
