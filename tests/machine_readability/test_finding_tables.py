from __future__ import annotations

import pytest

from pipelines.machine_readability.finding_tables import find_header, table_of
from pipelines.sources.workbooks.model import MergedRange, Sheet

HEADER, DATA = ["課", "取組", "件数"], ["総務課", "窓口", "3"]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([HEADER, DATA], 1),
        ([["題名"], HEADER, DATA], 2),
        ([["題名"], [], ["単位：千円"], [], HEADER, DATA], 5),
        ([["題名", "作成"], ["（1）", "合計"], HEADER, DATA, ["（2）"], HEADER, DATA], 3),
        ([["課", "件数"], ["総務課", "3"], [], [*HEADER, "予算", "決算"], [*DATA, "1", "2"]], 1),
        ([["課"], ["総務課"]], 1),
        ([[], ["課"]], 2),
        ([[], ["", " "]], None),
    ],
)
def test_the_header_is_the_first_row_as_wide_as_the_table(
    rows: list[list[str]], header: int | None
) -> None:
    assert find_header(rows) == header


def test_a_header_of_merged_cells_names_columns_by_all_of_its_rows() -> None:
    rows = [["課", "数値", ""], ["", "目標", "実績"], ["総務課", "3", "4"], ["※暫定値"]]
    merged = (MergedRange(1, 1, 2, 1), MergedRange(1, 2, 1, 3))
    table = table_of(Sheet("実績", rows, merged=merged), "workbook")
    assert table is not None
    assert [one.name for one in table.columns] == ["課", "数値 目標", "数値 実績"]
    assert table.data_rows == (3,)
    assert "※暫定値" in table.outside_text
