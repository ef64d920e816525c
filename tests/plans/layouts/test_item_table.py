from __future__ import annotations

import pytest

from pipelines.plans.layouts.item_table import header_columns, is_item_start
from pipelines.plans.layouts.reading import ItemReading
from pipelines.plans.lines import Line

from ..samples import lines_of
from .documents import ITEMS, TABLE_HEADER, Item, item_table, read

CLOSED = "窓口の改善"


def items_of(*items: Item, width: int = 6) -> list[ItemReading]:
    return read(item_table({CLOSED: items}, width)).reading.items


def test_every_cell_is_read() -> None:
    found = read(item_table()).reading.items
    assert [item.number_label for item in found] == ["1", "2", "3", "4"]
    assert [item.continuity for item in found] == ["new", "continuing", "continuing", "continuing"]
    assert {item.description.text for item in found} == {"現状を調べ、見直しの方針を定めます。"}
    assert [item.goal.text for item in found] == ["", "対象手続 50件", "", ""]
    assert [item.schedule.text for item in found] == [
        "令和3年度～",
        "毎年度",
        "～令和6年度",
        "令和4年度～6年度",
    ]
    assert [[one.department_name for one in item.departments] for item in found] == [
        ["市民課"],
        ["情報システム課", "各課"],
        ["財政課"],
        ["管財課"],
    ]


def test_the_outline() -> None:
    nodes = read(item_table()).reading.nodes
    assert [(node.number_label, node.path) for node in nodes] == [
        (None, ("改革実施項目の一覧",)),
        ("①", ("改革実施項目の一覧", "窓口の改善")),
        ("②", ("改革実施項目の一覧", "財政の健全化")),
    ]


#: No column is narrower: a title then takes eight lines.
NARROWEST = -(-max(len(item.title) for items in ITEMS.values() for item in items) // 8)


@pytest.mark.parametrize("width", range(NARROWEST, 12))
def test_titles_wrapped_in_mid_word_come_back(width: int) -> None:
    titles = [item.title for items in ITEMS.values() for item in items]
    found = read(item_table(width=width)).reading.items
    assert [item.title.text for item in found] == titles


@pytest.mark.parametrize("page_every", [1, 2, 3])
def test_items_go_on_over_pages_with_the_header_repeated(page_every: int) -> None:
    flat, paged = read(item_table()), read(item_table(page_every=page_every))
    assert [item.title.text for item in paged.reading.items] == [
        item.title.text for item in flat.reading.items
    ]
    assert [node.path for node in paged.reading.nodes] == [node.path for node in flat.reading.nodes]


def test_an_item_broken_by_a_page_and_its_header() -> None:
    broken = item_table().replace("～令和６年度\n", f"- 1 -\n\f{TABLE_HEADER}\n～令和６年度\n")
    item = read(broken).reading.items[2]
    assert (item.schedule.text, item.confidence) == ("～令和6年度", "certain")
    assert item.description.text == "現状を調べ、見直しの方針を定めます。"
    assert [one.department_name for one in item.departments] == ["財政課"]


def test_a_department_at_the_foot_of_each_page_is_kept() -> None:
    items = [Item(f"{word}の見直し") for word in ("窓口", "施設", "手当", "補助")]
    found = read(item_table({CLOSED: items}, page_every=1)).reading.items
    assert [[one.department_name for one in item.departments] for item in found] == [["財政課"]] * 4


def test_schedule_and_department_may_share_a_line() -> None:
    text = item_table().replace("～令和６年度\n財政課", "～令和６年度 財政課")
    item = read(text).reading.items[2]
    assert item.schedule.text == "～令和6年度"
    assert [one.department_name for one in item.departments] == ["財政課"]


def test_a_schedule_wrapped_over_lines() -> None:
    text = item_table().replace("令和４年度～６年度", "令和４年度\n～６年度")
    item = read(text).reading.items[3]
    assert item.schedule.text == "令和4年度～6年度"
    assert len(item.schedule.lines) == 2


def test_a_year_in_the_content_is_no_schedule() -> None:
    item = items_of(
        Item("使用料の見直し", "前回の改定は\n令和元年度\nに行いました。", schedule="毎年度")
    )[0]
    assert item.schedule.text == "毎年度"
    assert "令和元年度" in item.description.text


def test_a_goal_mark_may_share_its_line() -> None:
    text = item_table().replace("【目標】\n対象手続 50件", "【数値目標】対象手続 50件")
    item = read(text).reading.items[1]
    assert item.goal.text == "対象手続 50件"
    assert "目標" not in item.description.text


def test_a_footnote_inside_an_item_is_no_content() -> None:
    text = item_table().replace("毎年度\n情報", "※１ 用語の説明です。\n毎年度\n情報")
    item = read(text).reading.items[1]
    assert "用語" not in item.goal.text + item.description.text
    assert item.schedule.text == "毎年度"


def test_a_row_that_only_announces_something_is_reported_and_no_item() -> None:
    text = item_table().replace("② 財政", "公用車の見直し\n（追加検討中）\n② 財政")
    reading = read(text).reading
    assert len(reading.items) == 4
    (finding,) = [one for one in reading.findings if one.rule == "table_row_is_no_item"]
    assert "公用車の見直し" in finding.message_ja
    assert finding.severity == "warning"
    held = [line for line in text.split("\n") if line.startswith(("公用車", "（追加"))]
    assert [text.split("\n")[number - 1] for number in finding.lines] == held


def test_a_footnote_between_tables_is_no_heading() -> None:
    text = item_table().replace("② 財政", "※１ 用語の説明です\n続きの説明です\n② 財政")
    assert [node.title.text for node in read(text).reading.nodes] == [
        "改革実施項目の一覧",
        "窓口の改善",
        "財政の健全化",
    ]


def test_a_missing_cell_lowers_the_confidence_and_is_told() -> None:
    reading = read(
        item_table({CLOSED: [*ITEMS[CLOSED], Item("広告の導入", departments=[])]})
    ).reading
    assert [item.confidence for item in reading.items] == ["certain", "certain", "review"]
    (finding,) = reading.findings
    assert (finding.rule, finding.column_name) == ("item_cell_missing", "department_text")
    assert "広告の導入" in finding.message_ja


def test_a_sentence_above_the_first_heading_is_no_pillar() -> None:
    text = item_table().replace("改革実施項目の一覧\n", "")
    assert all("。" not in node.title.text for node in read(text).reading.nodes)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (TABLE_HEADER, ["title", "description", "schedule", "department"]),
        ("番号 取組項目　内容 担当課", ["number", "title", "description", "department"]),
        ("改革実施項目 内容", None),
        ("内容 実施時期 所管課", None),
        ("改革実施項目 内容 備考 所管課", None),
        ("改革項目の内容と時期 所管課", None),
        ("", None),
    ],
)
def test_header_columns(text: str, columns: list[str] | None) -> None:
    assert header_columns(Line(1, text)) == columns


@pytest.mark.parametrize(
    ("texts", "starts"),
    [
        (("1", "窓口の改善", "（新規）"), True),
        (("12", "窓口", "現状を調べる。", "令和３年度"), True),
        (("２ 窓口の改善（継続）", "毎年度"), True),
        (("1", "2", "（新規）"), False),
        (("1", "窓口の改善"), False),
        (("1 窓口の改善", "毎年度"), False),
        (("窓口", "（新規）"), False),
    ],
)
def test_where_an_item_starts(texts: tuple[str, ...], starts: bool) -> None:
    assert is_item_start(lines_of(*texts), 0, set()) is starts
    assert not is_item_start(lines_of(*texts), 0, {0})
