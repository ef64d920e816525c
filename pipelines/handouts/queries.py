"""The statements of this folder, run in DuckDB over the public tables of a release.

``shared/*.sql`` are kept as tables or views that several statements read; ``sheets/*.sql`` and
``progress_list.sql`` give what stands in the files, for one plan and year, under Japanese headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from pipelines.marts.run import create_shared_views
from pipelines.release.fictional import MARK, NOTE, PREFECTURE
from pipelines.results.forms.heads import fiscal_year_label
from pipelines.tables.sql import name_sql, text_sql

#: What the statements read.
TABLES_READ: Final = frozenset(
    {
        "departments",
        "effect_summary",
        "financial_effects",
        "indicator_progress",
        "indicator_results",
        "item_assessments",
        "item_departments",
        "item_lineage",
        "item_targets",
        "indicators",
        "municipalities",
        "plan_progress",
        "plans",
        "policy_nodes",
        "rating_scales",
        "reform_items",
        "submission_status",
        "survey_departments",
        "yearly_results",
    }
)
_FOLDER: Final = Path(__file__).parent
#: Each reads those before it.
_SHARED: Final = (
    "words",
    "effects",
    "reported_years",
    "department_ratings",
    "indicator_years",
    "item_changes",
    "assessments",
    "item_years",
)


@dataclass(frozen=True)
class PlanYear:
    """One plan and one fiscal year that it has results of."""

    plan_id: str
    fiscal_year: int


class Queries:
    """Runs the statements for one plan and year at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def table(self, name: str, of: PlanYear) -> pa.Table:
        """What ``<name>.sql`` gives, with its headings.

        Args:
            name: of the statement, such as ``sheets/opinions``.
            of: the plan and year.
        """
        wanted = {"plan_id": of.plan_id, "fiscal_year": of.fiscal_year}
        statement = _statement(name)
        given = {key: value for key, value in wanted.items() if f"${key}" in statement}
        return self._connection.sql(statement, params=given).to_arrow_table()

    def rows(self, name: str, of: PlanYear) -> list[dict[str, Any]]:
        """The same as one mapping per row."""
        return list(self.table(name, of).to_pylist())


@contextmanager
def open_queries(tables: Mapping[str, pa.Table]) -> Iterator[Queries]:
    """A connection that sees ``tables``, the public ones of a release, and nothing else."""
    with duckdb.connect(":memory:") as connection:
        for name in TABLES_READ:
            connection.register(name, tables[name])
        connection.create_function("fiscal_year_label", fiscal_year_label, ["BIGINT"], "VARCHAR")
        create_shared_views(connection)
        connection.execute(_macros())
        for name in _SHARED:
            statement = _statement(f"shared/{name}")
            connection.execute(f"CREATE TEMP TABLE {name_sql(name)} AS {statement}")
        yield Queries(connection)


def _macros() -> str:
    """The macros of the folder, and what a release says of invented municipalities."""
    code = f"starts_with(municipality_code, {text_sql(PREFECTURE)})"
    return "\n".join(
        (
            _statement("shared/macros"),
            f"CREATE MACRO is_fictional(municipality_code) AS {code};",
            f"CREATE MACRO fictional_mark() AS {text_sql(MARK)};",
            f"CREATE MACRO fictional_note() AS {text_sql(NOTE)};",
        )
    )


def _statement(name: str) -> str:
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
