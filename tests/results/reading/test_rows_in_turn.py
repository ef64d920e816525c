"""目標 and 実績 in rows of their own, in turn: read as one record, and never across another row."""

from __future__ import annotations

import pytest

from tests.results.reading.sheets_of import read, rules, values

HEAD = "指標名|単位|担当課|区分|R3年度|R4年度|R5目標"


def test_a_row_without_a_name_and_of_another_kind_goes_on_the_row_above() -> None:
    reading = read(f"""
        {HEAD}
        収納率|%|収納課|目標|98.0|98.2|98.4
        |||実績|98.1|集計中|
        |||達成率|100.1%||
        件数|件|市民課|目標|5|6|7
        |||実績|4||
    """)
    first, second = reading.records
    assert values(first) == [
        ("planned", 2021, "98.0"),
        ("planned", 2022, "98.2"),
        ("planned", 2023, "98.4"),
        ("actual", 2021, "98.1"),
        ("actual", 2022, "集計中"),
    ]
    assert (second.row, second.texts["department"]) == (5, "市民課")
    assert [reading.aside["実績", row] for row in (3, 4, 6)] == ["joined", "skipped", "joined"]
    assert "rows_in_turn" in rules(reading)


def test_rows_that_all_have_their_name_are_read_as_one() -> None:
    reading = read(f"{HEAD}\n収納率|%|収納課|目標|98|99|\n収納率|%|収納課|実績|97|96|")
    assert [name for name, *_ in values(reading.records[0])] == ["planned"] * 2 + ["actual"] * 2
    assert "rows_in_turn" not in rules(reading)


@pytest.mark.parametrize(
    "rows",
    [
        "収納率|%|収納課|目標|98|99|\n|||目標|97|96|",  # the same kind again: another row's
        "収納率|%|収納課|目標|98|99|\n納税|||||\n|||実績|97|96|",  # a heading between
    ],
)
def test_a_row_without_a_name_is_not_that_of_another_row(rows: str) -> None:
    reading = read(f"{HEAD}\n{rows}")
    assert [len(one.values) for one in reading.records] == [2]
    assert {one.rule for one in reading.quarantined.values()} == {"row_without_name"}


def test_a_row_below_a_total_is_the_totals_own() -> None:
    reading = read(f"{HEAD}\n収納率|%|収納課|目標|98|99|\n合計|||目標|98|99|\n|||実績|97|96|")
    assert [len(one.values) for one in reading.records] == [2]
    assert reading.aside["実績", 4] == "total"
    assert [one.role.field for one in reading.totals] == ["planned"] * 2 + ["actual"] * 2


def test_rows_that_say_different_things_are_not_read_as_one() -> None:
    reading = read(f"{HEAD}\n収納率|%|収納課|目標|98|99|\n収納率|件|収納課|実績|97|96|")
    assert [one.texts["unit"] for one in reading.records] == ["%", "件"]


def test_a_title_of_effects_makes_the_values_of_such_rows_amounts() -> None:
    reading = read("""
        効果額の推移（千円）
        取組項目|担当課|区分|R3|R4
        窓口|市民課|目標|10|20
        ||実績|11|
        合計||目標|10|20
    """)
    assert values(reading.records[0]) == [
        ("planned_amount", 2021, "10"),
        ("planned_amount", 2022, "20"),
        ("amount", 2021, "11"),
    ]
    assert [one.role.field for one in reading.totals] == ["planned_amount"] * 2


def test_kinds_that_speak_of_amounts_make_amounts() -> None:
    reading = read("""
        取組項目|担当課|区分|R3|R4|計
        窓口|市民課|目標額|0|8,000|8,000
        ||実績額||7,000|7,000
        ||件数|1|2|3
    """)
    (record,) = reading.records
    assert values(record) == [
        ("planned_amount", 2021, "0"),
        ("planned_amount", 2022, "8,000"),
        ("amount", 2022, "7,000"),
    ]
    assert {cell.role.effect_kind for cell in record.values} == {"other"}
    assert "amount" in {role.field for role in record.roles}
    assert [one.rule for one in reading.quarantined.values()] == ["row_of_unknown_kind"]


@pytest.mark.parametrize("kind", ["効果額", "最終目標値"])
def test_a_kind_that_the_table_has_no_place_for_is_held_back(kind: str) -> None:
    reading = read(f"取組項目|担当課|区分|R3|R4\n窓口|市民課|目標額|1|2\n窓口|市民課|{kind}|3|4")
    is_amount = kind == "効果額"
    assert ("row_of_unknown_kind" in rules(reading)) is not is_amount
    reading = read(f"指標名|区分|R3|R4\n件数|目標|1|2\n件数|実績|1|2\n件数|{kind}|3|4")
    assert ("row_of_unknown_kind" in rules(reading)) is is_amount


def test_a_schedule_in_words_makes_no_indicators() -> None:
    reading = read("""
        取組項目|担当課||H27年度|H28年度
        計画の策定|管財課|計画|検討|実施
        ||実績|検討|一部実施
    """)
    assert not reading.records and "no_table_found" in rules(reading)


def test_a_value_is_not_taken_twice() -> None:
    reading = read(f"{HEAD}\n収納率|%|収納課|目標|98|99|\n収納率|%|収納課|目標|97|96|")
    assert [len(one.values) for one in reading.records] == [2, 2]


def test_a_value_keeps_the_row_in_which_it_stands() -> None:
    (record,) = read(f"{HEAD}\n収納率|%|収納課|目標|98|99|\n|||実績|97|96|").records
    assert [cell.row for cell in record.values] == [None, None, 3, 3]
