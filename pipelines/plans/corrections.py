"""Human corrections of extracted rows: an entry applies only where it finds what it expects.

Every entry is judged against the rows as they were extracted. If any entry does not hold, none is
applied and all faults are told: an uncorrected or half corrected plan must not be published, so the
build stops at the rule ``correction_does_not_hold``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipelines.plans.correction_targets import (
    Aimed,
    CorrectionFault,
    aim,
    key_of,
    key_text,
    value_text,
)
from pipelines.plans.extraction import ExtractedPlan
from pipelines.plans.identity import short_hash
from pipelines.plans.old_values import cells_with_old_values, without_old_values
from pipelines.plans.rows import Row
from pipelines.problems import Problem, Severity
from pipelines.sources.corrections import CORRECTIONS, Correction
from pipelines.sources.discovery import PlanFolder, place_of
from pipelines.sources.yaml_lists import entry_place
from pipelines.tables.schema import TableSchema

RULE = "correction_does_not_hold"
TABLE = "applied_corrections"

#: What an item hangs on: rows of these tables never go along with another row.
_OUTLINE = frozenset({"policy_nodes", "reform_items"})


def correct_plan(
    plan: ExtractedPlan, folder: PlanFolder, schemas: Mapping[str, TableSchema]
) -> ExtractedPlan:
    """The plan with the corrections of its folder applied, or with what does not hold of them.

    Args:
        plan: as extracted; one that is not readable has no rows to correct and stays as it is.
        folder: its folder with the entries of ``corrections.yaml``.
        schemas: all tables.
    """
    if not plan.readable or not folder.corrections:
        return plan
    rows, faults = apply_corrections(schemas, plan.plan_id, plan.rows, folder.corrections)
    if faults:
        told = [_fault_problem(folder, number, fault) for number, fault in faults]
        return replace(plan, rows=rows, problems=[*plan.problems, *told])
    applied = rows[TABLE]
    left = cells_with_old_values(rows, applied, schemas)
    # The records stand in the order of the entries.
    told = [
        _problem(folder, number, "warning", "corrected_value_elsewhere", left[row["correction_id"]])
        for number, row in zip(folder.corrections, applied, strict=True)
        if row["correction_id"] in left
    ]
    problems = without_old_values(plan.problems, applied, schemas)
    return replace(plan, rows=rows, problems=[*problems, *told])


def _fault_problem(folder: PlanFolder, number: int, fault: CorrectionFault) -> Problem:
    message = f"{_meant(folder.corrections[number])}: {fault}"
    return replace(_problem(folder, number, "error", RULE, message), value=fault.found)


def _problem(
    folder: PlanFolder, number: int, severity: Severity, rule: str, message: str
) -> Problem:
    return Problem(
        severity,
        rule,
        entry_place(place_of(folder.path, CORRECTIONS.name), number),
        message,
        folder.corrections[number].column,
        plan_id=folder.plan_id,
        municipality_code=folder.settings.municipality_code,
    )


def _meant(correction: Correction) -> str:
    return f"表 {correction.table}、行 {key_text(correction.row)}、列 {correction.column}"


def apply_corrections(
    schemas: Mapping[str, TableSchema],
    plan_id: str,
    rows: Mapping[str, Sequence[Row]],
    corrections: Mapping[int, Correction],
) -> tuple[dict[str, list[Row]], list[tuple[int, CorrectionFault]]]:
    """The rows with every correction applied and recorded in ``applied_corrections``.

    Args:
        schemas: all tables.
        plan_id: the plan of the rows.
        rows: rows by table as extracted; they stay untouched.
        corrections: entries by their number in the file.

    Returns:
        the corrected rows and no fault, or the rows as they were and every fault with its number.
    """
    aimed: list[Aimed] = []
    faults: list[tuple[int, CorrectionFault]] = []
    for number, correction in corrections.items():
        try:
            aimed.append(aim(number, correction, schemas, rows))
        except CorrectionFault as fault:
            faults.append((number, fault))
    gone, attached = _dropped(aimed, schemas, rows)
    faults += attached
    faults += _contradictions(aimed, gone)
    faults += _lost_references(aimed, schemas, rows, gone)
    if faults:
        return {name: list(values) for name, values in rows.items()}, sorted(
            faults, key=lambda one: one[0]
        )
    corrected = _applied(rows, aimed, gone)
    corrected[TABLE] = [_record(plan_id, one) for one in aimed]
    return corrected, []


def _dropped(
    aimed: Sequence[Aimed],
    schemas: Mapping[str, TableSchema],
    rows: Mapping[str, Sequence[Row]],
) -> tuple[dict[tuple[str, int], int], list[tuple[int, CorrectionFault]]]:
    """Rows that go (table and identity -> number of the entry), those that hang on them included.

    Items and headings never go along: whoever drops a heading must first say what becomes of what
    stands under it.
    """
    gone: dict[tuple[str, int], int] = {}
    faults: list[tuple[int, CorrectionFault]] = []
    named = {one.cell for one in aimed if one.correction.drop}
    open_rows = [(one.number, one.schema.name, one.row) for one in aimed if one.correction.drop]
    while open_rows:
        number, table, row = open_rows.pop()
        gone.setdefault((table, id(row)), number)
        for name, other in _referring(table, row, schemas, rows):
            if (name, id(other)) in gone or (name, id(other)) in named:
                continue
            if name in _OUTLINE:
                faults.append((number, CorrectionFault(_hangs_ja(other))))
            else:
                open_rows.append((number, name, other))
    return gone, faults


def _hangs_ja(row: Row) -> str:
    return (
        f"この行の下に「{row.get('title')}」があるため除けません。"
        "下の行も drop するか、別の見出し（node_id、parent_node_id）に移してください。"
    )


def _referring(
    table: str, row: Row, schemas: Mapping[str, TableSchema], rows: Mapping[str, Sequence[Row]]
) -> Iterator[tuple[str, Row]]:
    """Rows of any table that refer to a row."""
    for name, values in rows.items():
        for key in schemas[name].foreign_keys if name in schemas else ():
            if key.reference_table != table:
                continue
            wanted = [row.get(column) for column in key.reference_fields]
            yield from (
                (name, one)
                for one in values
                if [one.get(column) for column in key.fields] == wanted
            )


def _contradictions(
    aimed: Sequence[Aimed], gone: Mapping[tuple[str, int], int]
) -> Iterator[tuple[int, CorrectionFault]]:
    """Entries that mean the same cell, or a cell of a row that another entry drops."""
    first: dict[tuple[tuple[str, int], str], int] = {}
    for one in aimed:
        same = first.setdefault((one.cell, one.correction.column), one.number)
        dropped_by = gone.get(one.cell, one.number)
        other = same if same != one.number else dropped_by
        if other != one.number:
            message = f"{other}番目の訂正と同じところを指しています。どちらかを消してください。"
            yield one.number, CorrectionFault(message)


def _lost_references(
    aimed: Sequence[Aimed],
    schemas: Mapping[str, TableSchema],
    rows: Mapping[str, Sequence[Row]],
    gone: Mapping[tuple[str, int], int],
) -> Iterator[tuple[int, CorrectionFault]]:
    """Corrected references that lead to no row that is left."""
    for one in aimed:
        value = one.correction.value
        for key in one.schema.foreign_keys:
            table = key.reference_table
            if value is None or key.fields != (one.correction.column,) or table not in rows:
                continue
            left = [row for row in rows[table] if (table, id(row)) not in gone]
            if value not in {row.get(key.reference_fields[0]) for row in left}:
                title = schemas[table].title
                message = f"value「{value}」の行が表「{title}」（{table}）にありません。"
                yield one.number, CorrectionFault(message + "今のIDを書いてください。")


def _applied(
    rows: Mapping[str, Sequence[Row]],
    aimed: Sequence[Aimed],
    gone: Mapping[tuple[str, int], int],
) -> dict[str, list[Row]]:
    changes: dict[tuple[str, int], Row] = {}
    for one in aimed:
        if not one.correction.drop:
            changes.setdefault(one.cell, {})[one.correction.column] = one.correction.value
    return {
        name: [
            {**row, **changes.get((name, id(row)), {})}
            for row in values
            if (name, id(row)) not in gone
        ]
        for name, values in rows.items()
    }


def _record(plan_id: str, aimed: Aimed) -> Row:
    """The row of ``applied_corrections``.

    A dropped row names its key column, which no other correction can: the key is what is gone.
    """
    correction = aimed.correction
    key = ";".join(value_text(value) or "" for value in key_of(aimed.schema, aimed.row))
    new = value_text(correction.value)
    column = aimed.schema.primary_key[0] if correction.drop else correction.column
    said = "\0".join((correction.table, key, column, new or ""))
    return {
        "correction_id": f"{plan_id}-c{short_hash(said)}",
        "plan_id": plan_id,
        "table_name": correction.table,
        "row_key": key,
        "column_name": column,
        "old_value": value_text(aimed.row.get(correction.column)),
        "new_value": new,
        "reason": correction.reason,
        "corrected_on": correction.date,
    }
