"""What of a submitted spreadsheet no program sees, told to the department as an information.

Nothing of it changes what is read or published: it stands on the page of the feedback only.
"""

from __future__ import annotations

from itertools import groupby

from pipelines.machine_readability.finding_tables import table_of
from pipelines.machine_readability.looks import SheetLooks, looks_of
from pipelines.machine_readability.model import Breach
from pipelines.machine_readability.rules import rule_list
from pipelines.machine_readability.sheet_rules import colour_breaches, sheet_breaches
from pipelines.sources.workbooks.model import CellFinding, Workbook


def intake_findings(workbook: Workbook, data: bytes) -> tuple[CellFinding, ...]:
    """One finding for every rule about spreadsheets (L1-10 to L1-13, L2-06) that a file breaks.

    Args:
        workbook: the file as read; for CSV nothing is told.
        data: the same file.

    Returns:
        Findings of severity ``info`` by id of the rule, each at the first place where it is broken.
    """
    if workbook.format == "csv":
        return ()
    found: list[tuple[Breach, str | None]] = []
    for sheet, looks in zip(workbook.sheets, _looks(workbook, data), strict=True):
        found += ((one, sheet.name) for one in sheet_breaches(sheet, looks))
        table = table_of(sheet, "workbook") if looks.colours else None
        if table is not None:
            found += ((one, sheet.name) for one in colour_breaches(table, looks))
    found.sort(key=lambda pair: pair[0].rule)
    return tuple(
        _finding(rule, list(group)) for rule, group in groupby(found, lambda pair: pair[0].rule)
    )


def _looks(workbook: Workbook, data: bytes) -> list[SheetLooks]:
    """Looks of every sheet; none of a file whose sheets have changed since it was read."""
    try:
        found = looks_of(data, workbook.format)
    except Exception:
        # An information that cannot be had must not stop what was read.
        found = []
    same = len(found) == len(workbook.sheets)
    return found if same else [SheetLooks() for _ in workbook.sheets]


def _finding(rule: str, found: list[tuple[Breach, str | None]]) -> CellFinding:
    first, sheet = found[0]
    row, column = first.places[0] if first.places else (None, None)
    sheets = len({name for _, name in found})
    more = f"（ほか{sheets - 1}枚のシートにもあります）" if sheets > 1 else ""
    title = rule_list().rules[rule].title
    return CellFinding(
        "info",
        rule,
        f"{title}: {first.message_ja}{more}",
        first.fix_ja,
        sheet=sheet,
        row=row,
        column=column,
    )
