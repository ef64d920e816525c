from __future__ import annotations

import pytest

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
