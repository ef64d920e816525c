"""審議会資料.xlsx: what a review council is given on one plan and year.

Every figure comes from the release's tables. Nothing is averaged, amounts of different kinds or
bases are never added, and what nobody wrote says so.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import xlsxwriter

from pipelines.handouts.counts import Counts, count_table, counted, with_rest
from pipelines.handouts.paper import BLANK, PAPER_WIDTH, Paper, Styles
from pipelines.handouts.queries import PlanYear, Queries
from pipelines.release.fictional import MARK, NOTE
from pipelines.results.forms.heads import fiscal_year_label

#: A workbook must have a day of creation; this one says nothing of when it was built.
_NO_DAY: Final = datetime.datetime(2000, 1, 1)
_OVERVIEW: Final = "概要"
_PILLARS: Final = "柱ごとの評価"
_PILLAR_WIDTHS: Final = (8, 22, 15, 16, 30, 26, 25)
_RATING_COLUMN: Final = 3
#: As in ``sheets/pillar_items.sql``.
NO_ITEM: Final = "計画の項目に対応づけられない取組"


@dataclass(frozen=True)
class _Table:
    """A sheet that is one table.

    Attributes:
        name: of the sheet.
        statement: that gives its rows.
        widths: of its columns.
        notes: lines above it.
        empty: what stands in place of rows where there are none.
    """

    name: str
    statement: str
    widths: Sequence[float]
    notes: Sequence[str]
    empty: str


_TABLES: Final = (
    _Table(
        "目標に届かなかった指標",
        "sheets/missed_targets",
        (8, 16, 17, 15, 12, 19, 18, 19, 18),
        ("その年度の目標（なければ計画の目標年度以降は最終の目標）に実績が届かなかった指標です。",),
        "目標に届かなかった指標はありません。",
    ),
    _Table(
        "効果額",
        "sheets/effects_by_year",
        (22, 11, 20, 17, 17, 11, 11, 13, 13, 7),
        (
            "種類と算定方法ごとの合計です。種類や算定方法の違う額は足していません。",
            "空欄（記載なし）は、額の報告がないことを示し、0円ではありません。",
            "「読み取れない」は、額の記載はあるが金額として読めない報告の数で、合計に入っていません。",
        ),
        "効果額の報告はありません。",
    ),
    _Table(
        "効果額の内訳",
        "sheets/effects_by_item",
        (8, 34, 16, 12, 20, 15, 15, 22),
        ("この年度について報告された額です。",),
        "効果額の報告はありません。",
    ),
    _Table(
        "前年度の意見への回答",
        "sheets/opinions",
        (8, 26, 14, 40, 40, 14),
        ("前年度の実績に対する審議会の意見と、それに対する市の回答です。",),
        "前年度の実績に対する審議会の意見は登録されていません。",
    ),
    _Table(
        "提出状況",
        "sheets/submissions",
        (10, 13, 14, 14, 12, 12, 12, 12, 43),
        ("この年度の実績について部署に照会した回ごとの状況です。",),
        "照会の記録はありません。",
    ),
)


def council_workbook(queries: Queries, of: PlanYear) -> bytes:
    """The whole file; the same tables give the same bytes.

    Args:
        queries: on the public tables of the release.
        of: the plan and year.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": "審議会資料", "created": _NO_DAY})
        papers = _Papers(book, queries, of)
        papers.overview()
        papers.pillars()
        for table in _TABLES:
            papers.table(table)
    return stream.getvalue()


