from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.results.values import ValueReader, named_values, scaled_unit, split_pair

READER = ValueReader({"検証中": "not_yet", "－": "not_set"})


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("93.1%", "%", 93.1),
        ("93.1", "％", 93.1),
        ("3000.0", None, 3000.0),
        ("１２", "人", 12.0),
        ("1,234", "件", 1234.0),
        ("▲3", "人", -3.0),
        ("5件", "件数", 5.0),
        ("12箇所", "か所", 12.0),
        ("3万人", "人", 30_000.0),
        ("3万人", "万人", 3.0),
        ("90％以上", "%", 90.0),
        ("41億3,300万円", "百万円", 4133.0),
        ("1億05", "百万円", 105.0),
        ("0", "件", 0.0),
    ],
)
def test_numbers_in_the_unit_of_the_indicator(text: str, unit: str | None, value: float) -> None:
    assert READER.read(text, unit).value == value


@pytest.mark.parametrize(
    ("text", "unit", "rule"),
    [
        ("696～890", "件", "value_is_range"),
        ("前年度実績を上回る水準", "件", "value_kept_as_text"),
        ("±10％以内", "%", "value_kept_as_text"),
        ("1.5ポイント", "%", "unit_percent_or_points"),
        ("1.5%", "ポイント", "unit_percent_or_points"),
        ("5人", "件", "value_unit_differs"),
        ("3万", "万人", "value_unit_differs"),
        ("12ほげ", None, "value_unit_differs"),
        ("(12)", "件", "value_in_brackets"),
        ("5人", "千円", "amount_unit_unknown"),
    ],
)
def test_what_is_no_value_keeps_its_text_and_is_told(
    text: str, unit: str | None, rule: str
) -> None:
    reading = READER.read(text, unit)
    assert reading.value is None
    assert [finding.rule for finding in reading.findings] == [rule]


@pytest.mark.parametrize(
    ("text", "reason", "is_blank"),
    [
        ("精査中", "not_yet", False),
        ("未 測 定", "not_measured", False),
        ("該当なし", "not_applicable", False),
        ("検証中", "not_yet", False),
        ("－", "not_set", False),
        ("―", None, True),
    ],
)
def test_words_instead_of_a_value(text: str, reason: str | None, is_blank: bool) -> None:
    reader = ValueReader({"検証中": "not_yet", "-": "not_set"})
    reading = reader.read(text, "件")
    assert (reading.value, reading.missing_reason) == (None, reason)
    assert reading.is_blank == is_blank
    assert not reading.findings


def test_a_dash_means_nothing_unless_the_profile_says_so() -> None:
    assert ValueReader({}).read("-", "件").missing_reason is None
    assert ValueReader({"-": "not_applicable"}).read("－", "件").missing_reason == "not_applicable"


def test_the_unit_in_the_cell_is_taken_where_there_is_no_other() -> None:
    assert ValueReader({}).read("103台", None).unit == "台"
    assert ValueReader({}).read("103台", "台").unit is None


def test_about_is_kept() -> None:
    assert ValueReader({}).read("約30人", "人").is_approximate
    assert ValueReader({}).read("約300万円", "万円").is_approximate


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("50 (61)", ("50", "61")),
        ("50（61）", ("50", "61")),
        ("950\n(9500)", ("950", "9500")),
        ("950\n9500", ("950", "9500")),
        ("- (5)", ("-", "5")),
        ("50", None),
        ("50(うち新規3)", None),
        ("1\n2\n3", None),
    ],
)
def test_two_values_in_one_cell(text: str, pair: tuple[str, str] | None) -> None:
    assert split_pair(text) == pair


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("補助台数:103台、普及率:21.2%", [("補助台数", "103台"), ("普及率", "21.2%")]),
        ("延べ:1,200件，実：3件", [("延べ", "1,200件"), ("実", "3件")]),
        ("10:30", None),
        ("理由:天候による", None),
        ("103台", None),
    ],
)
def test_values_with_their_names(text: str, named: list[tuple[str, str]] | None) -> None:
    assert named_values(text) == named


def test_scaled_units() -> None:
    assert scaled_unit("万人") == (10_000, "人")
    assert scaled_unit("千人泊") == (1_000, "人泊")
    assert scaled_unit("件") == (1, "件")


@given(st.text(max_size=25), st.sampled_from([None, "%", "人", "百万円", "万人", "ポイント"]))
def test_every_text_gives_a_value_a_reason_or_is_told(text: str, unit: str | None) -> None:
    reading = ValueReader({}).read(text, unit)
    told = reading.missing_reason or reading.is_blank or reading.findings or not text.strip()
    assert reading.value is not None or told
    split_pair(text)
    named_values(text)
