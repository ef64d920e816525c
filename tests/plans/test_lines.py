from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.lines import EMPTY, Line, Passage, join_passages, passage, source_lines

from .samples import lines_of

NUMBERS = st.lists(st.integers(1, 60), max_size=30)


def numbers_in(text: str) -> list[int]:
    """The reader's side of ``785-786;813``, written independently."""
    found: list[int] = []
    for part in text.split(";"):
        match = re.fullmatch(r"([1-9]\d*)(?:-([1-9]\d*))?", part)
        assert match, part
        first, last = int(match[1]), int(match[2] or match[1])
        assert not match[2] or first < last
        found += range(first, last + 1)
    return found


@given(NUMBERS)
def test_source_lines_round_trip(numbers: list[int]) -> None:
    text = source_lines(numbers)
    assert (numbers_in(text) if text else []) == sorted(set(numbers))


@given(NUMBERS)
def test_source_lines_are_as_short_as_can_be(numbers: list[int]) -> None:
    text = source_lines(numbers) or ""
    bounds = [[int(end) for end in part.split("-")] for part in text.split(";") if part]
    for before, behind in pairwise(bounds):
        assert behind[0] > before[-1] + 1


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([], None),
        ([7], "7"),
        ([786, 813, 785], "785-786;813"),
        ([1, 2, 3, 5, 3], "1-3;5"),
        ([1, 3], "1;3"),
    ],
)
def test_source_lines_as_the_contract_writes_them(numbers: list[int], text: str | None) -> None:
    assert source_lines(numbers) == text


def test_a_line_knows_its_plain_form_and_keeps_its_place() -> None:
    line = Line(4, "　ＩＣＴ の　活用 ", 2)
    assert line.plain == "ICT の 活用"
    assert line.with_text("窓口") == Line(4, "窓口", 2)
    assert line.with_text(line.text) is line


@pytest.mark.parametrize(("text", "blank"), [("", True), (" 　\t", True), (" 課", False)])
def test_white_space_alone_is_blank(text: str, blank: bool) -> None:
    assert Line(1, text).is_blank is blank


def test_a_passage_joins_wrapped_lines_and_names_them() -> None:
    lines = lines_of("窓口サー", "　", "ビスのＩＣＴ", "化", first=10)
    assert passage(lines) == Passage("窓口サービスのICT化", (10, 12, 13))


def test_a_passage_strips_a_mark_once_from_its_first_part() -> None:
    assert passage(lines_of("", "・窓口", "・改善"), strip="^・").text == "窓口・改善"


def test_parts_of_one_line_name_it_once() -> None:
    (line,) = lines_of("x", first=3)
    assert passage([line.with_text("窓"), line.with_text("口")]) == Passage("窓口", (3,))


def test_an_empty_passage_is_false() -> None:
    assert not passage(lines_of("", " "))
    assert passage([]) == EMPTY
    assert passage(lines_of("課"))


def test_passages_join_with_their_lines_once_and_in_order() -> None:
    parts = [Passage("総務課", (3,)), EMPTY, Passage("財政課", (3, 4))]
    assert join_passages(parts) == Passage("総務課財政課", (3, 4))
    assert join_passages(parts, "、") == Passage("総務課、財政課", (3, 4))


@given(st.text("市民改革ー、", min_size=1, max_size=40), st.integers(1, 10), st.integers(1, 900))
def test_a_text_wrapped_at_any_width_comes_back_with_its_lines(
    text: str, width: int, first: int
) -> None:
    parts = [text[at : at + width] for at in range(0, len(text), width)]
    found = passage(lines_of(*parts, first=first))
    assert found == Passage(text, tuple(range(first, first + len(parts))))


def test_a_part_of_a_passage_names_exactly_its_lines() -> None:
    whole = passage([Line(3, "令和７年度までに、 "), Line(5, "  160 人を"), Line(7, "養成する。")])
    assert whole.text == "令和7年度までに、160 人を養成する。"
    start = whole.text.index("160")
    assert whole.cut(start, start + 5) == Passage("160 人", (5,))
    assert whole.cut(start + 4, len(whole.text)) == Passage("人を養成する。", (5, 7))
    assert whole.cut(0, 4).cut(1, 3) == Passage("和7", (3,))


def test_a_part_of_a_passage_of_unknown_shares_keeps_all_lines() -> None:
    assert Passage("職員の削減", (4, 9)).cut(0, 2) == Passage("職員", (4, 9))
