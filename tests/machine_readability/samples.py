"""Small files as ``cases.yaml`` describes them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from xlsxwriter import Workbook as Writer

from pipelines.tables.schema import Field, TableSchema

CASES: dict[str, dict[str, list[dict[str, Any]]]] = yaml.safe_load(
    Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8")
)


def file_of(case: Mapping[str, Any]) -> tuple[str, bytes]:
    """Name and bytes of a case's file."""
    if "csv" in case:
        return "sample.csv", case["csv"].encode(case.get("encoding", "utf-8"))
    return "sample.xlsx", xlsx_bytes(case["sheets"])


def schemas_of(case: Mapping[str, Any]) -> dict[str, TableSchema]:
    """What a case declares of its columns."""
    if "schema" not in case:
        return {}
    fields = tuple(declared(name, **entry) for name, entry in case["schema"].items())
    texts = dict.fromkeys(("title", "title_en", "description", "description_ja"), "表")
    schema = TableSchema(
        name="sample",
        view_name="見本",
        stage="plans",
        fields=fields,
        primary_key=(),
        unique_keys=(),
        foreign_keys=(),
        sort_order=(),
        descriptor={},
        **texts,
    )
    return {"sample": schema}


def declared(name: str, type: Any = "string", verbatim: bool = False, **constraints: Any) -> Field:
    return Field(
        name, type, name, name, name, name, "public", verbatim=verbatim, constraints=constraints
    )


def xlsx_bytes(sheets: list[Mapping[str, Any]]) -> bytes:
    """A workbook; openpyxl writes neither results of formulas nor text boxes."""
    if any("shape" in sheet or "formula" in sheet for sheet in sheets):
        return _by_writer(sheets)
    book = Workbook()
    book.remove(book.active)
    for number, entry in enumerate(sheets, start=1):
        _fill_sheet(book.create_sheet(f"Sheet{number}"), entry)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill_sheet(sheet: Any, entry: Mapping[str, Any]) -> None:
    for row, cells in enumerate(entry["rows"], start=1):
        for column, value in enumerate(cells, start=1):
            sheet.cell(row, column).value = value if value != "" else None
    _dress(sheet, entry)
    for at, colour in entry.get("fill", {}).items():
        sheet[at].fill = PatternFill("solid", fgColor=colour)
    for at, colour in entry.get("colour", {}).items():
        sheet[at].font = Font(color=colour)
    for at, text in entry.get("comment", {}).items():
        sheet[at].comment = Comment(text, "みほん市")


def _dress(sheet: Any, entry: Mapping[str, Any]) -> None:
    for reference in entry.get("merge", ()):
        sheet.merge_cells(reference)
    for row in entry.get("hide_rows", ()):
        sheet.row_dimensions[row].hidden = True
    for letter in entry.get("hide_columns", ()):
        sheet.column_dimensions[letter].hidden = True
    if entry.get("chart"):
        sheet.add_chart(BarChart(), "D2")
    if entry.get("hidden"):
        sheet.sheet_state = "hidden"


def _by_writer(sheets: list[Mapping[str, Any]]) -> bytes:
    stream = io.BytesIO()
    with Writer(stream, {"in_memory": True}) as book:
        for entry in sheets:
            sheet = book.add_worksheet()
            for row, cells in enumerate(entry["rows"]):
                sheet.write_row(row, 0, cells)
            for at, (formula, value) in entry.get("formula", {}).items():
                sheet.write_formula(at, formula, None, value)
            if "shape" in entry:
                sheet.insert_textbox("D2", entry["shape"])
    return stream.getvalue()
