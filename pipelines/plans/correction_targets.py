"""Which row a correction means, and whether it finds there what it expects."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipelines.plans.characters import without_spaces
from pipelines.plans.rows import Row
from pipelines.sources.corrections import Correction
from pipelines.tables.arrow import TableTypeError, rows_to_table
from pipelines.tables.checks import check_tables
from pipelines.tables.schema import TableSchema

#: Tables that say who and what was read, or that are worked out from the others.
_NOT_READ = frozenset(
    {"municipalities", "sources", "item_lineage", "extraction_issues", "applied_corrections"}
)
_OF_THE_SYSTEM = frozenset({"plan_id", "source_id", "municipality_code"})
_OF_THE_SETTINGS = frozenset(
    {"document_kind", "edition_of", "is_current", "layout", "license", "published_on", "source_url"}
)
_SHOWN_ROWS = 3


class CorrectionFault(Exception):
    """Why a correction cannot be applied, in Japanese; ``found`` is the value that stands there."""

    def __init__(self, message: str, found: str | None = None) -> None:
        super().__init__(message)
        self.found = found


@dataclass(frozen=True)
class Aimed:
    """A correction with the row that it means."""

    number: int
    correction: Correction
    schema: TableSchema
    row: Row

    @property
    def cell(self) -> tuple[str, int]:
        """The row, whatever its column."""
        return self.correction.table, id(self.row)

    @property
    def corrected(self) -> Row:
        """The row with the new value in its cell."""
        return {**self.row, self.correction.column: self.correction.value}


def aim(
    number: int,
    correction: Correction,
    schemas: Mapping[str, TableSchema],
    rows: Mapping[str, Sequence[Row]],
) -> Aimed:
    """The row that a correction means.

    Raises:
        CorrectionFault: there is none, it may not be corrected, or it says something else.
    """
    schema = _table(correction, schemas)
    _require_correctable(correction, schema)
    key = _key(correction, schema)
    found = [row for row in rows.get(schema.name, ()) if key_of(schema, row) == key]
    if len(found) != 1:
        raise CorrectionFault(_no_row_ja(correction, schema, rows.get(schema.name, ())))
    aimed = Aimed(number, correction, schema, found[0])
    _require_expected(aimed)
    if not correction.drop:
        _require_allowed(aimed)
    return aimed


def _table(correction: Correction, schemas: Mapping[str, TableSchema]) -> TableSchema:
    usable = sorted(
        name for name, one in schemas.items() if one.stage == "plans" and name not in _NOT_READ
    )
    if correction.table in usable:
        return schemas[correction.table]
    if correction.table in schemas:
        raise CorrectionFault(
            "この表は文書から読んだものではないので訂正できません。"
            "元の値（plan.yaml や、訂正できる表）を直してください。"
        )
    raise CorrectionFault(f"この名前の表はありません。訂正できる表は {'、'.join(usable)} です。")


def _require_correctable(correction: Correction, schema: TableSchema) -> None:
    if correction.column not in schema.field_names:
        names = "、".join(schema.field_names)
        raise CorrectionFault(f"この名前の列はありません。表の列は {names} です。")
    if schema.field(correction.column).disclosure == "internal":
        raise CorrectionFault("公開しない列は訂正できません。訂正した値は公開されるためです。")
    if correction.drop:
        if schema.name == "plans":
            raise CorrectionFault(
                "計画は除けません。データから外すには計画のフォルダーを取り除きます。"
            )
        return
    if correction.column in (*schema.primary_key, *_OF_THE_SYSTEM):
        raise CorrectionFault(
            "行を見分ける列は訂正できません。IDは印刷された名称から作り、訂正しても変わりません。"
            "名称などの列を直すか、文書にない行なら drop: true で除いてください。"
        )
    if schema.name == "plans" and correction.column in _OF_THE_SETTINGS:
        raise CorrectionFault("この列は plan.yaml から来ます。plan.yaml を直してください。")


def _key(correction: Correction, schema: TableSchema) -> tuple[Any, ...]:
    row = correction.row
    given = row if isinstance(row, dict) else {schema.primary_key[0]: row}
    if set(given) != set(schema.primary_key):
        parts = "、".join(f"{name}: 値" for name in schema.primary_key)
        raise CorrectionFault(f"row が主キーと合いません。{{{parts}}} の形で書いてください。")
    return tuple(given[name] for name in schema.primary_key)


def key_of(schema: TableSchema, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The primary key of a row."""
    return tuple(row.get(name) for name in schema.primary_key)


