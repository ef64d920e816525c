"""Group ``tables``: one asset and its blocking checks per schema.

A later issue adds a table by adding its schema file and rows for it; nothing here changes.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import dagster as dg
import pyarrow as pa

from pipelines.orchestration.check_results import check_result, foreign_keys_of, own_rules_of
from pipelines.orchestration.figure_assets import extracted_figures
from pipelines.orchestration.plan_assets import extracted_plans
from pipelines.orchestration.reporting import Reporter
from pipelines.orchestration.resources import Workspace
from pipelines.orchestration.result_assets import extracted_results
from pipelines.orchestration.verdicts import record_verdict
from pipelines.orchestration.workspace import Places
from pipelines.tables.arrow import sort_table
from pipelines.tables.schema import TableSchema
from pipelines.tables.store import ParquetStore, WriteReport

RULES_CHECK = "own_rules"
FOREIGN_KEYS_CHECK = "foreign_keys"


def table_asset(schemas: Mapping[str, TableSchema], name: str) -> dg.AssetsDefinition:
    """The asset of one table: all partitions as one, sorted, stored, its own rules checked."""
    schema = schemas[name]

    @dg.asset(
        name=name,
        group_name="tables",
        deps=[extracted_plans, extracted_figures, extracted_results],
        kinds={"parquet"},
        description=f"{schema.title}. {schema.description}",
        metadata={"dagster/column_schema": column_schema(schema)},
        check_specs=[
            dg.AssetCheckSpec(
                RULES_CHECK,
                asset=name,
                blocking=True,
                description="Required, enum, pattern, ranges, lengths, primary and unique keys.",
            )
        ],
    )
    def table(
        workspace: Workspace, reporter: dg.ResourceParam[Reporter]
    ) -> Iterator[dg.MaterializeResult[None]]:
        places = workspace.places
        whole = gather(places, schemas, name)
        written = ParquetStore(places.tables, schemas).write(name, whole)
        found = [one.problem() for one in own_rules_of(schema, whole)]
        record_verdict(places, RULES_CHECK, name, found)
        reporter.step(f"{schema.title} {written.rows:,}行")
        yield dg.MaterializeResult(
            metadata=write_metadata(written),
            data_version=dg.DataVersion(written.sha256),
            check_results=[check_result(RULES_CHECK, name, found)],
        )

    return table


def gather(places: Places, schemas: Mapping[str, TableSchema], name: str) -> pa.Table:
    """The rows of one table from plans, figures and results, sorted."""
    parts = [
        ParquetStore(root, schemas).read_partitions(name)
        for root in (places.extracted, places.figures, places.results)
    ]
    return sort_table(schemas[name], pa.concat_tables(parts))


def foreign_key_check(
    schemas: Mapping[str, TableSchema], names: Collection[str], step: str
) -> dg.AssetChecksDefinition:
    """One blocking check per table that refers to another row, all run on the stored tables.

    They are one step because tables refer to each other in circles (a source to its plan, a plan
    to its source): separate steps would wait for each other's verdicts for ever. Marts wait for
    the tables that they are made from, so that theirs are a step of their own.

    Args:
        schemas: every declared table.
        names: the tables to check; all that they refer to are stored before.
        step: its name.
    """

    @dg.multi_asset_check(name=step, specs=foreign_key_specs(schemas, names))
    def foreign_keys(workspace: Workspace) -> Iterator[dg.AssetCheckResult]:
        store = ParquetStore(workspace.places.tables, schemas)
        needed = _with_referred(schemas, names)
        tables = {name: store.read(name) for name in needed}
        violations = foreign_keys_of({name: schemas[name] for name in needed}, tables)
        for name in referring(schemas, names):
            found = [one.problem() for one in violations if one.table == name]
            record_verdict(workspace.places, FOREIGN_KEYS_CHECK, name, found)
            yield check_result(FOREIGN_KEYS_CHECK, name, found)

    return foreign_keys


def _with_referred(schemas: Mapping[str, TableSchema], names: Collection[str]) -> list[str]:
    """Some tables and all that they lead to, so that these are complete themselves."""
    needed = list(names)
    for name in needed:
        others = (key.reference_table for key in schemas[name].foreign_keys)
        needed += [other for other in others if other not in needed]
    return needed


def foreign_key_specs(
    schemas: Mapping[str, TableSchema], names: Collection[str]
) -> list[dg.AssetCheckSpec]:
    """What the check of the references promises: a verdict per table with references."""
    checked = referring(schemas, names)
    others = [name for name in _with_referred(schemas, names) if name not in checked]
    return [
        dg.AssetCheckSpec(
            FOREIGN_KEYS_CHECK,
            asset=name,
            blocking=True,
            additional_deps=others,
            description=f"Every reference of {name} leads to a row.",
        )
        for name in checked
    ]


def referring(schemas: Mapping[str, TableSchema], names: Collection[str]) -> list[str]:
    """Those of some tables that have foreign keys."""
    return [name for name in names if schemas[name].foreign_keys]


def write_metadata(written: WriteReport) -> dict[str, Any]:
    """What the UI shows of a stored table."""
    return {
        "dagster/row_count": written.rows,
        "bytes": written.bytes,
        "sha256": written.sha256,
        "path": dg.MetadataValue.path(str(written.path)),
    }


def column_schema(schema: TableSchema) -> dg.TableSchema:
    """The columns as Dagster shows them."""
    columns = [
        dg.TableColumn(
            field.name,
            field.type,
            description=f"{field.title}. {field.description}",
            constraints=dg.TableColumnConstraints(
                nullable=not field.required, unique=schema.primary_key == (field.name,)
            ),
        )
        for field in schema.fields
    ]
    return dg.TableSchema(columns=columns)
