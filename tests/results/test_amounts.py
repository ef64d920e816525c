from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.results.amounts import MONEY_UNITS, read_amount, sign_verdict


@pytest.mark.parametrize(
    ("text", "unit", "yen"),
    [
        ("△16,565", "千円", -16_565_000),
        ("△ 45", "千円", -45_000),
        ("▲1,200", "千円", -1_200_000),
        ("-300", "千円", -300_000),
        ("16,565", "千円", 16_565_000),
        ("４，６１０", "千円", 4_610_000),
        ("4,610千円", None, 4_610_000),
        ("4,610千円", "千円", 4_610_000),
        ("41億3,300万円", None, 4_133_000_000),
        ("62億6,000万円", None, 6_260_000_000),
        ("115億5千万円", None, 11_550_000_000),
        ("13億776万円", None, 1_307_760_000),
        ("4憶2,148万1千円", None, 421_481_000),
        ("1億05", "百万円", 105_000_000),
        ("△1億05", "百万円", -105_000_000),
        ("約4.5千円", None, 4_500),
        ("300万円程度", None, 3_000_000),
        ("26億余", None, 2_600_000_000),
        ("1,000万円以上", None, 10_000_000),
        ("0", "千円", 0),
        ("0.5", "百万円", 500_000),
        ("12", "（単位：百万円）", 12_000_000),
    ],
)
def test_every_notation_of_an_amount(text: str, unit: str | None, yen: int) -> None:
    assert read_amount(text, unit).yen == yen


@pytest.mark.parametrize("text", ["-", "―", "−", "－", "ー", "…", " ", ""])
def test_a_dash_is_no_amount_and_never_zero(text: str) -> None:
    reading = read_amount(text, "千円")
    assert reading.yen is None
    assert reading.is_blank
    assert not reading.findings


@pytest.mark.parametrize(
    ("text", "unit", "rule"),
    [
        ("16,565", None, "amount_without_unit"),
        ("16,565", "人", "amount_unit_unknown"),
        ("10人", "千円", "amount_unit_unknown"),
        ("1億5", "百万円", "amount_unreadable"),
        ("1億05", "千円", "amount_unreadable"),
        ("1億05", None, "amount_unreadable"),
        ("1億5千", None, "amount_unreadable"),
        ("16 565", "千円", "amount_unreadable"),
        ("精査中", "千円", "amount_unreadable"),
        ("9999999999999", "億円", "amount_too_large"),
    ],
)
def test_what_cannot_be_read_is_told_and_not_guessed(
    text: str, unit: str | None, rule: str
) -> None:
    reading = read_amount(text, unit)
    assert reading.yen is None
    assert [(finding.rule, finding.severity) for finding in reading.findings] == [(rule, "error")]


@pytest.mark.parametrize(
    ("text", "unit", "rule"),
    [
        ("4憶2,148万1千円", None, "amount_misprint"),
        ("1億05", "百万円", "amount_mixed_scale"),
        ("4,610千円", "百万円", "amount_unit_contradiction"),
        ("16,565円", "千円", "amount_unit_contradiction"),
        ("41億3,300万円", "千円", "amount_unit_contradiction"),
        ("62億", None, "amount_yen_inferred"),
        ("(1,200)", "千円", "amount_in_brackets"),
        ("1.2345千円", None, "amount_not_whole_yen"),
        ("1億円以上", None, "amount_with_bound"),
    ],
)
def test_what_is_peculiar_is_read_and_told(text: str, unit: str | None, rule: str) -> None:
    reading = read_amount(text, unit)
    assert reading.yen is not None
    assert [finding.rule for finding in reading.findings] == [rule]


def test_the_unit_of_the_cell_wins() -> None:
    assert read_amount("4,610千円", "百万円").yen == 4_610_000


