"""Columns of sentences: what was done, and what was planned beside it."""

from __future__ import annotations

import pytest

from pipelines.results.model import SheetReading
from pipelines.results.reading.sentences import are_sentences, is_sentence
from tests.results.reading.sheets_of import read, rules, values

_HEADS = "番号|取組項目|担当課|取組内容|実績|評価"


def fields_of(reading: SheetReading) -> set[str]:
    return {cell.role.field for record in reading.records for cell in record.values}


@pytest.mark.parametrize(
    "cell",
    ["3", "△1,200", "478人", "年10回以上", "98.62（速報値）", "－", "集計中", "普及率：21.2%"],
)
def test_values_are_no_sentences(cell: str) -> None:
    assert not is_sentence(cell)


@pytest.mark.parametrize("cell", ["4月に統合した。", "12回発行した。", "開設", "2件の売却"])
def test_texts_are_sentences(cell: str) -> None:
    assert is_sentence(cell)


def test_some_words_among_numbers_make_no_column_of_sentences() -> None:
    assert not are_sentences(["57.3", "12回", "前年度比減", "－"])
    assert not are_sentences([])


def test_results_in_sentences_are_what_was_done_and_contents_the_plan() -> None:
    reading = read(f"{_HEADS}\n1|窓口|見本課|窓口を統合する。|4月に統合した。|A")
    (record,) = reading.records
    assert record.texts["activity"] == "4月に統合した。"
    assert record.values == ()
    told = {(one.rule, one.value) for one in reading.findings if one.severity == "info"}
    assert {("column_left_out", "取組内容"), ("column_decided", "実績")} <= told


def test_results_in_numbers_stay_values() -> None:
    reading = read(
        f"{_HEADS}\n1|窓口|見本課|窓口を統合する。|98.5%|A\n2|印刷|見本課|減らす。|未定|A"
    )
    assert reading.records[0].texts["activity"] == "窓口を統合する。"
    assert fields_of(reading) == {"actual"}


def test_plans_in_sentences_make_no_indicator() -> None:
    reading = read("取組項目|担当課|計画|取組実績\n窓口|見本課|統合する。|統合した。")
    assert fields_of(reading) == set()
    assert "column_left_out" in {one.rule for one in reading.findings}


def test_targets_of_an_indicator_are_kept_whatever_they_are() -> None:
    reading = read("指標|担当課|目標|実績\n開設の有無|見本課|開設|開設した。")
    assert "planned" in fields_of(reading)


def test_contents_of_a_year_are_what_was_done() -> None:
    reading = read("取組項目|取組概要|担当課|令和5年度実施内容\n窓口|統合する。|見本課|統合した。")
    assert reading.records[0].texts["activity"] == "統合した。"


def test_money_that_nobody_calls_an_effect_is_left_out() -> None:
    heads = "取組項目|担当課|予算額（千円）|決算額（千円）|評価\n窓口|見本課|9|8|A"
    assert fields_of(read(heads)) == set()
    assert "column_left_out" in {one.rule for one in read(heads).findings}
    assert fields_of(read(f"効果額一覧\n{heads}")) == {"planned_amount", "amount"}


def test_a_rating_of_one_year_beside_values_of_two_names_its_year() -> None:
    reading = read("取組項目|担当課|R3効果額|R4効果額|R4評価\n窓口|見本課|1千円|2千円|A")
    ratings = {one.texts["fiscal_year"]: one.texts.get("rating") for one in reading.records}
    assert ratings == {"2021年度": None, "2022年度": "A"}


def test_labels_of_a_form_without_a_field_take_their_value_along() -> None:
    reading = read("""
        取組実績個票
        整理番号|1-1|取組項目|窓口
        所管課|見本課|関係課|例示課、手本課
        取組内容|統合する。
        実績|統合した。
        効果額（千円）|計画|6|実績|2
        評価|A||
    """)
    (record,) = reading.records
    assert (record.texts["department"], record.texts["activity"]) == ("見本課", "統合した。")
    assert [(one.role.field, one.text) for one in record.values] == [
        ("planned_amount", "6"),
        ("amount", "2"),
    ]


