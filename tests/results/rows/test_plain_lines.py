"""Plain records give the rows that a thorough look at them gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.results.model import ColumnRole, Record, Section
from pipelines.results.rows import plain_lines
from pipelines.sources.sheet_profile import SheetProfile
from tests.results.samples import ITEMS, STUB, department, plan, record, rows_of

PLANNED, ACTUAL = ColumnRole("planned"), ColumnRole("actual")
TEXTS = ("item", "department", "indicator", "unit", "fiscal_year", "due_fy", "edition")
CELLS = st.sampled_from(
    ["12", "3.5", "007", "", "-", "約3", "50 (61)", "3件", "5万円", "集計中", "a:1"]
)
YEARS = st.sampled_from(["2021", "2022", "令和4年度", "4000", "", "来年"])


def read_both_ways(records: list[Record], monkeypatch: Any, **more: Any) -> tuple[Any, Any]:
    quick = rows_of(*records, **more)
    with monkeypatch.context() as patched:
        patched.setattr(plain_lines.PlainLines, "rows", lambda *_: [])
        return quick, rows_of(*records, **more)


def of_one_table(
    cells: list[tuple[str, str, str]], roles: tuple[ColumnRole, ...], **texts: str
) -> list[Record]:
    """Records that share roles, section and fields asked, as those of one table do."""
    section = Section(unit=texts.pop("section_unit", None))
    asked = frozenset(TEXTS)
    rows = []
    for at, (planned, actual, year) in enumerate(cells, start=5):
        values = [(roles[0], planned), (roles[1], actual)]
        one = record(at, *values, section=section, **{**texts, "fiscal_year": year})
        one.asked, one.roles, one.section = asked, roles, section
        rows.append(one)
    return rows


@given(
    st.lists(st.tuples(CELLS, CELLS, YEARS), max_size=8),
    st.sampled_from(["件", "万件", "", "%"]),
    st.sampled_from(["統廃合数", "市税の収納率", ""]),
    st.sampled_from(["市税収納率の向上", "公共施設の統廃合の推進", "別の項目"]),
)
@pytest.mark.parametrize("register", [(), (department("財政課", valid_to="2022-03-31"),)])
def test_plain_records_are_read_like_all_others(
    register: Any,
    cells: list[tuple[str, str, str]],
    unit: str,
    name: str,
    item: str,
) -> None:
    records = of_one_table(
        cells,
        (PLANNED, ACTUAL),
        item=item, department="財政課", indicator=name, unit=unit, due_fy="令和7年度",
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as monkeypatch:
        context = plan(departments=register)
        quick, thorough = read_both_ways(records, monkeypatch, plan=context)
    assert quick == thorough


@pytest.mark.parametrize(
    "roles",
    [
        (ColumnRole("planned", unit="件"), ColumnRole("actual", unit="件")),
        (ColumnRole("planned", unit="件"), ColumnRole("actual", unit="人")),
        (ColumnRole("planned", fiscal_year=2020), ColumnRole("actual", fiscal_year=2020)),
        (ColumnRole("planned", pair="actual"), ColumnRole("actual")),
        (ColumnRole("planned", indicator="甲"), ColumnRole("actual", indicator="乙")),
        (ColumnRole("actual"), ColumnRole("actual", unit="件")),
        (ColumnRole("amount", unit="千円"), ColumnRole("actual")),
    ],
)
@pytest.mark.parametrize("profile", [SheetProfile(), SheetProfile(units={"actual": "人"})])
def test_headings_that_say_more_are_heeded(
    roles: Any, profile: SheetProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = [("3", "4", "2021"), ("5", "6", "2022")]
    texts = {"item": ITEMS[1].title, "department": "財政課", "indicator": "統廃合数"}
    records = of_one_table(cells, roles, **texts)
    quick, thorough = read_both_ways(records, monkeypatch, profile=profile)
    assert quick == thorough
    assert sum(map(len, quick.rows.values())) + len(quick.quarantined) >= 2


def test_most_rows_of_a_large_table_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [("3", "4", str(year)) for year in (2021, 2022) * 10]
    texts = {"item": "取組", "department": "財政課", "indicator": "統廃合数"}
    records = of_one_table(cells, (PLANNED, ACTUAL), **texts)
    for at, one in enumerate(records):
        one.texts["item"] += str(at // 2)
    found: list[int] = []
    rows = plain_lines.PlainLines.rows

    def counted(self: Any, *given: Any) -> Any:
        found.append(len(made := rows(self, *given)))
        return made

    monkeypatch.setattr(plain_lines.PlainLines, "rows", counted)
    assert len(rows_of(*records, plan=STUB).rows["indicator_results"]) == 20
    assert sum(found) == 18  # a year is read thoroughly where it comes first
