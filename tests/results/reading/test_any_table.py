"""Whatever comes in, nothing crashes and every row is accounted for once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.results.reading.sheets import read_sheets
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.workbooks.model import MergedRange, Sheet
from tests.results.reading.sheets_of import assert_accounted, rules, workbook

CELLS = [
    "", "", "", "取組項目", "実施内容", "担当課", "評価", "実績", "削減額(千円)", "効果額",
    "指標", "目標値", "実績値", "番号", "年度", "計画", "H18", "平成18", "19", "令和5年度",
    "2023", "単位", "小計", "合計", "総計", "計", "再掲", "同上", "〃", "※注意",
    "（単位：千円）", "1 見直し", "(1)削減額:30千円", "①窓口", "窓口", "印刷", "見本課",
    "△ 1,200", "93.1%", "50(61)", "A", "順調", "-", "－", "備考", "外部評価", "意見", "累計",
    "単年度", "会計", "　", "\n", "計画（実績）", "令和元年度~令和4年度の合計削減額",
    "147,364千円", "担当課：総務課", "平成18年度～20年度", "元", "第1章", "Ⅰ 方針", "0", "３",
]  # fmt: skip
PROFILES = [
    {},
    {"header_rows": 2},
    {"no_header": ["item", "department", "amount"]},
    {
        "fill_down": ["item", "department"],
        "skip_rows": ["再掲"],
        "paired_cells": "actual_then_planned",
    },
    {"joined": {"activity": ["評価", "実績"]}, "sections": [{"match": "見直し", "skip": True}]},
    {"columns": {"amount": ["H18", "19"]}, "fiscal_year": 2020, "subtotal_words": ["窓口"]},
    {"sheets": {"read": ["実績"]}, "repost_words": ["印刷"], "units": {"amount": "千円"}},
]
any_rows = st.lists(st.lists(st.sampled_from(CELLS), max_size=7), max_size=14)
headed = st.tuples(
    st.lists(st.lists(st.sampled_from(CELLS), max_size=3), max_size=2),
    st.lists(st.sampled_from(CELLS[3:20]), min_size=2, max_size=7),
    any_rows,
).map(lambda parts: [*parts[0], parts[1], *parts[2]])
ranges = st.builds(
    lambda row, column, height, width: MergedRange(row, column, row + height, column + width),
    st.integers(1, 8),
    st.integers(1, 5),
    st.integers(0, 3),
    st.integers(0, 3),
)
sheets = st.builds(
    Sheet,
    st.sampled_from(["実績", "効果", None]),
    st.one_of(any_rows, headed),
    hidden_rows=st.frozensets(st.integers(1, 9), max_size=2),
    hidden_columns=st.frozensets(st.integers(1, 6), max_size=1),
    merged=st.lists(ranges, max_size=3).map(tuple),
    is_hidden=st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(sheets, st.sampled_from(PROFILES))
def test_every_row_is_accounted_for(sheet: Sheet, profile: dict[str, object]) -> None:
    reading = read_sheets(workbook(sheet), SheetProfile.model_validate(profile))
    assert_accounted(reading)
    places = {(record.sheet, record.row) for record in reading.records}
    for record in reading.records:
        assert record.texts
        assert all(cell.text.strip() for cell in record.values)
        assert all(text.strip() for text in record.texts.values())
        if "read_as_blocks" in rules(reading):
            continue  # the cells of a block stand in several rows
        shown = {at for at, cell in enumerate(sheet.rows[record.row - 1], 1) if cell.strip()}
        assert {cell.column for cell in record.values} <= shown - sheet.hidden_columns
    for total in reading.totals:
        assert total.text.strip()
        if not total.sums_totals:
            assert {(total.sheet, row) for row in total.rows} <= places


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=12))
def test_any_text_in_a_cell(first: str, second: str, third: str) -> None:
    rows = [
        [first, second],
        ["取組項目", "担当課", "削減額"],
        [first, second, third],
        [third, first],
    ]
    assert_accounted(read_sheets(workbook(Sheet("x", rows)), SheetProfile()))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["窓口", "印刷", "郵送"]), st.integers(-9999, 9999)), min_size=1
    )
)
def test_a_clean_table_comes_back_whole(content: list[tuple[str, int]]) -> None:
    rows = [["No.", "取組項目", "効果額(千円)"]]
    rows += [[str(at), name, str(value)] for at, (name, value) in enumerate(content, 1)]
    rows.append(["合計", "", str(sum(value for _, value in content))])
    reading = read_sheets(workbook(Sheet("x", rows)), SheetProfile())
    assert [(one.texts["item"], int(one.values[0].text)) for one in reading.records] == content
    assert reading.totals[0].rows == tuple(record.row for record in reading.records)
