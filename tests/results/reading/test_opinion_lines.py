"""Opinions on one item in several rows."""

from __future__ import annotations

from tests.results.reading.sheets_of import read, rules

HEAD = "番号|取組項目|担当課|評価|委員の意見|市の対応"
FIRST = "1|財源の確保|財政課|A|見直されたい。|見直す。"


def test_opinions_on_one_item_are_one() -> None:
    reading = read(f"{HEAD}\n{FIRST}\n1|財源の確保|財政課|A|広告を増やされたい。|検討する。")
    (record,) = reading.records
    assert record.texts["council_opinion"] == "見直されたい。\n広告を増やされたい。"
    assert record.texts["city_response"] == "見直す。\n検討する。"
    assert reading.aside["実績", 3] == "joined"
    assert "opinions_joined" in rules(reading)


def test_rows_that_differ_in_more_are_not_joined() -> None:
    for other in (
        "2|研修の充実|人事課|A|広告を増やされたい。|検討する。",
        "1|財源の確保|財政課|B|広告を増やされたい。|検討する。",
        "1|財源の確保|管財課|A|広告を増やされたい。|検討する。",
    ):
        assert len(read(f"{HEAD}\n{FIRST}\n{other}").records) == 2


def test_the_same_opinion_again_is_left_to_those_who_find_repeats() -> None:
    assert len(read(f"{HEAD}\n{FIRST}\n{FIRST}").records) == 2
