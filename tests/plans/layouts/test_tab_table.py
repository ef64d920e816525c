from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.layouts.reading import LayoutReading
from pipelines.plans.layouts.tab_table import read_tab_table, split_cells
from pipelines.plans.layouts.table_rows import header_of
from pipelines.plans.lines import Line

from ..samples import lines_of
from .documents import TITLES, Item, read, tab_table

PIPES = "| {} | {} |"


@pytest.mark.parametrize("row", ["{}\t{}", PIPES, "<p>{}</p>\t<p>{}</p>"])
def test_cells_set_apart_by_tab_pipe_or_with_tags(row: str) -> None:
    items = read(tab_table(row=row)).reading.items
    assert [item.title.text for item in items] == TITLES
    assert {item.description.text for item in items} == {"現状を調べ、見直しの方針を定めます。"}


def test_a_rule_under_the_header_is_no_row() -> None:
    text = tab_table(row=PIPES).replace("| 事業内容 |", "| 事業内容 |\n|---|:---|")
    assert [item.title.text for item in read(text).reading.items] == TITLES


def test_the_header_comes_again_after_a_page_break() -> None:
    text = tab_table().replace("電子申請", "- 3 -\n\n事業名\t事業内容\n電子申請")
    choice = read(text)
    assert [item.title.text for item in choice.reading.items] == TITLES
    assert choice.reading.doubts == 0


def test_the_outline_and_labels_on_lines_of_their_own() -> None:
    nodes = read(tab_table().replace("手法 1-1\n", "手法\n1-1\n\n")).reading.nodes
    assert [(node.kind_label, node.number_label, node.path) for node in nodes] == [
        ("方策", "1", ("市政改革",)),
        ("手法", "1-1", ("市政改革", "窓口の改善")),
        ("手法", "1-2", ("市政改革", "財政の健全化")),
    ]


def test_headings_without_tables_are_not_kept() -> None:
    contents = "方策 2 まちの魅力\n手法 2-1\nにぎわい\n"
    nodes = read(contents + tab_table()).reading.nodes
    assert [node.title.text for node in nodes] == ["市政改革", "窓口の改善", "財政の健全化"]


def test_reposts_keep_their_reference() -> None:
    items = {"窓口の改善": [Item("総合窓口の設置（再掲：手法 1-2 掲載）"), Item("電子申請")]}
    first, second = read(tab_table(items)).reading.items
    assert (first.title.text, first.is_repost, first.repost_ref) == ("総合窓口の設置", True, "1-2")
    assert (second.is_repost, second.repost_ref) == (False, None)


def test_a_row_with_another_number_of_cells_is_told() -> None:
    reading = read(tab_table().replace("電子申請の拡大\t", "電子申請\t拡大\t")).reading
    assert [item.title.text for item in reading.items] == [TITLES[0], *TITLES[2:]]
    (finding,) = reading.findings
    assert (finding.rule, finding.severity, reading.doubts) == ("table_row_unread", "warning", 1)


def test_all_columns_of_a_wide_table() -> None:
    header = "番号\t事業名\t事業内容\t目標\t実施年度\t担当課\t区分"
    row = "７\t総合窓口\t窓口をまとめる。\t待ち時間 10分\t令和３年度～\t市民課・総務課\t新規"
    lines = lines_of("方策 1 市政改革", header, row)
    (item,) = read_tab_table(lines).items
    assert (item.number_label, item.title.text) == ("７", "総合窓口")
    assert (item.description.text, item.goal.text) == ("窓口をまとめる。", "待ち時間 10分")
    assert (item.schedule.text, item.continuity) == ("令和3年度～", "new")
    assert [one.department_name for one in item.departments] == ["市民課", "総務課"]
    assert set(item.lines) == {3}


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("窓口の改善", None),
        ("窓口 | 改善", None),
        ("a\tb\t", ["a", "b", ""]),
        ("| a | b |", ["a", "b"]),
        ("<p>a</p>\t<br/>b", ["a", "b"]),
    ],
)
def test_cells(text: str, cells: list[str] | None) -> None:
    assert split_cells(Line(1, text)) == cells


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (["事業名", "事業内容"], ["title", "description"]),
        (["事 業 名", "備考", "担当課"], ["title", None, "department"]),
        (["事業名", "備考"], None),
        (["事業内容", "担当課"], None),
        (["事業名", "項目", "内容"], None),
    ],
)
def test_headers(cells: list[str], columns: list[str | None] | None) -> None:
    assert header_of(cells) == columns


HEADER = "改革実施項目\t\t内容\t実施時期\t所管課"
CONTENT = "現状を\v調べる。\v【目標】\v毎年度、\v３回行う。"
ROW = f"{{}}\t窓口の改\v善\v（継続）\t{CONTENT}\t毎年度\t市民課\v各支所地域\v振興課"
TITLED = ("１ 行政サービスの改革", "① 窓口を改めます。")


