from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.quantities.exact import read_exact


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("△16,565", -16_565, ""),
        ("△ 45", -45, ""),
        ("▲1,200", -1_200, ""),
        ("-300", -300, ""),
        ("−5", -5, ""),
        ("－７", -7, ""),
        ("マイナス5", -5, ""),
        ("（1,200）", -1_200, ""),
        ("+12", 12, ""),
        ("４，６１０千円", 4_610_000, "円"),
        ("41億3,300万円", 4_133_000_000, "円"),
        ("62億6,000万円", 6_260_000_000, "円"),
        ("115億5千万円", 11_550_000_000, "円"),
        ("13億776万円", 1_307_760_000, "円"),
        ("4憶2,148万1千円", 421_481_000, "円"),
        ("2千5百万円", 25_000_000, "円"),
        ("￥1,200", 1_200, "円"),
        ("1万1,000円", 11_000, "円"),
        ("93.1％", "93.1", "%"),
        ("12件/月", 12, "件/月"),
        ("0", 0, ""),
    ],
)
def test_cells_are_read_exactly(text: str, value: object, unit: str) -> None:
    read = read_exact(text)
    assert read is not None
    assert (read.value, read.unit) == (Decimal(str(value)), unit)


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "1 200", "16 565", "950\n(9500)", "50 (61)", "3～5", "H30", "1.2.3", "1,23",
        "②", "±10％", "精査中", "21.2%、3台", "(5", "5)", "千円", "3百千円", "1万2億円",
        "1万20,000円",
    ],
)  # fmt: skip
def test_what_is_no_single_number_is_none(text: str) -> None:
    assert read_exact(text) is None


@pytest.mark.parametrize(
    ("text", "about", "bound"),
    [
        ("約30人", True, ""),
        ("概ね３割", True, ""),
        ("30人程度", True, ""),
        ("13億円余", True, ""),
        ("13億余円", True, ""),
        ("90％以上", False, "以上"),
        ("30人", False, ""),
    ],
)
def test_words_beside_a_number(text: str, about: bool, bound: str) -> None:
    read = read_exact(text)
    assert read is not None
    assert (read.is_approximate, read.bound) == (about, bound)


def test_digits_behind_a_scale_are_left_over() -> None:
    read = read_exact("1億05")
    assert read is not None
    assert (read.value, read.rest, read.smallest) == (100_000_000, "05", 10**8)


def test_a_misprint_is_told() -> None:
    read = read_exact("4憶2,148万1千円")
    assert read is not None
    assert read.misprint == "憶"


@given(st.integers(-(10**14), 10**14))
def test_a_plain_number_keeps_every_digit(number: int) -> None:
    sign = "△" if number < 0 else ""
    read = read_exact(f"{sign}{abs(number):,}")
    assert read is not None
    assert read.value == number


@given(
    st.text(
        alphabet="0123456789０１兆億憶万千百十円%人件△▲-−（）()約余程度以上,.、 \n/②", max_size=20
    )
)
def test_no_text_crashes(text: str) -> None:
    read_exact(text)
