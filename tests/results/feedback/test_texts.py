from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.results.feedback.texts import (
    CELL_LIMIT,
    cell_text,
    legal,
    one_line,
    shown,
    without_formula,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\r\n乙\r丙\n丁", "甲\n乙\n丙\n丁"),
        ("a\x00\x0b\x1b\x85\ud800\uffffb\tc", "a" + "\ufffd" * 6 + "b\tc"),
        ("髙𠮷①㈱", "髙𠮷①㈱"),
    ],
)
def test_what_xml_cannot_hold_is_shown_as_replaced(text: str, expected: str) -> None:
    assert legal(text) == expected


def test_a_cell_holds_no_more_than_excel_allows() -> None:
    assert cell_text("甲" * CELL_LIMIT) == "甲" * CELL_LIMIT
    cut = cell_text("𠮷" * CELL_LIMIT)
    assert len(cut.encode("utf-16-le")) // 2 <= CELL_LIMIT and cut.endswith("（以下略）")


def test_texts_that_turn_or_run_on_are_tamed_for_people() -> None:
    assert shown("abc\u202egpj.exe") == "abc\ufffdgpj.exe"
    assert shown("甲" * 1500, 200) == "甲" * 200 + "…（ほか1,300文字）"
    assert one_line("甲\n\t 乙 ") == "甲 乙"


@pytest.mark.parametrize(
    "text", ["=1+1", " =1", "+cmd|x", "-2+3", "@SUM(1)", "＝１", "\t=1", "'x", "-", "--x"]
)
def test_what_may_begin_a_formula_gets_an_apostrophe(text: str) -> None:
    expected = text if text == "-" else f"'{text}"
    assert without_formula(text) == expected


@pytest.mark.parametrize("text", ["-300", "－１，２００", "+5%", "－", "△45", "1-1", "12", ""])
def test_numbers_and_dashes_stay_as_they_are(text: str) -> None:
    assert without_formula(text) == text


@given(st.text())
def test_one_apostrophe_less_gives_the_text_back(text: str) -> None:
    assert without_formula(text).removeprefix("'") == text.removeprefix("'") or text[:1] == "'"
    safe = without_formula(text)
    assert (safe[1:] if safe.startswith("'") else safe) == text
