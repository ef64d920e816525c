"""The files of ``changes/``: per table one CSV and one JSON, and what happened as a whole.

The CSV is long: one line per value, so that tables of different columns read alike and no cell
holds several things::

    change,item_id,column_name,old_value,new_value,is_withheld
    MOD,990019-x-1a2b3c4d,title,窓口の統合,窓口の一本化,false

ADD names every column that is not null, DEL likewise; the JSON holds whole rows with their types.
Where ``is_withheld`` is true, an old value is not told, as a correction took it out; the JSON lists
the columns concerned under ``withheld``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from pipelines.release.changes.difference import ReleaseDifference, Row, TableDifference
from pipelines.release.changes.notes import LANGUAGES, release_notes
from pipelines.release.changes.withheld import WITHHELD
from pipelines.release.csv_files import BOM, text_writer
from pipelines.release.durable import json_bytes

FOLDER: Final = "changes"
SUMMARY: Final = f"{FOLDER}/changes.json"
_HEADER: Final = ("column_name", "old_value", "new_value", "is_withheld")


def change_files(difference: ReleaseDifference | None, version: str) -> Iterator[tuple[str, bytes]]:
    """Path in the release and content of every file of ``changes/``.

    Args:
        difference: against the release before; None for the first release, which has notes only.
        version: of the release that the files are for.
    """
    yield SUMMARY, json_bytes(summary(difference, version))
    for language, text in release_notes(difference, version).items():
        yield _notes(language), text.encode()
    for name, table in difference.tables.items() if difference else ():
        yield f"{FOLDER}/{name}.csv", as_csv(table)
        yield f"{FOLDER}/{name}.json", json_bytes(as_json(table))


def summary(difference: ReleaseDifference | None, version: str) -> dict[str, Any]:
    """Versions, changes of structure, and rows by table; tables without a change are left out."""
    return {
        "version": version,
        "previous_version": difference.old_version if difference else None,
        "structure": [
            {"kind": one.kind, "ja": one.message_ja, "en": one.message_en}
            for one in (difference.structure if difference else ())
        ],
        "tables": {
            name: table.counts for name, table in (difference.tables if difference else {}).items()
        },
    }


def change_paths(told: Mapping[str, Any]) -> list[str]:
    """The files of ``changes/`` that belong to a summary, relative to the release."""
    tables = [f"{FOLDER}/{name}.{kind}" for name in told["tables"] for kind in ("csv", "json")]
    return [SUMMARY, *map(_notes, LANGUAGES), *tables]


def removed_notices(version: str, previous: str) -> dict[str, bytes]:
    """What stands for the changes of a version after the one before it was withdrawn, by path."""
    texts = {
        "ja": f"版 {previous} を取り下げたため、その値を含む変更点の一覧を除きました。",
        "en": f"Removed, as version {previous} whose values it held was withdrawn.",
    }
    told = {
        "version": version,
        "previous_version": previous,
        "structure": [],
        "tables": {},
        **{f"removed_{language}": text for language, text in texts.items()},
    }
    notes = {_notes(language): f"{text}\n".encode() for language, text in texts.items()}
    return {SUMMARY: json_bytes(told), **notes}


def _notes(language: str) -> str:
    return f"{FOLDER}/notes.{language}.md"


def as_json(table: TableDifference) -> dict[str, Any]:
    """Whole rows that came or went, and the columns that changed; days are ISO 8601."""
    return {
        "table": table.name,
        "key": list(table.key),
        "ADD": [_plain(row) for row in table.added],
        "MOD": [
            {
                "key": _plain({name: one.row[name] for name in table.key}),
                **_withheld({name: old for name, (old, _) in one.changed.items()}),
                "changed": {
                    name: {"old": _plain_value(old), "new": _plain_value(new)}
                    for name, (old, new) in one.changed.items()
                },
            }
            for one in table.modified
        ],
        "DEL": [{**_plain(row), **_withheld(row)} for row in table.deleted],
    }


def _withheld(values: Row) -> dict[str, list[str]]:
    names = [name for name, value in values.items() if value is WITHHELD]
    return {"withheld": names} if names else {}


def as_csv(table: TableDifference) -> bytes:
    """One line per value; values are written as in the table's own CSV."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("change", *table.key, *_HEADER))
    writer.writerows(_lines(table))
    return BOM + stream.getvalue().encode()


def _lines(table: TableDifference) -> Iterator[tuple[str, ...]]:
    for kind, rows in (("ADD", table.added), ("DEL", table.deleted)):
        for row in rows:
            for name, value in row.items():
                if name not in table.key and value is not None:
                    pair = (value, None) if kind == "DEL" else (None, value)
                    yield (kind, *_key_of(row, table), name, *_pair(*pair))
            if all(value is None for name, value in row.items() if name not in table.key):
                # Nothing but a key: it came or went all the same.
                yield (kind, *_key_of(row, table), "", *_pair(None, None))
    for one in table.modified:
        for name, (old, new) in one.changed.items():
            yield ("MOD", *_key_of(one.row, table), name, *_pair(old, new))


def _key_of(row: Row, table: TableDifference) -> tuple[str, ...]:
    return tuple(_text(row.get(name)) for name in table.key)


def _pair(old: Any, new: Any) -> tuple[str, str, str]:
    return _text(old), _text(new), "true" if old is WITHHELD else "false"


def _text(value: Any) -> str:
    return "" if value is None or value is WITHHELD else text_writer(type(value))(value)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in row.items()}


def _plain_value(value: Any) -> Any:
    if value is WITHHELD:
        return None
    return value.isoformat() if isinstance(value, date) else value
