"""Schemas that have every type, constraint and kind of key, and rows for them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pipelines.tables.schema import Field, TableSchema
from pipelines.tables.schemas import load_schemas, schema_from_descriptor

SCHEMA_FOLDER = Path(__file__).parents[2] / "schemas"
REAL_SCHEMAS = load_schemas(SCHEMA_FOLDER)


def column(
    name: str, type: str, *, disclosure: str = "public", **constraints: Any
) -> dict[str, Any]:
    """A field of a descriptor, with titles made from its name."""
    return {
        "name": name,
        "type": type,
        "title": f"列{name}",
        "title_en": f"Column {name}",
        "description": f"The column's {name}.",
        "description_ja": f"列の{name}です。",
        "disclosure": disclosure,
        "constraints": constraints,
    }


def descriptor(name: str, fields: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A table's descriptor; the first column is its key if ``more`` names no other."""
    return {
        "name": name,
        "title": f"表{name}",
        "title_en": f"Table {name}",
        "description": f"The table's {name}.",
        "description_ja": f"表の{name}です。",
        "view_name": f"和名{name}",
        "stage": "plans",
        "fields": fields,
        "primaryKey": [fields[0]["name"]],
        "sort_order": [fields[0]["name"]],
        **more,
    }


def reference(fields: list[str], resource: str, to: list[str]) -> dict[str, Any]:
    """A foreign key of a descriptor."""
    return {"fields": fields, "reference": {"resource": resource, "fields": to}}


GROUPS = descriptor(
    "groups",
    [
        column("code", "string", required=True, pattern="^[A-C][0-9]?$"),
        column("column", "string", maxLength=3),
        column("speaker_code", "string"),
        column("speaker_seq", "integer"),
    ],
    foreignKeys=[reference(["speaker_code", "speaker_seq"], "members", ["group_code", "seq"])],
)
MEMBERS = descriptor(
    "members",
    [
        column("group_code", "string", required=True),
        column("seq", "integer", required=True, minimum=1, maximum=3),
        column("name", "string", required=True, minLength=2, maxLength=4),
        column("kind", "string", enum=["甲", "it's", "c,d"]),
        column("kind_code", "string", pattern="^(?:[0-9]{2}|[ァ-ヶ]+)$"),
        column("level", "integer", enum=[1, 2]),
        column("ratio", "number", minimum=0.1, maximum=2.5),
        column("step", "number", enum=[0.1, 0.5]),
        column("active", "boolean", required=True),
        column("agreed", "boolean", enum=[True]),
        column("born", "date", minimum="2000-02-29", maximum="2020-01-01"),
        column("met", "date", enum=["2001-01-01"]),
        column("mail", "string", unique=True),
        column("above_code", "string"),
        column("above_seq", "integer"),
        column("secret", "string", disclosure="internal", enum=["開"]),
    ],
    primaryKey=["group_code", "seq"],
    uniqueKeys=[["name", "born"]],
    foreignKeys=[
        reference(["group_code"], "groups", ["code"]),
        reference(["above_code", "above_seq"], "", ["group_code", "seq"]),
    ],
    sort_order=["seq", "group_code"],
)
SAMPLE_SCHEMAS = {one["name"]: schema_from_descriptor(one) for one in (GROUPS, MEMBERS)}

# Few values of each column, good and bad, so that keys meet each other and themselves.
DAYS = ["1999-12-31", "2000-02-28", "2000-02-29", "2001-01-01", "2020-01-01", "2020-01-02"]
CODES: list[str | None] = [None, "A", "A1", "B", "Ａ", "A12", "AA", "a", " A", "A "]
POOLS: dict[str, list[Any]] = {
    "code": CODES,
    "group_code": CODES[:5],
    "speaker_code": CODES[:4],
    "above_code": CODES[:4],
    "column": [None, "x", "四文字だ", "𠮷野家", "𠮷野家だ", 'a"b', "が"],
    "seq": [None, 1, 2, 3, 0, 4],
    "speaker_seq": [None, 1, 2],
    "above_seq": [None, 1, 2],
    "name": [None, "一", "一二", "𠮷", "𠮷𠮷", "a,b", "a;b'c", "12345", "''''''"],
    "kind": [None, "甲", "it's", "c,d", "乙", "it''s", "甲 "],
    "kind_code": [None, "01", "１２", "012", "カナ", "ｶﾅ", "カナ1", "|", "0", "0|"],
    "level": [None, 1, 2, 3, -1, 2**62],
    "ratio": [None, 0.1, 0.09999999999999999, 2.5, 2.5000000000000004, 1.0, -0.0, 1e300, 1e-300],
    "step": [None, 0.1, 0.5, 0.30000000000000004, 0.1 + 1e-17, 1e300],
    "active": [None, True, False],
    "agreed": [None, True, False],
    "born": [None, *map(datetime.date.fromisoformat, DAYS)],
    "met": [None, *map(datetime.date.fromisoformat, DAYS)],
    "mail": [None, "a@b", "c@d"],
    "secret": [None, "開", "秘"],
}


def sample_rows(schema: TableSchema) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to five rows of a sample table, with faults of every kind."""
    row = st.fixed_dictionaries({name: st.sampled_from(POOLS[name]) for name in schema.field_names})
    blank = st.just(dict.fromkeys(schema.field_names))
    return st.lists(st.one_of(row, row, row, row, row, blank), max_size=5)


def good_group(**changed: Any) -> dict[str, Any]:
    """A row of groups without a fault, but for what is changed."""
    return {"code": "A", "column": "x", **changed}


def good_member(**changed: Any) -> dict[str, Any]:
    """A row of members without a fault, but for what is changed."""
    return {"group_code": "A", "seq": 1, "name": "一二", "active": True, **changed}


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["一行目\n二行目", "　全角\t空白", "⺠（①～⑤）", "𠮷野家", "\r\n", "NULL", "ＡＢＣ"]
)
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "string": TEXTS,
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "date": st.dates(),
}


def typed_value(field: Field) -> st.SearchStrategy[Any]:
    """A value of the column's type, or null; other constraints are not observed."""
    return st.none() | VALUES[field.type]


def typed_rows(schema: TableSchema, max_size: int = 6) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of the right types; keys may be missing from them."""
    optional = {field.name: typed_value(field) for field in schema.fields}
    return st.lists(st.fixed_dictionaries({}, optional=optional), max_size=max_size)