def test_steps_tell_how_far_an_amount_is_rounded() -> None:
    texts = [("1,234", "千円"), ("1.5", "百万円"), ("41億3,300万円", None), ("1.25億円", None)]
    assert [read_amount(*one).step for one in texts] == [1_000, 100_000, 10_000, 1_000_000]


@pytest.mark.parametrize(
    ("amounts", "kind", "declared", "factor"),
    [
        ([-18, -890, 0], "cost_reduction", "auto", -1),
        ([18, 890, 0], "cost_reduction", "auto", 1),
        ([0], "cost_reduction", "auto", 1),
        ([18, -890], "cost_reduction", "auto", None),
        ([18, -890], "cost_reduction", "positive_is_saving", 1),
        ([18, -890], "cost_reduction", "negative_is_saving", -1),
        ([18, -890], "revenue_increase", "auto", 1),
        ([18, -890], "revenue_increase", "negative_is_saving", 1),
        ([18], "other", "auto", 1),
        ([18, -890], "other", "negative_is_saving", -1),
    ],
)
def test_what_a_sign_means(
    amounts: list[int], kind: str, declared: str, factor: int | None
) -> None:
    assert sign_verdict(amounts, kind, declared).factor == factor  # type: ignore[arg-type]


def test_negative_amounts_of_no_stated_kind_are_refused() -> None:
    verdict = sign_verdict([18, -890], "other", "auto")
    assert verdict.refuses_negative
    assert verdict.finding is not None
    assert verdict.finding.rule == "amount_sign_ambiguous"


WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


def _with_man(yen: int) -> str:
    oku, rest = divmod(yen, 10**8)
    man, odd = divmod(rest, 10**4)
    parts = [f"{oku:,}億" if oku else "", f"{man:,}万" if man else "", f"{odd:,}" if odd else ""]
    return ("".join(parts) or "0") + "円"


NOTATIONS: list[Callable[[int], tuple[str, str | None]]] = [
    lambda yen: (f"{yen:,}", "円"),
    lambda yen: (f"{yen:,}円", None),
    lambda yen: (f"{yen // 1000:,}", "千円"),
    lambda yen: (f"{yen // 1000:,}千円", "千円"),
    lambda yen: (f"{yen // 1000}".translate(WIDE), "千円"),
    lambda yen: (f"{yen / 10**6:.3f}", "百万円"),
    lambda yen: (f"{yen / 10**8:.5f}億円", None),
    lambda yen: (_with_man(yen), None),
    lambda yen: (f"約{yen // 1000:,}千円", None),
]
SIGNS = ["", "△", "△ ", "▲", "-", "−", "－"]


@given(st.integers(0, 10**9), st.sampled_from(NOTATIONS), st.sampled_from(SIGNS))
def test_no_notation_loses_sign_or_scale(
    thousands: int, notation: Callable[[int], tuple[str, str | None]], sign: str
) -> None:
    yen = thousands * 1000
    text, unit = notation(yen)
    assume(not (sign and text.startswith("約")))
    assert read_amount(sign + text, unit).yen == (-yen if sign else yen)


@given(
    st.text(alphabet="0123456789０兆億憶万千百十円人△▲-−（）()約余以上,. \n", max_size=20),
    st.sampled_from([None, *MONEY_UNITS, "人", ""]),
)
def test_every_text_gives_an_amount_a_blank_or_a_reason(text: str, unit: str | None) -> None:
    reading = read_amount(text, unit)
    assert reading.yen is not None or reading.is_blank or reading.findings


@pytest.mark.parametrize("text", ["￥12,500-", "¥12,500－", "￥ 12,500 ―", "￥12,500"])
def test_the_mark_behind_an_amount_with_a_yen_sign_is_no_minus(text: str) -> None:
    reading = read_amount(text, None)
    assert (reading.yen, reading.findings) == (12_500, ())


def test_a_minus_behind_an_amount_without_a_yen_sign_is_not_read() -> None:
    assert read_amount("12,500-", "円").yen is None
    assert read_amount("￥-", "円").yen is None
