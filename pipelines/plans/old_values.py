"""Old values of corrections outside their cell: they may be what had to be taken out.

Messages about a plan quote what was read, and are published as ``extraction_issues``; other cells
may hold the same words. Messages are rewritten, cells are told: whether they are wrong too is for
people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipelines.plans.rows import Row
from pipelines.problems import Problem
from pipelines.tables.schema import TableSchema

#: Characters from which a text is looked for everywhere; a shorter one only between brackets.
TELLING = 4
_TAKEN_OUT = "（訂正済み）"
_SHOWN = 3


def without_old_values(
    problems: Iterable[Problem], applied: Sequence[Row], schemas: Mapping[str, TableSchema]
) -> list[Problem]:
    """Problems whose messages quote the corrected texts instead of the old ones.

    Args:
        problems: told before the corrections.
        applied: rows of ``applied_corrections``.
        schemas: all tables.
    """
    texts = {row["old_value"]: row["new_value"] for row in _free_texts(applied, schemas)}
    return [_rewritten(problem, texts) for problem in problems]


def _free_texts(applied: Sequence[Row], schemas: Mapping[str, TableSchema]) -> Iterator[Row]:
    """Corrections of texts that a document can hold, the longest first."""
    for row in sorted(applied, key=lambda row: -len(row["old_value"] or "")):
        field = schemas[row["table_name"]].field(row["column_name"])
        if row["old_value"] and field.type == "string" and "enum" not in field.constraints:
            yield row


def _rewritten(problem: Problem, texts: Mapping[str, str | None]) -> Problem:
    message = problem.message_ja
    for old, new in texts.items():
        shown = new or _TAKEN_OUT
        message = message.replace(f"「{old}」", f"「{shown}」")
        if len(old) >= TELLING and old not in shown:
            message = message.replace(old, shown)
    return replace(problem, message_ja=message)


def cells_with_old_values(
    rows: Mapping[str, Sequence[Row]], applied: Sequence[Row], schemas: Mapping[str, TableSchema]
) -> dict[str, str]:
    """Where old texts still stand in corrected rows: correction_id -> message in Japanese.

    The messages name the cells and never the text.
    """
    told: dict[str, str] = {}
    for one in _free_texts(applied, schemas):
        old, new = one["old_value"], one["new_value"] or ""
        if len(old) < TELLING or old in new:
            continue
        cells = list(_cells(old, rows, schemas))
        if cells:
            more = f"ほか{len(cells) - _SHOWN}か所" if len(cells) > _SHOWN else ""
            told[one["correction_id"]] = (
                f"訂正前の文が、ほかの{len(cells)}か所（{'、'.join(cells[:_SHOWN])}{more}）にも"
                "残っています。そこも直すものなら、訂正を書き足してください。"
            )
    return told


def _cells(
    text: str, rows: Mapping[str, Sequence[Row]], schemas: Mapping[str, TableSchema]
) -> Iterator[str]:
    for name, values in rows.items():
        if name not in schemas or name == "applied_corrections":
            continue
        for row in values:
            key = ";".join(str(row.get(column)) for column in schemas[name].primary_key)
            for column, value in row.items():
                if isinstance(value, str) and text in value:
                    yield f"{name} {key} {column}"
