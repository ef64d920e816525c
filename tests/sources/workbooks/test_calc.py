"""Invented sheets as LibreOffice Calc itself saved it as xlsx, xls and ods (kept in calc/).

xlsxwriter wrote it, with the number format of each cell of column A beside it in column B.
"""

from pathlib import Path

import pytest

from tests.sources.workbooks.books import found, kinds, read

SHOWN = [
    "93.1%",
    "93.1%",
    "△16,565",
    "(16,565)",
    "16,565千円",
    "16,565千円",
    "－",
    "",
    "0.3",
    "0.333333333",
    "123456789012",
    "2023-03-31",
    "2023-03-31",
    "2023-03-31",
    "2023-03",
    "12:00",
    "1,235",
    "005",
    "▲5",
    "2023-03-31T10:30:00",
    "36:00",
    "令和5年度",
    "-¥5",
    "0.5",
    "1.23E+04",
    "",
    "1課",
    "1234567.891",
    "2.68",
]
BESIDE = ["", "順調", "順調", "TRUE", "2", "", "一行\n二行", "", "", "h", "", "  a  b ", "甲\t乙"]


@pytest.fixture(params=["xlsx", "xls", "ods"])
def workbook(request):
    return read((Path(__file__).parent / "calc" / f"rich.{request.param}").read_bytes())


def test_every_format_shows_the_same(workbook):
    sheet = workbook.sheets[0]
    shown = [sheet.text(row, 1) for row in range(1, len(sheet.rows) + 1)]
    # Calc writes one third with all its digits into an ods file.
    assert [text[:11] if text.startswith("0.33") else text for text in shown] == SHOWN
    assert [sheet.text(row, 3) for row in range(1, len(BESIDE) + 1)] == BESIDE
    assert sheet.text(1, 4) == "結合"


def test_every_format_bears_the_same_marks(workbook):
    sheet = workbook.sheets[0]
    assert sheet.hidden_rows == {10}
    assert sheet.hidden_columns == {7, 8}
    assert sheet.text_boxes == ("箱の文字",)
    assert [one.is_hidden for one in workbook.sheets] == [False, True]
    assert [kinds(sheet, row, 3)["struck"] for row in (1, 2, 3, 14)] == ["遅延"] * 3 + ["12"]
    assert kinds(sheet, 8, 3) == {"comment": "内部の話"}
    assert kinds(sheet, 6, 3)["formula_error"] == "#DIV/0!"
    assert set(kinds(sheet, 5, 3)) == {"formula"}
    assert set(kinds(sheet, 8, 1)) == {"unseen"}


def test_every_format_tells_the_same(workbook):
    assert found(workbook) == {
        ("comment_found", "実績!C8"),
        ("date_suspect", "実績!A13"),
        ("formula_error", "実績!C6"),
        ("hidden_columns", "実績!G1"),
        ("hidden_rows", "実績!10行"),
        ("hidden_sheet", "控え"),
        ("personal_properties", ""),
        ("rounded", "実績!A2"),
        ("struck_text", "実績!C1"),
        ("struck_text", "実績!C14"),
        ("struck_text", "実績!C2"),
        ("struck_text", "実績!C3"),
        ("text_box_found", "実績"),
        ("value_unseen", "実績!A8"),
    }


@pytest.fixture(params=["xlsx", "xls", "ods"])
def colours(request):
    """Texts in the colour of their ground, and formulas; openpyxl wrote it, Calc saved it."""
    return read((Path(__file__).parent / "calc" / f"colours.{request.param}").read_bytes())


def test_texts_that_nobody_sees_are_blank_in_every_format(colours):
    sheet = colours.sheets[0]
    assert [sheet.text(row, 1) for row in range(1, 8)] == [
        "", "白抜き", "", "普通", "", "-5", "自動",
    ]  # fmt: skip
    assert [kinds(sheet, row, 1).get("unseen") for row in (1, 3, 5)] == [
        "白い文",
        "赤地に赤",
        "1200",
    ]
    assert sheet.text(1, 5) == "白黒"
    assert kinds(sheet, 1, 4)["unseen"] == "30"
    assert {("value_unseen", "実績!A1"), ("value_unseen", "実績!D1")} <= found(colours)


def test_under_conditional_formats_no_format_is_certain(colours):
    assert colours.sheets[1].text(1, 1) == "白い文"


def test_formulas_and_their_errors_are_told_in_every_format(colours):
    sheet = colours.sheets[0]
    told = {row: kinds(sheet, row, 2) for row in range(3, 7)}
    assert "SUM(" in told[3]["formula"]
    assert told[4]["formula_error"] == "#DIV/0!"
    assert told[4]["formula"]
    assert (sheet.text(5, 2), set(told[5])) == ("", {"formula"})
    assert told[6]["formula_error"] == "#NAME?"
    assert {("formula_error", "実績!B4"), ("formula_error", "実績!B6")} <= found(colours)
    assert [sheet.text(row, 3) for row in range(1, 8)] == ["20", *["40"] * 6]
    assert all("formula" in kinds(sheet, row, 3) for row in range(1, 8))
