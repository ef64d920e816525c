from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.workbooks.number_formats import displayed_number, displayed_text

SHOWN = [
    (0.931, "0.0%", "93.1%"),
    (0.931, "0%", "93%"),
    (98.5, '0.0"%"', "98.5%"),
    (98.5, "0.0\\%", "98.5%"),
    (16565, "#,##0", "16,565"),
    (-16565, "#,##0", "-16,565"),
    (-16565, "#,##0;△#,##0", "△16,565"),
    (-16565, "#,##0;▲ #,##0", "▲ 16,565"),
    (-16565, "#,##0_);(#,##0)", "(16,565)"),
    (-16565, "#,##0;[Red]-#,##0", "-16,565"),
    (-16565, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "-16,565"),
    (0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
    (0, '#,##0;△#,##0;"－"', "－"),
    (16565, '#,##0"千円"', "16,565千円"),
    (16565400, '#,##0,"千円"', "16,565千円"),
    (16565400, "#,##0,,", "17"),
    (16565400, "0.0,,", "16.6"),
    (-5, "[<0]▲#,##0;#,##0", "▲5"),
    (-5, "[>=0]#,##0;▲#,##0", "▲5"),
    (0, '[=0]"-";#,##0', "-"),
    (-3, '[=0]"-";#,##0', "-3"),
    (150, '[>=100]"多";[>=10]"中";"少"', "多"),
    (15, '[>=100]"多";[>=10]"中";"少"', "中"),
    (1, '[>=100]"多";[>=10]"中";"少"', "少"),
    (5, '"¥"#,##0;[Red]"¥"\\-#,##0', "¥5"),
    (-5, "[$¥-411]#,##0;[Red]-[$¥-411]#,##0", "-¥5"),
    (5, "000", "005"),
    (0.5, ".00", ".50"),
    (0.5, "#.00", ".50"),
    (5, "0.##", "5"),
    (5.25, "0.0#", "5.25"),
    (5.2, "0.0#", "5.2"),
    (1, "0課", "1課"),
    (956600, '#"億"0000"万円"', "95億6600万円"),
    (1234567, "000-0000", "123-4567"),
    (12345, "0.00E+00", "1.23E+04"),
    (0.5, "# ?/?", "0.5"),
    (2.675, "0.00", "2.68"),
    (0.125, "0.00", "0.13"),
    (-7, 'General"人"', "-7人"),
    (95.66, "G/標準", "95.66"),
    (0.1 + 0.2, "General", "0.3"),
    (1 / 3, "General", "0.333333333"),
    (1e-05, "General", "0.00001"),
    (1.23456789e-05, "General", "1.23457E-05"),
    (1234567.891, "General", "1234567.891"),
    (123456789012, "General", "123456789012"),
    (-1200.0, "General", "-1200"),
    (-0.0, "General", "0"),
    (7, "@", "7"),
    (1.7976931348623151e308, "@", "1.79769E+308"),
    (0.5, "h:mm", "12:00"),
    (0.75, "h:mm AM/PM", "6:00 PM"),
    (1.5, "[h]:mm", "36:00"),
    (0.5, 'h"時"mm"分"', "12時00分"),
]


@pytest.mark.parametrize(("value", "code", "text"), SHOWN)
def test_a_number_is_read_as_shown(value, code, text):
    assert displayed_number(value, code).text == text


DATED = [
    (45016, "yyyy/m/d", "2023-03-31", ["date"]),
    (45016, '[$-411]ggge"年"m"月"d"日"', "2023-03-31", ["date"]),
    (45016, "[$-411]ge.m.d", "2023-03-31", ["date"]),
    (45016, "mm-dd-yy", "2023-03-31", ["date"]),
    (45016, 'yyyy"年"m"月"', "2023-03", ["date"]),
    (43586, '[$-411]ggge"年度"', "令和1年度", ["date"]),
    (43585, '[$-411]ggge"年度"', "平成31年度", ["date"]),
    (45016, 'yyyy"年度"', "2023年度", ["date"]),
    (45016.4375, "yyyy/m/d h:mm", "2023-03-31T10:30:00", ["date"]),
    (45016.4375, "yyyy/m/d", "2023-03-31", ["date"]),
    (45017, 'm"月"d"日"', "2023-04-01", ["date", "date_suspect"]),
    (45017, "d-mmm", "2023-04-01", ["date", "date_suspect"]),
    (45017, "mmm-yy", "2023-04", ["date", "date_suspect"]),
    (1, "yyyy/m/d", "1900-01-01", ["date"]),
    (59, "yyyy/m/d", "1900-02-28", ["date"]),
    (61, "yyyy/m/d", "1900-03-01", ["date"]),
    # 29 February 1900, numbers below zero and the year 10000 are no dates.
    (60, "yyyy/m/d", "60", []),
    (-1, "yyyy/m/d", "-1", []),
    (1e9, "yyyy/m/d", "1000000000", []),
]


@pytest.mark.parametrize(("value", "code", "text", "marks"), DATED)
def test_a_date_becomes_iso_and_a_label_turned_date_is_told(value, code, text, marks):
    shown = displayed_number(value, code)
    assert (shown.text, [mark.kind for mark in shown.marks]) == (text, marks)


def test_days_may_be_counted_from_1904():
    assert displayed_number(45016 - 1462, "yyyy/m/d", is_1904=True).text == "2023-03-31"


def test_a_suspect_date_tells_what_was_shown():
    marks = displayed_number(45017, 'm"月"d"日"').marks
    assert {mark.kind: mark.detail for mark in marks}["date_suspect"] == "4月1日"


@pytest.mark.parametrize(
    ("value", "code", "marks"),
    [
        (0.931, "0.0%", {"percent": "0.931"}),
        (0.93124, "0.0%", {"percent": "0.93124", "rounded": "0.93124"}),
        (16565400, "#,##0,", {"rounded": "16565400"}),
        (1234.5, "#,##0", {"rounded": "1234.5"}),
        (1234, "#,##0", {}),
        (0.1 + 0.2, "0.0", {}),
        (0, "#,##0;-#,##0;", {"unseen": "0"}),
        (12, ";;;", {"unseen": "12"}),
    ],
)
def test_marks_tell_what_the_text_hides(value, code, marks):
    assert {mark.kind: mark.detail for mark in displayed_number(value, code).marks} == marks


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("順調", "General", "順調"),
        ("順調", "#,##0", "順調"),
        ("見本", '@"課"', "見本課"),
        ("見本", '0;0;0;"（"@"）"', "（見本）"),
        ("見本", ";;;", ""),
    ],
)
def test_a_format_may_change_a_text(text, code, shown):
    assert displayed_text(text, code).text == shown


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False),
    st.integers(min_value=0, max_value=4),
)
def test_thousands_and_decimals_keep_the_number(value, places):
    code = "#,##0" + ("." + "0" * places if places else "")
    text = displayed_number(float(value), code).text
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert Decimal(text.replace(",", "")) == rounded


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=30))
def test_no_format_breaks_the_reader(value, code):
    assert isinstance(displayed_number(value, code).text, str)


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(alphabet='0#?.,%;[]<>=-"\\_*@ymdhsgeaE+/△▲G標準AMP ', max_size=30),
)
def test_no_broken_format_breaks_the_reader(value, code):
    assert isinstance(displayed_number(value, code).text, str)
