"""What a broken rule is told as: table, row, column, value, rule, and what to do, in Japanese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pipelines.tables.rules import Rule
from pipelines.tables.schema import Field, TableSchema

LONGEST_VALUE: Final = 60  # characters of a value that a message shows

_RULES: Final[Mapping[str, tuple[str, str]]] = {
    "required": ("空にできません", "元の資料にある値を入れてください"),
    "enum": ("決められた値（{limit}）ではありません", "決められた値のどれかに直してください"),
    "pattern": (
        "決められた書式（{limit}）に合いません",
        "半角・全角、桁数、区切りの文字を確かめて直してください",
    ),
    "minimum": ("下限の{limit}より小さい値です", "値を確かめて、{limit}以上に直してください"),
    "maximum": ("上限の{limit}より大きい値です", "値を確かめて、{limit}以下に直してください"),
    "minLength": ("{limit}文字より短い値です", "値が途中で切れていないか確かめてください"),
    "maxLength": ("{limit}文字より長い値です", "隣の欄の内容が混ざっていないか確かめてください"),
    "unique": ("前の行と重複しています", "重複した行を除くか、値を直してください"),
    "primary_key": (
        "主キーが前の行と重複しているか、空です",
        "重複した行を除くか、行を見分ける値を入れてください",
    ),
    "unique_key": (
        "組み合わせが前の行と重複しています",
        "重複した行を除くか、値を直してください",
    ),
    "foreign_key": (
        "参照先の表「{limit}」にありません",
        "値を直すか、参照先の表に行を加えてください",
    ),
}


def message_ja(
    schema: TableSchema,
    rule: Rule,
    row_key: str,
    value: str | None,
    schemas: Mapping[str, TableSchema],
) -> str:
    """The message for one row; values of internal columns are not shown."""
    place = f"表「{schema.title}」（{schema.name}）の行（{row_key}）"
    if rule.rule == "blank_row":
        return f"{place}: すべての列が空です。この行を除いてください。"
    wrong, remedy = _RULES[rule.rule]
    limit = _limit_ja(rule, schemas)
    fields = [schema.field(name) for name in rule.columns]
    columns = "、".join(f"列「{field.title}」（{field.name}）" for field in fields)
    told = f"{wrong.format(limit=limit)}。{remedy.format(limit=limit)}。"
    return f"{place}: {columns}{_value_ja(fields, value)}は、{told}"


def missing_table_ja(schema: TableSchema, columns: tuple[str, ...], reference: str) -> str:
    """The message for a foreign key whose table was not given to the checks at all."""
    return (
        f"表「{schema.title}」（{schema.name}）: 列 {'、'.join(columns)} の参照先の表 "
        f"{reference} がないため、照合できません。参照先の表と一緒に検査してください。"
    )


def _value_ja(fields: list[Field], value: str | None) -> str:
    if value is None:
        return "の値（空）"
    if any(field.disclosure == "internal" for field in fields):
        return "の値（非公開の列のため示しません）"
    short = value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…"
    return f"の値「{short}」"


def _limit_ja(rule: Rule, schemas: Mapping[str, TableSchema]) -> Any:
    if rule.rule == "enum":
        return "、".join(map(str, rule.limit))
    if rule.rule == "foreign_key":
        return schemas[rule.limit.reference_table].title
    return rule.limit
