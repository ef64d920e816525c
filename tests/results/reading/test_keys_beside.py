"""A key or a count of ratings beside a table is no part of it."""

from __future__ import annotations

import pytest

from tests.results.reading.sheets_of import read, rules

TABLE = """
    令和5年度　取組一覧|||||{title}
    番号|取組項目|担当課|{rating}||{head}
    1|会議|総務課|A||A|{first}
    2|回覧|総務課|B||B|{second}
    3|封筒|管財課|B{below}
"""


def _sheet(**words: str) -> str:
    plain = {"title": "", "rating": "評価", "head": "評価|基準", "below": ""}
    texts = {"first": "計画どおり", "second": "やや遅れ"}
    return TABLE.format(**(plain | texts | words))


def _ratings(text: str) -> list[str | None]:
    return [record.texts.get("rating") for record in read(text).records]


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"head": "評価区分|説明"},
        {"head": "区分|件数", "first": "1", "second": "2"},
        {"title": "評価|基準", "head": "S|計画以上"},
    ],
)
def test_a_key_behind_a_blank_column_is_not_read(words: dict[str, str]) -> None:
    reading = read(_sheet(**words))
    assert [record.texts["rating"] for record in reading.records] == ["A", "B", "B"]
    assert all("activity" not in record.texts for record in reading.records)
    assert "key_beside_not_read" in rules(reading)


def test_rows_of_a_key_below_the_table_are_notes() -> None:
    reading = read(_sheet(below="||C|未着手\n|||||D|中止"))
    assert len(reading.records) == 3
    assert reading.aside["実績", 6] == "note"


@pytest.mark.parametrize(
    "words",
    [
        {"rating": "取組実績", "head": "評価|内容"},  # may be the table's own
        {"rating": "取組実績", "head": "評価|今後の方針"},
        {"rating": "取組実績", "head": "評価|基準", "below": "||A|同じ"},  # a label comes twice
    ],
)
def test_a_rating_behind_a_blank_column_is_one_of_the_table(words: dict[str, str]) -> None:
    assert _ratings(_sheet(**words))[:2] == ["A", "B"]


def test_a_key_without_a_blank_column_is_refused() -> None:
    reading = read("番号|取組項目|担当課|評価|評価|基準\n1|会議|総務課|A|A|計画どおり")
    assert reading.records == [] and "duplicate_column" in rules(reading)
