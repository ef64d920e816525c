"""Texts and numbers that were put into a file come back, whatever wrote it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sources.workbooks.model import WorkbookError
from tests.sources.workbooks.books import (
    ods_row,
    only_sheet,
    saved_xlsx,
    written_ods,
    written_xls,
    written_xlsx,
)

# Without what XML cannot hold, what nobody sees, and without Excel's own escapes.
letters = st.characters(
    min_codepoint=0x20,
    max_codepoint=0xFFFD,
    exclude_categories=["Cc", "Cf", "Cn", "Cs", "Zs", "Zl", "Zp"],
)
texts = st.text(letters.filter(lambda one: one not in "_=\ufeff"), min_size=1, max_size=15)
lines = st.lists(texts, min_size=1, max_size=3).map("\n".join)
tables = st.lists(st.lists(lines | st.just(""), max_size=4), max_size=6)


def trimmed(rows):
    """Without blank ends, which no reader keeps."""
    rows = [list(row) for row in rows]
    for row in rows:
        while row and not row[-1].strip():
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def rows_of(data):
    """The texts of a file; a file without any is refused."""
    try:
        return only_sheet(data).rows
    except WorkbookError as refused:
        assert refused.finding.rule == "empty_file"
        return []


@settings(max_examples=40)
@given(tables)
def test_xlsx(rows):
    def fill(book, sheet):
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text)

    assert rows_of(written_xlsx(fill)) == trimmed(rows)


@settings(max_examples=30)
@given(tables)
def test_xlsx_by_another_program(rows):
    def fill(book, sheet):
        for row, cells in enumerate(rows, 1):
            for column, text in enumerate(cells, 1):
                sheet.cell(row, column).value = text or None
                if text:
                    sheet.cell(row, column).data_type = "s"

    assert rows_of(saved_xlsx(fill)) == trimmed(rows)


@settings(max_examples=30)
@given(tables)
def test_xls(rows):
    def fill(book, sheet):
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                sheet.write(row, column, text)

    assert rows_of(written_xls(fill)) == trimmed(rows)


@settings(max_examples=30)
@given(tables)
def test_ods(rows):
    def fill(document, table):
        for cells in rows:
            ods_row(table, *cells)

    assert rows_of(written_ods(fill)) == trimmed(rows)


@settings(max_examples=40)
@given(st.lists(st.integers(-(10**14), 10**14), min_size=1, max_size=8))
def test_whole_numbers_come_back_in_full(numbers):
    expected = [[str(number) for number in numbers]]

    def fill_xlsx(book, sheet):
        sheet.write_row(0, 0, numbers)

    def fill_xls(book, sheet):
        for column, number in enumerate(numbers):
            sheet.write(0, column, number)

    assert only_sheet(written_xlsx(fill_xlsx)).rows == expected
    assert only_sheet(written_xls(fill_xls)).rows == expected


@settings(max_examples=40)
@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=5))
def test_percentages_come_back_as_shown(numbers):
    def fill(book, sheet):
        looks = book.add_format({"num_format": "0.00%"})
        for column, number in enumerate(numbers):
            sheet.write_number(0, column, float(number / 100), looks)

    shown = [f"{number:.2f}%".replace("-0.00%", "0.00%") for number in numbers]
    assert only_sheet(written_xlsx(fill)).rows == [shown]
