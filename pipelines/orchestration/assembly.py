"""All definitions of the pipeline, put together."""

from __future__ import annotations

import dagster as dg

from pipelines.marts.run import mart_names
from pipelines.orchestration.automation import build_job, nightly_build, raw_content_changed
from pipelines.orchestration.figure_assets import extracted_figures, raw_figures
from pipelines.orchestration.mart_assets import marts_asset
from pipelines.orchestration.plan_assets import extracted_plans
from pipelines.orchestration.plan_checks import (
    corrections_and_changes_hold,
    published_plans_remain_readable,
    some_plan_is_readable,
)
from pipelines.orchestration.release_assets import release_asset
from pipelines.orchestration.reporting import QuietReporter, Reporter
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.result_assets import extracted_results, raw_results
from pipelines.orchestration.result_checks import every_row_is_accounted_for
from pipelines.orchestration.source_assets import plan_documents, raw_plans
from pipelines.orchestration.table_assets import foreign_key_check, table_asset
from pipelines.orchestration.workspace import schema_directory
from pipelines.tables.schemas import load_schemas


def build_definitions(
    workspace: Workspace | None = None, reporter: Reporter | None = None
) -> dg.Definitions:
    """The definitions, for Dagster's processes or for a build in this process.

    Args:
        workspace: where to read and write; the defaults of the environment if not given.
        reporter: who watches; nobody if not given.

    Raises:
        SchemaError: a file of ``schemas/`` has a fault.
    """
    schemas = load_schemas(schema_directory())
    marts = mart_names(schemas)
    tables = [name for name in schemas if name not in marts]
    return dg.Definitions(
        assets=[
            *(raw_plans, raw_figures, raw_results),
            *(plan_documents, extracted_plans, extracted_figures, extracted_results),
            *(table_asset(schemas, name) for name in tables),
            marts_asset(schemas),
            release_asset(schemas),
        ],
        asset_checks=[
            foreign_key_check(schemas, tables, "foreign_keys"),
            foreign_key_check(schemas, marts, "mart_foreign_keys"),
            corrections_and_changes_hold,
            published_plans_remain_readable,
            some_plan_is_readable,
            every_row_is_accounted_for,
        ],
        jobs=[build_job],
        schedules=[nightly_build],
        sensors=[raw_content_changed],
        resources={
            "workspace": workspace or Workspace(),
            "reporter": reporter or QuietReporter(),
        },
        # A step in its own process costs seconds of imports and saves nothing on one machine.
        executor=dg.in_process_executor,
    )
