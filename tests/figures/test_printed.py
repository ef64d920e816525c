from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.figures.printed import fault_of_printed, read_printed, says_decrease


@pytest.mark.parametrize(
    ("text", "unit", "value", "step"),
    [
        ("△396,046", "千円", "-396046", "1"),
        ("▲ 45", "千円", "-45", "1"),
        ("１，２３４", "百万円", "1234", "1"),
        ("41億3,300万円", "円", "4133000000", "10000"),
        ("95億6千万円", "円", "9560000000", "10000000"),
        ("13億776万円", "円", "1307760000", "10000"),
        ("41億円", "百万円", "4100", "100"),
        ("1,234千円", "百万円", "1.234", "0.001"),
        ("12.5億円", "億円", "12.5", "0.1"),
        ("1億05", "百万円", "105", "1"),
        ("△1億05", "百万円", "-105", "1"),
        ("1億00005", "千円", "100005", "1"),
        ("2億", "百万円", "200", "100"),
        ("68.9%", "%", "68.9", "0.1"),
        ("計 53項目", "項目", "53", "1"),
        ("3,882㎡", "㎡", "3882", "1"),
    ],
)
def test_one_number(text: str, unit: str, value: str, step: str) -> None:
    read = read_printed(text, unit)
    assert read is not None
    assert (read.value, read.step) == (Decimal(value), Decimal(step))
    assert not read.sign_is_open
    assert fault_of_printed(text, Decimal(value), unit, read) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("1億5", "百万円"),  # 105 or 150
        ("1億5", "円"),
        ("約41億円（うち国費2億円）", "円"),
        ("３～５件", "件"),
        ("精査中", "円"),
        ("", "円"),
        ("平成30年度", "人"),
        ("53達成", "項目"),
    ],
)
def test_what_says_no_single_number(text: str, unit: str) -> None:
    assert read_printed(text, unit) is None


@pytest.mark.parametrize("text", ["(89)", "（89）", "89千円を削減", "89千円の減"])
def test_brackets_and_words_leave_the_sign_open(text: str) -> None:
    read = read_printed(text, "千円")
    assert read is not None and read.sign_is_open
    for value in (89, -89):
        assert fault_of_printed(text, Decimal(value), "千円", read) is None
    assert "合いません" in str(fault_of_printed(text, Decimal(90), "千円", read))


def test_a_sign_in_brackets_is_a_sign() -> None:
    read = read_printed("(△89)", "千円")
    assert read is not None and not read.sign_is_open and read.value == -89


def test_a_misprinted_oku_is_read_and_told() -> None:
    read = read_printed("4憶2,148万1千円", "円")
    assert read is not None
    assert (read.value, read.misprint) == (421_481_000, "憶")
    assert read_printed("記憶", "円") is None


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("41億3,300万円", "4133000001", "円"),
        ("△45", "45", "千円"),
        ("45", "-45", "千円"),
        ("45人", "45", "件"),
        ("45千円", "45", "人"),
        ("18%", "18", "人"),
    ],
)
def test_a_value_that_contradicts_its_text(text: str, value: str, unit: str) -> None:
    read = read_printed(text, unit)
    assert read is not None
    assert fault_of_printed(text, Decimal(value), unit, read)


@pytest.mark.parametrize(("text", "unit"), [("5件", "項目"), ("1.2ポイント", "%"), ("3事業", "件")])
def test_units_that_stand_for_each_other(text: str, unit: str) -> None:
    read = read_printed(text, unit)
    assert read is not None
    assert fault_of_printed(text, read.value, unit, read) is None


def test_words_of_decrease() -> None:
    assert says_decrease("153人を 削減") and not says_decrease("153人")


@given(st.integers(-(10**12), 10**12), st.sampled_from(["千円", "百万円", "人", "㎡"]))
def test_any_plain_number_is_read_back(value: int, unit: str) -> None:
    text = f"△{-value:,}" if value < 0 else f"{value:,}"
    read = read_printed(text, unit)
    assert read is not None and read.value == value


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_oku_and_man_are_read_back(oku: int, man: int) -> None:
    read = read_printed(f"{oku:,}億{man:,}万円", "円")
    assert read is not None and read.value == oku * 10**8 + man * 10**4


@given(st.text(max_size=20), st.sampled_from(["円", "百万円", "人", "", "%"]))
def test_any_text_can_be_read(text: str, unit: str) -> None:
    read_printed(text, unit)
