"""What the reading tells of sheets of labels and values (個票)."""

from __future__ import annotations

from pipelines.sources.workbooks.model import CellFinding


def read_as_blocks(sheet: str | None, count: int) -> CellFinding:
    """A sheet without a table, read as labels with their values."""
    return CellFinding(
        "info",
        "read_as_blocks",
        f"表ではなく、見出しと内容が並ぶ調書として、{count}件を読みました。",
        "",
        sheet,
    )


def text_not_read(sheet: str | None, row: int, column: int, text: str) -> CellFinding:
    """A text beside no known label, or one of several beside it."""
    return CellFinding(
        "warning",
        "text_not_read",
        f"「{text[:40]}」は、どの見出しの内容か分からないため、公表していません。",
        "見出しのすぐ右の1つのセルに書いてください。",
        sheet,
        row,
        column,
        text,
    )


def text_of_unclear_year(sheet: str | None, row: int, column: int, text: str) -> CellFinding:
    """A text or value without a year in a form whose ratings or results are of several years."""
    return CellFinding(
        "warning",
        "text_of_unclear_year",
        f"年度ごとの欄がある調書で、「{text}」は何年度のものか分からないため、公表していません。",
        "年度ごとの欄に書くか、見出しに年度を書いてください。",
        sheet,
        row,
        column,
        text,
    )


def label_left_out(sheet: str | None, row: int, column: int, label: str) -> CellFinding:
    """A label that is known and holds what no table has a place for: 関係課."""
    return CellFinding(
        "info",
        "column_left_out",
        f"「{label}」とその右の内容は、公表する欄がないため読んでいません。",
        "公表する内容であれば、profile.yaml の columns に項目名とこの見出しを書いてください。",
        sheet,
        row,
        column,
        label,
    )


def label_twice(sheet: str | None, row: int, column: int, label: str) -> CellFinding:
    """Two labels of one block that claim the same."""
    return CellFinding(
        "error",
        "duplicate_column",
        f"同じ意味の見出しが二つあります（「{label}」）。この項目は公表していません。",
        "見出しを直すか、読まない方を profile.yaml の ignore_columns に書いてください。",
        sheet,
        row,
        column,
        label,
    )
