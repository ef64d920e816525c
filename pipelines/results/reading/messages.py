"""Everything the reading of sheets tells a clerk, in one place: what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.results.reading.header_model import HeadColumn
from pipelines.sources.workbooks.model import CellFinding, Sheet, column_letters

#: Names of fields in messages; others are shown as they are.
FIELD_NAMES = {
    "item": "取組項目",
    "item_number": "番号",
    "measure": "実施内容",
    "category": "区分",
    "activity": "取組実績",
    "rating": "評価",
    "department": "担当課",
    "indicator": "指標",
    "planned": "目標値",
    "actual": "実績値",
    "planned_amount": "計画の効果額",
    "amount": "効果額",
    "final_target": "最終目標値",
    "shortfall_reason": "未達成の理由",
    "next_action": "今後の対応",
    "fiscal_year": "年度",
    "unit": "単位",
    "outcome": "実績",
    "content": "取組内容",
    "progress": "進捗状況",
    "bureau": "部局",
    "item_id": "項目ID",
    "period": "期間",
    "edition": "公開年度",
    "internal_note": "備考",
    "headquarters_rating": "本部評価",
    "headquarters_opinion": "本部意見",
    "council_rating": "外部評価",
    "council_opinion": "審議会意見",
    "city_response": "市の対応",
    "held_on": "開催日",
    "indicator_id": "指標ID",
    "due_fy": "目標年度",
    "as_of_on": "基準日",
    "baseline_fy": "基準年度",
    "effect_kind": "効果区分",
    "effect_basis": "効果額の種別",
    "not_computable_reason": "算定不能の理由",
    "missing_reason": "実績値がない理由",
    "row_kind": "計画・実績の別",
}


def field_name(name: str | None) -> str:
    """A field as a message names it."""
    return FIELD_NAMES.get(name or "", name or "")


def no_table_found(sheet: Sheet, seen: Sequence[str]) -> CellFinding:
    """A sheet with content of which no row is one of known headings."""
    shown = "、".join(f"「{text}」" for text in seen[:12])
    return CellFinding(
        "error",
        "no_table_found",
        "表の見出しの行が見つからないため、このシートは読めません。"
        + (f"項目の列と結果の列が必要です。見えた見出しらしい行: {shown}。" if shown else ""),
        "見出しを様式の言葉（取組項目、担当課、実績、評価、削減額など）に直すか、"
        "profile.yaml の columns に見出しを書いてください。",
        sheet.name,
        value=" | ".join(seen) or None,
    )


def no_sheet_read(names: Iterable[str]) -> CellFinding:
    """No sheet of the file was read, because none fits or none is shown."""
    shown = "、".join(names)
    return CellFinding(
        "error",
        "no_sheet_read",
        f"読むシートがありません（シート: {shown or 'なし'}）。",
        "profile.yaml の sheets にシート名を書くか、シートを表示して出し直してください。",
    )


def missing_sheet(name: str) -> CellFinding:
    """A sheet that the profile names and the file has not."""
    return CellFinding(
        "error",
        "sheet_not_found",
        f"profile.yaml の sheets にある「{name}」に当たるシートがありません。",
        "シート名を直すか、profile.yaml を直してください。",
        value=name,
    )


def hidden_sheet(sheet: Sheet) -> CellFinding:
    """A sheet that is not shown is not read."""
    return CellFinding(
        "warning",
        "hidden_sheet_not_read",
        "このシートは表示されていないため、読んでいません。",
        "公表するものであればシートを表示して出し直すか、"
        "profile.yaml の sheets.read に書いてください。",
        sheet.name,
    )


def hidden_rows(sheet: Sheet, rows: Sequence[int]) -> CellFinding:
    """Rows with content that are not shown are not read."""
    return CellFinding(
        "warning",
        "hidden_rows_not_read",
        f"表示されていない行が{len(rows)}行あり、読んでいません（{_places(rows)}行目）。",
        "公表するものであれば行を表示して出し直してください。",
        sheet.name,
        rows[0],
    )


def hidden_columns(sheet: Sheet, columns: Sequence[int]) -> CellFinding:
    """Columns with content that are not shown are not read."""
    letters = "、".join(map(column_letters, columns))
    return CellFinding(
        "warning",
        "hidden_columns_not_read",
        f"表示されていない列（{letters}列）は読んでいません。",
        "公表するものであれば列を表示して出し直してください。",
        sheet.name,
        1,
        columns[0],
    )


def unknown_column(sheet: str | None, row: int, column: HeadColumn) -> CellFinding:
    """A heading that means nothing known; its cells are not published."""
    return CellFinding(
        "warning",
        "unknown_column",
        f"見出し「{column.text}」の意味が分からないため、この列は公表していません。",
        "profile.yaml の columns に項目名とこの見出しを書くか、"
        "読まなくてよければ ignore_columns に書いてください。",
        sheet,
        row,
        column.column,
        column.text,
    )


def column_left_out(sheet: str | None, row: int, column: HeadColumn) -> CellFinding:
    """A heading that is known and holds what no table has a place for."""
    return CellFinding(
        "info",
        "column_left_out",
        f"見出し「{column.text}」の列は、計算や比較のための列として読んでいません。",
        "公表する値であれば、profile.yaml の columns に項目名とこの見出しを書いてください。",
        sheet,
        row,
        column.column,
        column.text,
    )


def plan_left_out(sheet: str | None, row: int, column: HeadColumn) -> CellFinding:
    """A column of sentences that says what was planned, in a table that says what was done."""
    return CellFinding(
        "info",
        "column_left_out",
        f"見出し「{column.text}」の列は、計画の内容（文章）として読んでいません。",
        "実施した内容であれば、profile.yaml の columns の activity にこの見出しを書いてください。",
        sheet,
        row,
        column.column,
        column.text,
    )


def spending_left_out(sheet: str | None, row: int, column: HeadColumn) -> CellFinding:
    """A column of money that no heading and no title calls an effect."""
    return CellFinding(
        "info",
        "column_left_out",
        f"見出し「{column.text}」は、支出や予算の額かもしれないため、効果額として読んでいません。",
        "効果額であれば、見出しか表の題に「効果額」「削減額」などと書くか、"
        "profile.yaml の columns の amount（計画は planned_amount）に書いてください。",
        sheet,
        row,
        column.column,
        column.text,
    )


def values_named_above(sheet: str | None, row: int, columns: Sequence[HeadColumn]) -> CellFinding:
    """Columns whose values a line above the table names."""
    shown = "、".join(column.text for column in columns)
    fields = dict.fromkeys(column.meaning.field for column in columns)
    named = "」「".join(map(field_name, fields))
    return CellFinding(
        "info",
        "values_named_above",
        f"列（{shown}）を、表の上の行の言葉から「{named}」として読みました。",
        "違う場合は profile.yaml の columns に項目名とこれらの見出しを書いてください。",
        sheet,
        row,
        columns[0].column,
        shown,
        next(iter(fields)),
    )


def stacked_values(sheet: str | None, row: int, words: str) -> CellFinding:
    """Plan and actual one above the other, read as the sheet's words say."""
    return CellFinding(
        "info",
        "stacked_values",
        f"シートの「{words}」という記載のとおり、上下に並ぶ値を計画（目標）と実績として読みました。",
        "違う場合は、計画と実績を別の列に分けてください。",
        sheet,
        row,
        value=words,
    )


