"""The sheet that we add to a copy, known again when the copy itself is sent in."""

from __future__ import annotations

from pipelines.sources.workbooks.model import Sheet

LIST_TITLE = "確認結果"
#: First cell of the sheet; a sheet of the clerk's own may bear the same title, not this line.
LIST_HEADING = "確認結果（自動で作られた一覧です。提出は不要です）"


def is_list_sheet(sheet: Sheet) -> bool:
    """Whether a sheet of a submitted file is the list of a marked copy that we had sent out."""
    return sheet.text(1, 1) == LIST_HEADING
