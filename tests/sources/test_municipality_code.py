from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.municipality_code import check_digit, fault_of_code
from pipelines.sources.prefectures import prefecture_names

FIVE_DIGITS = st.text("0123456789", min_size=5, max_size=5)


def check_digit_by_the_ministry(first_five: str) -> str:
    """The rule as 総務省 words it: 積の和を11で除し、商と剰余を求め、11から剰余を引いた数の下1桁。

    積の和が11より小さいときは、11からその和を引く。
    """
    total = 0
    for place in range(5):
        total += (6 - place) * (ord(first_five[place]) - ord("0"))
    difference = 11 - total if total < 11 else 11 - (total - 11 * (total // 11))
    return f"{difference:02d}"[-1]


@given(FIVE_DIGITS)
def test_check_digit_agrees_with_a_second_implementation(first_five: str) -> None:
    assert check_digit(first_five) == check_digit_by_the_ministry(first_five)


# Published codes of prefectures, where the remainder takes its special values 0, 1 and 10 too.
@pytest.mark.parametrize("code", ["010006", "020001", "070009", "100005", "130001", "470007"])
def test_published_codes_are_sound(code: str) -> None:
    assert fault_of_code(code) is None


def test_the_fictional_municipality_is_sound() -> None:
    assert fault_of_code("990019") is None


@given(FIVE_DIGITS)
def test_exactly_one_of_ten_last_digits_is_sound(first_five: str) -> None:
    sound = [last for last in "0123456789" if fault_of_code(first_five + last) is None]
    assert sound == [check_digit_by_the_ministry(first_five)]


@given(FIVE_DIGITS, st.integers(0, 4), st.integers(1, 9))
def test_one_mistyped_digit_is_found_unless_both_have_one_check_digit(
    first_five: str, place: int, step: int
) -> None:
    other = str((int(first_five[place]) + step) % 10)
    mistyped = first_five[:place] + other + first_five[place + 1 :]
    code = mistyped + check_digit_by_the_ministry(first_five)
    same = check_digit_by_the_ministry(mistyped) == check_digit_by_the_ministry(first_five)
    assert (fault_of_code(code) is None) == same


def test_a_wrong_check_digit_names_the_code_and_the_right_one() -> None:
    fault = fault_of_code("990018")
    assert fault is not None
    assert "990018" in fault
    assert "990019" in fault
    assert "検査数字" in fault


@pytest.mark.parametrize(
    "code", ["", "99001", "9900190", "９９００１９", "99001x", "990019\n", " 990019", "٩٩٠٠١٩"]
)
def test_anything_but_six_ascii_digits_is_told(code: str) -> None:
    fault = fault_of_code(code)
    assert fault is not None
    assert "6桁" in fault


def test_prefectures_are_the_47_and_the_fictional_one() -> None:
    names = prefecture_names()
    assert list(names) == [f"{number:02d}" for number in range(1, 48)] + ["99"]
    assert names["99"] == "見本県"
    assert len(set(names.values())) == 48
    assert all(name[-1] in "都道府県" for name in names.values())
