"""What the reading tells of rows that cannot be published, or were named by the heading above."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.results.model import Record, ValueCell
from pipelines.sources.workbooks.model import CellFinding


def rows_in_turn(sheet: str | None, row: int, cells: Sequence[str]) -> CellFinding:
    """Rows without a name that hold 実績 below 目標 of the row above."""
    return CellFinding(
        "info",
        "rows_in_turn",
        "計画（目標）と実績が上下の行に分かれている表として読み、名前のない行は上の行の続きとしました。",
        "違う場合は、それぞれの行に項目名や指標名を書いてください。",
        sheet,
        row,
        value=" | ".join(cell for cell in cells if cell),
    )


def kind_by_label(sheet: str | None, row: int, label: str) -> CellFinding:
    """Amounts whose kind the label of their group says."""
    return CellFinding(
        "info",
        "kind_by_label",
        f"「{label}」のようなまとまりの名前から、その行の金額が歳入の確保か歳出の削減かを読みました。",
        "違う場合は、「効果区分」の列を設けて「歳入確保」「歳出削減」と書いてください。",
        sheet,
        row,
        value=label,
    )


def plan_rows_left_out(sheet: str | None, row: int) -> CellFinding:
    """Rows of plans in words beside rows of what was done."""
    return CellFinding(
        "info",
        "plan_rows_left_out",
        "計画の行（文章）は、実績の行と並ぶ計画の内容として、公表していません。実績と評価の行は年度ごとに"
        "読みました。",
        "実績であれば、区分の欄に「実績」と書いてください。",
        sheet,
        row,
    )


def group_row_is_total(record: Record, label: str, rows: Sequence[int]) -> CellFinding:
    """A group's row whose amounts are the sum of the rows below it."""
    return CellFinding(
        "info",
        "group_row_is_total",
        f"「{label}」の行の金額は、下の{rows[0]}行から{rows[-1]}行までの合計と一致し、項目の行ではなく"
        "区分の小計と見られるため、二重に数えないよう公表していません。",
        "一つの項目であれば、担当課や番号を記入して、下の行と区別できるようにしてください。",
        record.sheet,
        record.row,
        value=label,
    )


def collective_row_is_total(record: Record, label: str, rows: Sequence[int]) -> CellFinding:
    """A row of all departments whose amounts are the sum of the rows of each."""
    return CellFinding(
        "info",
        "collective_row_is_total",
        f"「{label}」の行の金額は、下の{rows[0]}行から{rows[-1]}行までの部署別の行の合計と一致するため、"
        "二重に数えないよう公表していません。",
        "部署別の行に含まれない金額であれば、別の項目か部署として記入してください。",
        record.sheet,
        record.row,
        value=label,
    )


def table_sums_up_another(first: Record, last: Record) -> CellFinding:
    """A table without items whose sums are those of a table of items."""
    return CellFinding(
        "info",
        "table_sums_up_another",
        f"{first.row}行から{last.row}行までの表は項目名がなく、金額の合計が項目別の表と一致するため、"
        "総括の表と見て、二重に数えないよう公表していません。",
        "項目別の表とは別の効果額であれば、取組項目の欄を設けて項目名を記入してください。",
        first.sheet,
        first.row,
    )


def side_of_comparison(sheet: str | None, row: int, name: str) -> CellFinding:
    """A row of what there was before or after a change."""
    return CellFinding(
        "info",
        "side_of_comparison",
        f"「{name}」の行は、見直しなどの前後を比べるための行で実績や効果額そのものではないため、公表していません。",
        "実績や効果額であれば、区分の言葉を変えて書いてください。",
        sheet,
        row,
        value=name,
    )


def row_wrapped(sheet: str | None, row: int, seen: str) -> CellFinding:
    """Lines of a table in which the text of one cell stands in several rows."""
    return CellFinding(
        "error",
        "row_wrapped",
        "一つのセルの文が上下の行に分かれているようです（PDFから写した表など）。"
        "文の途中までを公表しないよう、続いている行は公表していません。",
        "一つの項目の文を一つのセルにまとめ、余った行を消してください。",
        sheet,
        row,
        value=seen,
    )


def value_says_done(record: Record, cell: ValueCell) -> CellFinding:
    """A sentence in a column of values: what was done."""
    return CellFinding(
        "info",
        "value_says_done",
        f"数値と文が混じる列のため、「{cell.text}」のような文は取組実績として、数値は実績値として"
        "読みました。",
        "違う場合は、数値と文を別の列に分けてください。",
        record.sheet,
        record.row,
        cell.column,
        cell.text,
        "activity",
    )


def plan_in_words(record: Record, cell: ValueCell) -> CellFinding:
    """A plan in words beside an actual in words: no values of an indicator."""
    return CellFinding(
        "info",
        "plan_in_words",
        f"「{cell.text}」は計画の内容（文章）として読み、数値の目標としては公表していません。",
        "数値の目標であれば、数字で書いてください。",
        record.sheet,
        record.row,
        cell.column,
        cell.text,
        cell.role.field,
    )


