"""Old values that a correction took out: the release before may hold them, the changes never do.

A correction's old value is internal, as it may be what had to be taken out (a name). It stands in
the old row of the difference, and perhaps in others: wherever it is found there, it is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from pipelines.release.changes.difference import Modification, ReleaseDifference, TableDifference

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


def _table(table: TableDifference, corrections: Iterable[Row]) -> TableDifference:
    texts = [one["old_value"] for one in corrections if len(one["old_value"]) >= TELLING]
    cells = {
        (one["row_key"], one["column_name"]): one["old_value"]
        for one in corrections
        if one["table_name"] == table.name
    }

    def shown(row: Row, column: str, value: Any) -> Any:
        if isinstance(value, str) and any(text in value for text in texts):
            return WITHHELD
        key = ";".join(str(row.get(name)) for name in table.key)
        is_corrected = value is not None and (key, column) in cells
        return WITHHELD if is_corrected else value

    return replace(
        table,
        modified=[_modification(one, shown) for one in table.modified],
        deleted=[
            {name: shown(row, name, value) for name, value in row.items()} for row in table.deleted
        ],
    )


def _modification(one: Modification, shown: Any) -> Modification:
    changed = {name: (shown(one.row, name, old), new) for name, (old, new) in one.changed.items()}
    return replace(one, changed=changed)