def test_numbers_and_sentences_below_one_heading_are_parted_cell_by_cell() -> None:
    reading = read("""
        番号|取組項目|担当課|目標|実績
        1|収納率の向上|収納課|98%|98.2%
        2|広報の充実|広報課|10件|12件を掲載した。
        3|計画の策定|企画課|策定|策定した。
        4|出前講座|企画課|5回|集計中
    """)
    first, second, third, fourth = reading.records
    assert values(first) == [("planned", None, "98%"), ("actual", None, "98.2%")]
    assert values(second) == [("planned", None, "10件")]
    assert second.texts["activity"] == "12件を掲載した。"
    assert values(third) == [] and third.texts["activity"] == "策定した。"
    assert values(fourth) == [("planned", None, "5回"), ("actual", None, "集計中")]
    assert {"value_says_done", "plan_in_words"} <= rules(reading)


def test_words_among_the_actuals_of_indicators_stay_actuals() -> None:
    reading = read("""
        指標名|単位|担当課|目標|実績
        計画の策定||総務課|策定|策定済み
        審議会の開催|回|総務課|3|2回開催した
    """)
    assert [one.values[-1].role.field for one in reading.records] == ["actual", "actual"]
    assert all("activity" not in one.texts for one in reading.records)


def test_contents_in_the_past_tense_are_part_of_what_was_done() -> None:
    head = "番号|取組項目|担当課|実施内容|成果"
    reading = read(f"{head}\n1|窓口|市民課|統合した。|待ち時間が減った。")
    assert reading.records[0].texts["activity"] == "統合した。 待ち時間が減った。"
    reading = read(f"{head}\n1|窓口|市民課|統合する。|待ち時間が減った。")
    assert reading.records[0].texts["activity"] == "待ち時間が減った。"
    assert "column_left_out" in rules(reading)


def test_contents_in_the_past_tense_name_no_indicator_table() -> None:
    reading = read("取組内容|指標名|単位|担当課|目標値|実績値\n催告した。|収納率|%|収納課|98|98.5")
    assert reading.records[0].texts.get("measure") is None
    assert reading.records[0].texts["activity"] == "催告した。"


@pytest.mark.parametrize(
    "named", ["取組実績", "取組状況", "令和5年度の取組実績", "取組結果", "取組成果"]
)
@pytest.mark.parametrize("contents", ["取組内容", "実施内容", "取組の概要"])
def test_contents_beside_a_column_that_says_itself_what_was_done(contents: str, named: str) -> None:
    head = f"取組項目|担当課|{contents}|{named}|評価"
    reading = read(
        f"{head}\n窓口|市民課|窓口を統合する。|4月に統合した。|A\n電話|管財課|委託|委託した。|A"
    )
    assert [one.texts["activity"] for one in reading.records] == ["4月に統合した。", "委託した。"]
    assert "column_left_out" in rules(reading)


def test_contents_in_the_past_tense_join_what_was_done() -> None:
    head = "取組項目|担当課|実施内容|取組成果"
    (record,) = read(f"{head}\n窓口|市民課|窓口を統合した。|待ち時間が減った。").records
    assert record.texts["activity"].split() == ["窓口を統合した。", "待ち時間が減った。"]


@pytest.mark.parametrize(
    ("title", "heads", "fields"),
    [
        ("歳出の見直し", "予算額（千円）|決算額（千円）", set()),
        ("歳出削減の取組", "予算額（千円）|決算額（千円）", set()),
        ("収入確保の取組", "決算額（千円）|増減額（千円）", {"amount"}),
        ("効果額一覧", "決算額（千円）|効果額（千円）", {"amount"}),
        ("削減額の実績", "予算額（千円）|決算額（千円）", {"planned_amount", "amount"}),
        ("歳出削減の取組", "計画額（千円）|実績額（千円）", {"planned_amount", "amount"}),
    ],
)
def test_settled_money_is_an_effect_only_where_its_amount_is_spoken_of(
    title: str, heads: str, fields: set[str]
) -> None:
    assert fields_of(read(f"{title}\n取組項目|担当課|{heads}\n電力|見本課|50|42")) == fields


@pytest.mark.parametrize("said", ["設けた。", "10月から始めた。", "予定どおり"])
@pytest.mark.parametrize("heads", ["進捗状況|進捗度", "進捗度|進捗状況"])
def test_of_two_columns_of_progress_the_shorter_is_the_rating(heads: str, said: str) -> None:
    cells = {"進捗状況": said, "進捗度": "A"}
    row = "|".join(cells[head] for head in heads.split("|"))
    (record,) = read(f"取組項目|担当課|{heads}\n窓口|見本課|{row}").records
    assert (record.texts["rating"], record.texts["activity"]) == ("A", said)