def upper_without_lower(sheet: str | None, row: int, seen: str) -> CellFinding:
    """One row where the sheet says that plan and actual stand one above the other."""
    return CellFinding(
        "error",
        "upper_without_lower",
        "上段と下段の2行で書く表ですが、この項目は1行しかないため、計画（目標）か実績か分かりません。"
        "この行は公表していません。",
        "計画（目標）の行と実績の行をどちらも設けるか、計画と実績を別の列に書いてください。",
        sheet,
        row,
        value=seen,
    )


def named_by_heading(sheet: str | None, row: int, label: str) -> CellFinding:
    """Rows without a column for what they are about, named by the heading above their table."""
    return CellFinding(
        "info",
        "named_by_heading",
        f"項目名の列がない表のため、上の見出し「{label}」を実施内容として読みました。",
        "違う場合は、表に項目名の列を加えてください。",
        sheet,
        row,
        value=label,
    )


def row_of_unclear_year(sheet: str | None, row: int, seen: str) -> CellFinding:
    """Texts without a year in a table that has others for several years."""
    return CellFinding(
        "error",
        "row_of_unclear_year",
        "年度ごとの列がある表で、年度の書かれていない列が何年度のものか分かりません。"
        "この行は公表していません。",
        "見出しに年度を書くか、profile.yaml に fiscal_year を書くか、"
        "読まない列を ignore_columns に書いてください。",
        sheet,
        row,
        value=seen,
    )


def rating_mark_unclear(sheet: str | None, row: int, seen: str) -> CellFinding:
    """Marks in two columns of ratings, or something else than a mark in one."""
    return CellFinding(
        "error",
        "rating_mark_unclear",
        "評価の欄の印が一つに決まりません（印が二つ以上あるか、印でない文字があります）。"
        "この行は公表していません。",
        "当てはまる欄の一つだけに ○ を付けてください。",
        sheet,
        row,
        value=seen,
    )


def row_without_name(sheet: str | None, row: int, seen: str) -> CellFinding:
    """A row with values that names no item."""
    return CellFinding(
        "error",
        "row_without_name",
        "何についての行か分かりません（項目名・番号などの欄が空です）。この行は公表していません。",
        "項目名を書いてください。上の行の続きであれば上の行にまとめ、"
        "項目名の列がない表であれば、表のすぐ上に何の表かを書いてください。",
        sheet,
        row,
        value=seen,
    )


def example_row(sheet: str | None, row: int, texts: Sequence[str]) -> CellFinding:
    """A row that shows how to fill in."""
    return CellFinding(
        "info",
        "example_row",
        f"記入例の行（「{texts[0]}」）として、公表していません。",
        "実際の結果であれば、「例」の字を消してください。",
        sheet,
        row,
        value=" | ".join(texts),
    )


def part_of_row_above(sheet: str | None, row: int, name: str) -> CellFinding:
    """うち… and 内数: counted in the row above."""
    return CellFinding(
        "info",
        "part_of_row_above",
        f"「{name}」の行は、上の行の内数として、公表していません（二重に数えないため）。",
        "内数でなければ、項目名の「うち」「内数」を消してください。",
        sheet,
        row,
        value=name,
    )


def row_beside_total(sheet: str | None, row: int, name: str) -> CellFinding:
    """前年度, 差引 and the like below a total."""
    return CellFinding(
        "info",
        "row_beside_total",
        f"合計の下の「{name}」の行は、項目の結果ではないものとして、公表していません。",
        "項目の結果であれば、合計の行より上に書いてください。",
        sheet,
        row,
        value=name,
    )


def row_behind_total(sheet: str | None, row: int, name: str) -> CellFinding:
    """A row below a total with nothing but a name and values."""
    return CellFinding(
        "error",
        "row_behind_total",
        f"「{name}」の行は合計の下にあり、番号も担当課もないため、項目の結果かどうか分かりません。"
        "この行は公表していません。",
        "項目の結果であれば番号か担当課を書くか、合計の行より上に書いてください。"
        "そうでなければ、そのままでかまいません。",
        sheet,
        row,
        value=name,
    )


def row_outside_table(sheet: str | None, row: int, seen: str) -> CellFinding:
    """A row of several cells that belongs to no table with known headings."""
    return CellFinding(
        "error",
        "row_outside_table",
        "見出しの分かる表の外にある行のため、読めません。この行は公表していません。",
        "表の見出しを直すか、profile.yaml の columns か skip_rows に書いてください。",
        sheet,
        row,
        value=seen,
    )


def row_of_unclear_table(sheet: str | None, row: int, seen: str) -> CellFinding:
    """A row of a table in which two columns claim the same."""
    return CellFinding(
        "error",
        "duplicate_column",
        "同じ意味の見出しが二つある表の行のため、公表していません。",
        "見出しを直すか、profile.yaml の ignore_columns か joined に書いてください。",
        sheet,
        row,
        value=seen,
    )


def row_of_unknown_kind(sheet: str | None, row: int, seen: str) -> CellFinding:
    """A row that is neither one of plans nor one of actuals, in a table of such rows."""
    return CellFinding(
        "error",
        "row_of_unknown_kind",
        "計画の行か実績の行か分かりません。この行は公表していません。",
        "区分の欄に「計画」か「実績」と書くか、"
        "読まない行は profile.yaml の skip_rows に書いてください。",
        sheet,
        row,
        value=seen,
    )
