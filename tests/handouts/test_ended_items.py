"""Items that had ended, and assessors of no common kind, in what a city hands out."""

from __future__ import annotations

import datetime

from tests.marts.examples import city, item, item_id, result
from tests.marts.generated import PLAN, Row, Rows, complete

from .samples import YEAR, listed, one_item, opinion, table_of, workbook


def with_ended() -> Rows:
    """One item that goes on, one that was stopped before the year."""
    stop = {
        "lineage_id": f"{PLAN}-l1",
        "from_item_id": item_id("取組乙"),
        "relation": "stopped",
        "changed_on": datetime.date(YEAR, 4, 1),
    }
    return city(
        reform_items=[item("取組甲", ordinal=1), item("取組乙", ordinal=2)],
        item_lineage=[stop],
        yearly_results=[result("取組甲", "甲課", "順調")],
    )


def test_the_list_says_that_an_item_had_ended() -> None:
    found = [(row["改革項目"], row["評価"], row["計画途中の変更"]) for row in listed(with_ended())]
    assert found == [("取組甲", "順調", ""), ("取組乙", "中止済み", f"{YEAR}-04-01 中止")]


def test_the_papers_count_it_by_itself() -> None:
    book = workbook(with_ended())
    [pillar, whole] = table_of(book, "概要", "柱")
    assert (pillar["順調"], pillar["中止済み"], pillar["合計"]) == (1, 1, 2)
    assert "報告なし" not in whole
    told = [cell.value for row in book["柱ごとの評価"].iter_rows() for cell in row]
    assert told.count("中止済み") == 4 and "報告なし" not in told


def test_another_assessor_has_columns_of_its_own() -> None:
    other: Row = opinion("取組甲", "利用者に聞くこと。", "聞きます。", YEAR)
    other |= {"assessor": "other", "rating_label": "もう少し"}
    [row] = listed(complete({**one_item(), "item_assessments": [other]}))
    assert row["その他の評価者の評価"] == "もう少し"
    assert row["その他の評価者の意見"] == "利用者に聞くこと。"
    assert row["その他の評価者への市の回答"] == "聞きます。"
    assert not (row["審議会の評価"] or row["審議会の意見"] or row["市の回答"])
