"""``item_changes.yaml``: what happened to items of a plan between its editions, as people state it.

Items are named by their title or their item_id; docs/editions.ja.md shows each kind of change.
Whether the items exist is for :mod:`pipelines.plans.item_history`.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import field_validator, model_validator

from pipelines.sources.yaml_lists import ListEntry, ListFile, entry_fault, require_text

ITEM_CHANGES = ListFile("item_changes.yaml", "item_changes_invalid")

Change = Literal["merged", "split", "added", "stopped", "transferred", "renamed"]

_NEVER = 0
_MANY = 10_000
#: How many items each change names: least and most in ``items``, least and most in ``into``.
COUNTS: dict[Change, tuple[int, int, int, int]] = {
    "merged": (1, _MANY, 1, 1),
    "split": (1, 1, 1, _MANY),
    "added": (_NEVER, _NEVER, 1, _MANY),
    "stopped": (1, _MANY, _NEVER, _NEVER),
    "transferred": (1, _MANY, _NEVER, _NEVER),
    "renamed": (1, 1, 1, 1),
}


class ItemChange(ListEntry):
    """One entry.

    Attributes:
        date: the day of the change.
        change: what happened.
        items: titles or ids of the items before; none where items were added.
        into: titles or ids of the items after; none where items were stopped or transferred.
        department: the department that a transferred item went to.
        reason: why, for the public.
    """

    date: datetime.date
    change: Change
    items: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    department: str | None = None
    reason: str

    @field_validator("items", "into", mode="before")
    @classmethod
    def _are_named(cls, names: Any) -> tuple[str, ...]:
        """A list of names; a single name may stand without the list around it."""
        given = names if isinstance(names, list) else [names]
        if not all(isinstance(name, str) for name in given):
            raise entry_fault("項目名か item_id を、引用符で囲んだ文の一覧として書いてください。")
        return tuple(require_text(name) for name in given)

    @field_validator("reason", "department")
    @classmethod
    def _says_something(cls, text: str | None) -> str | None:
        return None if text is None else require_text(text)

    @model_validator(mode="after")
    def _names_as_many_as_the_change_has(self) -> ItemChange:
        least, most, least_into, most_into = COUNTS[self.change]
        self._require("items", len(self.items), least, most)
        self._require("into", len(self.into), least_into, most_into)
        if self.change == "transferred" and self.department is None:
            raise entry_fault("transferred には移った先の課名を department に書いてください。")
        if self.change != "transferred" and self.department is not None:
            raise entry_fault(f"department は transferred だけに書けます（{self.change} です）。")
        return self

    def _require(self, key: str, count: int, least: int, most: int) -> None:
        if least <= count <= most:
            return
        if most == _NEVER:
            wanted = f"{self.change} に {key} は書けません。消してください。"
        elif least == most:
            wanted = f"{self.change} の {key} には項目を{most}つだけ書いてください。"
        else:
            wanted = f"{self.change} には {key} が要ります。項目名か item_id を書いてください。"
        raise entry_fault(wanted, key)