def bracketed_values(sheet: str | None, row: int, words: str) -> CellFinding:
    """Two values in a cell, the second of which is what a note says."""
    return CellFinding(
        "info",
        "bracketed_values",
        f"シートの「{words}」という記載のとおり、一つの欄に二つある値を読み分けました"
        "（前年度など、別の年度の値は公表していません）。",
        "違う場合は、二つの値を別の列に分けてください。",
        sheet,
        row,
        value=words,
    )


def unit_of_all_amounts(sheet: str | None, row: int, columns: Sequence[HeadColumn]) -> CellFinding:
    """Amounts whose unit stands once, below the last heading of the table."""
    shown = "、".join(column.text for column in columns)
    unit = columns[0].meaning.unit or ""
    return CellFinding(
        "info",
        "unit_of_all_amounts",
        f"見出しの右端に一度だけ書かれた単位「{unit}」を、列（{shown}）の単位としても読みました。",
        "違う場合は、それぞれの見出しに単位を書いてください。",
        sheet,
        row,
        columns[0].column,
        unit,
        columns[0].meaning.field,
    )


def column_without_heading(sheet: str | None, row: int, column: int) -> CellFinding:
    """Cells in rows of data below no heading; they are not published."""
    return CellFinding(
        "warning",
        "column_without_heading",
        f"{column_letters(column)}列には見出しがないため、書かれている内容を公表していません。",
        "見出しを書いてください。メモであれば、そのままでかまいません。",
        sheet,
        row,
        column,
    )


