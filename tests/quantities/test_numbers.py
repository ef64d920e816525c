import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.quantities.numbers import read_number, read_quantities, unit_kinds

WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("160人を養成", 160, "人"),
        ("１，２３４件", 1234, "件"),
        ("82.2％", 82.2, "％"),
        ("2.0 人", 2.0, "人"),
        ("220億円", 220, "億円"),
        ("1億2,300万円", 123_000_000, "円"),
        ("約72,000㎡", 72_000, "㎡"),
        ("▲5.2％", -5.2, "％"),
        ("概ね１割", 1, "割"),
        ("11ポイント上昇", 11, "ポイント"),
        ("県内3位", 3, "位"),
        ("850ｇ以下", 850, "ｇ"),
        ("120時間以内", 120, "時間"),
        ("５日短縮", 5, "日"),
        ("５か年", 5, "か年"),
    ],
)
def test_values_and_units(text: str, value: float, unit: str) -> None:
    (found,) = read_quantities(text)
    assert (found.value, found.unit) == (value, unit.translate({ord("％"): "%", ord("ｇ"): "g"}))


@pytest.mark.parametrize(
    "text",
    [
        "令和７年度", "2015年９月", "平成27年４月１日", "第３次計画", "8:30から", "1-1", "①",
        "４出張所", "第14項", "R3", "3R運動", "17のゴール", "５月号", "人口", "２回目",
    ],
)  # fmt: skip
def test_what_is_no_quantity(text: str) -> None:
    assert read_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "bound", "about"),
    [
        ("100人以上", "at_least", False),
        ("90％以下", "at_most", False),
        ("20億円を超える", "more_than", False),
        ("2.0人未満", "less_than", False),
        ("４業務程度", None, True),
        ("約30人", None, True),
        ("30人", None, False),
    ],
)
def test_bounds_and_approximation(text: str, bound: str | None, about: bool) -> None:
    (found,) = read_quantities(text)
    assert (found.bound, found.is_approximate) == (bound, about)
    assert found.text in text


def test_ranges_and_pairs() -> None:
    (range_,) = read_quantities("毎年３～５件")
    assert (range_.value, range_.value_upper) == (3, 5)
    assert [one.value for one in read_quantities("３施設から５施設へ")] == [3, 5]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,234", (1234, "")),
        ("(12)", (-12, "")),
        ("▲5.2％", (-5.2, "%")),
        ("約30人", (30, "人")),
        ("1億2300万円", (123_000_000, "円")),
        ("１２．５", (12.5, "")),
        ("", None),
        ("-", None),
        ("R3", None),
        ("未定", None),
        ("10件（うち新規2件）", None),
    ],
)
def test_whole_cells(text: str, found: tuple[float, str] | None) -> None:
    assert read_number(text) == found


NUMBERS = st.decimals(min_value=0, max_value=99_999_999, places=1, allow_nan=False)
UNITS = st.sampled_from(sorted(set(unit_kinds()) - {"度", "分", "日", "時間", "分間", "度数"}))


@given(NUMBERS, UNITS, st.booleans(), st.booleans(), st.sampled_from(["", "約", "概ね"]))
def test_a_printed_number_is_read_back(
    number: object, unit: str, commas: bool, wide: bool, about: str
) -> None:
    printed = f"{number:,}" if commas else f"{number}"
    printed = printed.removesuffix(".0")
    shown = printed.translate(WIDE) if wide else printed
    text = f"目標は、{about}{shown}{unit}とする。"
    (found,) = read_quantities(text)
    assert found.value == float(printed.replace(",", ""))
    assert found.unit == unit
    assert found.is_approximate == bool(about)
    assert text[found.start : found.end] == found.text


@given(
    st.text(
        alphabet="0123456789０１２年月日人件円%％億万千.,、。約～から第()（）▲-以上", max_size=60
    )
)
def test_any_text_can_be_read(text: str) -> None:
    for found in read_quantities(text):
        assert text[found.start : found.end] == found.text
        assert found.end > found.start
    read_number(text)
