"""Labels of a form that stand above their values, and the years that labels name."""

from __future__ import annotations

import pytest

from tests.results.reading.sheets_of import read, rules

FORM = """
    令和5年度　取組個票
    取組名|返礼品の拡充
    担当課|商工課
    {above}
"""


def _texts(above: str) -> dict[str, str]:
    records = read(FORM.format(above=above)).records
    assert len(records) == 1
    return records[0].texts


@pytest.mark.parametrize(
    "label", ["■{}", "【{}】", "{}", "(1) {}", "２　{}", "■令和5年度の{}", "◆ {}"]
)
def test_a_label_and_the_text_below_it(label: str) -> None:
    texts = _texts(f"{label.format('取組実績')}|\n追加した。|\n{label.format('評価')}|\nA|")
    assert (texts["activity"], texts["rating"]) == ("追加した。", "A")


def test_a_text_of_several_rows() -> None:
    texts = _texts(
        "■取組実績|\n・追加した。|\n・説明した。|\n■評価|\nA|\n|\n■今後の方向性|\n続ける。|"
    )
    assert texts["activity"] == "・追加した。\n・説明した。"
    assert (texts["rating"], texts["next_action"]) == ("A", "続ける。")


def test_labels_beside_each_other() -> None:
    texts = _texts("取組実績|追加した。\n評価|今後の方向性\nA|続ける。")
    assert (texts["rating"], texts["next_action"]) == ("A", "続ける。")


@pytest.mark.parametrize(
    "below",
    [
        "※ 300字以内で書いてください。",
        "A：順調　B：遅れている",
        "■今後の方向性",
        "別紙様式",
        "以下余白",
        "A|令和5年度",
    ],
)
def test_what_is_no_value_of_a_label_above(below: str) -> None:
    assert "rating" not in _texts(f"取組実績|追加した。\n実績値|3\n■評価|\n{below}|")


def test_a_rating_takes_one_row() -> None:
    assert "rating" not in _texts("取組実績|追加した。\n■評価|\nA|\nB|")


def test_two_rows_below_labels_beside_each_other_are_no_form() -> None:
    assert "rating" not in _texts("取組実績|追加した。\n評価|今後の方向性\nA|続ける。\nB|やめる。")


@pytest.mark.parametrize("title", ["令和5年度　取組個票", "取組個票"])
def test_the_year_of_a_label_is_nearer_than_that_of_the_title(title: str) -> None:
    form = FORM.replace("令和5年度　取組個票", title)
    reading = read(form.format(above="令和4年度の取組実績|追加した。\n評価|A"))
    assert [one.texts["fiscal_year"] for one in reading.records] == ["2022年度"]
    assert ("year_conflict" in rules(reading)) == title.startswith("令和")


def test_what_is_planned_for_a_later_year_was_not_done() -> None:
    texts = _texts("令和5年度の取組実績|追加した。\n評価|A\n令和6年度の取組内容|追加する。")
    assert texts["activity"] == "追加した。" and "fiscal_year" not in texts


def test_the_year_of_a_heading_is_nearer_than_that_of_the_title() -> None:
    table = "令和5年度　一覧\n取組項目|担当課|令和{}年度の取組実績|評価\n広告|広報課|した。|A"
    other, same = read(table.format(4)), read(table.format(5))
    assert [one.texts.get("fiscal_year") for one in other.records] == ["2022年度"]
    assert [one.texts.get("fiscal_year") for one in same.records] == [None]
    assert "year_conflict" in rules(other) and "year_conflict" not in rules(same)
