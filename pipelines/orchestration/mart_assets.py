"""Group ``marts``: tables made from the checked tables by SQL, all in one step."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg

from pipelines.marts.run import build_marts, mart_names
from pipelines.orchestration.check_results import check_result, own_rules_of
from pipelines.orchestration.reporting import Reporter
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.table_assets import RULES_CHECK, column_schema, write_metadata
from pipelines.orchestration.verdicts import record_verdict
from pipelines.tables.schema import TableSchema
from pipelines.tables.store import ParquetStore


def marts_asset(schemas: Mapping[str, TableSchema]) -> dg.AssetsDefinition:
    """The assets of all marts: one step, since they share views that cost more than they do."""
    names = mart_names(schemas)
    sources = [name for name in schemas if name not in names]

    @dg.multi_asset(
        name="marts",
        specs=[_spec(schemas[name], sources) for name in names],
        check_specs=[
            dg.AssetCheckSpec(
                RULES_CHECK,
                asset=name,
                blocking=True,
                description="Required, enum, pattern, ranges, lengths, primary and unique keys.",
            )
            for name in names
        ],
    )
    def marts(
        workspace: Workspace, reporter: dg.ResourceParam[Reporter]
    ) -> Iterator[dg.MaterializeResult[Any]]:
        places = workspace.places
        store = ParquetStore(places.tables, schemas)
        files = {name: store.path(name) for name in sources}
        for name, rows in build_marts(schemas, files, names):
            written = store.write(name, rows)
            found = [one.problem() for one in own_rules_of(schemas[name], rows)]
            record_verdict(places, RULES_CHECK, name, found)
            reporter.step(f"{schemas[name].title} {written.rows:,}行")
            yield dg.MaterializeResult(
                asset_key=name,
                metadata=write_metadata(written),
                data_version=dg.DataVersion(written.sha256),
                check_results=[check_result(RULES_CHECK, name, found)],
            )

    return marts


def _spec(schema: TableSchema, sources: list[str]) -> dg.AssetSpec:
    return dg.AssetSpec(
        schema.name,
        deps=sources,
        group_name="marts",
        kinds={"duckdb", "sql"},
        description=f"{schema.title}. {schema.description}",
        metadata={"dagster/column_schema": column_schema(schema)},
    )
