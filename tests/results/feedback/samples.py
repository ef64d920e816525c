"""Files as departments send them, and findings in them; everything is invented."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.problems import Severity
from pipelines.sources.workbooks.model import CellFinding, Sheet, Workbook

NAME = "R5実績_総務課.xlsx"
CLERK = "見本 花子"
ROWS = [
    ["番号", "取組", "実績値", "評価", "効果額（千円）"],
    ["1-1", "窓口の改善", "93.1%", "順調", "△16,565"],
    ["1-2", "公用車の見直し", "12", "遅延中", "1200"],
]


def found(
    severity: Severity,
    row: int | None = None,
    column: int | None = None,
    sheet: str | None = "実績",
    message: str = "評価の言葉が区分にありません。",
    fix: str = "区分から選んでください。",
    value: str | None = None,
    rule: str = "rating_unknown",
) -> CellFinding:
    return CellFinding(severity, rule, message, fix, sheet, row, column, value)


def xlsx_workbook(*sheets: Sheet) -> Workbook:
    return Workbook("xlsx", "application/xlsx", None, sheets or (Sheet("実績", ROWS),))


def csv_workbook(*rows: list[str]) -> Workbook:
    return Workbook("csv", "text/csv", "cp932", (Sheet(None, list(rows)),))


def submitted_xlsx() -> bytes:
    """A workbook with what an Excel user puts into one, author and company included."""
    data = BytesIO()
    book = xlsxwriter.Workbook(data)
    book.set_properties({"author": CLERK, "company": CLERK, "manager": CLERK, "title": CLERK})
    book.set_custom_property("担当者", CLERK)
    sheet = book.add_worksheet("実績")
    head = book.add_format({"bold": True, "font_color": "white", "bg_color": "#004488"})
    sheet.write_row(0, 0, ROWS[0], head)
    sheet.write_row(1, 0, ["1-1", "窓口の改善"])
    sheet.write_number(1, 2, 0.931, book.add_format({"num_format": "0.0%"}))
    struck = book.add_format({"font_strikeout": True})
    sheet.write_rich_string(1, 3, struck, "遅延", book.add_format({"bold": True}), " 順調")
    sheet.write_row(1, 4, ["△16,565"])
    sheet.write_row(2, 0, ["1-2", "公用車の見直し", 12, "遅延中", 1200])
    sheet.write_formula(3, 4, "=SUM(E2:E3)", None, 1200)
    sheet.write_string(3, 1, "=1+1")
    sheet.data_validation("D2:D9", {"validate": "list", "source": ["順調", "遅延"]})
    sheet.write_comment("B3", f"{CLERK}:\n部長に確認済み", {"author": CLERK})
    sheet.write_comment("B2", "前年度と同じ", {"author": CLERK})
    sheet.merge_range("A8:C9", "注: 結合したセル")
    sheet.set_column("B:B", 33)
    book.add_worksheet("手引き").write(0, 0, "記入の手引き")
    book.close()
    return data.getvalue()


def opened(package: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(package), rich_text=True)


def listed(sheet: Worksheet) -> list[list[object]]:
    """The rows of the list below its headings."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=7)]
    head = next(at for at, row in enumerate(rows) if row[0] == "番号")
    return rows[head + 1 :]
