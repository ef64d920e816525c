"""Two values in a cell are told apart where a note says what the second is."""

from __future__ import annotations

import pytest

from pipelines.results.model import Record
from pipelines.results.rows.cells import cells_of, is_undecided
from pipelines.sources.sheet_profile import SheetProfile
from tests.results.reading.sheets_of import read, rules

HEAD = "取組項目|担当課|効果額（千円）"
TABLE = f"{HEAD}\n電話料|管財課|560_（610）\n封筒|市民課|180_（－）\n広告|市民課|5"


def said(record: Record) -> list[tuple[str, str]]:
    return [(cell.role.field, cell.text) for cell in cells_of(record, SheetProfile())]


@pytest.mark.parametrize(
    "note",
    ["（注）（　）内は前年度の効果額", "※()の数値は昨年度実績", "注：（ ）書きは前回の値です。"],
)
def test_a_value_of_another_year_is_left_out(note: str) -> None:
    reading = read(f"{TABLE}\n{note}")
    assert [said(one) for one in reading.records] == [
        [("amount", "560")],
        [("amount", "180")],
        [("amount", "5")],
    ]
    assert "bracketed_values" in rules(reading)


def test_a_bracket_alone_is_the_second_value() -> None:
    reading = read(f"{TABLE}\n切手|市民課|（90）\n※（ ）内は前年度")
    assert said(reading.records[-1]) == []


@pytest.mark.parametrize(
    ("note", "second"),
    [("（ ）内は計画", "planned_amount"), ("※（ ）内は目標額", "planned_amount")],
)
def test_a_plan_in_brackets_is_the_other_half(note: str, second: str) -> None:
    reading = read(f"{note}\n{TABLE}")
    assert said(reading.records[0]) == [("amount", "560"), (second, "610")]


def test_a_plan_in_brackets_beside_a_column_of_plans_is_not_read() -> None:
    text = "取組項目|担当課|目標額（千円）|効果額（千円）\n電話|管財課|7|5（6）\n※（ ）内は目標"
    cells = cells_of(read(text).records[0], SheetProfile())
    assert [is_undecided(cell) for cell in cells] == [False, True]


@pytest.mark.parametrize(
    "note", ["", "※（ ）内は一般財源", "※（ ）内は前年度\n※（ ）内は計画", "前年度より増えた。"]
)
def test_without_one_clear_note_nobody_says_which_is_which(note: str) -> None:
    reading = read(f"{TABLE}\n{note}" if note else TABLE)
    (cell,) = cells_of(reading.records[0], SheetProfile())
    assert is_undecided(cell)
    assert "bracketed_values" not in rules(reading)


def test_the_profile_wins_over_a_note() -> None:
    reading = read(f"{TABLE}\n※（ ）内は前年度", paired_cells="actual_then_planned")
    profile = SheetProfile(paired_cells="actual_then_planned")
    fields = [cell.role.field for cell in cells_of(reading.records[0], profile)]
    assert fields == ["amount", "planned_amount"]
