"""What is told of headings whose meaning or year had to be worked out."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.results.reading.header_model import HeadColumn
from pipelines.sources.workbooks.model import CellFinding


def column_without_place(sheet: str | None, row: int, column: HeadColumn) -> CellFinding:
    """A heading that is known, of something that is not published: 定性的効果, 委託先."""
    return CellFinding(
        "info",
        "column_left_out",
        f"見出し「{column.text}」の列は、公表する欄がないため、読んでいません。",
        "取組の実績として公表するときは、profile.yaml の columns か joined の activity に"
        "この見出しを書いてください。",
        sheet,
        row,
        column.column,
        column.text,
    )


def years_of_days(sheet: str | None, row: int, columns: Sequence[HeadColumn]) -> CellFinding:
    """Columns headed by days, read as of the fiscal years in which the days lie."""
    shown = "、".join(f"{one.text}は{one.meaning.fiscal_year}年度" for one in columns)
    return CellFinding(
        "info",
        "years_of_days",
        f"見出しの日を含む年度の値として読みました（{shown}）。",
        "違う場合は、見出しに日でなく年度（令和5年度など）を書いてください。",
        sheet,
        row,
        columns[0].column,
        columns[0].text,
    )


def era_inferred(sheet: str | None, row: int, columns: Sequence[HeadColumn]) -> CellFinding:
    """Columns whose years stand without an era, read as those that fit the survey round."""
    shown = "、".join(f"{one.text}は{one.meaning.fiscal_year}年度" for one in columns)
    return CellFinding(
        "info",
        "era_inferred",
        f"元号のない年度を、調査の回の年度に合う元号で読みました（{shown}）。",
        "違う場合は、見出しに元号（令和5年度、R5など）を書いてください。",
        sheet,
        row,
        columns[0].column,
        columns[0].text,
    )
