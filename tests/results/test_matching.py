from __future__ import annotations

import pytest

from pipelines.results.matching import IndicatorMatcher, ItemMatcher
from pipelines.results.model import IndicatorContext, ItemContext
from tests.results.samples import INDICATORS, ITEMS, PLAN_ID

MATCHER = ItemMatcher(ITEMS)


@pytest.mark.parametrize(
    ("item_id", "number", "title", "found"),
    [
        (f"{PLAN_ID}-2", None, None, 1),
        (f"{PLAN_ID}-2", "1-2", "公共施設の統廃合の推進", 1),
        (None, "1-2", "公共施設の統廃合の推進", 1),
        (None, None, "公共施設の 統廃合の推進", 1),
        (None, None, "１－２公共施設の統廃合の推進".replace("－", "-"), 1),
        (None, "1-2", None, 1),
        (None, "1-2．", None, 1),
        (None, "9-9", "市税収納率の向上", 2),
    ],
)
def test_items_are_found_without_a_word(
    item_id: str | None, number: str | None, title: str | None, found: int
) -> None:
    match = MATCHER.match(item_id, number, title)
    assert match.item == ITEMS[found]
    assert not match.findings


@pytest.mark.parametrize(
    ("item_id", "number", "title", "found", "rule"),
    [
        (None, None, "公共施設統廃合の推進", 1, "item_matched_by_likeness"),
        (None, "1-2", "公共施設の統合及び廃止の推進", 1, "item_matched_by_likeness"),
        (None, None, "職員研修の充実", None, "item_not_found"),
        (None, "1-2", "職員研修の充実", None, "item_not_found"),
        (None, "9-9", None, None, "item_not_found"),
        ("壊れたID", None, "市税収納率の向上", 2, "item_id_unknown"),
        (f"{PLAN_ID}-3", None, "市税等の収納", 2, "item_title_differs"),
        (f"{PLAN_ID}-3", None, "窓口業務の見直し", None, "item_id_contradicts_title"),
    ],
)
def test_what_is_not_certain_is_told(
    item_id: str | None, number: str | None, title: str | None, found: int | None, rule: str
) -> None:
    match = MATCHER.match(item_id, number, title)
    assert match.item == (None if found is None else ITEMS[found])
    assert [finding.rule for finding in match.findings] == [rule]


def test_equal_titles_need_their_number() -> None:
    items = (ItemContext("1", "1-1", "その他の見直し"), ItemContext("2", "2-1", "その他の見直し"))
    matcher = ItemMatcher(items)
    assert matcher.match(None, "2-1", "その他の見直し").item == items[1]
    ambiguous = matcher.match(None, None, "その他の見直し")
    assert ambiguous.item is None
    assert [finding.rule for finding in ambiguous.findings] == ["item_ambiguous"]


def test_a_stub_finds_nothing_and_tells_nothing() -> None:
    match = ItemMatcher(()).match(None, "1", "何か")
    assert match.item is None
    assert not match.findings


def test_two_items_alike_are_left_alone() -> None:
    items = (
        ItemContext("1", None, "第一小学校の空調設備の更新"),
        ItemContext("2", None, "第二小学校の空調設備の更新"),
    )
    assert ItemMatcher(items).match(None, None, "第三小学校の空調設備の更新").item is None


def test_indicators_by_id_name_and_unit() -> None:
    matcher = IndicatorMatcher(INDICATORS)
    item = ITEMS[2].item_id
    assert matcher.match(f"{PLAN_ID}-k1", None, None, None).indicator == INDICATORS[0]
    assert matcher.match(None, item, "市税の収納率", "％").indicator == INDICATORS[0]
    assert matcher.match(None, item, "市税の収納率", None).indicator == INDICATORS[0]
    # The only one of that name, although its unit is another: no second indicator.
    assert matcher.match(None, item, "市税の収納率", "円").indicator == INDICATORS[0]
    assert matcher.match(None, ITEMS[0].item_id, "市税の収納率", "%").indicator is None


def test_an_unknown_id_of_an_indicator_is_told() -> None:
    match = IndicatorMatcher(INDICATORS).match("壊れたID", ITEMS[2].item_id, "市税の収納率", "%")
    assert match.indicator == INDICATORS[0]
    assert [finding.rule for finding in match.findings] == ["indicator_id_unknown"]


def test_values_without_a_name_need_a_single_indicator() -> None:
    item = ITEMS[2].item_id
    two = (*INDICATORS, IndicatorContext("k2", item, "滞納額", "千円"))
    assert IndicatorMatcher(INDICATORS).match(None, item, None, "%").indicator == INDICATORS[0]
    assert IndicatorMatcher(INDICATORS).match(None, item, None, "円").indicator is None
    assert IndicatorMatcher(two).match(None, item, None, "%").indicator is None


def test_of_indicators_of_one_name_the_unit_decides() -> None:
    item = ITEMS[2].item_id
    two = (
        IndicatorContext("k1", item, "証明書の交付", "万枚"),
        IndicatorContext("k2", item, "証明書の交付", "円"),
    )
    matcher = IndicatorMatcher(two)
    assert matcher.match(None, item, "証明書の交付", "円").indicator == two[1]
    assert matcher.match(None, item, "証明書の交付", "億円").indicator == two[1]
    assert matcher.match(None, item, "証明書の交付", "枚").indicator == two[0]
    assert matcher.match(None, item, "証明書の交付", "人").indicator is None
    assert matcher.match(None, item, "証明書の交付", None).indicator is None
