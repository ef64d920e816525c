"""Columns of years between a baseline and a target."""

from __future__ import annotations

import pytest

from pipelines.results.reading.sheets import read_sheets
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import Sheet
from tests.results.reading.sheets_of import rows_of, workbook

HEAD = "指標名|単位|基準値（R2）|R4|R5|目標値（R7）"


def actual_years(text: str, last: int = 2023) -> list[int | None]:
    reading = read_sheets(workbook(Sheet("指標", rows_of(text))), SheetProfile(), (last, last))
    cells = [cell for record in reading.records for cell in record.values]
    return [cell.role.fiscal_year for cell in cells if cell.role.field == "actual"]


def test_years_between_a_baseline_and_a_target_were_measured() -> None:
    assert actual_years(f"{HEAD}\n決済件数|件|0|850|2,310|5,000") == [2022, 2023]


def test_a_year_to_come_that_is_blank_holds_nothing() -> None:
    assert actual_years(f"{HEAD}\n決済件数|件|0|850||5,000", 2022) == [2022]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n決済件数|件|0|850|2,310|5,000".replace("R5", "R6"),  # a target of next year
        "指標名|単位|R4|R5|目標値（R7）\n決済件数|件|850|2,310|5,000",
        "指標名|単位|基準値（R6）|R4|R5|目標値（R7）\n決済件数|件|0|850|2,310|5,000",
        "指標名|単位|基準値（R2）|R4|R5\n決済件数|件|0|850|2,310",
    ],
)
def test_other_years_may_mean_targets(text: str) -> None:
    assert actual_years(text) == []
