"""The two tables that gyokaku.duckdb has beyond the package: data_dictionary and release_info."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyarrow as pa

from pipelines.tables.arrow import rows_to_table
from pipelines.tables.schema import Field, TableSchema
from pipelines.tables.schemas import schema_from_descriptor


def _column(
    name: str, kind: str, titles: tuple[str, str], description_ja: str, *, required: bool = False
) -> dict[str, Any]:
    return {
        "name": name,
        "type": kind,
        "title": titles[0],
        "title_en": titles[1],
        "description": f"{titles[1]}.",
        "description_ja": description_ja,
        "disclosure": "public",
        "constraints": {"required": True} if required else {},
    }


DATA_DICTIONARY: Final = schema_from_descriptor(
    {
        "name": "data_dictionary",
        "title": "データ項目の説明",
        "title_en": "Data dictionary",
        "description": "One row per column of every table of this file.",
        "description_ja": "このファイルのすべての表のすべての列の説明です。",
        "view_name": "データ項目説明",
        "stage": "marts",
        "primaryKey": ["table_name", "column_name"],
        "sort_order": ["table_name", "ordinal"],
        "fields": [
            _column("table_name", "string", ("表", "Table"), "表の物理名です。", required=True),
            _column(
                "ordinal",
                "integer",
                ("列の順番", "Position of the column"),
                "1から始まる列の順番です。",
                required=True,
            ),
            _column("column_name", "string", ("列", "Column"), "列の物理名です。", required=True),
            _column("title", "string", ("列名", "Title"), "日本語の列名です。", required=True),
            _column("title_en", "string", ("英語の列名", "English title"), "英語の列名です。"),
            _column("type", "string", ("型", "Type"), "Table Schemaの型です。", required=True),
            _column("unit", "string", ("単位", "Unit"), "値の単位です。"),
            _column(
                "is_required",
                "boolean",
                ("必須", "Whether null is forbidden"),
                "真なら空欄がありません。",
                required=True,
            ),
            _column(
                "is_primary_key",
                "boolean",
                ("主キー", "Whether part of the primary key"),
                "真なら主キーの一部です。",
                required=True,
            ),
            _column(
                "reference_to",
                "string",
                ("参照先", "Table and column that a foreign key refers to"),
                "参照先の表と列です。複数あれば;で区切ります。",
            ),
            _column(
                "is_verbatim",
                "boolean",
                ("原文の引用", "Whether the column quotes a document"),
                "真なら文書の文言をそのまま収めた列です。",
                required=True,
            ),
            _column(
                "constraints_json",
                "string",
                ("制約", "Constraints as JSON"),
                "値の制約（選択肢、書式、範囲）をJSONで表します。",
            ),
            _column("description_ja", "string", ("説明", "Description in Japanese"), "説明です。"),
            _column(
                "description",
                "string",
                ("英語の説明", "Description in English"),
                "英語の説明です。",
            ),
        ],
    }
)
RELEASE_INFO: Final = schema_from_descriptor(
    {
        "name": "release_info",
        "title": "公開版の情報",
        "title_en": "Release information",
        "description": "One row per table of this release: version and number of rows.",
        "description_ja": "この公開版の番号と、表ごとの行数です。",
        "view_name": "公開版情報",
        "stage": "marts",
        "primaryKey": ["table_name"],
        "sort_order": ["table_name"],
        "fields": [
            _column("version", "string", ("版", "Version"), "公開版の番号です。", required=True),
            _column("table_name", "string", ("表", "Table"), "表の物理名です。", required=True),
            _column("title", "string", ("表の名前", "Title"), "日本語の表名です。", required=True),
            _column(
                "view_name",
                "string",
                ("日本語ビュー", "Japanese view"),
                "日本語の列名で読めるビューの名前です。",
                required=True,
            ),
            _column("row_count", "integer", ("行数", "Rows"), "表の行数です。", required=True),
        ],
    }
)


def data_dictionary(schemas: Iterable[TableSchema]) -> pa.Table:
    """One row per column of the public tables ``schemas``."""
    rows = [
        _dictionary_row(schema, ordinal, field)
        for schema in schemas
        for ordinal, field in enumerate(schema.fields, start=1)
    ]
    return rows_to_table(DATA_DICTIONARY, rows)


def release_info(
    schemas: Mapping[str, TableSchema], counts: Mapping[str, int], version: str
) -> pa.Table:
    """One row per table; ``counts`` are rows by table."""
    rows = [
        {
            "version": version,
            "table_name": name,
            "title": schema.title,
            "view_name": schema.view_name,
            "row_count": counts[name],
        }
        for name, schema in schemas.items()
    ]
    return rows_to_table(RELEASE_INFO, rows)


def _dictionary_row(schema: TableSchema, ordinal: int, field: Field) -> dict[str, Any]:
    return {
        "table_name": schema.name,
        "ordinal": ordinal,
        "column_name": field.name,
        "title": field.title,
        "title_en": field.title_en,
        "type": field.type,
        "unit": field.unit,
        "is_required": field.required,
        "is_primary_key": field.name in schema.primary_key,
        "reference_to": _references(schema, field.name),
        "is_verbatim": field.verbatim,
        "constraints_json": _constraints(field),
        "description_ja": field.description_ja,
        "description": field.description,
    }


def _references(schema: TableSchema, column: str) -> str | None:
    found = [
        f"{key.reference_table}.{other}"
        for key in schema.foreign_keys
        for name, other in zip(key.fields, key.reference_fields, strict=True)
        if name == column
    ]
    return ";".join(found) or None


def _constraints(field: Field) -> str | None:
    others = {key: value for key, value in field.constraints.items() if key != "required"}
    return json.dumps(others, ensure_ascii=False, sort_keys=True) if others else None
