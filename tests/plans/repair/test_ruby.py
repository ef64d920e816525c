from __future__ import annotations

import pytest
from hypothesis import given

from pipelines.plans.lines import Line
from pipelines.plans.repair.ruby import remove_ruby

from ..samples import assert_accounted, documents, lines_of, texts_of

SET_APART = ["みほん市は改革を進めます。", "", "窓口を改めます。", "", "財政を健全にします。", ""]


def set_apart(*texts: str) -> list[Line]:
    """A document whose lines stand apart by blank ones, with ``texts`` tight at its end."""
    return lines_of(*SET_APART * 4, *texts)


@pytest.mark.parametrize(
    "reading", ["サステイナブル", "　アイシーティ ", "ｱｲｼｰﾃｨ", "デジタル・トランスフォーメーション"]
)
@pytest.mark.parametrize("latin", ["（Sustainable", "※３ ＩＣＴ", " and "])
def test_a_reading_tight_under_latin_letters_is_taken_out(latin: str, reading: str) -> None:
    lines = set_apart(latin, reading, "：情報通信技術")
    result = remove_ruby(lines)
    assert texts_of(result.lines)[-2:] == [latin, "：情報通信技術"]
    assert [(one.number, one.text, one.step) for one in result.removed] == [(26, reading, "ruby")]


def test_readings_word_by_word() -> None:
    words = [
        "（Sustainable",
        "サステイナブル",
        " Development",
        "デベロップメント",
        " Goals",
        "ゴールズ",
        "）",
    ]
    result = remove_ruby(set_apart(*words))
    assert texts_of(result.lines)[-4:] == words[::2]
    assert [one.text for one in result.removed] == words[1::2]


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("情報通信技術", "アイシーティ"),
        ("ICT", "アイシーティを使う"),
        ("ICT", "さーびす"),
        ("ICT", ""),
        ("ICT12", "サービス"),
    ],
)
def test_what_is_no_reading_stays(above: str, line: str) -> None:
    lines = set_apart(above, line, "")
    assert remove_ruby(lines).lines == lines
    assert remove_ruby(lines).removed == []


def test_a_kana_line_behind_a_blank_one_stays() -> None:
    lines = set_apart("ICT", "", "サービス", "")
    assert remove_ruby(lines).lines == lines


def test_a_document_set_tight_keeps_everything() -> None:
    """Here a line of kana alone may be the end of a wrapped sentence."""
    lines = lines_of("窓口ではICT", "サービス", "を使います。", "改めます。", "", "終わり")
    assert remove_ruby(lines).removed == []
    assert remove_ruby([]).lines == []


@given(documents())
def test_no_line_is_lost_without_a_report(lines: list[Line]) -> None:
    assert_accounted(lines, remove_ruby(lines))
