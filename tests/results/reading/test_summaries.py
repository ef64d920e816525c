"""Tables that sum up those of items are not published beside them; nor are sides of comparisons."""

from __future__ import annotations

import pytest

from pipelines.sources.workbooks.model import Sheet
from tests.results.reading.sheets_of import read, read_sheet, rows_of, rules

SUMMARY = "\n".join(
    [
        "令和5年度　効果額（単位：千円）",
        "区分|目標額|実績額",
        "歳入確保|100|120",
        "歳出削減|200|180",
        "計|300|300",
    ]
)
ITEMS = (
    "令和5年度　効果額（単位：千円）\n取組項目|担当課|目標額|実績額\n"
    "広告|管財課|40|50\n寄附|企画課|60|70\n電力|管財課|200|180\n計||300|300"
)


def test_a_summary_above_its_items_is_set_aside_and_told() -> None:
    reading = read(f"{SUMMARY}\n\n{ITEMS}")
    assert [one.texts.get("item") for one in reading.records] == ["広告", "寄附", "電力"]
    assert [reading.aside["実績", row] for row in (3, 4, 5)] == ["total"] * 3
    assert "table_sums_up_another" in rules(reading)
    assert [total.row for total in reading.totals] == [12, 12]


def test_items_may_stand_on_several_sheets() -> None:
    first, second = (
        ITEMS.split("電力")[0],
        "\n".join(ITEMS.split("\n")[:2]) + "\n電力|管財課|200|180",
    )
    sheets = [("総括", SUMMARY), ("歳入", first.rstrip()), ("歳出", second)]
    reading = read_sheet(*(Sheet(name, rows_of(text)) for name, text in sheets))
    assert {one.sheet for one in reading.records} == {"歳入", "歳出"}


@pytest.mark.parametrize(
    "items",
    [
        ITEMS.replace("|200|180", "|200|190"),  # other sums
        ITEMS.replace("千円", "百万円"),
        ITEMS.replace("令和5", "令和4"),
        ITEMS.replace("|200|180", "|200|約"),
    ],
)
def test_a_table_with_other_sums_stays(items: str) -> None:
    reading = read(f"{SUMMARY}\n\n{items}")
    assert {"歳入確保", "歳出削減"} <= {one.texts.get("category") for one in reading.records}


def test_a_summary_alone_stays() -> None:
    assert len(read(SUMMARY).records) == 2


def test_what_there_was_before_and_after_is_no_effect() -> None:
    reading = read(
        "令和5年度　見直し効果\n取組項目|担当課|区分|金額（千円）\n電力|管財課|見直し前|50\n"
        "||見直し後|42\n||効果額|8\n電話|総務課|見直し前|5\n||見直し後|4\n||効果額|1"
    )
    found = [(one.texts["item"], one.values[0].text) for one in reading.records]
    assert found == [("電力", "8"), ("電話", "1")]
    told = [one.value for one in reading.findings if one.rule == "side_of_comparison"]
    assert told == ["見直し前", "見直し後"] * 2