def key_text(row: Any) -> str:
    """A key as people read it: its values, separated by semicolons."""
    values = row.values() if isinstance(row, dict) else [row]
    return ";".join(map(str, values))


def _no_row_ja(correction: Correction, schema: TableSchema, rows: Sequence[Row]) -> str:
    alike = [
        key_text(dict(enumerate(key_of(schema, row))))
        for row in rows
        if correction.expected is not None
        and same_value(correction.expected, row.get(correction.column))
    ]
    shown = "、".join(alike[:_SHOWN_ROWS])
    hint = f"expected と同じ値の行は {shown} です。" if alike else ""
    return (
        f"この行は今回の読み取りにないため、公開できません。{hint}"
        "row を今のIDに直すか、要らなくなった訂正なら消してください。"
    )


def _require_expected(aimed: Aimed) -> None:
    expected = aimed.correction.expected
    found = aimed.row.get(aimed.correction.column)
    if same_value(expected, found):
        return
    if not aimed.correction.drop and same_value(aimed.correction.value, found):
        raise CorrectionFault(
            f"今回読み取った値が、すでに訂正後の値{_shown(found)}です。この訂正を消してください。",
            value_text(found),
        )
    hint = ""
    if expected is not None and value_text(expected) == value_text(found):
        hint = "値の種類が違います。文は引用符で囲み、数・日付・true/false は囲まずに書きます。"
    raise CorrectionFault(
        f"expected は{_shown(expected)}ですが、今回読み取った値は{_shown(found)}のため、"
        f"公開できません。{hint}文書を見て、訂正がまだ要るなら expected を今の値に直し、"
        "要らなければこの訂正を消してください。",
        value_text(found),
    )


def same_value(expected: Any, found: Any) -> bool:
    """Whether both are one value; in texts white space is not compared, everything else is.

    White space is left out because a long text is wrapped in YAML, and line breaks of a cell are
    spaces in the CSV that people copy from.
    """
    if isinstance(expected, str) and isinstance(found, str):
        return without_spaces(expected) == without_spaces(found)
    if expected is None or found is None:
        return _blank(expected) and _blank(found)
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    return not isinstance(expected, str) and not isinstance(found, str) and expected == found


def _blank(value: Any) -> bool:
    return value is None or value == ""


def _require_allowed(aimed: Aimed) -> None:
    """The new value must be one that the column may hold."""
    column = aimed.correction.column
    field = aimed.schema.field(column)
    if same_value(aimed.correction.expected, aimed.correction.value):
        raise CorrectionFault(
            "value が expected と同じです。直す値を書くか、この訂正を消してください。"
        )
    try:
        table = rows_to_table(aimed.schema, [aimed.corrected])
    except TableTypeError as error:
        if all(cell.column != column for cell in error.cells):
            raise
        raise CorrectionFault(
            f"value{_shown(aimed.correction.value)}は列の型（{_TYPES_JA[field.type]}）の"
            "値ではありません。文は引用符で囲み、数・日付・true/false は囲まずに書いてください。"
        ) from error
    alone = replace(aimed.schema, foreign_keys=())
    for violation in check_tables({alone.name: alone}, {alone.name: table}):
        if violation.columns == (column,):
            raise CorrectionFault(f"value は使えません。{violation.message_ja}")


_TYPES_JA = {
    "string": "文",
    "integer": "整数",
    "number": "数",
    "boolean": "true か false",
    "date": "日付 2026-04-01",
}


def value_text(value: Any) -> str | None:
    """A value as the CSV writes it; None for an empty cell."""
    if _blank(value):
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _shown(value: Any) -> str:
    text = value_text(value)
    return "（空）" if text is None else f"「{text}」"
