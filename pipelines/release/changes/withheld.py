"""Old values that a correction took out: the release before may hold them, the changes never do.

A correction's old value is internal, as it may be what had to be taken out (a name). It stands in
the old row of the difference, and perhaps in others: wherever it is found there, it is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pipelines.release.changes.difference import ReleaseDifference, TableDifference

Row = Mapping[str, Any]

#: Characters from which a text is looked for in every cell; a shorter one only in its own.
TELLING: Final = 4


class _Withheld:
    """Stands for a value that is not told."""

    def __str__(self) -> str:
        return ""


WITHHELD: Final = _Withheld()


def without_corrected(
    difference: ReleaseDifference, corrections: Iterable[Row]
) -> ReleaseDifference:
    """The difference without the old values of corrections.

    Args:
        difference: of public tables.
        corrections: rows of ``applied_corrections`` with their internal column ``old_value``.
    """
    taken_out = [one for one in corrections if one["old_value"]]
    if not taken_out:
        return difference
    tables = {name: _table(table, taken_out) for name, table in difference.tables.items()}
    return replace(difference, tables=tables)


def _table(table: TableDifference, corrections: Sequence[Row]) -> TableDifference:
    cover = _Cover(table, corrections)
    modified = [
        replace(
            one,
            changed={
                name: (cover.shown(one.row, name, old), new)
                for name, (old, new) in one.changed.items()
            },
        )
        for one in table.modified
    ]
    return replace(table, modified=modified, deleted=[cover.deleted(row) for row in table.deleted])


class _Cover:
    """Decides for one table which old values are not told.

    A key is told, as the rows of ``applied_corrections`` name it, unless it holds the text itself.
    """

    def __init__(self, table: TableDifference, corrections: Sequence[Row]) -> None:
        self._key = table.key
        self._texts = [one["old_value"] for one in corrections if len(one["old_value"]) >= TELLING]
        self._cells = {
            (one["row_key"], one["column_name"])
            for one in corrections
            if one["table_name"] == table.name
        }
        #: Rows that corrections dropped: nothing of them, nor of rows that name them, is told.
        self._dropped = {one["row_key"] for one in corrections if one["new_value"] is None}

    def shown(self, row: Row, column: str, value: Any) -> Any:
        """The old value, or what stands for it."""
        if isinstance(value, str) and any(text in value for text in self._texts):
            return WITHHELD
        is_corrected = value is not None and (self._key_of(row), column) in self._cells
        return WITHHELD if is_corrected and column not in self._key else value

    def deleted(self, row: Row) -> Row:
        """A row that is gone, as far as it may be told."""
        names = {self._key_of(row), *(value for value in row.values() if isinstance(value, str))}
        if self._dropped.isdisjoint(names):
            return {name: self.shown(row, name, value) for name, value in row.items()}
        return {
            name: self.shown(row, name, value) if name in self._key or value is None else WITHHELD
            for name, value in row.items()
        }

    def _key_of(self, row: Row) -> str:
        return ";".join(str(row.get(name)) for name in self._key)
