"""Group ``figures``: what cities have published becomes rows, and is checked against itself."""

from typing import Any

import dagster as dg

from pipelines.orchestration.figure_extraction import (
    ALL,
    FIGURE_TABLES,
    FOLDERS,
    extract_figures,
    figure_store,
    raw_files,
)
from pipelines.orchestration.issues import severity_counts
from pipelines.orchestration.plan_assets import extracted_plans
from pipelines.orchestration.reporting import Reporter
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.workspace import Places, schema_directory
from pipelines.sources.fingerprints import (
    FIGURES_CODE,
    code_fingerprint,
    content_hash,
    fingerprint,
    list_contents,
)
from pipelines.tables.schemas import load_schemas
from pipelines.tables.store import ParquetStore

raw_figures = dg.AssetSpec(
    "raw_figures",
    group_name="raw",
    kinds={"file"},
    description="raw/figures and raw/rating_scales: what cities have published, with the pages.",
)


@dg.asset(
    group_name="figures",
    deps=[raw_figures, extracted_plans],
    kinds={"python", "parquet"},
    description=(
        "Published figures and rating scales as rows, figures that follow by subtraction, and "
        "the checks of the figures against each other. Read again only where something changed."
    ),
)
def extracted_figures(
    context: dg.AssetExecutionContext, workspace: Workspace, reporter: dg.ResourceParam[Reporter]
) -> dg.MaterializeResult[None]:
    """Read the figures of all municipalities, which lie in shared files."""
    places, schemas = workspace.places, load_schemas(schema_directory())
    store = ParquetStore(places.extracted, schemas)
    wanted = wanted_fingerprint(places)
    figures = figure_store(places.figures)
    changed = not figures.is_current(ALL, wanted, FIGURE_TABLES)
    if changed:
        reporter.stage("公表値の読み取り")
        rows, report = extract_figures(
            raw_files(places.raw),
            store.read_partitions("plans").to_pylist(),
            store.read_partitions("municipalities").column("municipality_code").to_pylist(),
            wanted,
        )
        figures.write(schemas, rows, report)
    return dg.MaterializeResult(metadata={**report_metadata(places), "recomputed": changed})


def wanted_fingerprint(places: Places) -> str:
    """Fingerprint of the files, of the plans they are linked with, and of the reading code."""
    entries = {"code": code_fingerprint(FIGURES_CODE)}
    for folder in FOLDERS:
        if (places.raw / folder).is_dir():
            listing = list_contents(places.raw / folder)
            entries |= {f"{folder}/{name}": mark for name, mark in listing.items()}
    for name in ("plans", "municipalities"):
        for path in sorted(places.extracted.glob(f"*/{name}.parquet")):
            entries[f"{path.parent.name}/{name}"] = content_hash(path)
    return fingerprint(entries)


def report_metadata(places: Places) -> dict[str, Any]:
    """What the UI shows of the figures."""
    report = figure_store(places.figures).report(ALL)
    return {"accounts": dg.MetadataValue.json(report.accounts), **severity_counts(report.problems)}
