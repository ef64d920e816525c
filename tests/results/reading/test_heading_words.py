"""Headings after plan, do, check and act; effects in numbers and in words; effects of this year."""

from __future__ import annotations

import pytest

from pipelines.results.reading.cycle import of_cycle
from pipelines.results.reading.headings import HeadingReader
from pipelines.sources.sheet_profile import SheetProfile
from tests.results.reading.sheets_of import read, rules


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("計画（Plan）", "planned"),
        ("PLAN（計画）", "planned"),
        ("実施（Do）", "activity"),
        ("Ｄｏ：実施", "activity"),
        ("取組（ＤＯ）", "activity"),
        ("取組実績【Do】", "activity"),
        ("実施（D）", "activity"),
        ("令和5年度の実施（Do）", "activity"),
        ("評価（Check）", "rating"),
        ("C（評価）", "rating"),
        ("Ｐ（計画）", "planned"),
        ("改善（Action）", "next_action"),
        ("見直し（Act）", "next_action"),
        ("改善（A）", "next_action"),
        ("課題（Check）", "shortfall_reason"),
        ("取組", "item"),
        ("改善", None),
        ("実施", None),
        ("改善（B）", None),
    ],
)
def test_words_of_the_cycle(text: str, field: str | None) -> None:
    assert HeadingReader(SheetProfile()).one(text).field == field


def test_a_letter_of_a_formula_is_left_to_the_word_beside_it() -> None:
    assert of_cycle("削減額(A)") == ("削減額(A)", "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("歳出減", "cost_reduction"),
        ("歳出の削減額", "cost_reduction"),
        ("歳入の増", "revenue_increase"),
        ("今年度効果額（千円）", None),
        ("本年度の削減額", "cost_reduction"),
        ("定量的効果（千円）", None),
        ("削減効果額（A－B）", "cost_reduction"),
        ("効果額 C=A-B", None),
    ],
)
def test_words_for_amounts(text: str, kind: str | None) -> None:
    found = HeadingReader(SheetProfile()).one(text)
    assert (found.field, found.effect_kind) == ("amount", kind)


@pytest.mark.parametrize(
    "text", ["定量的効果", "定量的効果（時間）", "前年度効果額", "次年度効果額"]
)
def test_what_is_no_amount_of_this_year(text: str) -> None:
    assert HeadingReader(SheetProfile()).one(text).field is None


def test_effects_in_words_are_left_out_with_a_word_on_where_they_could_go() -> None:
    reading = read("取組項目|実績|定量的効果（千円）|定性的効果\n窓口|した。|12|早くなった。")
    (told,) = [one for one in reading.findings if one.column == 4]
    assert (told.severity, told.rule) == ("info", "column_left_out")
    assert "公表する欄がない" in told.message_ja and "joined" in told.fix_ja
    assert "unknown_column" not in rules(reading)
