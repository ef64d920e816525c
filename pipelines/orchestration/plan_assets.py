"""Group ``plans``: documents become rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import dagster as dg

from pipelines.orchestration.extraction import (
    PartitionReport,
    extract_partition,
    plan_store,
)
from pipelines.orchestration.inventory import Inventory, group_folders, read_inventory
from pipelines.orchestration.issues import severity_counts
from pipelines.orchestration.partitions import (
    UNPLACED,
    prefecture_partitions,
)
from pipelines.orchestration.registers import Register, read_registers
from pipelines.orchestration.reporting import Reporter
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.review import write_reviews
from pipelines.orchestration.source_assets import plan_documents
from pipelines.orchestration.workspace import Places, schema_directory
from pipelines.sources.discovery import PlanFolder, discover_plans
from pipelines.sources.fingerprints import READING_CODE, code_fingerprint, fingerprint
from pipelines.tables.schema import TableSchema
from pipelines.tables.schemas import load_schemas


@dg.asset(
    group_name="plans",
    deps=[plan_documents],
    partitions_def=prefecture_partitions,
    backfill_policy=dg.BackfillPolicy.single_run(),
    kinds={"python", "parquet"},
    description=(
        "The rows of every plan of a prefecture, one Parquet file per table. Read again only where "
        "the raw files or the code that reads them changed, by content hash."
    ),
)
def extracted_plans(
    context: dg.AssetExecutionContext, workspace: Workspace, reporter: dg.ResourceParam[Reporter]
) -> None:
    """Read the plans of the partitions of this run whose content changed."""
    places, schemas = workspace.places, load_schemas(schema_directory())
    store = plan_store(places.extracted)
    keys = [*context.partition_keys, UNPLACED]
    inventories = {key: read_inventory(places.sources, key) for key in keys}
    registers = read_registers(places.raw)
    wanted = wanted_fingerprints(inventories, registers)
    for key in keys:
        if key not in wanted:
            store.remove(key)
    changed = [key for key in wanted if not store.is_current(key, wanted[key], schemas)]
    context.log.info(f"{len(wanted)} partitions hold plans, {len(changed)} of them changed")
    changed_inventories = {key: inventories[key] for key in changed}
    read_changed(places, schemas, changed_inventories, wanted, registers, reporter)
    write_reviews(places.review, store.reports())
    reporter.stage("表の作成と検査", len(schemas))
    for key in context.partition_keys:
        report = store.report(key)
        metadata = {**report_metadata(report), "recomputed": key in changed}
        context.add_asset_metadata(metadata, partition_key=key)
        for plan_id, text in report.tracebacks.items():
            context.log.error(f"{plan_id} could not be read:\n{text}")


def wanted_fingerprints(
    inventories: dict[str, Inventory], registers: Iterable[Register] = ()
) -> dict[str, str]:
    """Fingerprint that each partition with plans or registers should bear: files and code."""
    code = code_fingerprint(READING_CODE)
    marks: dict[str, dict[str, str]] = defaultdict(dict)
    for one in registers:
        marks[one.partition][one.place] = one.mark
    return {
        key: fingerprint({"raw": inventory.fingerprint, "code": code, **marks[key]})
        for key, inventory in inventories.items()
        if key in marks or not inventory.is_empty
    }


def read_changed(
    places: Places,
    schemas: dict[str, TableSchema],
    inventories: dict[str, Inventory],
    wanted: dict[str, str],
    registers: Sequence[Register],
    reporter: Reporter,
) -> None:
    """Read and store the plans and registers of these partitions."""
    folders: dict[str, list[PlanFolder]] = {}
    if inventories:
        folders = group_folders(discover_plans(places.raw).folders)
    reporter.stage("計画の読み取り", sum(len(folders.get(key, [])) for key in inventories))
    for key, inventory in inventories.items():
        rows, report = extract_partition(
            schemas,
            inventory,
            folders.get(key, []),
            wanted[key],
            reporter.step,
            [one for one in registers if one.partition == key],
        )
        plan_store(places.extracted).write(schemas, rows, report)


def report_metadata(report: PartitionReport) -> dict[str, Any]:
    """What the UI shows of one partition of extracted plans."""
    totals: dict[str, int] = {}
    for plan in report.plans:
        for name, count in plan["rows"].items():
            totals[name] = totals.get(name, 0) + count
    return {
        "plans": dg.MetadataValue.json(report.plans),
        "left_out": dg.MetadataValue.json(report.left_out),
        "fingerprint": report.fingerprint or "none",
        "dagster/partition_row_count": sum(totals.values()),
        **{f"rows/{name}": count for name, count in sorted(totals.items())},
        **severity_counts(report.problems),
    }
