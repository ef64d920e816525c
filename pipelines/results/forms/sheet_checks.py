"""What is told of a table of the form as a whole: its head, its columns, its missing rows."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.results.forms.blocks import Block
from pipelines.results.forms.definition import form_definition
from pipelines.results.forms.messages import other_plan, other_year, told
from pipelines.sources.workbooks.model import CellFinding, MergedRange


def refusal(block: Block, plan_id: str, fiscal_year: int) -> CellFinding | None:
    """Why nothing of a table can be taken; None where it can.

    Args:
        block: the table.
        plan_id: the plan asked.
        fiscal_year: the year asked.
    """
    name = block.sheet.name
    if block.sheet.is_hidden:
        return told("sheet_hidden", name)
    if block.head is None:
        return None
    head = block.head.head
    if head.plan_id != plan_id:
        return other_plan(name, head, plan_id)
    return other_year(name, head, fiscal_year) if head.fiscal_year != fiscal_year else None


def head_findings(block: Block, round_name: str | None) -> Iterator[CellFinding]:
    """What the head of a table of the right plan and year still says."""
    name = block.sheet.name
    if block.head is None:
        yield told("head_missing", name)
        return
    head, version = block.head.head, form_definition().version
    if head.form_version != version:
        yield told("form_version_old", name, found=head.form_version, expected=version)
    if round_name and head.round and head.round != round_name:
        yield told("form_of_other_round", name, found=head.round, expected=round_name)
    if head.department == form_definition().open_department:
        yield told("department_open", name)


def column_findings(block: Block) -> Iterator[CellFinding]:
    """Columns that are missing, hidden, or of the clerk's own."""
    definition = block.definition
    needed = (definition.id_column, *definition.inputs)
    known = {**block.hidden_inputs, **block.columns}
    missing = [one.label for one in needed if one.key not in known]
    if missing:
        name = block.sheet.name
        yield told("column_missing", name, block.heading_row, headings="」「".join(missing))
    for places in block.hidden_inputs.values():
        yield from _content_found(block, "column_hidden", places)
    read = {at for places in known.values() for at in places}
    widest = max((len(block.sheet.rows[row - 1]) for row in block.rows), default=0)
    yield from _content_found(
        block, "column_unknown", [at for at in range(1, widest + 1) if at not in read]
    )


def _content_found(
    block: Block, rule: str, columns: tuple[int, ...] | list[int]
) -> Iterator[CellFinding]:
    """One finding for each of these columns that has content below the headings."""
    sheet = block.sheet
    for column in columns:
        first = next((row for row in block.rows if sheet.text(row, column).strip()), None)
        if first is not None:
            heading = sheet.text(block.heading_row, column).replace("\n", "").strip()
            value = sheet.text(first, column)
            yield told(rule, sheet.name, first, column, value, heading=heading or "（見出しなし）")


def merged_findings(block: Block) -> Iterator[CellFinding]:
    """Inputs of several rows made one cell: only the first row has the content then."""
    for one in block.definition.inputs:
        for column in block.columns.get(one.key, ()):
            for area in block.sheet.merged:
                if _spans_rows(area, block, column):
                    rows = f"{area.first_row}〜{area.last_row}"
                    yield told(
                        "merged_cells",
                        block.sheet.name,
                        area.first_row,
                        column,
                        column_name=one.key,
                        rows=rows,
                        heading=one.label,
                    )


def _spans_rows(area: MergedRange, block: Block, column: int) -> bool:
    return (
        area.first_column <= column <= area.last_column
        and area.first_row in block.rows
        and area.last_row > area.first_row
    )
