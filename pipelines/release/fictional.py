"""Releases of invented municipalities say so everywhere.

The fictional municipality of the demonstration has a code of prefecture 99, which Japan does not
have. A release that holds nothing else is marked: package, every table, every comment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pyarrow as pa

from pipelines.tables.schema import TableSchema

PREFECTURE: Final = "99"
MARK: Final = "【架空の見本】"
NOTE: Final = "架空の団体の見本データで、実在の団体とは関係ありません。"
MARK_EN: Final = "[Fictional sample] "
NOTE_EN: Final = "Sample data of an invented municipality; it has nothing to do with any real one. "


def is_fictional(tables: Mapping[str, pa.Table]) -> bool:
    """Whether all municipalities of a release are invented; not where there are none."""
    table = tables.get("municipalities")
    if table is None:
        return False
    codes = table.column("municipality_code").to_pylist()
    return bool(codes) and all(str(code).startswith(PREFECTURE) for code in codes)


def marked_schemas(schemas: Mapping[str, TableSchema]) -> dict[str, TableSchema]:
    """The schemas with marked titles and descriptions; names and columns stay."""
    return {name: _marked(schema) for name, schema in schemas.items()}


def _marked(schema: TableSchema) -> TableSchema:
    texts = {
        "title": MARK + schema.title,
        "title_en": MARK_EN + schema.title_en,
        "description": NOTE_EN + schema.description,
        "description_ja": NOTE + schema.description_ja,
    }
    return replace(schema, **texts, descriptor={**schema.descriptor, **texts})  # type: ignore[arg-type]


def marked_head(head: Mapping[str, Any]) -> dict[str, Any]:
    """What a package says of itself, marked."""
    return {
        **head,
        "title": MARK + head["title"],
        "title_en": MARK_EN + head["title_en"],
        "description": NOTE + head["description"],
        "description_en": NOTE_EN + head["description_en"],
    }
