"""Why a record, or a part of it, is not published; each says what to do."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.sources.workbooks.model import CellFinding


def year_missing() -> CellFinding:
    """No fiscal year in the row, its headings, the profile or the round."""
    return CellFinding(
        "error",
        "year_missing",
        "この行の年度が、行にも見出しにも調査の回にもありません。この行は公開しません。",
        "年度の欄を設けるか、profile.yaml の fiscal_year に書いてください。",
    )


def year_unreadable(text: str) -> CellFinding:
    """A cell of the year column that names no single year."""
    return CellFinding(
        "error",
        "year_unreadable",
        f"年度「{text}」を一つの年度として読めません。この行は公開しません。",
        "「令和5年度」のように元号を付けて書いてください。",
        value=text,
    )


def year_is_period(text: str) -> CellFinding:
    """Several years in the column of the year, for something that has a place in one year only."""
    return CellFinding(
        "error",
        "year_is_period",
        f"年度「{text}」は複数の年度なので、一つの年度の実績として載せられません。"
        "この行は公開しません。",
        "年度ごとの行に分け、一つの年度だけを書いてください。",
        value=text,
        column_name="fiscal_year",
    )


def year_not_asked(year: int, asked: int) -> CellFinding:
    """A year that is not the round's; told once for each year of a column or of a title."""
    return CellFinding(
        "warning",
        "year_not_asked",
        f"この調査の回は{asked}年度の実績を尋ねていますが、{year}年度と書かれています。"
        f"書かれているとおり{year}年度の実績として載せました。",
        f"{asked}年度の実績であれば、年度を直してください（表題の使い回しに注意してください）。",
        value=str(year),
        column_name="fiscal_year",
    )


def year_taken_from_round(year: int) -> CellFinding:
    """A blank cell in the column of the year."""
    return CellFinding(
        "info",
        "year_taken_from_round",
        f"年度の欄が空なので、調査の回の年度（{year}年度）の実績として読みました。",
        "違うときは、年度を記入してください。",
        column_name="fiscal_year",
    )


def era_beyond_end(text: str, named: str, fiscal_year: int) -> CellFinding:
    """A year of an era that had ended by then."""
    return CellFinding(
        "warning",
        "era_beyond_end",
        f"「{named}」はなかった年です。令和{fiscal_year - 2018}年度（{fiscal_year}年度）として"
        "読みました。",
        f"令和{fiscal_year - 2018}年度でよければ、そのように書き直してください。",
        value=text,
        column_name="fiscal_year",
    )


def year_impossible(year: int | str) -> CellFinding:
    """A year outside of what the tables hold, or far from the plan's period."""
    return CellFinding(
        "error",
        "year_impossible",
        f"年度「{year}」はこの計画の実績の年度としてあり得ません。この行は公開しません。",
        "年度を確かめてください。",
        value=str(year),
    )


def due_year_impossible(text: str) -> CellFinding:
    """A year of a final target that cannot be; the text is kept."""
    return CellFinding(
        "warning",
        "year_impossible",
        f"目標の年度「{text}」はあり得ない年度です。年度は空とし、元の文だけを残します。",
        "年度を確かめてください。",
        value=text,
    )


def due_year_unreadable(text: str) -> CellFinding:
    """A year of a final target that names no single year; the text is kept."""
    return CellFinding(
        "info",
        "due_year_unreadable",
        f"目標の年度「{text}」を一つの年度として読めません。元の文だけを残します。",
        "「令和7年度」のように書いてください。",
        value=text,
    )


def baseline_unreadable(text: str) -> CellFinding:
    """A base year that names no single possible year."""
    return CellFinding(
        "warning",
        "baseline_year_unreadable",
        f"比較する年度「{text}」を一つの年度として読めません。空とします。",
        "「平成27年度」のように書いてください。",
        value=text,
    )


def day_unreadable(text: str) -> CellFinding:
    """A day that names no single day."""
    return CellFinding(
        "warning",
        "date_unreadable",
        f"日付「{text}」を読めません。空とします。",
        "「令和5年3月31日」のように年月日を書いてください。",
        value=text,
    )


def department_missing() -> CellFinding:
    """A result of which nobody says whose it is."""
    return CellFinding(
        "error",
        "department_missing",
        "この行の部署が、行にも見出しにも受付の記録にもありません。この行は公開しません。",
        "部署名を記入するか、round.yaml の receipts に department を書いてください。",
        column_name="department",
    )


def department_not_in_charge(name: str, in_charge: Sequence[str]) -> CellFinding:
    """A department that reports on an item which the plan gives to others."""
    named = "、".join(in_charge)
    return CellFinding(
        "warning",
        "department_not_in_charge",
        f"部署「{name}」は、計画ではこの項目の担当（{named}）ではありません。"
        f"{name}の報告として載せました。",
        "担当が替わったときは部署名簿か計画の担当を直し、行の書き間違いのときは部署を直して"
        "ください。",
        value=name,
        column_name="department",
    )


