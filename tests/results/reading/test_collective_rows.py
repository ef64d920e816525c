"""Rows of all departments above those of each: totals where they add up, else rows of their own."""

import pytest

from tests.results.reading.sheets_of import assert_accounted, read, rules


def sheet(whole: str, *parts: str, department: str = "全課") -> str:
    below = [f"||見本{at}課|{part}" for at, part in enumerate(parts, 1)]
    lines = ["番号|取組項目|担当課|効果額（千円）", f"1|時間外勤務の縮減|{department}|{whole}"]
    return "\n".join([*lines, *below, "2|電力の入札|管財課|300"])


def test_a_row_that_its_departments_add_up_to_is_a_total() -> None:
    reading = read(sheet("1,000", "600", "400"))
    assert [one.texts["department"] for one in reading.records] == ["見本1課", "見本2課", "管財課"]
    assert [(one.label, one.rows) for one in reading.totals] == [("全課", (3, 4))]
    assert "collective_row_is_total" in rules(reading)
    assert_accounted(reading)


@pytest.mark.parametrize(
    "text",
    [
        sheet("1,100", "600", "400"),
        sheet("1,000", "1,000"),
        sheet("1,000", "600", "調査中"),
        sheet("1,000", "600", "400", department="総務課"),
    ],
)
def test_any_other_row_stays(text: str) -> None:
    reading = read(text)
    assert reading.records[0].texts["department"] in ("全課", "総務課")
    assert "collective_row_is_total" not in rules(reading)
