"""Which sheets of a workbook are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.messages import At
from pipelines.results.reading.key_sheets import is_key_sheet
from pipelines.results.reading.messages import told
from pipelines.results.reading.sheet_faults import is_example_sheet
from pipelines.results.vocabulary import bare
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import CellFinding, Sheet, is_blank_row


@dataclass(frozen=True)
class Choice:
    """Sheets that are read, sheets that are not, and what to tell about it."""

    read: list[Sheet]
    left_out: list[Sheet]
    findings: list[CellFinding]


def chosen_sheets(sheets: Sequence[Sheet], profile: SheetProfile) -> Choice:
    """The sheets that the profile names, or all that are shown; those it skips never."""
    wanted = [bare(word) for word in profile.sheets.read]
    skipped = [bare(word) for word in profile.sheets.skip]
    read, left_out, findings = [], [], []
    for sheet in sheets:
        name = bare(sheet.name or "")
        is_wanted = any(word in name for word in wanted) if wanted and sheet.name else not wanted
        is_wanted = is_wanted or sheet.name is None
        is_shown = not sheet.is_hidden or bool(wanted)
        is_skipped = sheet.name is not None and any(word in name for word in skipped)
        is_example = not wanted and is_example_sheet(sheet.name)
        is_key = not wanted and len(sheets) > 1 and is_key_sheet(sheet)
        if is_wanted and is_shown and not is_skipped and not is_example and not is_key:
            read.append(sheet)
            continue
        left_out.append(sheet)
        if is_key and is_shown and not is_skipped:
            findings.append(told("key_sheet_not_read", At(sheet.name), sheet=sheet.name))
            continue
        if is_example and is_shown and not is_skipped and _has_content(sheet):
            findings.append(told("example_sheet_not_read", At(sheet.name), sheet=sheet.name))
        if sheet.is_hidden and not is_skipped and not wanted and _has_content(sheet):
            findings.append(told("hidden_sheet_not_read", At(sheet.name)))
    names = [sheet.name or "" for sheet in sheets]
    findings += _missing(wanted, profile, names)
    if not any(map(_has_content, read)):
        findings.append(told("no_sheet_read", At(), shown="、".join(filter(None, names)) or "なし"))
    return Choice(read, left_out, findings)


def _missing(
    wanted: Sequence[str], profile: SheetProfile, names: Sequence[str]
) -> list[CellFinding]:
    if not any(names):
        return []  # CSV has no sheets to name
    return [
        told("sheet_not_found", At(), word)
        for word, plain in zip(profile.sheets.read, wanted, strict=True)
        if not any(plain in bare(name) for name in names)
    ]


def _has_content(sheet: Sheet) -> bool:
    return not all(map(is_blank_row, sheet.rows))
