"""``corrections.yaml``: what people found wrong in the extracted rows of a plan.

Each entry says which cell it means, what was extracted there and what it should be, with the reason
and the day; docs/corrections.ja.md shows it. The file itself is checked here; whether the entries
fit the rows is for :mod:`pipelines.plans.corrections`.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from pydantic import field_validator, model_validator

from pipelines.sources.yaml_lists import ListEntry, ListFile, entry_fault, require_text

CORRECTIONS = ListFile("corrections.yaml", "corrections_invalid")

Cell = str | int | float | bool | datetime.date | None


class Correction(ListEntry):
    """One entry.

    Attributes:
        table: name of the table.
        row: the row's primary key: its value, or column -> value.
        column: the column; where the row is dropped, the one that the row is recognised by.
        expected: the value as extracted; null where the cell was empty.
        value: the value that is to stand there; null empties the cell.
        drop: whether the whole row goes, because the document holds no such thing.
        reason: why, for the public.
        date: the day of the decision.
    """

    table: str
    row: Any
    column: str
    expected: Any
    value: Any = None
    drop: bool = False
    reason: str
    date: datetime.date

    @field_validator("table", "column")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise entry_fault(f"「{name}」は表や列の名前ではありません。半角の英小文字で書きます。")
        return name

    @field_validator("row")
    @classmethod
    def _is_a_key(cls, row: Any) -> Any:
        parts = row.values() if isinstance(row, dict) else [row]
        if not parts or any(isinstance(one, bool | float) or not _is_cell(one) for one in parts):
            raise entry_fault("row には行のID、または主キーの「列: 値」の組を書いてください。")
        if any(one is None or one == "" for one in parts):
            raise entry_fault("row に空の値があります。行の主キーの値を書いてください。")
        return row

    @field_validator("expected", "value")
    @classmethod
    def _is_one_value(cls, value: Any) -> Any:
        if not _is_cell(value):
            raise entry_fault("値は一つだけ書いてください（文、数、日付、true/false、null）。")
        return value.strip() if isinstance(value, str) else value

    @field_validator("reason")
    @classmethod
    def _says_why(cls, reason: str) -> str:
        return require_text(reason)

    @model_validator(mode="after")
    def _says_what_to_do(self) -> Correction:
        given = "value" in self.model_fields_set
        if self.drop and given:
            raise entry_fault(
                "drop: true の訂正に value は書けません。行を除くなら value を、"
                "値を直すなら drop を消してください。"
            )
        if not self.drop and not given:
            raise entry_fault(
                "必須のキー value がありません。空にするなら value: null、"
                "行ごと除くなら drop: true と書いてください。"
            )
        if self.value == "":
            raise entry_fault("value が空の文です。空にするなら null と書いてください。")
        return self


def _is_cell(value: Any) -> bool:
    return isinstance(value, Cell) and not isinstance(value, datetime.datetime)
