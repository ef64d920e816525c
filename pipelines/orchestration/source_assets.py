"""Groups ``raw`` and ``sources``: what lies in the raw folder."""

from typing import Any

import dagster as dg

from pipelines.orchestration.inventory import (
    Inventory,
    read_inventory,
    take_inventories,
    write_inventory,
)
from pipelines.orchestration.issues import severity_counts
from pipelines.orchestration.partitions import UNPLACED, prefecture_partitions
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.verdicts import forget_verdicts
from pipelines.sources.discovery import discover_plans

raw_plans = dg.AssetSpec(
    "raw_plans",
    group_name="raw",
    kinds={"file"},
    description=(
        "raw/plans: one folder per plan, the document byte for byte as received and its plan.yaml; "
        "raw/departments: registers of departments. Nothing here is ever edited by the pipeline."
    ),
)


@dg.asset(
    group_name="sources",
    deps=[raw_plans],
    partitions_def=prefecture_partitions,
    backfill_policy=dg.BackfillPolicy.single_run(),
    kinds={"python", "json"},
    description="The plan folders of a prefecture: found, hashed, their plan.yaml checked.",
)
def plan_documents(context: dg.AssetExecutionContext, workspace: Workspace) -> None:
    """Look at every plan folder and keep an inventory of each partition of this run."""
    places = workspace.places
    # A build that ends early must not look like the one that wrote this file.
    places.fingerprint.unlink(missing_ok=True)
    forget_verdicts(places)
    inventories = take_inventories(places.plans, discover_plans(places.raw))
    for key in [*context.partition_keys, UNPLACED]:
        write_inventory(places.sources, key, inventories.get(key))
    for key in context.partition_keys:
        inventory = read_inventory(places.sources, key)
        context.add_asset_metadata(inventory_metadata(inventory), partition_key=key)
    found = sum(len(one.folders) for one in inventories.values())
    context.log.info(f"{found} plan folders in {len(inventories)} partitions")


def inventory_metadata(inventory: Inventory) -> dict[str, Any]:
    """What the UI shows of one partition of the raw folder."""
    return {
        "folders": len(inventory.folders),
        "left_out": len(inventory.left_out),
        "bytes": inventory.bytes,
        "fingerprint": inventory.fingerprint or "empty",
        **severity_counts(inventory.problems),
    }
