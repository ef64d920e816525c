import datetime

import pytest

from pipelines.plans.front_matter import read_front_matter
from pipelines.plans.layouts.reading import ItemReading, LayoutReading
from pipelines.plans.lines import Passage
from pipelines.plans.repair.chain import repair_text

from .samples import outline, prose_of


def test_a_glossary_with_terms_on_lines_of_their_own() -> None:
    text = (
        "１ 背景\n\nスマート窓口※1 と PPP※2 を進めます。\n\n用語説明\n\n※1 スマート窓口【P.3】\n\n"
        "次のとおり定義されています。\n\n(1) 手続が早い窓口\n\n(2) 書かない窓口\n\n"
        "※2 PPP（Public Private Partnership の略）【P.4】\n\n官民が連携して行うことです。\n"
    )
    first, second = prose_of(text).terms
    assert (first.mark, first.term, first.page_ref) == ("※1", "スマート窓口", "P.3")
    assert first.definition.endswith("(2) 書かない窓口")
    assert (second.term, second.full_form) == ("PPP", "Public Private Partnership")
    assert [one.text.text[:4] for one in prose_of(text).statements] == ["スマート"]


def test_a_footnote_without_a_term_explains_the_word_that_bears_its_mark() -> None:
    node = outline("柱").nodes[0]
    item = ItemReading(node, Passage("汚水処理の有収率の向上（※７）", (3,)))
    text = (
        "１ 背景\n\n汚水処理の有収率の向上（※７）\n\n"
        "「新しい働き方」への対応（※８）を進めます。\n\n"
        "※７ 料金の対象となる水の割合\n\n※８ 場所と時間を選ばない働き方をいう\n"
    )
    first, second = prose_of(text, LayoutReading([node], [item])).terms
    assert (first.term, first.own_lines, first.marked_lines) == ("有収率", (7,), (3,))
    assert (second.term, second.marked_lines) == ("新しい働き方", (5,))


@pytest.mark.parametrize(
    "form", ["ＡＢＣ：ひとことで言えば仕組み", "ABCとは、ひとことで言えば仕組み"]
)
def test_a_term_before_a_colon_or_a_definition(form: str) -> None:
    (term,) = prose_of(f"１ 背景\n\nABC※1を使います。\n\n※1 {form}\n").terms
    assert (term.term, term.definition) == ("ABC", "ひとことで言えば仕組み")


def test_periods_by_their_kind() -> None:
    text = (
        "みほん市行政改革大綱\n\n意見募集期間\n\n"
        "令和２年12月1日（火）から令和３年１月５日（火）まで\n\n"
        "１ これまでの計画\n\n・平成18年度～平成22年度 第１次行政改革大綱\n\n"
        "２ 計画期間\n\n大綱 ６年間（令和３年度から令和８年度まで）\n\n"
        "第１期：令和３年度から令和５年度まで\n\n"
        "重点期間 令和３年度～令和４年度\n\n"
        "総合計画（令和３年度から７年度まで）に基づき進めます。\n"
    )
    found = {one.kind: one for one in prose_of(text).periods}
    assert list(found) == ["public_comment", "previous_plan", "plan", "phase", "priority"]
    assert found["public_comment"].end_on == datetime.date(2021, 1, 5)
    assert found["previous_plan"].label == "第1次行政改革大綱"
    assert (found["plan"].start_fy, found["plan"].end_fy) == (2021, 2026)
    assert (found["phase"].label, found["phase"].end_fy) == ("第1期", 2023)
    assert found["priority"].end_fy == 2022


def test_impossible_days_are_no_period() -> None:
    text = "１ 意見募集\n\n意見募集期間\n\n令和２年13月1日から令和３年１月５日まで\n"
    assert prose_of(text).periods == []


def test_a_table_of_counts_is_held_against_the_items() -> None:
    reading = outline("強い組織", "財政の健全化")
    text = (
        "１ 背景\n\n力を尽くします。\n\n（参考）項目数\n\n実施項目 項目数\n\n強い組織  ２\n\n"
        "財政の健全化  ３\n\n合 計 ４\n"
    )
    prose = prose_of(text, reading)
    assert [(one.label, one.stated) for one in prose.counts] == [
        ("強い組織", 2), ("財政の健全化", 3), ("合計", 4),
    ]  # fmt: skip
    (finding,) = [one for one in prose.findings if one.rule == "control_total_contradicts"]
    assert "財政の健全化" in finding.message_ja and "2" in finding.message_ja
    assert [one.text.text for one in prose.statements] == ["力を尽くします。"]


def test_a_total_stated_in_a_sentence() -> None:
    prose = prose_of("１ 概要\n\n本計画は全５項目で構成します。\n", outline("柱"))
    assert [(one.stated, one.node) for one in prose.counts] == [(5, None)]


def test_the_plans_own_period_is_the_front_matters() -> None:
    text = "みほん市行政改革大綱\n\n計画期間\n\n令和３年度から令和７年度まで\n"
    front = read_front_matter(repair_text(text).lines)
    (period,) = prose_of(text).periods
    assert (period.start_fy, period.end_fy) == (front.period_start_fy, front.period_end_fy)
    assert period.label == "計画期間"
