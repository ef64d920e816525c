from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.front_matter import (
    FrontMatter,
    document_era,
    generation_of,
    read_front_matter,
)

from .samples import lines_of


def read(*texts: str) -> FrontMatter:
    return read_front_matter(lines_of(*texts))


@pytest.mark.parametrize(
    ("texts", "title", "lines"),
    [
        (("第２次みほん市行政改革大綱",), "第2次みほん市行政改革大綱", (1,)),
        (("みほん市行政改革大綱（案）の概要について",), "みほん市行政改革大綱", (1,)),
        (("「みほん改革プラン」の枠組み（イメージ）",), "みほん改革プラン", (1,)),
        (("第二次", "みほん市", "行政改革プラン"), "みほん市行政改革プラン", (2, 3)),
        (("", "みほん市", "", "集中改革プラン（素案）"), "みほん市集中改革プラン", (2, 4)),
        (("みほん市の取組です。", "行政改革大綱"), "", ()),
        (("目次", "行政改革大綱"), "", ()),
        ((), "", ()),
    ],
)
def test_the_title(texts: tuple[str, ...], title: str, lines: tuple[int, ...]) -> None:
    found = read(*texts).title
    assert (found.text, found.lines) == (title, lines)


@pytest.mark.parametrize("number", range(1, 100))
def test_generations_in_digits_and_kanji(number: int) -> None:
    ten, one = divmod(number, 10)
    digits = " 一二三四五六七八九"
    kanji = ((digits[ten] if ten > 1 else "") + "十" if ten else "") + (digits[one] if one else "")
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    for printed in (str(number), wide, kanji):
        assert generation_of(f"第{printed}次みほん市行政改革大綱") == number
        assert generation_of(f"みほん市計画（第 {printed} 期）") == number


def test_a_title_that_counts_nothing() -> None:
    assert generation_of("みほん市行政改革大綱") is None


@pytest.mark.parametrize("title", ["第二一次行政改革大綱", "第十十次大綱"])
def test_kanji_numbers_of_another_kind_do_not_end_the_build(title: str) -> None:
    generation_of(title)


@pytest.mark.parametrize("mark", ["案", "素案", "原案", "たたき台", "中間案"])
def test_a_draft_mark_beside_or_below_the_title(mark: str) -> None:
    beside = read(f"みほん市行政改革大綱（{mark}）")
    assert (beside.document_status, beside.status_lines) == ("draft", (1,))
    below = read("みほん市行政改革大綱", "", f"（{mark}）")
    assert (below.document_status, below.status_lines) == ("draft", (3,))


def test_nothing_printed_says_nothing() -> None:
    found = read("みほん市行政改革大綱", "（令和３年３月）", "窓口の提案（案内）")
    assert (found.document_status, found.status_lines) == (None, ())
    assert (found.period_start_fy, found.period_end_fy, found.period_lines) == (None, None, ())


TITLE = "みほん市行政改革大綱"


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        (("計画期間　令和３年度～令和７年度",), 2),
        (("計画の期間", "令和３年度から７年度まで"), 3),
        (("計画期間は、令和３年度から令和７年度までの５年間とします。",), 2),
        (("本計画の計画期間は2021年度～2025年度です。",), 2),
        (("推進期間（R3～R7）",), 2),
    ],
)
def test_the_period(texts: tuple[str, ...], line: int) -> None:
    found = read(TITLE, *texts)
    assert (found.period_start_fy, found.period_end_fy) == (2021, 2025)
    assert found.period_lines == (line,)
    assert found.findings == []


def test_the_period_in_its_commonest_sentence() -> None:
    found = read(TITLE, "本計画の期間は、令和３年度から令和７年度までとします。")
    assert (found.period_start_fy, found.period_end_fy) == (2021, 2025)


def test_a_period_without_an_era_takes_the_documents_and_says_so() -> None:
    found = read(TITLE, "平成15年に策定しました。", "計画期間 16年度～18年度")
    assert (found.period_start_fy, found.period_end_fy) == (2004, 2006)
    (finding,) = found.findings
    assert (finding.rule, finding.severity, finding.lines) == ("era_inferred", "info", (3,))
    assert "平成" in finding.message_ja


@pytest.mark.parametrize(
    "text",
    [
        "今後は令和３年度から令和７年度まで進めます。",
        "計画期間　令和７年度～令和３年度",
        "計画期間　16年度～18年度",
        "前計画は、平成28年度から令和２年度までを計画期間としました。",
    ],
)
def test_other_ranges_are_no_period(text: str) -> None:
    assert read(TITLE, text).period_start_fy is None


def test_a_partial_period_is_told_and_not_taken() -> None:
    found = read(TITLE, "取組期間（集中期間：令和３年度～令和５年度）")
    assert found.period_start_fy is None
    assert [one.rule for one in found.findings] == ["partial_period"]


@pytest.mark.parametrize(
    ("texts", "era"),
    [
        (("令和３年度", "平成30年度", "令和 ７ 年度"), "令和"),
        (("平成元年", "H30"), "平成"),
        (("３年度", "2021年度"), None),
        ((), None),
    ],
)
def test_the_documents_era_is_the_one_it_mostly_names(
    texts: tuple[str, ...], era: str | None
) -> None:
    assert document_era(lines_of(*texts)) == era


@given(
    st.lists(
        st.text(
            "みほん市行政改革大綱計画期間第12３次期（案）「」令和平成年度～から。 ", max_size=20
        ),
        max_size=8,
    )
)
def test_no_document_raises_and_lines_are_its_own(texts: list[str]) -> None:
    found = read(*texts)
    assert set(found.lines) <= set(range(1, len(texts) + 1))
    if found.period_start_fy and found.period_end_fy:
        assert found.period_start_fy <= found.period_end_fy
