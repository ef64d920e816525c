"""A department below the item in its cell, where the heading of the column says so."""

from __future__ import annotations

import pytest

from tests.results.reading.sheets_of import read


def _texts(heading: str, cell: str) -> dict[str, str]:
    (record,) = read(f"令和5年度\n番号|{heading}|取組結果|評価\n1|{cell}|統合した。|A").records
    return record.texts


@pytest.mark.parametrize(
    ("heading", "cell", "department"),
    [
        ("取組項目_（担当課）", "投票所の統合_（総務課）", "総務課"),
        ("取組項目_(所管課名)", "投票所の統合　（総務課・財政課）", "総務課・財政課"),
        ("取組項目_【担当課】", "投票所の統合_【図書館】", "図書館"),
        ("取組項目_（担当課）", "投票所の統合_総務課", "総務課"),
    ],
)
def test_a_department_below_the_item(heading: str, cell: str, department: str) -> None:
    texts = _texts(heading, cell)
    assert (texts["item"], texts["department"]) == ("投票所の統合", department)


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("取組項目", "投票所の統合_（総務課）"),
        ("取組項目_（担当課）", "投票所の統合_（拡大分）"),
        ("取組項目_（担当課）", "投票所の統合"),
        ("取組項目_（新規）", "投票所の統合_（総務課）"),
    ],
)
def test_what_is_no_department_stays_with_the_item(heading: str, cell: str) -> None:
    texts = _texts(heading, cell)
    assert "department" not in texts and texts["item"] == cell.replace("_", "\n")