def personal_data_suspected(found: str) -> CellFinding:
    """A telephone number or a mail address in a text that is published as it stands."""
    what = "メールアドレス" if "@" in found else "電話番号"
    return CellFinding(
        "warning",
        "personal_data_suspected",
        f"公開する文に{what}らしいもの（{found}）があります。このままでは公開されます。",
        "個人の氏名・電話番号・メールアドレスは、公開する欄から消してください。",
        value=found,
    )


def item_missing() -> CellFinding:
    """A result that names neither an item nor a measure."""
    return CellFinding(
        "error",
        "item_missing",
        "この行には項目名も取組名もないため、何の実績か分かりません。この行は公開しません。",
        "項目名を記入してください。",
        column_name="item",
    )


def indicator_missing() -> CellFinding:
    """Values without anything that they could be values of."""
    return CellFinding(
        "error",
        "indicator_missing",
        "値はありますが、指標名も項目名もないため、何の値か分かりません。この行は公開しません。",
        "指標名を記入してください。",
        column_name="indicator",
    )


def indicator_inferred() -> CellFinding:
    """Values take the name of the measure for their indicator's; told once per sheet."""
    return CellFinding(
        "warning",
        "indicator_name_inferred",
        "指標名の欄がないため、取組（項目）の名称を指標名としました。",
        "指標名の欄を設けてください。",
        column_name="indicator",
    )


def values_named_apart(text: str, names: list[str]) -> CellFinding:
    """A cell that names values of its own; the row's indicator gets none of them."""
    named = "、".join(f"「{name}」" for name in names)
    return CellFinding(
        "warning",
        "values_named_apart",
        f"「{text}」には名前の付いた値があるので、{named}という別の指標の値として載せました。"
        "この行の指標の値にはしていません。",
        "この行の指標の値を一つだけ書き、内訳は指標ごとの行に分けてください。",
        value=text,
    )


def fraction_for_percent(text: str, value: float) -> CellFinding:
    """A value below 1 for an indicator in percent whose target is above 1."""
    return CellFinding(
        "warning",
        "fraction_for_percent",
        f"「{text}」は％の値としては小さすぎます。{text}％として載せましたが、"
        f"割合（{value * 100:g}％）ではありませんか。",
        f"割合であれば {value * 100:g} と、％の数で書き直してください。",
        value=text,
    )


def missing_reason_unknown(text: str) -> CellFinding:
    """A reason for a missing value in words that neither form nor profile know."""
    return CellFinding(
        "error",
        "missing_reason_unknown",
        f"実績値がない理由「{text}」は選択肢にありません。理由は空とします。",
        "選択肢から選んでください。独自の表では profile.yaml の missing_words に加えてください。",
        value=text,
        column_name="missing_reason",
    )


def missing_reason_beside_value(text: str) -> CellFinding:
    """A reason why there is no value, beside a value."""
    return CellFinding(
        "warning",
        "missing_reason_beside_value",
        f"実績値があるのに、実績値がない理由「{text}」が選ばれています。実績値だけを載せました。",
        "どちらか一方を消してください。",
        value=text,
        column_name="missing_reason",
    )


def missing_reason_of_several(text: str) -> CellFinding:
    """A reason why there is no value, in a row with values of several years or indicators."""
    return CellFinding(
        "warning",
        "missing_reason_of_several",
        f"この行には値の欄がいくつもあり、実績値がない理由「{text}」がどの値のものか"
        "分かりません。理由は空とします。",
        "値の欄に「未測定」のように理由を書いてください。",
        value=text,
        column_name="missing_reason",
    )


def amount_negative(text: str) -> CellFinding:
    """A negative amount in our own form, which asks for savings as positive numbers."""
    return CellFinding(
        "warning",
        "amount_negative",
        f"様式の効果額は、削減額・増収額を正の数で記入します。「{text}」は負の数なので、"
        "費用の増加（収入の減少）として載せました。",
        "削減額・増収額であれば、△や－を付けずに書き直してください。",
        value=text,
    )


def amount_out_of_scale(text: str, unit: str) -> CellFinding:
    """An amount a thousand times the others of its column: perhaps yen in a column of 千円."""
    return CellFinding(
        "warning",
        "amount_out_of_scale",
        f"金額「{text}」は同じ列のほかの金額の千倍以上です。見出しの単位（{unit}）のとおりに"
        "読みましたが、円で記入していませんか。",
        f"単位を確かめ、{unit}の数に直してください。正しければそのままで構いません。",
        value=text,
    )


