"""Lines, totals, keys of ratings and examples: rows of a sheet that are nobody's result."""

from __future__ import annotations

import pytest

from pipelines.results.reading.labels import says_how_to_fill_in
from pipelines.results.reading.lines import is_legend, is_note, read_line

from .sheets_of import read


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        (["行革効果額（令和3年度）　単位：百万円"], "百万円"),
        (["（単位：千円、△は減）"], "千円"),
        (["（△は減、単位：千円）"], "千円"),
        (["（単位：千円、人）"], "千円、人"),  # two units: neither may be taken for all values
        (["（２）歳出", "（単位：千円）"], "千円"),
        (["効果額"], None),
    ],
)
def test_units_of_lines(cells, unit):
    assert read_line(1, cells).unit == unit


@pytest.mark.parametrize(
    "cells",
    [
        ["【評価】◎：計画を上回る　○：計画どおり　△：遅れ"],
        ["評価基準　5：十分に達成　4：おおむね達成"],
        ["A：達成"],
        ["◎：計画以上", "○：計画どおり"],
        ["評価区分", "5：十分　4：おおむね"],
    ],
)
def test_a_key_of_ratings_is_a_note(cells):
    assert is_legend(cells)


@pytest.mark.parametrize(
    "cells", [["1：歳入"], ["A：総務部"], ["広報", "1：案内 2：配布"], ["◎歳入"]]
)
def test_other_lines_are_no_keys_of_ratings(cells):
    assert not is_legend(cells)


@pytest.mark.parametrize("text", ["以下余白", "－以上－", "【以下余白】"])
def test_an_end_mark_is_a_note(text):
    assert is_note([text])
    assert not is_note(["以上の取組"])


@pytest.mark.parametrize(
    ("label", "is_for_clerks"),
    [
        ("提出先　行政改革推進室", True),
        ("提出期限：6月30日", True),
        ("※記入要領", True),
        ("担当者会議の見直し", False),
        ("歳入の確保", False),
    ],
)
def test_lines_for_those_who_fill_in(label, is_for_clerks):
    assert says_how_to_fill_in(label) is is_for_clerks


def test_a_heading_with_a_unit_beside_it_closes_the_one_above():
    reading = read(
        """
        令和3年度 効果額
        （１）歳入|||（単位：千円）
        番号|取組項目|担当課|効果額
        1|広告の掲載|広報課|100
        2|未利用地の売却|管財課|200
        （２）歳出|||（単位：千円）
        番号|取組項目|担当課|効果額
        3|人件費の見直し|人事課|300
        """
    )
    assert [(one.row, one.section.label) for one in reading.records] == [
        (4, "歳入"),
        (5, "歳入"),
        (8, "歳出"),
    ]
    assert [one.values[0].role.effect_kind for one in reading.records] == [
        "revenue_increase",
        "revenue_increase",
        "cost_reduction",
    ]
