from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.fields.titles import (
    continuity_of,
    split_continuity,
    split_repost,
    without_closing_word,
)

TITLES = st.text("窓口の改善ＩＣＴ活用・、12", min_size=1, max_size=15)
BRACKETS = ["（）", "()", "【】", "[]", "〔〕"]


@pytest.mark.parametrize("brackets", BRACKETS)
@pytest.mark.parametrize(
    ("word", "continuity"),
    [("新規", "new"), ("新", "new"), ("継続", "continuing"), ("拡充", "continuing")],
)
def test_continuity_in_brackets(brackets: str, word: str, continuity: str) -> None:
    mark = brackets[0] + word + brackets[1]
    spaced = f"　{brackets[0]} {word[0]} {word[1:]}{brackets[1]} "
    assert continuity_of(mark) == continuity_of(spaced) == continuity
    assert split_continuity(f"窓口の改善{mark}") == ("窓口の改善", continuity)
    assert split_continuity(f"窓口（総合）の改善 {mark}　") == ("窓口（総合）の改善", continuity)


@pytest.mark.parametrize(
    "text",
    ["", "（）", "継続する", "（新規・継続）", "新規事業", "（継続）（新規）", "支援（継続）"],
)
def test_other_lines_state_no_continuity(text: str) -> None:
    assert continuity_of(text) is None


@pytest.mark.parametrize(
    "title", ["窓口の改善", "継続", "（継続）", "窓口（総合）", "支援（継続）策"]
)
def test_titles_without_continuity_stay(title: str) -> None:
    assert split_continuity(title) == (title, None)


@given(TITLES, st.sampled_from(BRACKETS))
def test_only_the_mark_is_taken_off(title: str, brackets: str) -> None:
    assert split_continuity(title) == (title, None)
    assert split_continuity(f"{title}{brackets[0]}新規{brackets[1]}") == (title, "new")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("窓口の改善（再掲）", ("窓口の改善", True, None)),
        ("窓口の改善 【再掲】　", ("窓口の改善", True, None)),
        ("窓口の改善（再掲：方策 1-1-3 掲載）", ("窓口の改善", True, "1-1-3")),
        ("窓口の改善（再掲 ２－３）", ("窓口の改善", True, "2-3")),
        ("窓口（総合）の改善(再掲)", ("窓口（総合）の改善", True, None)),
        ("窓口の改善", ("窓口の改善", False, None)),
        ("再掲の見直し", ("再掲の見直し", False, None)),
        ("窓口（再掲）の改善", ("窓口（再掲）の改善", False, None)),
        ("", ("", False, None)),
    ],
)
def test_reposts(title: str, expected: tuple[str, bool, str | None]) -> None:
    assert split_repost(title) == expected


def test_a_circled_reference_stays_as_printed() -> None:
    assert split_repost("窓口の改善（再掲：③）") == ("窓口の改善", True, "③")


def test_full_width_square_brackets_count_too() -> None:
    assert split_repost("窓口の改善［再掲］") == ("窓口の改善", True, None)
    assert split_continuity("窓口の改善［新規］") == ("窓口の改善", "new")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("未利用地の売却 など", "未利用地の売却"),
        ("未利用地の売却　等　", "未利用地の売却"),
        ("未利用地の売却など", "未利用地の売却など"),
        ("未利用地 などの売却", "未利用地 などの売却"),
        ("初等教育の充実", "初等教育の充実"),
    ],
)
def test_a_closing_word_set_apart_goes(text: str, left: str) -> None:
    assert without_closing_word(text) == left


@given(st.text(max_size=20))
def test_no_text_raises(text: str) -> None:
    continuity_of(text)
    split_continuity(text)
    split_repost(text)
    without_closing_word(text)
