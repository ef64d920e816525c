"""Sheets named by the department whose results they hold."""

from __future__ import annotations

import pytest

from pipelines.sources.workbooks.model import Sheet
from tests.results.reading.sheets_of import read_sheet, rows_of, rules

ROWS = "取組項目|取組実績|評価\n窓口の改善|改めた。|A"
WITH_COLUMN = "取組項目|担当課|取組実績\n窓口の改善||改めた。\n電話|管財課|集約した。"


def test_a_department_that_names_a_sheet_is_that_of_its_rows() -> None:
    reading = read_sheet(Sheet("市民課", rows_of(ROWS)))
    assert [one.section.department for one in reading.records] == ["市民課"]
    assert "department_of_sheet" in rules(reading)


@pytest.mark.parametrize(
    ("name", "text"), [("実績", ROWS), ("各課", ROWS), ("市民課", WITH_COLUMN)]
)
def test_other_sheets_say_nothing_of_departments(name: str, text: str) -> None:
    reading = read_sheet(Sheet(name, rows_of(text)))
    assert {one.section.department for one in reading.records} == {None}
