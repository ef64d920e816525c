import pytest

from pipelines.plans.layouts.flat_table import is_only_departments, read_flat_table
from pipelines.plans.layouts.reading import LayoutReading
from pipelines.plans.layouts.registry import choose_layout
from pipelines.plans.repair.chain import repair_text

PLAN = """架空市行政改革実施計画

１ 効率的な行政運営

(1) 事務事業の見直し
（総務課・財政課）
事務事業評価により見直しを行う。
令和３年度～令和５年度
(2) 窓口の改善
（市民課）
手続を一つの窓口で受け付ける。① 案内を置く。② 書類を減らす。
(3) 会議の見直し（新規）
（各課）
会議の時間を減らす。

２ 財政の健全化

(1) 使用料の見直し
（担当：財政課）
使用料を見直す。
【目標】
使用料収入を５％増やす。
(2) 市税の収納率の
向上
（税務課、収納課）
口座振替を勧める。
"""


def read(text: str) -> LayoutReading:
    return read_flat_table(repair_text(text).lines)


def test_titles_with_departments_below_them() -> None:
    reading = read(PLAN)
    assert [(item.number_label, item.title.text) for item in reading.items] == [
        ("(1)", "事務事業の見直し"),
        ("(2)", "窓口の改善"),
        ("(3)", "会議の見直し"),
        ("(1)", "使用料の見直し"),
        ("(2)", "市税の収納率の向上"),
    ]
    assert [item.node.title.text for item in reading.items] == [
        "効率的な行政運営", "効率的な行政運営", "効率的な行政運営", "財政の健全化", "財政の健全化",
    ]  # fmt: skip
    first, second, third, fourth, last = reading.items
    assert [one.department_name for one in first.departments] == ["総務課", "財政課"]
    assert (first.description.text, first.schedule.text) == (
        "事務事業評価により見直しを行う。", "令和3年度～令和5年度",
    )  # fmt: skip
    assert second.description.text.endswith("② 書類を減らす。")
    assert third.continuity == "new"
    assert fourth.goal.text == "使用料収入を5％増やす。"
    assert [one.department_name for one in fourth.departments] == ["財政課"]
    assert last.title.lines == (23, 24)
    assert {item.confidence for item in reading.items} == {"certain"}


def test_it_is_found_by_scoring() -> None:
    choice = choose_layout(repair_text(PLAN).lines)
    assert choice is not None and choice.layout.name == "flat_table"


def test_departments_behind_the_title_and_the_text_on_the_same_line() -> None:
    rows = ("窓口の改善（市民課） 手続を減らす。", "会議の見直し（各課） 時間を減らす。",
            "市税の収納（税務課） 勧める。")  # fmt: skip
    reading = read("架空市集中改革プラン\n取組項目 内容\n" + "\n".join(rows))
    assert [item.title.text for item in reading.items] == [
        "窓口の改善",
        "会議の見直し",
        "市税の収納",
    ]
    assert reading.items[0].description.text == "手続を減らす。"
    assert {item.confidence for item in reading.items} == {"inferred"}
    assert {one.rule for one in reading.findings} == {"title_by_departments"}


def test_a_title_without_departments_is_told_and_no_item() -> None:
    text = PLAN.replace("２ 財政の健全化", "(4) 担当未定の取組\n検討する。\n２ 財政の健全化")
    reading = read(text)
    assert "担当未定の取組" not in [item.title.text for item in reading.items]
    (finding,) = [one for one in reading.findings if one.rule == "title_without_departments"]
    assert "担当未定の取組" in finding.message_ja
    assert reading.items[2].description.text == "会議の時間を減らす。"


@pytest.mark.parametrize(
    "change",
    [
        ("架空市行政改革実施計画", "架空市行政改革推進委員会会議録"),
        ("架空市行政改革実施計画", "架空市のお知らせ"),
        ("（市民課）\n", ""),
    ],
)
def test_other_papers_and_irregular_lists_are_refused(change: tuple[str, str]) -> None:
    text = PLAN.replace(*change)
    if not change[1]:
        text = text.replace("（各課）\n", "").replace("（担当：財政課）\n", "")
    assert read(text).items == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("総務課・財政課", True), ("各課", True), ("新規", False), ("仮称", False), ("", False)],
)
def test_brackets_of_departments(text: str, expected: bool) -> None:
    assert is_only_departments(text) is expected
