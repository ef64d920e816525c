from __future__ import annotations

from typing import Any

import pytest

from pipelines.results.model import ColumnRole, Section, SheetReading, StatedTotal
from pipelines.results.totals import total_checks
from pipelines.sources.sheet_profile import SheetProfile
from tests.results.samples import CODE, PLAN_ID, REDUCTION, STUB, record, source


def checked(
    amounts: list[str], *totals: StatedTotal, role: ColumnRole = REDUCTION
) -> tuple[list[Any], list[str]]:
    records = [
        record(at, (role, text), measure=f"取組{at}") for at, text in enumerate(amounts, start=5)
    ]
    reading = SheetReading(records=records, totals=list(totals))
    rows, findings = total_checks(reading, source(), STUB, SheetProfile())
    return rows, [finding.rule for finding in findings]


def total(text: str, *rows: int, at: int = 20, **more: Any) -> StatedTotal:
    role = more.pop("role", REDUCTION)
    return StatedTotal("実績", at, "小計", role, text, rows, **more)


def test_a_subtotal_that_agrees() -> None:
    ((row,), findings) = checked(["△10", "△ 20", "-"], total("△30", 5, 6, 7))
    assert row["check_id"].startswith(f"{CODE}-c")
    assert {name: row[name] for name in ("expected", "found", "difference", "unit")} == {
        "expected": 30_000, "found": 30_000, "difference": 0, "unit": "円",
    }  # fmt: skip
    assert (row["outcome"], row["check_kind"], row["label"]) == ("agrees", "sum", "小計")
    assert (row["plan_id"], row["fiscal_year"], row["row"]) == (PLAN_ID, 2023, 20)
    assert not findings


@pytest.mark.parametrize(
    ("amounts", "stated", "outcome"),
    [
        (["△10", "△20"], "30", "agrees"),
        (["10", "△20"], "△10", "agrees"),
        (["10", "△20"], "10", "disagrees"),
        (["10", "20"], "31", "disagrees"),
        (["10", "20", "30", "40"], "101", "disagrees"),
        (["1.4億円", "2.3億円"], "3.8億円", "rounding"),
        (["1.4億円", "2.3億円"], "3.9億円", "disagrees"),
        (["10百万円", "20百万円"], "30,700", "rounding"),
        (["10百万円", "20百万円"], "31,700", "disagrees"),
        (["10,400円", "20,300円"], "31", "rounding"),
        (["10,400円", "20,300円"], "30", "disagrees"),
        (["10", "20"], "33", "disagrees"),
        (["10円", "20円"], "31円", "disagrees"),
        (["4,610千円", "8,907千円"], "1,352万円", "rounding"),
    ],
)
def test_agreeing_rounding_and_disagreeing(amounts: list[str], stated: str, outcome: str) -> None:
    ((row,), findings) = checked(amounts, total(stated, 5, 6))
    assert row["outcome"] == outcome
    assert row["difference"] == row["found"] - row["expected"]
    assert findings == (["subtotal_disagrees"] if outcome == "disagrees" else [])


def test_a_total_of_which_only_the_main_rows_are_listed() -> None:
    ((row,), findings) = checked(["10", "20"], total("90", 5, 6, is_partial=True))
    assert (row["check_kind"], row["outcome"]) == ("against_results", "disagrees")
    assert "主な取組だけ" in row["explanation"]
    assert not findings


def test_totals_of_totals() -> None:
    parts = [total("30", 5, 6, at=20), total("50", 7, at=21)]
    rows, findings = checked(
        ["10", "20", "50"], *parts, total("80", 20, 21, at=22, sums_totals=True)
    )
    assert [(row["expected"], row["outcome"]) for row in rows] == [
        (30_000, "agrees"), (50_000, "agrees"), (80_000, "agrees"),
    ]  # fmt: skip
    assert not findings
    assert len({row["check_id"] for row in rows}) == 3


