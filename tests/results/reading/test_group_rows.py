"""Rows of groups whose amounts are the sum of the rows below them are no rows of items."""

from __future__ import annotations

import pytest

from tests.results.reading.sheets_of import read, rules

HEAD = "令和5年度　効果額（単位：千円）||\n取組項目|担当課|目標額|実績額"
GROUPED = """
    1 歳入の確保||550|615
    市税の収納対策|収納課|500|570
    雑誌スポンサー|図書館|50|45
    2 歳出の削減||80|-
    広報の紙質変更|秘書広報課|30|-
    回線の集約|情報課|50|-
"""


def _published(rows: str, head: str = HEAD) -> list[str]:
    reading = read(f"{head}\n{rows.strip()}")
    return [record.texts.get("item", "") for record in reading.records]


def test_rows_of_groups_are_set_aside_told_and_stated_as_totals() -> None:
    reading = read(f"{HEAD}\n{GROUPED.strip()}\n合計||630|615")
    assert [record.row for record in reading.records] == [4, 5, 7, 8]
    assert [reading.aside["実績", row] for row in (3, 6, 9)] == ["total"] * 3
    assert [one.row for one in reading.findings if one.rule == "group_row_is_total"] == [3, 6]
    stated = [(total.row, total.text, total.rows) for total in reading.totals]
    assert stated == [
        (3, "550", (4, 5)),
        (3, "615", (4, 5)),
        (6, "80", (7, 8)),
        (9, "630", (4, 5, 7, 8)),
        (9, "615", (4, 5, 7, 8)),
    ]


def test_rows_below_know_their_group_and_its_kind() -> None:
    reading = read(f"{HEAD}\n{GROUPED.strip()}")
    found = [
        (record.texts["category"], cell.role.effect_kind)
        for record in reading.records
        for cell in record.values[:1]
    ]
    assert (
        found
        == [("1 歳入の確保", "revenue_increase")] * 2 + [("2 歳出の削減", "cost_reduction")] * 2
    )


@pytest.mark.parametrize(
    "rows",
    [
        "1 歳入|6|6\n(1) 市税|4|5\n(2) 広告|2|1",  # numbered in another style
        "歳入|6|6\n市税|4|5\n広告|2|1\n歳出|3|3\n電力|1|2\n用紙|2|1\n合計|9|9",  # so says the total
    ],
)
def test_without_departments_something_else_must_say_so(rows: str) -> None:
    head = HEAD.replace("担当課|", "")
    assert "市税" in " ".join(_published(rows, head))
    assert not {"1 歳入", "歳入", "歳出"} & set(_published(rows, head))


@pytest.mark.parametrize(
    "rows",
    [
        "市税|6|6\n広告|4|5\n寄附|2|1",  # nothing but the numbers says so
        "市税|6|6\n広告|4|5\n寄附|2|1\n合計|12|12",  # the total says the contrary
        "1 歳入|6|6\n(1) 市税|4|5\n(2) 広告|2|2",  # one column does not add up
        "1 歳入|6|皆増\n(1) 市税|4|5\n(2) 広告|2|1",  # not exactly
    ],
)
def test_rows_that_may_be_items_stay(rows: str) -> None:
    items = [line.split("|")[0] for line in rows.split("\n") if not line.startswith("合計")]
    assert _published(rows, HEAD.replace("担当課|", "")) == items


def test_a_department_makes_it_an_item() -> None:
    rows = GROUPED.replace("確保||", "確保|財政課|")
    assert len(_published(rows)) == 6
    assert "group_row_is_total" not in rules(read(f"{HEAD}\n{rows.strip()}"))
