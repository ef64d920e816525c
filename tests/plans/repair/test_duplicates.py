from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.lines import Line
from pipelines.plans.repair.duplicates import remove_duplicate_pages, repeated_blocks

from ..samples import assert_accounted, documents, lines_of, pages_of, texts_of

FIRST = ["窓口の改善", "手続を見直す。", "毎年度", "市民課"]
SECOND = ["公共施設の再編", "施設を減らす。", "令和６年度", "財政課"]


@pytest.mark.parametrize("copies", [2, 3])
def test_the_first_copy_of_a_page_stays(copies: int) -> None:
    lines = pages_of(FIRST, SECOND, *[FIRST] * (copies - 1))
    result = remove_duplicate_pages(lines)
    assert texts_of(result.lines) == FIRST + SECOND
    assert [one.number for one in result.removed] == [one.number for one in lines[8:]]
    assert {one.step for one in result.removed} == {"duplicate_page"}


def test_a_copy_differs_in_width_and_spaces_only() -> None:
    copy = ["窓口 の 改善", "手続を見直す。　", "毎年度", "市民課"]
    assert texts_of(remove_duplicate_pages(pages_of(FIRST, copy)).lines) == FIRST
    digits = [["令和６年度", "窓口"], ["令和6年度", "窓口"]]
    assert texts_of(remove_duplicate_pages(pages_of(*digits)).lines) == digits[0]


@pytest.mark.parametrize("copy", [FIRST[1:], FIRST[:-1]])
def test_a_copy_may_be_cut_at_its_head_or_foot(copy: list[str]) -> None:
    assert texts_of(remove_duplicate_pages(pages_of(FIRST, copy)).lines) == FIRST


def test_one_other_line_makes_another_page() -> None:
    other = [*FIRST[:3], "総務課"]
    assert texts_of(remove_duplicate_pages(pages_of(FIRST, other)).lines) == FIRST + other


def test_the_end_of_an_item_on_a_page_of_its_own_stays() -> None:
    page = ["2", "公共施設の再編", "施設を減らす。"]
    lines = pages_of(["1", *FIRST], page, ["毎年度", "市民課"])
    assert texts_of(remove_duplicate_pages(lines).lines)[-2:] == ["毎年度", "市民課"]


def test_a_document_without_pages_and_empty_pages_stay() -> None:
    lines = lines_of(*FIRST, *FIRST)
    assert remove_duplicate_pages(lines).lines == lines
    assert remove_duplicate_pages(pages_of(["", ""], [" "], FIRST)).removed == []


def test_repeated_blocks_names_the_block_that_is_repeated() -> None:
    blocks = [lines_of(*texts) for texts in ([""], FIRST, SECOND, FIRST, SECOND[:2], FIRST)]
    assert repeated_blocks(blocks) == {3: 1, 4: 2, 5: 1}


@given(documents())
def test_no_line_is_lost_without_a_report(lines: list[Line]) -> None:
    assert_accounted(lines, remove_duplicate_pages(lines))


@given(documents())
def test_every_text_removed_still_stands_somewhere(lines: list[Line]) -> None:
    result = remove_duplicate_pages(lines)
    left = {"".join(line.plain.split()) for line in result.lines}
    assert all("".join(Line(0, one.text).plain.split()) in left for one in result.removed)


@given(st.lists(st.lists(st.sampled_from(FIRST + SECOND), max_size=5), max_size=6))
def test_removing_twice_removes_nothing_more(pages: list[list[str]]) -> None:
    once = remove_duplicate_pages(pages_of(*pages)).lines
    assert remove_duplicate_pages(once).removed == []