def amount_and_reason(reason: str) -> CellFinding:
    """A reason why an effect cannot be computed, beside its amount."""
    return CellFinding(
        "warning",
        "amount_and_reason",
        f"効果額があるのに、算定できない理由「{reason}」も記入されています。両方を載せました。",
        "どちらか一方を消してください。",
        value=reason,
        column_name="not_computable_reason",
    )


def cells_repeated(field: str) -> CellFinding:
    """Two cells of a row say the same thing's value."""
    return CellFinding(
        "error",
        "cells_repeated",
        "同じ年度・同じ種類の値の欄が二つあり、どちらの値か決められません。この行は公開しません。",
        "見出しで年度や種類を区別するか、profile.yaml の columns と ignore_columns に"
        "書いてください。",
        column_name=field,
    )


def item_not_found_assessment(has_items: bool) -> CellFinding:
    """An assessment of something that is no item of the plan."""
    return CellFinding(
        "error",
        "item_not_found_assessment",
        "評価・意見に当たる計画の項目が見つからないため、この行は公開しません。",
        _ITEM_ADVICE if has_items else _WITHOUT_ITEMS,
        column_name="item",
    )


def assessment_left_out(has_items: bool) -> CellFinding:
    """The same beside a department's own results, which are published."""
    return CellFinding(
        "error",
        "assessment_left_out",
        "本部・審議会などの評価・意見に当たる計画の項目が見つからないため、評価・意見は公開しません"
        "（部署の実績だけを載せます）。",
        _ITEM_ADVICE if has_items else _WITHOUT_ITEMS,
        column_name="item",
    )


_ITEM_ADVICE = "計画の項目の番号と名称を、計画のとおりに書いてください。"
_WITHOUT_ITEMS = (
    "この計画には項目が一つも登録されていません。計画の本文を取り込むと、評価・意見も載ります。"
)


def not_from_department(assessor: str) -> CellFinding:
    """What a council's sheet repeats of the departments' results; told once per sheet."""
    return CellFinding(
        "info",
        "not_from_department",
        "本部・審議会などの回の表にある取組内容・値・金額は、部署の報告の写しとみなし、"
        "評価と意見だけを載せました。",
        "部署の報告であれば、round.yaml の assessor を department にしてください。",
        value=assessor,
    )


def texts_of_period() -> CellFinding:
    """Texts and ratings of several years have no place in a table of years."""
    return CellFinding(
        "warning",
        "texts_of_period_left",
        "複数年度にまたがる行なので、実施内容・評価・指標の値は載せず、効果額だけを載せました。",
        "年度ごとの行に分けてください。",
    )


def note_left_out() -> CellFinding:
    """A note beside amounts of which nobody says of what item, or of whose, they are."""
    return CellFinding(
        "info",
        "note_left_out",
        "この行には取組項目の名称か部署がないため、備考は載せず、効果額だけを載せました。",
        "備考も残す場合は、取組項目の名称と部署を記入してください。",
        column_name="internal_note",
    )


def effect_kind_unknown(text: str) -> CellFinding:
    """A cell that names no single kind of effect."""
    return CellFinding(
        "warning",
        "effect_kind_unknown",
        f"効果の種類「{text}」を歳出削減・歳入確保のどちらとも決められないため、その他としました。",
        "「歳出削減」か「歳入確保」と書いてください。",
        value=text,
        column_name="effect_kind",
    )


def effect_basis_unknown(text: str) -> CellFinding:
    """A cell that names no single basis of an effect."""
    return CellFinding(
        "warning",
        "effect_basis_unknown",
        f"効果額の区分「{text}」を単年度・継続・累計のどれとも決められないため、"
        "記載なしとしました。",
        "「単年度」「継続」「累計」のどれかを書いてください。",
        value=text,
        column_name="effect_basis",
    )


def repeated_differently(places: str) -> CellFinding:
    """Two rows of a file state different things for one key."""
    return CellFinding(
        "error",
        "duplicate_row",
        f"同じ項目（取組）・部署・年度の行が二つ以上あり、内容が違います（{places}）。"
        "どれが正しいか決められないため、どの行も公開しません。",
        "一つの行にまとめるか、不要な行を削除してください。",
    )


def repeated_alike(place: str) -> CellFinding:
    """A row says exactly what another one says."""
    return CellFinding(
        "info",
        "duplicate_row_same",
        f"この行は {place} と同じ内容なので、一つだけを載せました。",
        "不要な行を削除してください。",
    )


def nothing_reported() -> CellFinding:
    """A row that names something and reports nothing of it."""
    return CellFinding(
        "info",
        "nothing_reported",
        "この行には項目名などだけがあり、実績の記入がありません。",
        "実績があれば記入してください。",
    )