def test_each_column_has_its_own_total() -> None:
    revenue = ColumnRole("amount", unit="千円", effect_kind="revenue_increase")
    records = [record(5, (REDUCTION, "10"), (revenue, "70"), measure="取組")]
    totals = [total("10", 5), total("70", 5, role=revenue)]
    rows, findings = total_checks(
        SheetReading(records=records, totals=totals), source(), STUB, SheetProfile()
    )
    assert [row["found"] for row in rows] == [10_000, 70_000]
    assert not findings


def test_a_total_with_the_year_of_its_section() -> None:
    role = ColumnRole("amount", fiscal_year=2019, effect_kind="cost_reduction")
    section = Section(label="令和元年度における削減額", fiscal_year=2019)
    ((row,), _) = checked(["10"], total("10千円", 5, role=role, section=section))
    assert (row["fiscal_year"], row["outcome"]) == (2019, "agrees")


def test_a_total_of_several_years_has_no_year() -> None:
    ((row,), _) = checked(["10"], total("10", 5, section=Section(period=(2019, 2022))))
    assert row["fiscal_year"] is None


def test_totals_of_counts_keep_their_unit() -> None:
    role = ColumnRole("actual", unit="件")
    ((row,), findings) = checked(["1,200", "3件"], total("1,203", 5, 6, role=role), role=role)
    assert (row["unit"], row["found"], row["outcome"]) == ("件", 1203, "agrees")
    assert not findings


def test_what_cannot_be_compared_is_told() -> None:
    rows, findings = checked(["10"], total("別紙", 5), total("10", 99), total("-", 5))
    assert not rows
    assert findings == ["total_unreadable", "total_without_rows", "total_unreadable"]


def test_rows_that_cannot_be_read_are_named() -> None:
    ((row,), findings) = checked(["10", "精査中"], total("30", 5, 6))
    assert "1 行" in row["explanation"]
    assert findings == ["subtotal_disagrees"]


def test_counts_have_no_slack_and_shares_that_of_their_decimals() -> None:
    count, share = ColumnRole("actual", unit="件"), ColumnRole("actual", unit="%")
    ((row,), _) = checked(["3", "4", "5"], total("13", 5, 6, 7, role=count), role=count)
    assert row["outcome"] == "disagrees"
    ((row,), _) = checked(["33.3", "33.3", "33.3"], total("100.0", 5, 6, 7, role=share), role=share)
    assert row["outcome"] == "rounding"
    ((row,), _) = checked(["33.3", "33.3", "33.3"], total("100", 5, 6, 7, role=share), role=share)
    assert row["outcome"] == "rounding"
    ((row,), _) = checked(["33", "33"], total("66.5", 5, 6, role=share), role=share)
    assert row["outcome"] == "rounding"


def test_a_row_of_several_years_counts_with_each_of_its_records() -> None:
    roles = [ColumnRole("amount", year, "千円") for year in (2021, 2022)]
    records = [
        record(at, (role, "10"), measure=f"取組{at}", fiscal_year=f"{role.fiscal_year}年度")
        for at in (5, 6)
        for role in roles
    ]
    totals = [total("20", 5, 6, role=role) for role in roles]
    rows, findings = total_checks(
        SheetReading(records=records, totals=totals), source(), STUB, SheetProfile()
    )
    assert [row["outcome"] for row in rows] == ["agrees", "agrees"]
    assert not findings


def test_amounts_that_say_their_own_kind_are_in_the_total_of_their_column() -> None:
    role = ColumnRole("amount", unit="千円", effect_kind="other")
    cost = ColumnRole("amount", unit="千円", effect_kind="cost_reduction")
    records = [
        record(5, (role, "（歳入）10"), (cost, "7"), measure="広告"),
        record(6, (role, "（歳出）20"), (cost, "8"), measure="委託"),
    ]
    reading = SheetReading(records=records, totals=[total("30", 5, 6, role=role)])
    ((row,), findings) = total_checks(reading, source(), STUB, SheetProfile())
    assert (row["found"], row["outcome"], findings) == (30_000, "agrees", [])
