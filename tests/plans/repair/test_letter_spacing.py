from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.lines import Line
from pipelines.plans.repair.letter_spacing import close_letter_spacing, close_spaced_line

from ..samples import assert_accounted, documents, lines_of

JAPANESE_TEXT = st.text("市民サービスの向上を図る、。「」（）改革々", min_size=3, max_size=30)
SPACE = st.sampled_from([" ", "\u3000", "\u00a0"])


@given(JAPANESE_TEXT, SPACE)
def test_a_letter_spaced_text_closes_up(text: str, space: str) -> None:
    assert close_spaced_line(space.join(text)) == text


@given(st.lists(JAPANESE_TEXT, min_size=1, max_size=4), st.integers(2, 5))
def test_a_wide_gap_stays_as_one_space(words: list[str], width: int) -> None:
    spaced = (" " * width).join(" ".join(word) for word in words)
    assert close_spaced_line(spaced) == " ".join(words)


COLUMN = st.text("改革実施項目内容時期所管課担当財政市民", min_size=2, max_size=8)


@given(st.lists(COLUMN, min_size=1, max_size=5), st.sampled_from([" ", "  ", "\u3000"]))
def test_columns_of_words_stay(words: list[str], gap: str) -> None:
    text = gap.join(words)
    assert close_spaced_line(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "番号 取組項目 内容 目標 実施時期 担当課",
        "総務課 財政課 市民課 福祉課 建設課 教育課",
        "項目 内容 目標 時期 担当 区分 備考",
    ],
)
def test_six_columns_of_words_stay_too(text: str) -> None:
    assert close_spaced_line(text) == text


@given(st.text("改革プラン。、市民", max_size=20))
def test_a_text_without_spaces_stays(text: str) -> None:
    assert close_spaced_line(text) == text


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("し か も 多 様 な 市 民 ニ ー ズ", "しかも多様な市民ニーズ"),
        ("時 代の 変 化に 機 敏に 対応 し なが ら，", "時代の変化に機敏に対応しながら，"),
        ("１ 市 民 が 実 感 す る", "１ 市民が実感する"),
        ("・  ま た ， 市 の 現 場", "・ また，市の現場"),
        ("改 革の 趣 旨", "改革の趣旨"),
    ],
)
def test_spaced_lines_of_real_life(text: str, closed: str) -> None:
    assert close_spaced_line(text) == closed


@pytest.mark.parametrize(
    "text",
    [
        "毎年度 防災課",
        "改革実施項目 内容 実施時期 所管課",
        "令和３年度 ～令和６年度 財政課",
        "PDCA cycle of the plan",
        "第１章 基本方針",
        "",
        "課 ",
    ],
)
def test_lines_that_are_not_letter_spaced_stay(text: str) -> None:
    assert close_spaced_line(text) == text


@given(documents())
def test_line_numbers_survive_and_every_change_is_told(lines: list[Line]) -> None:
    assert_accounted(lines, close_letter_spacing(lines))


def test_only_the_changed_lines_are_reported() -> None:
    result = close_letter_spacing(lines_of("市 民 の 力", "市民の力", first=7))
    assert [line.text for line in result.lines] == ["市民の力", "市民の力"]
    assert [(one.number, one.step) for one in result.removed] == [(7, "letter_spacing")]


@given(documents())
def test_nothing_but_white_space_goes(lines: list[Line]) -> None:
    for old, new in zip(lines, close_letter_spacing(lines).lines, strict=True):
        assert "".join(old.text.split()) == "".join(new.text.split())
