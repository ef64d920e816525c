"""Group ``results``: what departments sent becomes rows, and feedback for the departments."""

from collections.abc import Callable, Mapping
from typing import Any

import dagster as dg

from pipelines.figures.checks.against_results import compare_with_results
from pipelines.orchestration.extraction import plan_store
from pipelines.orchestration.figure_assets import extracted_figures
from pipelines.orchestration.figure_extraction import ALL, figure_store
from pipelines.orchestration.internal_files import forget_internal, write_internal, write_log
from pipelines.orchestration.issues import Row, severity_counts
from pipelines.orchestration.partitions import UNPLACED, prefecture_partitions
from pipelines.orchestration.plan_assets import extracted_plans
from pipelines.orchestration.reporting import Reporter
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.result_extraction import (
    RESULT_TABLES,
    ResultReport,
    result_store,
)
from pipelines.orchestration.result_inputs import ResultInputs, take_result_inputs
from pipelines.orchestration.round_extraction import extract_results
from pipelines.orchestration.workspace import Places, schema_directory
from pipelines.plans.rating_scale import scale_of
from pipelines.sources.fingerprints import RESULTS_CODE, code_fingerprint, fingerprint
from pipelines.tables.schema import TableSchema
from pipelines.tables.schemas import load_schemas
from pipelines.tables.store import ParquetStore

raw_results = dg.AssetSpec(
    "raw_results",
    group_name="raw",
    kinds={"file"},
    description=(
        "raw/results: what departments sent, untouched, with our round.yaml and profile.yaml "
        "beside it."
    ),
)


@dg.asset(
    group_name="results",
    deps=[raw_results, extracted_plans, extracted_figures],
    partitions_def=prefecture_partitions,
    backfill_policy=dg.BackfillPolicy.single_run(),
    kinds={"python", "parquet"},
    description=(
        "The rows of every survey round of a prefecture, one Parquet file per table, and the "
        "feedback for the departments. Read again only where something that decides it changed."
    ),
)
def extracted_results(
    context: dg.AssetExecutionContext, workspace: Workspace, reporter: dg.ResourceParam[Reporter]
) -> None:
    """Read the rounds of the partitions of this run whose content changed."""
    places, schemas = workspace.places, load_schemas(schema_directory())
    inputs = take_result_inputs(places.raw)
    store = result_store(places.results)
    keys = [*context.partition_keys, UNPLACED]
    wanted = {key: wanted_fingerprint(places, key, inputs[key]) for key in keys if key in inputs}
    changed = [
        key for key, value in wanted.items() if not store.is_current(key, value, RESULT_TABLES)
    ]
    reporter.stage("実績の読み取り", sum(_files(inputs[key]) for key in changed))
    for key in keys:
        if key not in inputs:
            store.remove(key)
            forget_internal(places.internal, key)
    for key in changed:
        read_partition(places, schemas, key, inputs[key], wanted[key], reporter.step)
    write_log(places.internal, store.reports())
    for key in context.partition_keys:
        report = store.report(key)
        metadata = {**report_metadata(report), "recomputed": key in changed}
        context.add_asset_metadata(metadata, partition_key=key)


def _files(inputs: ResultInputs) -> int:
    return sum(len(one.files) for one in inputs.rounds)


def wanted_fingerprint(places: Places, key: str, inputs: ResultInputs) -> str:
    """Fingerprint that a partition should bear: its files, plans, figures and the code."""
    return fingerprint(
        {
            "raw": inputs.fingerprint,
            "plans": plan_store(places.extracted).report(key).fingerprint,
            "figures": figure_store(places.figures).report(ALL).fingerprint,
            "code": code_fingerprint(RESULTS_CODE),
        }
    )


def read_partition(
    places: Places,
    schemas: Mapping[str, TableSchema],
    key: str,
    inputs: ResultInputs,
    wanted: str,
    on_file: Callable[[str], None],
) -> None:
    """Read and store the rounds of one partition, and write its internal files."""
    plan_rows = stored_rows(ParquetStore(places.extracted, schemas), key)
    figures = ParquetStore(places.figures, schemas)
    scales = figures.read("rating_scales", ALL).to_pylist()

    def scale(plan: Row) -> dict[str, str | None]:
        return scale_of(scales, plan["plan_id"], plan["municipality_code"])

    extracted = extract_results(inputs, plan_rows, scale, on_file)
    published = figures.read("published_figures", ALL).to_pylist()
    extracted.rows["figure_checks"] += compare_with_results(
        published, extracted.rows["financial_effects"], known_gaps(inputs)
    )
    report = ResultReport(
        partition=key,
        fingerprint=wanted,
        problems=list(extracted.problems),
        accounts=extracted.accounts(),
        submissions=extracted.log(),
    )
    rows = {name: extracted.rows[name] for name in RESULT_TABLES}
    result_store(places.results).write(schemas, rows, report)
    write_internal(places.internal, key, extracted)


def known_gaps(inputs: ResultInputs) -> dict[tuple[str, int | None], str]:
    """(plan_id, fiscal year or None) -> why our rows are a part only, as ``source.yaml`` says."""
    return {
        (one.plan_id, one.fiscal_year): one.origin.partial_reason
        for one in inputs.rounds
        if one.origin.partial_reason
    }


def stored_rows(store: ParquetStore, key: str) -> dict[str, list[Row]]:
    """Every stored table of one partition as rows; none where the partition holds none."""
    return {
        name: store.read(name, key).to_pylist() if key in store.partitions(name) else []
        for name in store.schemas
    }


def report_metadata(report: ResultReport) -> dict[str, Any]:
    """What the UI shows of one partition of results."""
    return {
        "files": len(report.submissions),
        "accounts": dg.MetadataValue.json(report.accounts),
        "fingerprint": report.fingerprint or "none",
        **severity_counts(report.problems),
    }
