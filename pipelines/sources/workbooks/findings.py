"""What reading a workbook found, told to the clerk who filled it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from pipelines.sources.workbooks.model import (
    CellFinding,
    Mark,
    MarkKind,
    Sheet,
    Workbook,
    column_letters,
)

#: What programs write where a person's name belongs.
_PROGRAMS = frozenset(
    {"openpyxl", "xlsxwriter", "apache poi", "microsoft office user", "phpspreadsheet", "sheetjs"}
)


def with_findings(workbook: Workbook) -> Workbook:
    """The workbook with what its marks, hidden parts and text boxes mean for the clerk."""
    found = tuple(finding for sheet in workbook.sheets for finding in sheet_findings(sheet))
    return replace(workbook, findings=workbook.findings + found)


def sheet_findings(sheet: Sheet) -> Iterator[CellFinding]:
    """Findings of one sheet: the sheet as a whole, hidden parts, then its cells in order."""
    if sheet.is_hidden:
        yield _hidden_sheet(sheet)
    yield from _hidden_parts(sheet)
    for text in sheet.text_boxes:
        yield _text_box(sheet, text)
    for (row, column), marks in sorted(sheet.marks.items()):
        for mark in marks:
            finding = _cell_finding(sheet, row, column, mark)
            if finding is not None:
                yield finding
    for kind in ("rounded", "unseen"):
        yield from _by_column(sheet, kind)


def external_link(books: list[str]) -> CellFinding:
    """Formulas that take their values from other workbooks."""
    return CellFinding(
        "warning",
        "external_link",
        f"別のブック（{len(books)}個）を参照する数式があります。保存したときの値を読みました。",
        "値が最新か確かめ、数式を値に置き換えて（値の貼り付け）ください。",
        value="\n".join(books),
    )


def personal_properties(named: dict[str, str]) -> list[CellFinding]:
    """Properties of the document that hold a person's name: title in Japanese -> name."""
    kept = {
        title: name.strip()
        for title, name in named.items()
        if name.strip() and name.strip().lower() not in _PROGRAMS
    }
    if not kept:
        return []
    return [
        CellFinding(
            "info",
            "personal_properties",
            f"ファイルのプロパティ（{'、'.join(kept)}）に個人名と思われる記載があります。公開されません。",
            "気になるときは「ファイル」→「情報」→「ドキュメント検査」で消してください。",
            value="、".join(f"{title}: {name}" for title, name in kept.items()),
        )
    ]


def _hidden_sheet(sheet: Sheet) -> CellFinding:
    return CellFinding(
        "info",
        "hidden_sheet",
        "非表示のシートです。",
        "報告に含めるときは再表示し、含めないときは削除してください。",
        sheet=sheet.name,
    )


def _hidden_parts(sheet: Sheet) -> Iterator[CellFinding]:
    for first, last in _runs(sheet.hidden_rows):
        yield CellFinding(
            "info",
            "hidden_rows",
            f"{_span(str(first), str(last))}行目が非表示です。",
            "報告に含めるときは再表示（フィルターは解除）し、含めないときは削除してください。",
            sheet=sheet.name,
            row=first,
        )
    for first, last in _runs(sheet.hidden_columns):
        yield CellFinding(
            "info",
            "hidden_columns",
            f"{_span(column_letters(first), column_letters(last))}列が非表示です。",
            "報告に含めるときは再表示し、含めないときは削除してください。",
            sheet=sheet.name,
            row=1,
            column=first,
        )


def _text_box(sheet: Sheet, text: str) -> CellFinding:
    return CellFinding(
        "info",
        "text_box_found",
        "テキストボックスや図形に文字があります。図形の文字は読まず、公開されません。",
        "報告に含めるときはセルに書いてください。",
        sheet=sheet.name,
        value=text,
    )


def _cell_finding(sheet: Sheet, row: int, column: int, mark: Mark) -> CellFinding | None:
    finding = _CELL_FINDINGS.get(mark.kind)
    if mark.kind == "struck":
        finding = _struck(bool(sheet.text(row, column)))
    if finding is None:
        return None
    message = finding.message_ja.replace("{detail}", mark.detail)
    return replace(
        finding, message_ja=message, sheet=sheet.name, row=row, column=column, value=mark.detail
    )


def _struck(has_rest: bool) -> CellFinding:
    if has_rest:
        return CellFinding(
            "info",
            "struck_text",
            "取り消し線のある文字を除き、残りの文字だけを読みました。",
            "取り消し線の文字を消すか、取り消し線を外してください。",
        )
    return CellFinding(
        "warning",
        "struck_text",
        "セルの文字すべてに取り消し線があるため、空欄として読みました。",
        "正しい値を書くか、取り消しでなければ取り消し線を外してください。",
    )


_CELL_FINDINGS: dict[MarkKind, CellFinding] = {
    "comment": CellFinding(
        "info",
        "comment_found",
        "コメント（メモ）があります。コメントは公開されません。",
        "公開する内容はセルに書いてください。",
    ),
    "formula_error": CellFinding(
        "error",
        "formula_error",
        "数式の結果がエラー（{detail}）のため、値を読めません。",
        "数式を直すか、正しい値を入力してください。",
    ),
    "not_computed": CellFinding(
        "error",
        "formula_not_computed",
        "数式の計算結果がファイルに保存されていないため、値を読めません。",
        "Excelで開いて保存し直すか、数式の代わりに値を入力してください。",
    ),
    "date_suspect": CellFinding(
        "warning",
        "date_suspect",
        "「{detail}」と表示される日付です。「1-1」のような番号が日付に変わったおそれがあります。",
        "番号のときは、セルの書式を「文字列」にしてから入力し直してください。",
    ),
}

_COLUMN_FINDINGS: dict[str, tuple[str, str]] = {
    "rounded": (
        "表示形式が、セルに入っている値より少ない桁（または千単位など）で表示しています。"
        "表示どおりの値を読みました",
        "細かい値まで報告するときは、表示する桁数を増やしてください。",
    ),
    "unseen": (
        "値が入っているのに、表示形式や表示設定、背景と同じ文字の色のため何も表示されません。空欄として読みました",
        "報告に含めるときは表示されるように書式や文字の色を直し、含めないときは値を消してください。",
    ),
}
_COLUMN_RULES = {"rounded": "rounded", "unseen": "value_unseen"}


def _by_column(sheet: Sheet, kind: str) -> Iterator[CellFinding]:
    """One finding for each column: whole columns bear the same format."""
    cells = sorted(
        (column, row, mark.detail)
        for (row, column), marks in sheet.marks.items()
        for mark in marks
        if mark.kind == kind
    )
    message, fix = _COLUMN_FINDINGS[kind]
    for column, group in groupby(cells, key=lambda cell: cell[0]):
        found = list(group)
        _, row, detail = found[0]
        count = f"（{column_letters(column)}列の{len(found)}セル）。"
        yield CellFinding(
            "info",
            _COLUMN_RULES[kind],
            message + count,
            fix,
            sheet=sheet.name,
            row=row,
            column=column,
            value=detail,
        )


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive numbers: first and last of each."""
    ordered = enumerate(sorted(numbers))
    for _, group in groupby(ordered, key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield run[0], run[-1]


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}〜{last}"
