"""Items that stand side by side, and sheets that only look so."""

from __future__ import annotations

import pytest

from tests.results.reading.sheets_of import read

ACROSS = """
    取組項目|総合窓口|共同徴収
    担当課|市民課|収納課
    取組実績|開設した。|協定を結んだ。
    評価|A|B
"""


def test_each_column_is_an_item() -> None:
    first, second = read(ACROSS).records
    assert first.texts["item"] == "総合窓口"
    assert second.texts == {
        "item": "共同徴収",
        "department": "収納課",
        "activity": "協定を結んだ。",
        "rating": "B",
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("総合窓口|共同徴収", "上半期|下半期"),
        ("総合窓口|共同徴収", "市民課|税務課"),
        ("総合窓口|共同徴収", "令和4年度|令和5年度"),
        ("総合窓口|共同徴収", "1|2"),
        ("総合窓口|共同徴収", "目標|実績"),
    ],
)
def test_other_columns_are_no_items(old: str, new: str) -> None:
    text = ACROSS.replace(old, new)
    if "上半期" in new:
        text = text.replace("担当課|市民課|収納課\n", "担当課|市民課|\n")
    items = {record.texts.get("item") for record in read(text).records}
    assert items.isdisjoint(new.split("|"))
