"""Sheets that bear the name of the department whose results they hold: 市民課, 財政課."""

from __future__ import annotations

from dataclasses import replace

from pipelines.messages import At
from pipelines.results.model import Record, Section
from pipelines.results.reading.departments_named import is_department_name
from pipelines.results.reading.messages import told
from pipelines.sources.workbooks.model import CellFinding

_IN_CHARGE = frozenset({"department", "bureau"})


def with_department_of_sheet(
    name: str | None, records: list[Record]
) -> tuple[list[Record], list[CellFinding]]:
    """Records of tables without a column of departments, as those of the sheet's own department.

    Args:
        name: of the sheet.
        records: of the sheet.

    Returns:
        The records, and what to tell of it, once.
    """
    if not name or not is_department_name(name.strip()):
        return records, []
    sections: dict[int, Section] = {}
    found = []
    for record in records:
        if record.section.department is None and record.asked.isdisjoint(_IN_CHARGE):
            section = sections.setdefault(
                id(record.section), replace(record.section, department=name.strip())
            )
            record = replace(record, section=section)
        found.append(record)
    return found, [told("department_of_sheet", At(name), name)] if sections else []
