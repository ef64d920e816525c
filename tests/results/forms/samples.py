"""A form of an invented department, filled in as a spreadsheet program would."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl

from pipelines.results.forms.content import (
    FormContent,
    IndicatorRow,
    ItemRow,
    ScaleLabel,
    Survey,
)
from pipelines.results.forms.reading import read_form
from pipelines.results.forms.writing import write_form
from pipelines.results.model import IndicatorContext, ItemContext, PlanContext, SheetReading
from pipelines.sources.workbooks.model import Workbook
from pipelines.sources.workbooks.reading import read_workbook

PLAN = "990019-gyokaku3"
YEAR = 2023
SURVEY = Survey(
    plan_id=PLAN,
    plan_title="第3次みほん市行政改革実施計画",
    municipality_name="みほん市",
    fiscal_year=YEAR,
    round="02-kakutei",
    due_on=datetime.date(2024, 6, 14),
    as_of_on=datetime.date(2024, 3, 31),
    submit_to="企画財政部 行政改革推進室",
    is_fictional=True,
)
SCALE = (
    ScaleLabel("S", "計画以上に進んだ"),
    ScaleLabel("A", "計画どおり進んだ"),
    ScaleLabel("B", "やや遅れている"),
)
ITEMS = (
    ItemRow(
        f"{PLAN}-aaaa0001",
        "1-1",
        "窓口サービスの改善",
        "待ち時間を短くする。",
        "［評価］A\n案内係を置いた。",
        "繁忙期の体制を示すこと。",
        (
            IndicatorRow(f"{PLAN}-kaaaa001", "平均待ち時間", "分", "令和7年度：10分以下", "12"),
            IndicatorRow(f"{PLAN}-kaaaa002", "電子申請の利用率", "％", "令和7年度：50％以上"),
        ),
    ),
    ItemRow(f"{PLAN}-aaaa0002", "1-2", "使用料の見直し", "受益者負担を適正にする。"),
    ItemRow(
        f"{PLAN}-aaaa0003",
        "②",
        "広報紙の広告",
        None,
        indicators=(IndicatorRow(f"{PLAN}-kaaaa003", "広告の枠", "枠"),),
    ),
)
CONTENT = FormContent(SURVEY, "市民課", SCALE, ITEMS)
ACTIVITIES, INDICATORS, EFFECTS = "1 取組の実績", "2 指標の実績", "3 効果額"
FIRST = 6
"""The first row below the headings."""


def context_of(*contents: FormContent) -> PlanContext:
    """The plan in which these forms ask."""
    items: dict[str, ItemContext] = {}
    indicators: dict[str, IndicatorContext] = {}
    for content in contents or (CONTENT,):
        for one in content.items:
            before = items[one.item_id].departments if one.item_id in items else ()
            departments = (*before, content.department)
            items[one.item_id] = ItemContext(
                one.item_id, one.number_label, one.title, departments, one.goal_text
            )
            for each in one.indicators:
                indicators[each.indicator_id] = IndicatorContext(
                    each.indicator_id, one.item_id, each.name, each.unit
                )
    return PlanContext(PLAN, "990019", tuple(items.values()), tuple(indicators.values()))


def column_of(sheet: Any, heading: str) -> int:
    """The column below a heading (given without its line break)."""
    for cell in sheet[FIRST - 1]:
        if str(cell.value or "").replace("\n", "") == heading:
            return int(cell.column)
    raise KeyError(heading)


class Clerk:
    """Fills in a form with openpyxl."""

    def __init__(self, content: FormContent = CONTENT) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(write_form(content)))

    def fill(self, tab: str, row: int, **inputs: Any) -> Clerk:
        """Fill in the row of a number counted from 0, by heading; only unlocked cells."""
        sheet = self.book[tab]
        for heading, value in inputs.items():
            cell = sheet.cell(FIRST + row, column_of(sheet, heading))
            assert not cell.protection.locked
            cell.value = value
        return self

    def change(self, change: Callable[[Any], None]) -> Clerk:
        """Do something else to the workbook."""
        change(self.book)
        return self

    def data(self) -> bytes:
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()

    def workbook(self) -> Workbook:
        return read_workbook("様式.xlsx", self.data())

    def reading(self, context: PlanContext | None = None, **words: Any) -> SheetReading:
        reading = read_form(self.workbook(), context or context_of(), YEAR, **words)
        check_accounting(self.workbook(), reading)
        return reading


def filled(content: FormContent = CONTENT) -> Clerk:
    """A form with every item's activity and rating, one value and one amount."""
    clerk = Clerk(content)
    for at, item in enumerate(content.items):
        clerk.fill(ACTIVITIES, at, 実施した内容=f"{item.title}をした。", 評価="A")
    clerk.fill(INDICATORS, 0, 実績値=11.5)
    clerk.fill(EFFECTS, 1, **{"効果額（円）": 1_200_000})
    return clerk


def for_department(name: str) -> FormContent:
    """The same items asked of another department."""
    return replace(CONTENT, department=name)


def check_accounting(workbook: Workbook, reading: SheetReading) -> None:
    """Every row of the file is a record, set aside or quarantined, and only one of them."""
    places = [(record.sheet, record.row) for record in reading.records]
    places += [*reading.aside, *reading.quarantined]
    rows = [(one.name, row) for one in workbook.sheets for row in range(1, len(one.rows) + 1)]
    assert sorted(places, key=str) == sorted(rows, key=str)
    assert reading.rows_read == len(rows)


def rules(reading: SheetReading) -> list[str]:
    """Rules of the findings, without what filling in only a part always gives."""
    usual = {"not_filled", "no_effects"}
    return [one.rule for one in reading.findings if one.rule not in usual]
