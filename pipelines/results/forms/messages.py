"""What is told about forms that came back: every finding of the reader, in Japanese."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.problems import Severity
from pipelines.results.forms.heads import fiscal_year_label
from pipelines.results.model import FormHead
from pipelines.sources.workbooks.model import CellFinding

_LISTED = 20

#: rule -> severity, what is wrong, what to do. Texts in braces are filled in.
_MESSAGES: dict[str, tuple[Severity, str, str]] = {
    "form_of_other_plan": (
        "error",
        "このシートは別の計画（{found}）の様式です。この計画は {expected} です。",
        "この計画の様式に記入して、出し直してください。",
    ),
    "form_of_other_year": (
        "error",
        "このシートは{found}の様式です。今回は{expected}の実績です。",
        "今年度の様式に記入して、出し直してください。",
    ),
    "form_of_other_round": (
        "warning",
        "このシートは別の回（{found}）の様式です。今回の調査は {expected} として読み取りました。",
        "今回の内容に直してあるか、確かめてください。",
    ),
    "form_version_old": (
        "info",
        "様式の版が今の版と違います（{found}、今は {expected}）。見出しで列を読み取りました。",
        "読み取った内容を確かめてください。",
    ),
    "head_missing": (
        "warning",
        "見出しの上の「計画番号」「年度」「担当」の行が見つかりません。管理番号で読み取り、年度は調査の年度としました。",
        "様式の上の3行を残して、出し直してください。",
    ),
    "department_open": (
        "warning",
        "担当が決まっていない項目の様式です。どの課の実績か、様式からは分かりません。",
        "受付の記録に課の名前を入れるか、計画の担当を決めてください。",
    ),
    "sheet_hidden": (
        "error",
        "隠したシートに記入があります。見えていない内容は公開しません。",
        "シートを再表示して、出し直してください。",
    ),
    "sheet_not_read": (
        "warning",
        "様式にないシートです。内容は読み取っていません。",
        "実績であれば、様式のシートの欄に書き写してください。",
    ),
    "headings_lost": (
        "error",
        "様式のシートですが、列の見出しの行が見つかりません。内容を読み取れません。",
        "見出しの行を元に戻すか、様式に記入し直して、出し直してください。",
    ),
    "sheet_missing": (
        "warning",
        "「{department}」のシート「{table}」がありません。",
        "シートを削除していないか確かめ、足りないシートを出してください。",
    ),
    "column_missing": (
        "warning",
        "見出し「{headings}」の列が見つかりません。その欄は読み取っていません。",
        "見出しを様式のとおりに戻して、出し直してください。",
    ),
    "column_unknown": (
        "warning",
        "様式にない列「{heading}」に記入があります。この列は読み取らず、公開もしません。",
        "公開する内容であれば、様式の欄に移してください。",
    ),
    "column_hidden": (
        "warning",
        "隠した列「{heading}」に記入があります。見えていない内容は読み取っていません。",
        "列を再表示して、出し直してください。",
    ),
    "heading_twice": (
        "error",
        "同じ見出し「{heading}」の列が二つあり、違うことが書かれています。",
        "どちらか一つの列だけにして、出し直してください。",
    ),
    "hidden_row": (
        "error",
        "隠した行（フィルターで隠れた行も）に記入があります。見えていない内容は公開しません。",
        "行を再表示して、出し直してください。",
    ),
    "merged_cells": (
        "warning",
        "{rows}行目の欄「{heading}」が一つに結合されています。記入は一番上の行だけのものとして読み取りました。",
        "結合を解除し、行ごとに記入してください。",
    ),
    "id_repaired": (
        "warning",
        "管理番号が壊れています。取組項目の名称（と番号）が合うただ一つの「{found}」として読み取りました。",
        "管理番号を {expected} に戻してください。",
    ),
    "id_unknown": (
        "error",
        "管理番号がこの計画にありません。名称からも項目を一つに決められません。",
        "様式の管理番号と取組項目を元に戻して、出し直してください。",
    ),
    "id_of_other_plan": (
        "error",
        "管理番号が別の計画のものです。",
        "この計画の様式の行に記入し直してください。",
    ),
    "id_title_conflict": (
        "error",
        "管理番号は「{found}」のものですが、この行の名称は別の項目のものです。どちらの実績か分かりません。",
        "管理番号と取組項目の組を元に戻して、出し直してください（一部の列だけを並べ替えていないか確かめてください）。",
    ),
    "id_duplicate": (
        "error",
        "同じ管理番号の行が{rows}行目にもあり、内容が違います。",
        "正しい行だけを残して、出し直してください。",
    ),
    "row_repeated": (
        "info",
        "{rows}行目と同じ内容の行です。一度だけ数えました。",
        "重なった行を消してください。",
    ),
    "prefilled_changed": (
        "warning",
        "あらかじめ印刷された文が計画と違います（計画では「{expected}」）。管理番号の項目の実績として読み取りました。",
        "名称を変える必要があれば、取りまとめ課へ知らせてください。",
    ),
    "effect_row_unclear": (
        "error",
        "効果の種類か算定方法が分かりません（「{found}」）。",
        "効果の種類は{kinds}、算定方法は{bases}のどれかに戻して、出し直してください。",
    ),
    "row_missing": (
        "warning",
        "{expected}行あるはずのところ、{found}行しかありません{listed}。",
        "行を削除していれば、元に戻して記入してください。",
    ),
    "not_filled": (
        "warning",
        "記入のない行があります: {listed}。",
        "記入もれでないか確かめてください。",
    ),
    "same_as_earlier": (
        "info",
        "{found}件の項目が、前の回に答えた内容のままです: {listed}。今回の回答として載せます。",
        "変わった所があれば直して、出し直してください。変わりがなければ、このままでかまいません。",
    ),
    "no_effects": (
        "info",
        "効果額の記入がない項目が{found}件あります。",
        "効果がなければ、このままでかまいません。",
    ),
}


def told(
    rule: str,
    sheet: str | None,
    row: int | None = None,
    column: int | None = None,
    value: str | None = None,
    column_name: str | None = None,
    **words: Any,
) -> CellFinding:
    """A finding by its rule.

    Args:
        rule: a key of the messages.
        sheet: name of the sheet.
        row: its row, where the finding is about one.
        column: its column, likewise.
        value: what stands there.
        column_name: the field concerned.
        words: what the message's braces are filled with.
    """
    severity, message, fix = _MESSAGES[rule]
    return CellFinding(
        severity,
        rule,
        message.format(**words),
        fix.format(**words),
        sheet,
        row,
        column,
        value or None,
        column_name,
    )


def listed(names: Sequence[str]) -> str:
    """Names for a message; beyond twenty only how many more."""
    more = f" ほか{len(names) - _LISTED}件" if len(names) > _LISTED else ""
    return "、".join(f"「{name}」" for name in names[:_LISTED]) + more


def other_plan(sheet: str | None, head: FormHead, plan_id: str) -> CellFinding:
    """The sheet belongs to another plan."""
    return told(
        "form_of_other_plan", sheet, value=head.plan_id, found=head.plan_id, expected=plan_id
    )


def other_year(sheet: str | None, head: FormHead, fiscal_year: int) -> CellFinding:
    """The sheet belongs to another fiscal year."""
    return told(
        "form_of_other_year",
        sheet,
        value=str(head.fiscal_year),
        found=fiscal_year_label(head.fiscal_year),
        expected=fiscal_year_label(fiscal_year),
    )