def rows_of(*texts: str) -> LayoutReading:
    return read_tab_table(lines_of(*texts))


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (HEADER, ROW.format("３")),
        (HEADER.replace("\t\t", "\t"), ROW.format("３")),
        ("\t" + HEADER.replace("\t\t", "\t"), ROW.format("３")),
        (HEADER.replace("\t\t", "\t"), ROW.format("３").replace("３\t", "３\v")),
        (HEADER, ROW.format("３").replace("。\v【目標】\v", "。【目標】")),
        (HEADER, ROW.format("３").replace("【目標】", "【目\v標】")),
    ],
)
def test_a_cell_of_several_lines_is_read_as_a_flattened_table_is(header: str, row: str) -> None:
    reading = rows_of(*TITLED, header, row)
    (item,) = reading.items
    assert (item.number_label, item.title.text, item.continuity) == (
        "３",
        "窓口の改善",
        "continuing",
    )
    assert (item.description.text, item.goal.text) == ("現状を調べる。", "毎年度、3回行う。")
    assert [(one.branch_name, one.department_name) for one in item.departments] == [
        (None, "市民課"), ("各支所", "地域振興課"),
    ]  # fmt: skip
    assert item.node.path == ("行政サービスの改革", "窓口を改めます。")
    assert (reading.findings, reading.doubts) == ([], 0)


def test_a_number_before_a_title_counts_only_in_its_turn() -> None:
    header = "事業名\t事業内容"
    read = rows_of(
        *TITLED, header, "１ 窓口の改善\tあ", "２ 電子申請\tい", "24 時間の受付\tう"
    ).items
    assert [(one.number_label, one.title.text) for one in read] == [
        ("１", "窓口の改善"), ("２", "電子申請"), (None, "24 時間の受付"),
    ]  # fmt: skip


def on_pages(*pages: tuple[str, ...]) -> LayoutReading:
    texts = [(text, page) for page, texts in enumerate(pages, 1) for text in texts]
    return read_tab_table([Line(at, text, page) for at, (text, page) in enumerate(texts, 1)])


@pytest.mark.parametrize("header", [(), (HEADER,)])
def test_a_table_goes_on_over_a_page_with_or_without_its_header(header: tuple[str, ...]) -> None:
    second = ROW.format("２").replace("窓口", "通路")
    reading = on_pages((*TITLED, HEADER, ROW.format("１")), (*header, second))
    assert [one.title.text for one in reading.items] == ["窓口の改善", "通路の改善"]
    assert {one.node.title.text for one in reading.items} == {"窓口を改めます。"}
    assert reading.doubts == 0


@pytest.mark.parametrize("header", [(), (HEADER,)])
def test_a_row_cut_by_the_pages_end_is_one_item(header: tuple[str, ...]) -> None:
    first = "１\t窓口の\t現状を\t毎年度\t市民課"
    reading = on_pages((*TITLED, HEADER, first), (*header, "\t改善\v（継続）\t調べる。\t\t"))
    (item,) = reading.items
    assert (item.title.text, item.continuity) == ("窓口の改善", "continuing")
    assert (item.description.text, item.lines[-1]) == ("現状を調べる。", 4)
    assert item.description.lines == (4, 5 + len(header))


def test_a_whole_row_without_its_number_is_not_joined_to_the_one_before() -> None:
    reading = on_pages((*TITLED, HEADER, ROW.format("１")), (ROW.format("").replace("窓", "戸"),))
    assert [one.title.text for one in reading.items] == ["窓口の改善", "戸口の改善"]


def test_a_row_that_says_only_a_title_is_told_and_no_item() -> None:
    reading = rows_of(*TITLED, HEADER, ROW.format("１"), "追加\t※現在検討中\t\t\t")
    assert len(reading.items) == 1
    assert [one.rule for one in reading.findings] == ["table_row_unread"]


def test_a_second_row_of_headings_is_told_and_joins_no_item() -> None:
    second = "\t\t\tＲ３\tＲ４"
    header = HEADER.replace("実施時期\t所管課", "実施時期\t")
    row = "１\t窓口の改善\t調べる。\t○\t○"
    reading = on_pages((*TITLED, header, second, row), (header, second, row.replace("１", "２")))
    assert [one.schedule.text for one in reading.items] == ["○○", "○○"]
    assert [one.rule for one in reading.findings] == ["table_row_unread"] * 2


@given(st.lists(st.text("あ１\t\v|。（継続）【目標】事業名内容 ", max_size=30), max_size=12))
def test_any_table_is_read_or_refused(texts: list[str]) -> None:
    reading = rows_of("１ 改革", "事業名\t事業内容", *texts)
    assert all(one.title.text.strip() for one in reading.items)