class _Papers:
    """The sheets of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, queries: Queries, of: PlanYear) -> None:
        self._book, self._styles, self._queries, self._of = book, Styles(book), queries, of
        self._head = queries.rows("sheets/head", of)[0]
        self._year = fiscal_year_label(of.fiscal_year)
        self._mark = MARK if self._head["is_fictional"] else ""

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return self._queries.rows(name, self._of)

    def _paper(self, name: str, widths: Sequence[float]) -> Paper:
        margin = f"{self._mark}{self._head['city'] or ''}　{self._head['plan']}　{self._year}"
        paper = Paper(self._book, self._styles, name, widths, margin)
        paper.line(f"{self._mark}{self._year}の実績　{name}", "title")
        return paper

    def _labels(self) -> list[str]:
        return [row["outcome_label"] for row in self._rows("sheets/outcome_order")]

    def overview(self) -> None:
        """Plan, year, and how many items have which rating."""
        labels = self._labels()
        paper = self._paper(_OVERVIEW, _overview_widths(len(labels)))
        for text in _introduction(self._head, self._of, bool(self._mark)):
            paper.line(text)
        counts = counted(self._rows("sheets/rating_counts"))
        year = counts["plan"].get(self._year, {})
        pillars = with_rest(counts["pillar"], year, NO_ITEM) | {"計画全体": year}
        _count_section(paper, "柱ごとの評価（項目の数）", "柱", labels, pillars)
        _count_section(paper, "年度ごとの評価（項目の数）", "年度", labels, counts["plan"])
        indicators = [tuple(row.values()) for row in self._rows("sheets/indicator_counts")]
        told = "、".join(f"{outcome} {count}" for outcome, count in indicators)
        _listing(paper, "指標の目標の達成（指標の数）", [told] if told else [])
        scale = [tuple(row.values()) for row in self._rows("sheets/scale")]
        _listing(paper, "評価の区分", [f"{label}：{means or BLANK}" for label, means in scale])
        paper.on_one_page()

    def pillars(self) -> None:
        """Every item under its pillar."""
        paper = self._paper(_PILLARS, _PILLAR_WIDTHS)
        rows = self._rows("sheets/pillar_items")
        headings = [name for name in rows[0] if name not in ("group_title", "outcome_label")]
        paper.heading(headings, is_repeated=True)
        labels = self._labels()
        for title, group in groupby(rows, key=lambda row: str(row["group_title"])):
            items = list(group)
            paper.band(f"{title}（{_told(labels, [row['outcome_label'] for row in items])}）")
            for row in items:
                paper.row([row[name] for name in headings], strong=_RATING_COLUMN)

    def table(self, table: _Table) -> None:
        """A sheet that is one table."""
        found = self._queries.table(table.statement, self._of)
        paper = self._paper(table.name, table.widths)
        for note in table.notes:
            paper.line(note)
        if not found.num_rows:
            paper.line(table.empty)
            return
        paper.heading(found.column_names, is_repeated=True)
        for row in found.to_pylist():
            paper.row(list(row.values()))


def _introduction(head: Mapping[str, Any], of: PlanYear, is_sample: bool) -> Iterator[str]:
    if is_sample:
        yield NOTE
    yield f"団体：{head['city'] or BLANK}"
    yield f"計画：{head['plan']}（{_period(head)}）"
    yield f"実績の年度：{fiscal_year_label(of.fiscal_year)}（{of.fiscal_year}年度）"
    yield f"実績の基準日：{head['as_of'] or BLANK}"
    yield f"見込み・確定：{head['result_status'] or BLANK}"


def _period(head: Mapping[str, Any]) -> str:
    start, end = head["period_start_fy"], head["period_end_fy"]
    if start is None and end is None:
        return f"計画期間 {BLANK}"
    return "計画期間 " + "～".join(
        BLANK if year is None else fiscal_year_label(year) for year in (start, end)
    )


def _overview_widths(labels: int) -> list[float]:
    """A wide first column for titles, one for the sum, and one per rating."""
    each = min(14.0, (PAPER_WIDTH - 44) / max(labels + 1, 1))
    return [PAPER_WIDTH - each * (labels + 1), *[each] * (labels + 1)]


def _count_section(
    paper: Paper, title: str, first: str, labels: Sequence[str], counts: Counts
) -> None:
    paper.gap()
    paper.line(title, "section")
    paper.heading([first, *labels, "合計"])
    for row in count_table(labels, counts):
        paper.row(row)


def _listing(paper: Paper, title: str, lines: Sequence[str]) -> None:
    """Lines under a title; nothing where there are none."""
    if lines:
        paper.gap()
        paper.line(title, "section")
    for line in lines:
        paper.line(line)


def _told(order: Sequence[str], labels: Sequence[str]) -> str:
    """How often each rating occurs, in the order of the scale."""
    return "、".join(f"{label} {labels.count(label)}" for label in order if label in labels)
