from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.labels import circled_number, label_of
from pipelines.plans.lines import Line

# printed line: kind, label, what follows
LABELS: dict[str, tuple[str, str, str]] = {
    "第１章　基本方針": ("chapter", "第１章", "基本方針"),
    "第 三 編 計画": ("chapter", "第三編", "計画"),
    " ① 協働の推進": ("circled", "①", "協働の推進"),
    "㉑職員の育成": ("circled", "㉑", "職員の育成"),
    "(1) 改革の趣旨": ("paren_number", "(1)", "改革の趣旨"),
    "（１０）窓口": ("paren_number", "（１０）", "窓口"),
    "(ｱ) 電子申請": ("paren_kana", "(ｱ)", "電子申請"),
    "（ イ ）電子申請": ("paren_kana", "（イ）", "電子申請"),
    "1-1 窓口の改善": ("path_number", "1-1", "窓口の改善"),
    "２－３－４　窓口": ("path_number", "２－３－４", "窓口"),
    "1.2 窓口": ("path_number", "1.2", "窓口"),
    "１　窓口の改善": ("number", "１", "窓口の改善"),
    "12. 窓口": ("number", "12.", "窓口"),
    "3、窓口": ("number", "3、", "窓口"),
    "47": ("number", "47", ""),
    "ア 窓口の改善": ("kana", "ア", "窓口の改善"),
    "イ．窓口": ("kana", "イ．", "窓口"),
    "⇒ 手続を改める": ("note", "⇒", "手続を改める"),
    "※１ 用語の説明": ("footnote", "※１", "用語の説明"),
    "・窓口の改善": ("bullet", "・", "窓口の改善"),
    "　○ 窓口": ("bullet", "○", "窓口"),
    "- 窓口": ("bullet", "-", "窓口"),
}
NO_LABEL = [
    "",
    "窓口の改善",
    "10年後のまち",
    "3月までに行う",
    "アンケートの実施",
    "2030年までに",
    "※用語の説明",
    "-1度",
    "令和３年度",
    "1,000人",
]


@pytest.mark.parametrize("text", LABELS)
def test_labels(text: str) -> None:
    label = label_of(Line(9, text, 2))
    assert label is not None
    assert (label.kind, label.text, label.rest.text) == LABELS[text]
    assert (label.rest.number, label.rest.page) == (9, 2)


@pytest.mark.parametrize("text", NO_LABEL)
def test_lines_without_a_label(text: str) -> None:
    assert label_of(Line(1, text)) is None


@pytest.mark.parametrize("text", ["3.5％の削減", "12.5人の職員", "0.5%増"])
def test_a_decimal_number_is_no_label(text: str) -> None:
    assert label_of(Line(1, text)) is None


@given(st.text("１２12①(（）)ｱア・※第章-.、 　年市⇒", max_size=12))
def test_label_and_rest_are_the_whole_line(text: str) -> None:
    label = label_of(Line(1, text))
    if label:
        assert label.text
        assert "".join((label.text + label.rest.text).split()) == "".join(text.split())


def test_circled_numbers() -> None:
    assert [circled_number(mark) for mark in "①⑨⑩⑳"] == [1, 9, 10, 20]
    assert [circled_number(mark) for mark in ("", "1", "①②", "㉑", "ア")] == [None] * 5