def duplicate_column(
    sheet: str | None, row: int, first: HeadColumn, second: HeadColumn, name: str | None
) -> CellFinding:
    """Two headings that claim the same; nobody can say which is meant."""
    return CellFinding(
        "error",
        "duplicate_column",
        f"見出し「{first.text}」（{column_letters(first.column)}列）と"
        f"「{second.text}」（{column_letters(second.column)}列）が"
        f"どちらも「{field_name(name)}」に当たるため、この表は公表していません。",
        "読まない方を profile.yaml の ignore_columns に、"
        "合わせて一つの文にするなら joined に書いてください。",
        sheet,
        row,
        second.column,
        second.text,
        name,
    )


def column_decided(sheet: str | None, row: int, column: HeadColumn, name: str) -> CellFinding:
    """A column whose field was decided by how the table is filled in."""
    meaning = f"「{field_name(name)}」として読みました"
    return CellFinding(
        "info",
        "column_decided",
        f"見出し「{column.text}」の列を、表の書き方から{meaning}。",
        "違う場合は profile.yaml の columns に項目名を書いてください。",
        sheet,
        row,
        column.column,
        column.text,
        name,
    )


def group_label_filled(sheet: str | None, row: int, column: int, text: str) -> CellFinding:
    """Blank cells below a group label that repeat it, by how the column is filled in."""
    return CellFinding(
        "info",
        "group_label_filled",
        f"「{text}」の下の空欄を、上と同じとして読みました（この列は各まとまりの先頭だけに書かれています）。",
        "違う場合は各行に書いてください。",
        sheet,
        row,
        column,
        text,
    )


def ditto_resolved(sheet: str | None, row: int, column: int, text: str) -> CellFinding:
    """同上 and the like stand for the text above."""
    return CellFinding(
        "info",
        "ditto_resolved",
        f"「{text}」を上の行と同じ内容として読みました。",
        "",
        sheet,
        row,
        column,
        text,
    )


def ditto_without_text(sheet: str | None, row: int, column: int, text: str) -> CellFinding:
    """同上 with nothing above it."""
    return CellFinding(
        "warning",
        "ditto_without_text",
        f"「{text}」とありますが、上の行に内容がないため、空欄として読みました。",
        "内容を書いてください。",
        sheet,
        row,
        column,
        text,
    )


def lone_text(sheet: str | None, row: int, column: int, text: str) -> CellFinding:
    """A row inside a table with one text only, taken for a heading."""
    return CellFinding(
        "info",
        "heading_in_table",
        f"「{text}」だけの行を、見出しとして読みました。",
        "項目の行であれば、担当課や実績も書いてください。",
        sheet,
        row,
        column,
        text,
    )


def year_conflict(
    sheet: str | None, row: int, column: int | None, own: int, above: int
) -> CellFinding:
    """A row or a column of another year than the heading above it says."""
    return CellFinding(
        "warning",
        "year_conflict",
        f"表の中の年度（{own}年度）と、上の見出しの年度（{above}年度）が違います。"
        "表の中の年度で読みました。",
        "どちらかを直してください。",
        sheet,
        row,
        column,
        str(own),
        "fiscal_year",
    )


def _places(rows: Sequence[int]) -> str:
    shown = "、".join(map(str, rows[:5]))
    return f"{shown}ほか" if len(rows) > 5 else shown
