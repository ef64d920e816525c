"""Lines of tables taken from a PDF: no half of a name or of a sentence is read as the whole."""

from __future__ import annotations

import pytest

from pipelines.sources.workbooks.model import MergedRange
from tests.results.reading.sheets_of import read

HEAD = "番号|取組項目|担当課|取組実績|今後の方針"


def _held_back(rows: str, merged: tuple[MergedRange, ...] = ()) -> list[int]:
    reading = read(f"{HEAD}\n{rows}", merged)
    return [row for (_, row), one in reading.quarantined.items() if one.rule == "row_wrapped"]


@pytest.mark.parametrize(
    "rows",
    [
        "1|窓口業務の|市民課|4月に統合し、待ち時間が|\n|統合||10分短縮した。|",
        "1|窓口業務の|市民課|統合した。|\n|統合|||",
        "1|窓口|市民課|統合し、待ち時間|\n|||を短縮した。|",
        "1|窓口|市民課|①統合した。|続ける。\n|||②周知し|",
        "1|窓口|市民課|①統合|続ける。\n|||③周知|",
        "1|窓口|市民課|①統合した。|続ける。\n|||②周知|",  # no heading
        "1|窓口業務の|市民課|統合し、待ち時間が|広げ\n|統合||10分短縮した。|ていく。",
    ],
)
def test_both_lines_of_a_wrapped_cell_are_held_back(rows: str) -> None:
    assert _held_back(f"{rows}\n2|広告|管財課|掲載した。|") == [2, 3]
    before = f"2|広告|管財課|掲載した。|続ける。\n3|郵便|総務課|見直した。|続ける。\n{rows}"
    assert _held_back(before) == [4, 5]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("①統合した。", "②周知した。"),
        ("・統合", "・周知"),
        ("統合した。", "周知した。"),
        ("①統合", "②周知"),
    ],
)
def test_whole_lines_below_each_other_are_one_text(first: str, second: str) -> None:
    reading = read(
        f"{HEAD}\n1|窓口|市民課|{first}|続ける。\n|||{second}|\n2|広告|管財課|掲載した。|"
    )
    assert [one.texts["activity"] for one in reading.records] == [
        f"{first}\n{second}",
        "掲載した。",
    ]
    assert reading.aside["実績", 3] == "joined"


def test_lines_joined_are_held_back_with_a_half_below_them() -> None:
    rows = "1|窓口|市民課|統合した。|続ける。\n|||周知した。|\n|||待ち時間が|"
    assert sorted(_held_back(rows)) == [2, 3, 4]


def test_a_third_line_is_held_back_with_them() -> None:
    rows = "1|窓口業務の|市民課|統合し、|\n|統合||待ち時間が|\n|||短くなった。|"
    assert _held_back(rows) == [2, 3, 4]


@pytest.mark.parametrize(
    "rows",
    [
        "1|窓口の統合|市民課|統合した。|\n|電算の更新||更新した。|",  # an item of its own
        "1|窓口業務の|市民課|統合し、|\n2|統合|総務課|短縮した。|",
        "1|窓口の統合|市民課|統合した。|\n歳入の確保||||\n2|広告|管財課|掲載した。|",
    ],
)
def test_rows_of_their_own_are_not_taken_for_lines(rows: str) -> None:
    assert _held_back(rows) == []


def test_a_row_below_merged_cells_is_one_of_their_item() -> None:
    rows = "1|窓口|市民課|受付の|\n|||案内を増やした。|"
    merged = tuple(MergedRange(2, at, 3, at) for at in (1, 2, 3))
    assert _held_back(rows, merged) == []
    assert _held_back(rows) == [2, 3]


def test_a_note_below_a_text_is_a_note() -> None:
    rows = "1|窓口|市民課|統合した。|\n|||※ 3月末現在|"
    assert _held_back(rows) == []
    assert _held_back("1|窓口|市民課|統合した。|\n効果は次年度に現れる。||||") == []
