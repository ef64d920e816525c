"""Small invented documents of each layout, read by the whole chain with the layout found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.plans.layouts.registry import layouts, score_layouts
from pipelines.plans.repair.chain import repair_text

from .documents import (
    ITEMS,
    TITLES,
    Item,
    bullets,
    choice_of,
    form_sheets,
    item_table,
    kana_outline,
    numbered_outline,
    read,
    tab_table,
)

Builder = Callable[[Mapping[str, Sequence[Item]]], str]
BUILDERS: dict[str, Builder] = {
    "item_table": item_table,
    "kana_outline": kana_outline,
    "numbered_outline": numbered_outline,
    "form_sheets": form_sheets,
    "tab_table": tab_table,
}
EVERY_LAYOUT = pytest.mark.parametrize("name", BUILDERS)


def titles_of(text: str) -> list[str]:
    return [item.title.text for item in read(text).reading.items]


def test_every_layout_is_listed() -> None:
    assert list(layouts()) == [*BUILDERS, "flat_table"]


@EVERY_LAYOUT
def test_the_layout_is_found_and_every_item_read(name: str) -> None:
    choice = read(BUILDERS[name](ITEMS))
    assert choice.layout.name == name
    assert choice.score == 1.0
    assert [item.title.text for item in choice.reading.items] == TITLES
    assert [item.confidence for item in choice.reading.items] == ["certain"] * 4


@EVERY_LAYOUT
def test_items_stand_under_their_headings(name: str) -> None:
    items = read(BUILDERS[name](ITEMS)).reading.items
    expected = [heading for heading, found in ITEMS.items() for _ in found]
    assert [item.node.title.text for item in items] == expected
    assert all(item.node.depth == 2 for item in items)


@EVERY_LAYOUT
def test_only_one_layout_reads_the_document_so_well(name: str) -> None:
    scores = {
        choice.layout.name: choice.score
        for choice in score_layouts(repair_text(BUILDERS[name](ITEMS)).lines)
    }
    best = scores.pop(name)
    assert all(best > score for score in scores.values()), scores


@EVERY_LAYOUT
def test_a_layout_named_in_plan_yaml_is_used(name: str) -> None:
    text = BUILDERS[name](ITEMS)
    named = choice_of(text, name)
    assert named is not None
    assert [item.title.text for item in named.reading.items] == TITLES
    others = set(layouts()) - {name, "kana_outline", "numbered_outline"}
    assert all(choice_of(text, other) is None for other in others)


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        choice_of(item_table(), "mihon")


@EVERY_LAYOUT
def test_an_item_added_removed_or_renamed_changes_only_itself(name: str) -> None:
    first, second = ITEMS.values()
    added = {**ITEMS, "窓口の改善": [*first, Item("待ち時間の短縮")]}
    assert titles_of(BUILDERS[name](added)) == [*TITLES[:2], "待ち時間の短縮", *TITLES[2:]]
    removed = {**ITEMS, "財政の健全化": second[:1]}
    assert titles_of(BUILDERS[name](removed)) == TITLES[:3]
    renamed = {**ITEMS, "窓口の改善": [replace(first[0], title="移動窓口の運行"), first[1]]}
    assert titles_of(BUILDERS[name](renamed)) == ["移動窓口の運行", *TITLES[1:]]


@EVERY_LAYOUT
def test_the_lines_of_a_title_hold_its_text(name: str) -> None:
    text = BUILDERS[name](ITEMS)
    lines = repair_text(text).lines
    for item in read(text).reading.items:
        held = "".join(line.plain for line in lines if line.number in item.title.lines)
        assert "".join(item.title.text.split()) in "".join(held.split())


STEMS = st.text("市民参加施設職員防災教育子育情報水道道路環境観光農業", min_size=2, max_size=10)
OUTLINES = st.lists(
    st.lists(STEMS.map(lambda stem: Item(f"{stem}の推進")), min_size=1, max_size=4),
    min_size=1,
    max_size=3,
).map(lambda groups: dict(zip(("窓口の改善", "財政の健全化", "人材の育成"), groups, strict=False)))


@pytest.mark.parametrize("name", ["item_table", "kana_outline", "numbered_outline", "tab_table"])
@settings(max_examples=30)
@given(outline=OUTLINES)
def test_any_invented_items_come_back(name: str, outline: dict[str, list[Item]]) -> None:
    assert titles_of(BUILDERS[name](outline)) == [
        item.title for items in outline.values() for item in items
    ]


@EVERY_LAYOUT
@pytest.mark.parametrize("times", [3, 4, 5])
def test_a_heading_in_fake_bold_changes_nothing(name: str, times: int) -> None:
    rows = BUILDERS[name](ITEMS).split("\n")
    bold = [
        " ".join(run * times for run in row.split(" ")) if row.endswith("財政の健全化") else row
        for row in rows
    ]
    assert bold != rows
    items = read("\n".join(bold)).reading.items
    assert [item.title.text for item in items] == TITLES
    assert [item.node.title.text for item in items][2:] == ["財政の健全化"] * 2


REFUSED = {
    "headings only": "みほん市行政改革大綱\n\n"
    "第１章 基本的な考え方\n１ 改革の目的\n(1) 背景\n(2) 目標\n"
    "第２章 進め方\n１ 推進の体制\n① 本部\n② 市民\n",
    "prose only": "みほん市行政改革大綱\n\n"
    + "本市では、市民の視点に立って改革を進めてきました。今後も令和３年度から\n"
    "令和７年度まで、財政課を中心として、窓口の改善に取り組みます。\n\n" * 8,
    "a budget table": "令和３年度みほん市一般会計予算\n\n款 項 予算額 前年度 比較\n"
    + "".join(
        f"{at} {name} {at}2,340 {at}1,120 1,220\n"
        for at, name in enumerate(("市税", "交付金", "使用料", "繰入金", "市債"), start=1)
    ),
    "a budget table with tabs": "令和３年度予算\n\n科目\t予算額\t前年度\n"
    + "".join(f"{name}\t12,340\t11,120\n" for name in ("市税", "交付金", "使用料", "市債")),
    "a table of contents": "目次\n\n第１章 基本的な考え方・・・・・・・・・・１\n"
    "１ 改革の目的・・・・・・・・・・・・・・２\n２ 具体的な取組・・・・・・・・・・・・・３\n"
    "① 窓口の改善・・・・・・・・・・・・・・４\n② 財政の健全化・・・・・・・・・・・・・５\n"
    "経１-1 施策の推進・・・・・・・・・・・・Ｐ３\n",
    "nothing": "\n\n",
    "another subject": "庁舎の避難経路\n・東階段を使う。\n・西階段は使わない。\n1\n2\n3\n毎年度\n",
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_document_without_items_is_refused(case: str) -> None:
    assert choice_of(REFUSED[case]) is None


@pytest.mark.parametrize(
    "text",
    [
        "みほん市改革計画\n\n改革実施項目 内容 実施時期 所管課\n\n項目は後日定めます。\n",
        "みほん市改革計画\n事業名\t事業内容\t所管課\n",
    ],
)
def test_a_table_header_without_items_below_it_is_refused_not_a_crash(text: str) -> None:
    assert choice_of(text) is None


def test_a_tab_table_with_three_columns() -> None:
    text = tab_table(row="{}\t{}\t{}", header=("事業名", "事業内容", "所管課"))
    assert titles_of(text) == TITLES


def test_bullets_without_an_announcing_heading_are_refused() -> None:
    rows = bullets(ITEMS, "①②", "・")
    assert choice_of("\n".join(["みほん市の防災", "１ 訓練のあらまし", *rows, ""])) is None
