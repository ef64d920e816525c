from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.characters import without_spaces
from pipelines.plans.lines import Line
from pipelines.plans.repair.fake_bold import find_repeats, print_once, repair_fake_bold

from ..samples import assert_accounted, documents, lines_of, texts_of

TIMES = st.integers(2, 6)
GAPS = st.text(" \u3000", max_size=2)
LETTERS = "市民役所改革行政推進財課計画基本方針窓口施設見直働協域づくりサービス12ＩＣＴ"
MARKS = "（）「」・、～―"
DISTINCT = LETTERS + MARKS
PLAIN = "みほん市の行政改革大綱を定める"


def bold(runs: list[str], times: int) -> str:
    return "".join(run * times for run in runs)


@st.composite
def distinct_runs(draw: st.DrawFn) -> list[str]:
    """Runs of one line: no glyph comes twice, eight letters at least, cut anywhere."""
    letters = draw(st.lists(st.sampled_from(LETTERS), min_size=8, max_size=20, unique=True))
    marks = draw(st.lists(st.sampled_from(MARKS), max_size=4, unique=True))
    glyphs = draw(st.permutations([*letters, *marks]))
    cuts = sorted(draw(st.sets(st.integers(1, len(glyphs) - 1), max_size=6)))
    bounds = [0, *cuts, len(glyphs)]
    return ["".join(glyphs[a:b]) for a, b in pairwise(bounds)]


@given(st.lists(distinct_runs(), min_size=3, max_size=5), TIMES)
def test_every_run_comes_back_once(document: list[list[str]], times: int) -> None:
    repaired = repair_fake_bold(lines_of(*(bold(runs, times) for runs in document)))
    assert texts_of(repaired.lines) == ["".join(runs) for runs in document]
    assert [one.step for one in repaired.removed] == ["fake_bold"] * len(document)


@given(st.lists(distinct_runs(), min_size=3, max_size=4), TIMES, st.data())
def test_whatever_the_spacing(document: list[list[str]], times: int, data: st.DataObject) -> None:
    spaced = ["".join(one + data.draw(GAPS) for one in bold(runs, times)) for runs in document]
    repaired = repair_fake_bold(lines_of(*spaced))
    found = [without_spaces(text) for text in texts_of(repaired.lines)]
    assert found == ["".join(runs) for runs in document]


@given(
    st.lists(distinct_runs(), min_size=3, max_size=4),
    TIMES,
    st.lists(st.text(DISTINCT + " 。", max_size=30), max_size=6),
)
def test_lines_that_are_not_bold_are_never_touched(
    document: list[list[str]], times: int, others: list[str]
) -> None:
    plain = [f"{text}ね" for text in others]
    lines = lines_of(*plain, *(bold(runs, times) for runs in document))
    repaired = repair_fake_bold(lines)
    assert [line.text for line in repaired.lines[: len(plain)]] == plain
    assert {one.number for one in repaired.removed} == set(range(len(plain) + 1, len(lines) + 1))


@given(documents())
def test_line_numbers_survive_and_every_change_is_told(lines: list[Line]) -> None:
    assert_accounted(lines, repair_fake_bold(lines))


def test_a_heading_printed_four_times_with_its_spaces() -> None:
    text = " " + bold(["「", "市政改革", "プラン", "」", "の", "枠組", "み"], 4)
    (line,) = repair_fake_bold(lines_of(text)).lines
    assert line.text == " 「市政改革プラン」の枠組み"


def test_spaces_inside_the_first_copy_and_before_a_run_stay() -> None:
    assert print_once("(1)(1)(1)(1)    改 革改 革改 革改 革 のののの", 4) == "(1)    改 革 の"


@pytest.mark.parametrize("times", [3, 4, 5, 6])
def test_one_bold_line_is_enough_when_it_repeats_three_times_or_more(times: int) -> None:
    lines = [PLAIN, bold(["市政改革プラン", "の", "枠組み"], times), PLAIN]
    assert find_repeats(lines) == times
    assert texts_of(repair_fake_bold(lines_of(*lines)).lines)[1] == "市政改革プランの枠組み"


def test_the_largest_number_that_explains_the_lines_is_taken() -> None:
    runs = ("市政改革の基本方針", "公共施設の再編", "窓口の民間委託", "財政健全化")
    fours = [bold([run], 4) for run in runs]
    assert find_repeats(fours) == 4
    assert find_repeats([*fours, bold(["第１章計画の考え方"], 2)]) == 4


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["", "　"],
        ["いろいろ", "ますます", "それぞれ"],
        ["・・・・・・・・・・・・・・・・"],
        ["――――――――――", "＝＝＝＝＝＝＝＝"],
        ["10001000", "20002000", "30003000"],
        ["ーーーーーーー", "111", "222"],
        ["行政改革行政改革大綱"],
        [bold(["行政改革の推進"], 2)],
    ],
)
def test_plain_documents_have_no_fake_bold(texts: list[str]) -> None:
    assert find_repeats(texts) is None
    assert repair_fake_bold(lines_of(*texts)).removed == []


def test_a_line_only_partly_made_of_runs_stays_whole() -> None:
    assert print_once("改革改革プラン", 2) is None
    assert print_once("改革改革改革", 2) is None
    assert print_once("", 2) is None


@pytest.mark.parametrize(
    "run", ["すすめる改革", "ささえあいの地域", "おおむね達成した", "まちまちな対応"]
)
def test_a_run_that_begins_with_a_repeat_of_its_own_printed_twice(run: str) -> None:
    lines = lines_of(*(bold([text], 2) for text in ("窓口の改善と委託", "公共施設の再編成", run)))
    more = lines_of(bold(["財政健全化の推進"], 2), first=4)
    assert texts_of(repair_fake_bold([*lines, *more]).lines)[2] == run


def test_a_rule_drawn_with_long_vowel_marks_is_no_fake_bold() -> None:
    assert texts_of(repair_fake_bold(lines_of("ー" * 12, "111")).lines)[1] == "111"


def test_short_lines_made_of_a_pair_stay_in_a_document_printed_twice() -> None:
    runs = ("公共施設の再編成", "窓口業務の民間委託", "財政健全化の推進")
    lines = lines_of(*(bold([run], 2) for run in runs), "11", "いろいろ", "22")
    assert texts_of(repair_fake_bold(lines).lines) == [*runs, "11", "いろいろ", "22"]
