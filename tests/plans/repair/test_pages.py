from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.lines import Line
from pipelines.plans.repair.pages import split_pages

from ..samples import places_of

ROWS = st.lists(st.text("市民改革 12-。　", max_size=8), min_size=1, max_size=12)


@given(ROWS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_rows_are_numbered_from_one_whatever_ends_them(rows: list[str], end: str) -> None:
    lines = split_pages(end.join(rows))
    assert [line.text for line in lines] == rows
    assert [line.number for line in lines] == list(range(1, len(rows) + 1))


def test_a_text_without_marks_has_no_pages() -> None:
    assert split_pages("大綱\n\n窓口") == [Line(1, "大綱"), Line(2, ""), Line(3, "窓口")]


def test_a_byte_order_mark_is_no_text() -> None:
    assert split_pages("\ufeff大綱\n窓口")[0] == Line(1, "大綱")


def test_form_feeds_begin_pages_in_front_of_a_line() -> None:
    lines = split_pages("大綱\n\f窓口\n改善\n\f財政")
    assert places_of(lines) == [(1, 1), (2, 2), (3, 2), (4, 3)]
    assert [line.text for line in lines] == ["大綱", "窓口", "改善", "財政"]


def test_text_on_both_sides_of_a_form_feed_keeps_one_number() -> None:
    lines = split_pages("大綱\n12\f窓口\n改善")
    assert lines == [Line(1, "大綱", 1), Line(2, "12", 1), Line(2, "窓口", 2), Line(3, "改善", 2)]


def test_an_empty_page_counts() -> None:
    assert split_pages("大綱\n\f\n\f窓口")[-1] == Line(3, "窓口", 3)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("- 1 -", "- 2 -"),
        ("－１－", "－２－"),
        ("  ― 9 ―", "  ― 10 ―"),
        ("--- 3 ---", "--- 4 ---"),
        ("<!-- page 1 -->", "<!-- PAGE 2 -->"),
    ],
)
def test_marks_at_the_foot_make_pages(first: str, second: str) -> None:
    lines = split_pages(f"大綱\n{first}\n窓口\n改善\n{second}\n財政")
    assert [line.page for line in lines] == [1, 1, 2, 2, 2, 3]
    assert [line.text for line in lines][1] == first


@pytest.mark.parametrize("text", ["大綱\n- 1 -\n窓口", "大綱\n12\n窓口\n13\n", "-\n--\n- a -\n"])
def test_one_mark_or_bare_numbers_make_no_pages(text: str) -> None:
    assert {line.page for line in split_pages(text)} == {None}


@given(st.lists(st.text("市民\n 1-", max_size=12), min_size=2, max_size=5))
def test_form_feeds_lose_no_text_and_pages_count_up(pages: list[str]) -> None:
    lines = split_pages("\f".join(pages))
    assert "".join(line.text for line in lines) == "".join(pages).replace("\n", "")
    found = [line.page for line in lines if line.page is not None]
    assert found == sorted(found)
    numbers = [line.number for line in lines]
    assert numbers == sorted(numbers)
    for page, text in enumerate(pages, start=1):
        on_page = "".join(line.text for line in lines if line.page == page)
        assert on_page == text.replace("\n", "")
