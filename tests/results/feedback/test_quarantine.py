from __future__ import annotations

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from pipelines.results.feedback.quarantine import QuarantinedRow, quarantine_csv
from pipelines.results.feedback.texts import legal
from tests.results.feedback.samples import found


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def row(cells: list[str], sheet: str | None = "実績") -> QuarantinedRow:
    return QuarantinedRow("s1", sheet, 12, found("error", 12), cells)


def test_rows_of_different_lengths_stand_under_numbered_columns() -> None:
    data = quarantine_csv([row(["1-1", "-300", "=1"]), row(["甲\r\n乙"], None)])
    assert data.startswith(b"\xef\xbb\xbfsource_id,sheet,row,rule,reason_ja,fix_ja,c1,c2,c3\n")
    told = ["rating_unknown", "評価の言葉が区分にありません。", "区分から選んでください。"]
    assert read(data)[1:] == [
        ["s1", "実績", "12", *told, "1-1", "-300", "'=1"],
        ["s1", "", "12", *told, "甲\n乙", "", ""],
    ]


def test_a_sheets_name_is_no_formula_either() -> None:
    assert read(quarantine_csv([row([], "=1+1")]))[1][1] == "'=1+1"


def test_nothing_in_quarantine_is_a_file_with_headings() -> None:
    assert read(quarantine_csv([])) == [
        ["source_id", "sheet", "row", "rule", "reason_ja", "fix_ja"]
    ]


@given(st.lists(st.lists(st.text(), max_size=3), max_size=3))
def test_every_cell_comes_back(rows: list[list[str]]) -> None:
    table = read(quarantine_csv([row(cells) for cells in rows]))
    for cells, back in zip(rows, table[1:], strict=True):
        texts = [text[1:] if text.startswith("'") else text for text in back[6:]]
        width = max(map(len, rows))
        assert texts == [*(legal(text) for text in cells), *[""] * (width - len(cells))]
