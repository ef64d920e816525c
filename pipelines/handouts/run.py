"""The files that a city hands out: for every plan and year that has results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.handouts.council_workbook import council_workbook
from pipelines.handouts.queries import TABLES_READ, PlanYear, open_queries
from pipelines.release.csv_files import csv_bytes
from pipelines.release.layout import COUNCIL_PAPERS, PROGRESS_LIST, handout_path

YEAR_COLUMNS: Final = ("plan_id", "fiscal_year", "is_current")
_RESULTS: Final = "yearly_results"


def plan_years(results: pa.Table) -> list[PlanYear]:
    """The plans and years with current results, in order.

    Args:
        results: yearly_results, at least its :data:`YEAR_COLUMNS`.
    """
    current = results.filter(pc.field("is_current"))
    found = current.select(["plan_id", "fiscal_year"]).group_by(["plan_id", "fiscal_year"])
    rows = found.aggregate([]).sort_by([("plan_id", "ascending"), ("fiscal_year", "ascending")])
    return [PlanYear(**row) for row in rows.to_pylist()]


def handout_paths(results: pa.Table) -> list[str]:
    """The files that :func:`handouts` gives for these yearly_results."""
    return [
        handout_path(one.plan_id, one.fiscal_year, name)
        for one in plan_years(results)
        for name in (COUNCIL_PAPERS, PROGRESS_LIST)
    ]


def handouts(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, bytes]]:
    """Path in the release and content of each file.

    Args:
        tables: the public tables of the release; internal columns must not be in them.

    Raises:
        KeyError: a release with results that lacks a table the files are made of.
    """
    years = plan_years(tables[_RESULTS]) if _RESULTS in tables else []
    if not years:
        return
    with open_queries({name: tables[name] for name in TABLES_READ}) as queries:
        for one in years:
            papers = council_workbook(queries, one)
            yield handout_path(one.plan_id, one.fiscal_year, COUNCIL_PAPERS), papers
            rows = csv_bytes(queries.table("progress_list", one))
            yield handout_path(one.plan_id, one.fiscal_year, PROGRESS_LIST), rows
