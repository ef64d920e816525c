"""Sheets that explain or count ratings are left out; sheets of results are not."""

from __future__ import annotations

import pytest

from pipelines.results.reading.key_sheets import is_key_sheet
from pipelines.sources.workbooks.model import Sheet
from tests.results.reading.sheets_of import read_sheet, rows_of, rules

RESULTS = rows_of("番号|取組項目|担当課|評価\n1|窓口|市民課|A")
KEY = "評価|内容\nA|順調\nB|遅れ"


@pytest.mark.parametrize(
    ("rows", "is_key"),
    [
        (KEY, True),
        ("評価の基準\n評価区分|件数|割合\nA|1|100%\n計|1|100%", True),
        ("評価|内容\nA|順調\nA|遅れ", False),  # a label stands once
        ("評価|取組項目\nA|窓口", False),
        ("評価|担当課|内容\nA|市民課|統合した", False),
        ("取組項目|評価\n窓口|A", False),
        ("評価|内容", False),
    ],
)
def test_a_key_names_ratings_once_each_and_nothing_else(rows: str, is_key: bool) -> None:
    assert is_key_sheet(Sheet("凡例", rows_of(rows))) is is_key


def test_a_key_beside_results_is_told_and_costs_nothing() -> None:
    reading = read_sheet(Sheet("凡例", rows_of(KEY)), Sheet("実績", RESULTS))
    assert [one.sheet for one in reading.records] == ["実績"]
    assert rules(reading) == {"key_sheet_not_read"}
    assert reading.aside["凡例", 2] == "skipped"


def test_a_lone_sheet_is_read_and_so_is_one_that_the_profile_names() -> None:
    assert "key_sheet_not_read" not in rules(read_sheet(Sheet("凡例", rows_of(KEY))))
    both = (Sheet("凡例", rows_of(KEY)), Sheet("実績", RESULTS))
    assert "key_sheet_not_read" not in rules(read_sheet(*both, sheets={"read": ["凡例", "実績"]}))
