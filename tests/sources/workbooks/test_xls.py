from datetime import date

import pytest
import xlwt

from pipelines.sources.workbooks.model import MergedRange
from pipelines.sources.workbooks.xls_formulas import is_uncomputed
from tests.sources.workbooks.books import found, kinds, only_sheet, read, written_xls


def test_cells_are_read_as_shown():
    def fill(book, sheet):
        for column, (value, code) in enumerate(
            [
                ("順調", "General"),
                (0.931, "0.0%"),
                (-16565, "#,##0;△#,##0"),
                (16565, '#,##0"千円"'),
                (0.1 + 0.2, "General"),
                (True, "General"),
                (date(2023, 3, 31), "yyyy/m/d"),
                (date(2023, 1, 1), 'm"月"d"日"'),
            ]
        ):
            sheet.write(0, column, value, xlwt.easyxf(num_format_str=code))

    data = written_xls(fill)
    assert only_sheet(data).rows == [
        ["順調", "93.1%", "△16,565", "16,565千円", "0.3", "TRUE", "2023-03-31", "2023-01-01"]
    ]
    assert read(data).format == "xls"
    assert kinds(only_sheet(data), 1, 2) == {"percent": "0.931"}
    assert ("date_suspect", "実績!H1") in found(read(data))


def test_struck_text_is_left_out_wholly_or_in_part():
    def fill(book, sheet):
        struck = xlwt.easyfont("struck_out true")
        sheet.write(0, 0, "遅延", xlwt.easyxf("font: struck_out true"))
        sheet.write_rich_text(1, 0, [("遅延", struck), ("順調", xlwt.easyfont(""))])
        sheet.write_rich_text(2, 0, ["順調", ("遅延", struck)])

    sheet = only_sheet(written_xls(fill))
    assert [sheet.text(row, 1) for row in (1, 2, 3)] == ["", "順調", "順調"]
    assert [kinds(sheet, row, 1) for row in (1, 2, 3)] == [{"struck": "遅延"}] * 3


def test_hidden_and_merged():
    def fill(book, sheet):
        for row in range(4):
            sheet.write(row, 3, "x")
        sheet.row(1).hidden = True
        sheet.col(1).hidden = True
        sheet.write_merge(0, 2, 0, 1, "結合")
        book.add_sheet("控え").visibility = 1

    data = written_xls(fill)
    first, second = read(data).sheets
    assert (first.hidden_rows, first.hidden_columns) == ({2}, {2})
    assert first.merged == (MergedRange(1, 1, 3, 2),)
    assert second.is_hidden
    assert {"hidden_rows", "hidden_columns", "hidden_sheet"} <= {
        rule for rule, _ in found(read(data))
    }


def test_errors_are_blank_and_told():
    def fill(book, sheet):
        sheet.row(0).set_cell_error(0, "#REF!")
        sheet.write(0, 1, "x")

    data = written_xls(fill)
    assert only_sheet(data).rows == [["", "x"]]
    assert ("formula_error", "実績!A1") in found(read(data))


def test_the_name_of_the_last_user_is_told_and_kept_inside():
    def fill(book, sheet):
        book.owner = "Mihon Hanako"
        sheet.write(0, 0, "x")

    (finding,) = read(written_xls(fill)).findings
    assert finding.rule == "personal_properties"
    assert "Hanako" in (finding.value or "")


def test_formulas_are_told_as_they_are_typed():
    formulas = ['IF(A1="1.0","",B1*2)', "A1&B1", 'IF(B1>=0.5,"大","小")']

    def fill(book, sheet):
        for column, text in enumerate(formulas):
            sheet.write(0, column, xlwt.Formula(text))
        sheet.write(1, 0, "x")

    sheet = only_sheet(written_xls(fill))
    told = [kinds(sheet, 1, column) for column in (1, 2, 3)]
    assert told == [{"formula": f"={text}"} for text in formulas]


def test_calculations_without_a_result_are_told():
    """xlwt does not compute: it stores an empty text as the result of every formula."""

    def fill(book, sheet):
        sheet.write(0, 0, xlwt.Formula("SUM(B1:B3)"))
        sheet.write(1, 0, "x")

    data = written_xls(fill)
    assert kinds(only_sheet(data), 1, 1) == {"not_computed": "=SUM(B1:B3)"}
    assert ("formula_not_computed", "実績!A1") in found(read(data))


@pytest.mark.parametrize(
    "text", ["=SUM(A1:B2)", "=A1+1", "=(A1)*(B1)", "=12", "=SUM(A1)/COUNT(B1)"]
)
def test_results_of_calculations_are_numbers(text):
    assert is_uncomputed(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=A1",
        '=IF(A1="","",1+1)',
        "=A1&B1-1",
        '="a-b"',
        "='決算-1'!A1",
        "=(A1+1",
        "=SUMMARY(A1)",
    ],
)
def test_other_formulas_may_give_an_empty_text(text):
    assert not is_uncomputed(text)


@pytest.mark.parametrize(
    ("look", "text"),
    [
        ("font: colour white", ""),
        ("font: colour red; pattern: pattern solid, fore_colour red", ""),
        ("font: colour white; pattern: pattern solid, fore_colour red", "遅れた。"),
        ("font: colour white; pattern: pattern fine_dots", "遅れた。"),
        ("font: colour black", "遅れた。"),
        ("", "遅れた。"),
    ],
)
def test_text_in_the_colour_of_its_ground_is_unseen(look, text):
    def fill(book, sheet):
        sheet.write(0, 0, "遅れた。", xlwt.easyxf(look))
        sheet.write(1, 0, "x")

    sheet = only_sheet(written_xls(fill))
    assert sheet.text(1, 1) == text
    assert kinds(sheet, 1, 1) == ({} if text else {"unseen": "遅れた。"})


def test_parts_of_a_white_cell_in_another_colour_are_read():
    def fill(book, sheet):
        white = xlwt.easyxf("font: colour white")
        sheet.write_rich_text(0, 0, ["白", ("黒", xlwt.easyfont("colour black"))], white)

    assert only_sheet(written_xls(fill)).text(1, 1) == "白黒"


def test_a_format_with_a_colour_of_its_own_shows():
    def fill(book, sheet):
        style = xlwt.easyxf("font: colour white", num_format_str="0;[Red]-0")
        sheet.write(0, 0, -5, style)

    assert only_sheet(written_xls(fill)).text(1, 1) == "-5"
