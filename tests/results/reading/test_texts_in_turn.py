"""計画, 実績 and 評価 in turn, in words, with years across: one record for each item and year."""

from __future__ import annotations

import pytest

from tests.results.reading.sheets_of import read, rules

HEAD = "番号|取組項目|担当課|区分|令和4年度|令和5年度"
SHEET = f"""
    {HEAD}
    1|共同購入|学校教育課|計画|検討|実施
    |||実績|検討会を開いた。|16校で実施した。
    |||評価|A|A
    2|空調|管財課|計画|試行|実施
    |||実績|試行した。|
    |||評価|A|B
"""
NAMED = ("item", "department", "fiscal_year", "activity", "rating")


def said(text: str) -> list[tuple[int, tuple[str | None, ...]]]:
    return [(one.row, tuple(map(one.texts.get, NAMED))) for one in read(text).records]


def test_each_year_of_an_item_has_what_was_done_and_its_rating() -> None:
    assert said(SHEET) == [
        (3, ("共同購入", "学校教育課", "2022年度", "検討会を開いた。", "A")),
        (3, ("共同購入", "学校教育課", "2023年度", "16校で実施した。", "A")),
        (6, ("空調", "管財課", "2022年度", "試行した。", "A")),
        (6, ("空調", "管財課", "2023年度", None, "B")),
    ]


def test_plans_are_left_out_and_told_once_and_every_row_is_accounted_for() -> None:
    reading = read(SHEET)
    assert [reading.aside["実績", row] for row in (2, 4, 5, 7)] == [
        "skipped", "joined", "skipped", "joined",
    ]  # fmt: skip
    told = [one for one in reading.findings if one.rule == "plan_rows_left_out"]
    assert [(one.severity, one.row) for one in told] == [("info", 2)]
    assert {"activity", "rating"} <= reading.records[0].asked
    assert "unknown_column" not in rules(reading)


def test_rows_of_another_item_of_the_same_text_are_not_joined() -> None:
    text = f"{HEAD}\n1|窓口|市民課|実績|甲。|\n2|窓口|市民課|評価|A|\n2|窓口|市民課|実績|乙。|"
    found = [(row, names[3:]) for row, names in said(text)]
    assert found == [(2, ("甲。", None)), (3, ("乙。", "A"))]


def test_a_text_twice_for_one_year_is_not_joined() -> None:
    text = f"{HEAD}\n1|窓口|市民課|実績|甲。|\n1|窓口|市民課|評価|A|\n1|窓口|市民課|実績|乙。|"
    assert [row for row, _ in said(text)] == [2, 4]


def test_a_heading_between_parts_items() -> None:
    text = f"{HEAD}\n1|窓口|市民課|実績|甲。|\n第２章　改革|||||\n1|窓口|市民課|評価|A|"
    assert [(row, names[3:]) for row, names in said(text)] == [
        (2, ("甲。", None)),
        (4, (None, "A")),
    ]


def test_beside_plans_alone_only_the_past_tense_says_what_was_done() -> None:
    text = f"{HEAD}\n1|窓口|市民課|計画|検討|実施\n|||実績|検討|一部実施"
    assert "no_table_found" in rules(read(text))
    (record,) = read(text.replace("|検討|一部実施", "|検討した。|")).records
    assert (record.texts["activity"], record.texts["item"]) == ("検討した。", "窓口")


def test_a_blank_row_between_parts_rows() -> None:
    text = f"{HEAD}\n1|窓口|市民課|実績|甲。|\n|||||\n1|窓口|市民課|評価|A|"
    assert [row for row, _ in said(text)] == [2, 4]


@pytest.mark.parametrize("word", ["予算", "備考欄の説明", "12"])
def test_a_table_with_another_word_among_them_is_not_read_so(word: str) -> None:
    reading = read(f"{SHEET.strip()}\n    |||{word}|いろいろ|いろいろ")
    assert all("activity" not in one.texts for one in reading.records)


def test_words_of_a_schedule_without_results_are_not_read() -> None:
    reading = read(f"{HEAD}\n1|窓口|市民課|計画|検討|実施\n2|庁舎|管財課|計画|検討|実施")
    assert not reading.records
    assert "no_table_found" in rules(reading)


def test_numbers_stay_values() -> None:
    text = SHEET.replace("計画|検討|実施", "計画|10|20").replace("評価", "達成率")
    text = text.replace("検討会を開いた。|16校で実施した。", "9|18").replace("試行した。|", "8|12")
    text = (
        text.replace("計画|試行|実施", "計画|10|20")
        .replace("A|A", "90%|90%")
        .replace("A|B", "80%|60%")
    )
    assert {cell.role.field for one in read(text).records for cell in one.values} == {
        "planned", "actual",
    }  # fmt: skip
