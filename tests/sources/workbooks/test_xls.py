from datetime import date

import xlwt

from pipelines.sources.workbooks.model import MergedRange
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
