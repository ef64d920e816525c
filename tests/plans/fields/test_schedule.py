from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.fields.schedule import Schedule, is_schedule, read_schedule

OFFSETS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925, "R.": 2018}
TO = st.sampled_from(["～", "〜", "~", "から", "より", "－", "-", "―", "–", "→"])
OPEN_TO = st.sampled_from(["～", "〜", "~", "－", "-", "―"])


@st.composite
def era_years(draw: st.DrawFn) -> tuple[str, str, int]:
    """Era, number and Western year."""
    era = draw(st.sampled_from(sorted(OFFSETS)))
    number = draw(st.integers(1, 40))
    printed = draw(st.sampled_from(["元", "1"])) if number == 1 else str(number)
    return era, printed, OFFSETS[era] + number


@st.composite
def disguised(draw: st.DrawFn, text: str) -> str:
    """The same text with any width and any white space between its characters."""
    glyphs = []
    for one in text:
        wide = chr(ord(one) + 0xFEE0) if "!" <= one <= "~" and draw(st.booleans()) else one
        glyphs.append(wide + draw(st.sampled_from(["", "", " ", "　", "\n", " \t"])))
    return "".join(glyphs)


def check(data: st.DataObject, text: str, expected: Schedule) -> None:
    printed = data.draw(disguised(text))
    assert read_schedule(printed) == expected
    assert read_schedule(printed, era="昭和") == expected
    assert is_schedule(printed)


@given(st.sampled_from(["毎年度", "毎年", "各年度"]), st.data())
def test_every_year(text: str, data: st.DataObject) -> None:
    check(data, text, Schedule("every_year"))


@given(era_years(), st.sampled_from(["", "中", "末", "内", "実施"]), st.data())
def test_single_year(year: tuple[str, str, int], tail: str, data: st.DataObject) -> None:
    era, number, western = year
    check(data, f"{era}{number}年度{tail}", Schedule("single_year", western, western))


@given(
    era_years(), st.one_of(OPEN_TO, st.sampled_from(["から", "より", "以降", "以後"])), st.data()
)
def test_from(year: tuple[str, str, int], tail: str, data: st.DataObject) -> None:
    era, number, western = year
    check(data, f"{era}{number}年度{tail}", Schedule("from", western, None))


@given(era_years(), OPEN_TO, st.sampled_from(["", "まで", "末"]), st.data())
def test_until_with_a_wave(
    year: tuple[str, str, int], wave: str, tail: str, data: st.DataObject
) -> None:
    era, number, western = year
    check(data, f"{wave}{era}{number}年度{tail}", Schedule("until", None, western))


@given(era_years(), st.sampled_from(["まで", "末まで"]), st.data())
def test_until_in_words(year: tuple[str, str, int], tail: str, data: st.DataObject) -> None:
    era, number, western = year
    check(data, f"{era}{number}年度{tail}", Schedule("until", None, western))


@given(era_years(), era_years(), TO, st.sampled_from(["", "まで", "末まで"]), st.data())
def test_range(
    one: tuple[str, str, int], other: tuple[str, str, int], to: str, tail: str, data: st.DataObject
) -> None:
    first, last = sorted((one, other), key=lambda year: year[2])
    text = f"{first[0]}{first[1]}年度{to}{last[0]}{last[1]}年度{tail}"
    check(data, text, Schedule("range", first[2], last[2]))


@given(
    st.sampled_from(sorted(OFFSETS)),
    st.integers(1, 30),
    st.integers(0, 10),
    TO,
    st.sampled_from(["年度", ""]),
    st.data(),
)
def test_range_with_a_shared_era(
    era: str, number: int, years: int, to: str, unit: str, data: st.DataObject
) -> None:
    """令和４年度～６年度, and 令和４～６年度: the second year's era is stated, not inferred."""
    first = OFFSETS[era] + number
    text = f"{era}{number}{unit}{to}{number + years}年度"
    check(data, text, Schedule("range", first, first + years))


@given(st.integers(1950, 2098), st.integers(0, 9), TO)
def test_western_ranges(first: int, years: int, to: str) -> None:
    expected = Schedule("range", first, first + years)
    assert read_schedule(f"{first}年度{to}{first + years}年度") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("７年度", Schedule("single_year", 2025, 2025, True)),
        ("16年度～18年度", Schedule("range", 2034, 2036, True)),
        ("３年度～", Schedule("from", 2021, None, True)),
        ("～６年度", Schedule("until", None, 2024, True)),
        ("６年度まで", Schedule("until", None, 2024, True)),
    ],
)
def test_years_without_an_era_take_the_documents_and_say_so(text: str, expected: Schedule) -> None:
    assert read_schedule(text, era="令和") == expected
    assert read_schedule(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平成30年度～令和２年度", Schedule("range", 2018, 2020)),
        ("平成31年度～令和元年度", Schedule("range", 2019, 2019)),
        ("令和3年4月～令和5年3月", Schedule("range", 2021, 2022)),
        ("令和４年度\n～６年度", Schedule("range", 2022, 2024)),
        ("H18～20", Schedule("range", 2006, 2008)),
        ("平成25（2013）年度", Schedule("single_year", 2013, 2013)),
    ],
)
def test_schedules_of_real_life(text: str, expected: Schedule) -> None:
    assert read_schedule(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "未定",
        "随時",
        "令和６年度～令和４年度",
        "令和３年～令和５年",
        "令和３年度に実施する",
        "10",
        "3～5",
        "平成",
        "年度",
        "～",
        "毎年度見直す",
    ],
)
def test_what_is_no_schedule_is_none(text: str) -> None:
    assert read_schedule(text, era="令和") is None
    assert not is_schedule(text)


@pytest.mark.parametrize("text", ["10", "2021", "7", "～10", "1-2"])
def test_a_bare_number_is_no_schedule_cell(text: str) -> None:
    """It could be an item's number."""
    assert not is_schedule(text)


def test_a_western_year_lends_its_century_not_an_era() -> None:
    assert read_schedule("2021～25年度", era="令和") in (None, Schedule("range", 2021, 2025))


@pytest.mark.parametrize("text", ["令和３年度ー", "ー令和３年度"])
def test_a_long_vowel_mark_is_a_dash_in_open_ranges_too(text: str) -> None:
    assert read_schedule(text) is not None


@given(
    st.one_of(
        st.text(max_size=20),
        st.text("令和平成昭RHS.元0123４５９年度月日～~-からまで末中毎各(（）) ٣", max_size=16),
    ),
    st.sampled_from([None, "令和", "平成", "昭和"]),
)
def test_no_text_raises_and_what_is_read_makes_sense(text: str, era: str | None) -> None:
    is_schedule(text)
    read = read_schedule(text, era)
    if read and read.start_fy is not None and read.end_fy is not None:
        assert read.start_fy <= read.end_fy
    if read:
        assert (read.start_fy is None) == (read.kind in ("every_year", "until"))
        assert (read.end_fy is None) == (read.kind in ("every_year", "from"))
