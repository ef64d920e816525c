"""Titles printed again between the rows of a table are no rows of it."""

from __future__ import annotations

import pytest

from tests.results.reading.sheets_of import read

TITLE = "行政改革実施計画　令和5年度実績"
HEAD = "番号|取組項目|担当課|取組内容|取組実績"
ROWS = "{number}|{item}|総務課|見直しを行う。|見直した。"


def _sheet(again: str, beside: str = "1ページ") -> str:
    rows = [ROWS.format(number=at, item=f"項目{at}") for at in range(1, 5)]
    return "\n".join([f"{TITLE}||||{beside}", HEAD, *rows[:2], again, *rows[2:]])


@pytest.mark.parametrize(
    "again",
    [
        f"{TITLE}||||2ページ",
        f"{TITLE}||||（2/3）",
        f"{TITLE}||||- 2 -",
        f"{TITLE}（続き）||||P.2",
        f"{TITLE.replace('5', '５')}||||1ページ",
    ],
)
def test_a_title_with_the_number_of_its_page_is_set_aside(again: str) -> None:
    reading = read(_sheet(again))
    assert reading.aside["実績", 5] == "title"
    assert [record.texts["item"] for record in reading.records] == [f"項目{at}" for at in "1234"]


def test_what_stands_beside_the_title_may_come_again() -> None:
    reading = read(_sheet(f"{TITLE}||||総務部", "総務部"))
    assert reading.aside["実績", 5] == "title"


@pytest.mark.parametrize(
    "row",
    [f"{TITLE}||||見直した。", "5|項目5|総務課|見直しを行う。|2ページ"],
)
def test_other_rows_are_no_titles(row: str) -> None:
    assert ("実績", 5) not in read(_sheet(row)).aside
