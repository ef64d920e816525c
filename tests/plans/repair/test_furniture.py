from __future__ import annotations

import pytest
from hypothesis import given

from pipelines.plans.lines import Line
from pipelines.plans.repair.furniture import remove_furniture
from pipelines.plans.repair.pages import split_pages

from ..samples import documents, filled_numbers, lines_of, pages_of, places_of, texts_of

BODY = "窓口の改善を進めます。"


def steps_of(lines: list[Line]) -> dict[int, str]:
    return {one.number: one.step for one in remove_furniture(lines).removed}


@pytest.mark.parametrize(
    "mark", ["- 12 -", "－ 12 －", "― １２ ―", "P.12", "p 12", "Ｐ１２", "12/30", "１２ ／ ３０"]
)
def test_dressed_page_numbers_go_anywhere(mark: str) -> None:
    assert steps_of(lines_of(BODY, mark, BODY)) == {2: "page_number"}


@pytest.mark.parametrize("after", [["", ""], ["　", " "], []])
def test_a_bare_number_at_a_pages_end_goes(after: list[str]) -> None:
    assert steps_of(lines_of(BODY, "１２", *after)) == {2: "page_number"}


def test_a_bare_number_before_a_new_page_goes() -> None:
    assert steps_of(pages_of([BODY, "3"], ["財政の健全化", "b", "c"])) == {2: "page_number"}


@pytest.mark.parametrize(
    "texts",
    [
        (BODY, "12", "行政手続の電子化", "（新規）"),
        (BODY, "12", "", "行政手続の電子化"),
        ("令和3年度", "10,000", "", ""),
        ("12345", "", ""),
        ("3-1", "", ""),
        ("-", "", ""),
    ],
)
def test_other_numbers_stay(texts: tuple[str, ...]) -> None:
    assert remove_furniture(lines_of(*texts)).removed == []


def test_running_headers_and_footers_go_digits_aside() -> None:
    pages = [
        ["第１編　みほん市の計画", f"{word}を進める。", f"本文{word}", f"みほん市 {at}頁"]
        for at, word in enumerate(["窓口", "財政", "施設", "職員"], start=1)
    ]
    result = remove_furniture(pages_of(*pages))
    assert {one.step for one in result.removed} == {"running_header"}
    assert len(result.removed) == 8
    assert len(texts_of(result.lines)) == 8


def test_two_pages_make_no_running_header() -> None:
    assert remove_furniture(pages_of(["計画", "a", "b"], ["計画", "c", "d"])).removed == []


def test_a_repeated_table_header_is_no_running_header() -> None:
    header = "改革実施項目 内容 実施時期"
    pages = [[header, text, f"{text}を進める。"] for text in ("窓口", "財政", "施設")]
    assert remove_furniture(pages_of(*pages)).removed == []


def test_item_numbers_at_the_top_of_pages_are_no_running_header() -> None:
    pages = [[f"{at}", f"{text}の見直し", "（新規）"] for at, text in enumerate("窓財施", start=1)]
    assert remove_furniture(pages_of(*pages)).removed == []


@pytest.mark.parametrize(
    "label", ["手法", "財政課", "毎年度", "情報システム推進課", "令和３年度～令和７年度"]
)
def test_labels_and_cells_at_the_edge_of_pages_are_no_running_header(label: str) -> None:
    heads = [[label, f"{text}の見直し", f"{text}を改める。"] for text in ("窓口", "財政", "施設")]
    feet = [page[::-1] for page in heads]
    assert remove_furniture(pages_of(*heads)).removed == []
    assert remove_furniture(pages_of(*feet)).removed == []


TABS = ["序論", "基本構想", "基本計画", "資料編"]
WRAPPED = ["序", "論", "基本構", "想", "基本計", "画", "資料", "編"]


def test_margin_tabs_go_however_they_are_wrapped() -> None:
    texts = [*TABS, BODY, *WRAPPED, "財政の健全化を進めます。", *TABS, "施設の再編を進めます。"]
    result = remove_furniture(lines_of(*texts))
    assert texts_of(result.lines) == [BODY, "財政の健全化を進めます。", "施設の再編を進めます。"]
    assert {one.step for one in result.removed} == {"margin"}


@pytest.mark.parametrize(
    "texts",
    [
        [*TABS, BODY, *TABS, BODY],
        ["市民課", "財政課", "総務課", BODY] * 3,
        ["序論", "窓口", "財政", BODY] * 3,
    ],
)
def test_other_blocks_of_short_lines_stay(texts: list[str]) -> None:
    """Twice is too few; departments and one margin word alone are no index."""
    assert remove_furniture(lines_of(*texts)).removed == []


@pytest.mark.parametrize(
    ("text", "left"),
    [("#", ""), (" # 窓口の改善", "窓口の改善"), ("#窓口", "#窓口"), ("## 窓口", "## 窓口")],
)
def test_a_lone_hash_is_an_empty_page_number(text: str, left: str) -> None:
    result = remove_furniture(lines_of(text, BODY))
    assert result.lines[0].text == left
    assert [one.step for one in result.removed] == (["page_number"] if text != left else [])


def test_a_page_number_before_a_form_feed_takes_no_text_behind_it_along() -> None:
    lines = split_pages("窓口の改善\n12\f財政の健全化\n施設の再編\n")
    assert texts_of(remove_furniture(lines).lines) == ["窓口の改善", "財政の健全化", "施設の再編"]


@given(documents())
def test_no_line_is_lost_without_a_report(lines: list[Line]) -> None:
    result = remove_furniture(lines)
    assert places_of(result.lines) == places_of(lines)
    removed = {one.number for one in result.removed}
    assert filled_numbers(result.lines) | removed == filled_numbers(lines)
    whole = {one.number for one in result.removed if one.text != "#"}
    assert not filled_numbers(result.lines) & whole
    for old, new in zip(lines, result.lines, strict=True):
        assert old.text == new.text or old.number in removed
