"""Release notes: what a person wants to know of a new version, in Japanese and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.release.changes.difference import (
    Modification,
    ReleaseDifference,
    Row,
    TableDifference,
)

LANGUAGES: Final = ("ja", "en")
_FROM_RESULTS: Final = "is_current"


@dataclass(frozen=True)
class Reported:
    """Rows of one table that came for a plan and fiscal year, or were restated."""

    table: str
    plan_id: str
    fiscal_year: int | None
    rows: int


def release_notes(
    difference: ReleaseDifference | None, version: str, *, has_files: bool = True
) -> dict[str, str]:
    """Language -> the notes as Markdown.

    Args:
        difference: None for the first release.
        version: of the release.
        has_files: whether the files of single changes lie beside the notes.
    """
    facts = _facts(difference) if difference else {}
    return {
        language: _template(language).render(
            version=version, first=difference is None, has_files=has_files, **facts
        )
        for language in LANGUAGES
    }


def _facts(difference: ReleaseDifference) -> dict[str, Any]:
    tables = difference.tables
    plans = tables.get("plans")
    corrections = tables.get("applied_corrections")
    return {
        "previous": difference.old_version,
        "structure": difference.structure,
        "tables": [(difference.titles[name], name, one.counts) for name, one in tables.items()],
        "titles": difference.titles,
        "plans_added": plans.added if plans else [],
        "plans_removed": plans.deleted if plans else [],
        "corrections": corrections.added if corrections else [],
        "added": _counted(_added(tables)),
        "restated": _counted(_superseded(tables, is_settled=True)),
        "revised": _counted(_superseded(tables, is_settled=False)),
    }


def _added(tables: Mapping[str, TableDifference]) -> Iterator[tuple[str, Row]]:
    """Rows of results that came; those that supersede another are told as revisions."""
    for name, table in tables.items():
        if _FROM_RESULTS in table.columns and "revision" in table.columns:
            known = {_stem(one.row, table) for one in table.modified}
            for row in table.added:
                if _stem(row, table) not in known:
                    yield name, row


def _superseded(
    tables: Mapping[str, TableDifference], *, is_settled: bool
) -> Iterator[tuple[str, Row]]:
    """Rows that were current and are so no more: settled (見込み→確定), or revised otherwise."""
    for name, table in tables.items():
        if _FROM_RESULTS not in table.columns:
            continue
        after = {_stem(row, table): row for row in table.added if row[_FROM_RESULTS]}
        for one in filter(_is_superseded, table.modified):
            newer = after.get(_stem(one.row, table))
            if _was_settled(one.row, newer) == is_settled:
                yield name, one.row


def _is_superseded(one: Modification) -> bool:
    return one.changed.get(_FROM_RESULTS) == (True, False)


def _was_settled(old: Row, new: Row | None) -> bool:
    """Whether a provisional row gave way to a final one; a table without the status has none."""
    was = old.get("result_status")
    return new is not None and was == "provisional" and new.get("result_status") == "final"


def _stem(row: Row, table: TableDifference) -> str:
    """The id of a row without its revision, the last part."""
    return str(row[table.key[0]]).rpartition("-")[0]


def _counted(rows: Iterable[tuple[str, Row]]) -> list[Reported]:
    counted = Counter((name, _plan_of(row), row.get("fiscal_year")) for name, row in rows)
    ordered = sorted(counted.items(), key=lambda one: tuple(map(str, one[0])))
    return [Reported(*place, count) for place, count in ordered]


def _plan_of(row: Row) -> str:
    """The plan of a row; an assessment names its item only, whose id begins with the plan's."""
    plan_id = row.get("plan_id")
    return str(plan_id) if plan_id else str(row.get("item_id") or "").rpartition("-")[0]


@cache
def _template(language: str) -> Any:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown: values are escaped by the filter
    )
    environment.filters["cell"] = markdown_cell
    return environment.get_template(f"notes.{language}.md.j2")


def markdown_cell(value: object) -> str:
    """A value within a line or a cell of Markdown: no mark-up, no line break."""
    text = " ".join(str("" if value is None else value).split())
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return text
