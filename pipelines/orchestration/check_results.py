"""Verdicts of the schema's checks, as Dagster shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import dagster as dg
import pyarrow as pa

from pipelines.orchestration.issues import problems_to_json
from pipelines.problems import Problem
from pipelines.tables.checks import Violation, check_tables
from pipelines.tables.rules import foreign_key_rules
from pipelines.tables.schema import TableSchema

#: The event log is no place for thousands of rows; the count is told beside them.
SHOWN = 50


def own_rules_of(schema: TableSchema, table: pa.Table) -> list[Violation]:
    """Violations of the rules that need no other table."""
    alone = replace(schema, foreign_keys=())
    return check_tables({schema.name: alone}, {schema.name: table})


def foreign_keys_of(
    schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table]
) -> list[Violation]:
    """Violations of the references between all tables."""
    return check_tables(schemas, tables, foreign_key_rules)


def check_result(check: str, asset: str, problems: Sequence[Problem]) -> dg.AssetCheckResult:
    """A check that passes exactly if there are no problems; they stand in its metadata."""
    counts = Counter(problem.rule for problem in problems)
    return dg.AssetCheckResult(
        passed=not problems,
        asset_key=asset,
        check_name=check,
        description=" ".join(problem.message_ja for problem in problems[:3]) or None,
        metadata={
            "failures": len(problems),
            "by_rule": dg.MetadataValue.json(dict(counts)),
            "problems": dg.MetadataValue.json(problems_to_json(problems[:SHOWN])),
        },
    )
