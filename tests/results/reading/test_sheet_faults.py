"""Faults of whole sheets and tables are told, and nothing is published by mistake for them."""

from __future__ import annotations

import pytest

from pipelines.results.reading.sheet_faults import is_example_sheet
from pipelines.sources.workbooks.model import MergedRange, Sheet
from tests.results.reading.sheets_of import read, read_sheet, rows_of, rules, values

ROWS = "番号|取組項目|担当課|効果額（千円）\n1|窓口|市民課|100\n2|印刷|総務課|50"


@pytest.mark.parametrize(
    ("name", "is_example"),
    [
        ("記入例", True),
        ("実績（記載例）", True),
        ("見本", True),
        ("様式(見本)", True),
        ("見本市", False),
        ("例規", False),
        (None, False),
    ],
)
def test_names_of_sheets_of_examples(name, is_example):
    assert is_example_sheet(name) is is_example


def test_a_sheet_of_examples_is_told_and_not_read_unless_the_profile_names_it():
    sheets = Sheet("実績", rows_of(ROWS)), Sheet("記入例", rows_of(ROWS))
    reading = read_sheet(*sheets)
    assert {one.sheet for one in reading.records} == {"実績"}
    assert "example_sheet_not_read" in rules(reading)
    named = read_sheet(*sheets, sheets={"read": ["記入例"]})
    assert {one.sheet for one in named.records} == {"記入例"}


def test_headings_without_rows_are_told():
    assert "no_rows" in rules(read("令和5年度実績\n番号|取組項目|担当課|効果額（千円）"))
    assert "no_rows" not in rules(read(ROWS))


def test_a_value_merged_over_rows_of_several_items_is_told():
    merged = (MergedRange(2, 4, 3, 4),)
    reading = read("番号|取組項目|担当課|効果額（千円）\n1|窓口|市民課|150\n2|印刷|総務課|", merged)
    assert [values(one) for one in reading.records] == [[("amount", None, "150")], []]
    assert [one.row for one in reading.findings if one.rule == "merged_value"] == [2]


def test_a_value_merged_over_the_rows_of_its_item_is_right():
    merged = tuple(MergedRange(2, at, 3, at) for at in (1, 2, 3, 4))
    text = "番号|取組項目|担当課|効果額（千円）|指標|実績値\n1|窓口|市民課|150|件数|3\n||||人数|5"
    assert "merged_value" not in rules(read(text, merged))


@pytest.mark.parametrize(
    ("line", "is_told"), [("（単位：百万円）", True), ("（単位：千円）", False), ("実績", False)]
)
def test_two_units_are_told(line, is_told):
    assert ("unit_conflict" in rules(read(f"{line}\n{ROWS}"))) is is_told


def test_a_row_of_csv_with_more_cells_than_headings_is_held_back():
    rows = [*rows_of(ROWS), ["3", "広告", "管財課", "1", "200"]]
    reading = read_sheet(Sheet(None, rows))
    assert [one.row for one in reading.records] == [2, 3]
    assert reading.quarantined[None, 4].rule == "row_longer_than_headings"


def test_a_column_without_heading_makes_no_row_too_long():
    rows = rows_of(ROWS)
    rows = [rows[0], *([*row, "メモ"] for row in rows[1:])]
    assert len(read_sheet(Sheet(None, rows)).records) == 2
