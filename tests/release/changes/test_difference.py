"""The difference of two tables applied to the old gives the new, whatever was edited."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.release.changes.difference import TableDifference, table_difference
from pipelines.release.changes.files import as_csv, as_json
from pipelines.release.durable import json_bytes

TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1)
COLUMNS: dict[str, tuple[pa.DataType, st.SearchStrategy[Any]]] = {
    "title": (pa.string(), TEXTS),
    "fiscal_year": (pa.int64(), st.integers(1900, 2100)),
    "value": (pa.float64(), st.floats(allow_nan=False, allow_infinity=False)),
    "is_current": (pa.bool_(), st.booleans()),
    "held_on": (pa.date32(), st.dates(datetime.date(1900, 1, 1))),
}
KEY = ("plan_id", "seq")
KEYS = st.tuples(st.sampled_from(["a", "b-1", "改"]), st.integers(1, 4))


def table(names: Sequence[str], rows: Mapping[tuple[str, int], Mapping[str, Any]]) -> pa.Table:
    """A table with the two columns of the key and some of ``COLUMNS``."""
    schema = pa.schema(
        [
            ("plan_id", pa.string()),
            ("seq", pa.int64()),
            *((name, COLUMNS[name][0]) for name in names),
        ]
    )
    content = [{"plan_id": key[0], "seq": key[1], **row} for key, row in sorted(rows.items())]
    return pa.Table.from_pylist(content, schema=schema)


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    names = draw(st.lists(st.sampled_from(list(COLUMNS)), unique=True))
    row = st.fixed_dictionaries({name: st.none() | COLUMNS[name][1] for name in names})
    return table(names, draw(st.dictionaries(KEYS, row, max_size=6)))


def applied(old: pa.Table, found: Mapping[str, Any], columns: Sequence[str]) -> list[dict]:
    """The rows after a difference in its JSON form, as somebody who only has the old would do."""
    key = found["key"]
    rows = {tuple(row[name] for name in key): row for row in plain(old)}
    for row in found["DEL"]:
        del rows[tuple(row[name] for name in key)]
    for row in found["ADD"]:
        rows[tuple(row[name] for name in key)] = row
    for one in found["MOD"]:
        row = rows[tuple(one["key"][name] for name in key)]
        assert all(row.get(name) == pair["old"] for name, pair in one["changed"].items())
        row.update({name: pair["new"] for name, pair in one["changed"].items()})
    return [{name: rows[one].get(name) for name in columns} for one in sorted(rows)]


def plain(rows: pa.Table) -> list[dict]:
    return json.loads(json.dumps(rows.to_pylist(), default=str))


@given(tables(), tables())
def test_applied_to_the_old_it_gives_the_new(old: pa.Table, new: pa.Table) -> None:
    found = table_difference("items", [KEY, KEY], old, new)
    told = json.loads(json_bytes(as_json(found)))
    assert applied(old, told, new.column_names) == plain(new)


@given(tables())
def test_a_table_does_not_differ_from_itself(rows: pa.Table) -> None:
    assert table_difference("items", [KEY, KEY], rows, rows).is_empty


@given(tables(), tables())
def test_csv_and_json_name_the_same_changes(old: pa.Table, new: pa.Table) -> None:
    found = table_difference("items", [KEY, KEY], old, new)
    lines = read_csv(as_csv(found))
    keys = {kind: {(one["plan_id"], one["seq"]) for one in lines if one["change"] == kind}
            for kind in ("ADD", "MOD", "DEL")}  # fmt: skip
    told = as_json(found)
    for kind in ("ADD", "DEL"):
        assert keys[kind] == {(one["plan_id"], str(one["seq"])) for one in told[kind]}
    assert keys["MOD"] == {(one["key"]["plan_id"], str(one["key"]["seq"])) for one in told["MOD"]}
    changed = sum(len(one["changed"]) for one in told["MOD"])
    assert sum(one["change"] == "MOD" for one in lines) == changed


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_values_stand_as_in_the_table_itself() -> None:
    before = {("a", 1): {"title": "窓口", "value": None, "is_current": True}}
    after = {("a", 1): {"title": "窓口\n統合", "value": 0.5, "is_current": False}}
    names = ["title", "value", "is_current"]
    found = table_difference("items", [KEY, KEY], table(names, before), table(names, after))
    assert as_csv(found).decode("utf-8-sig").splitlines() == [
        "change,plan_id,seq,column_name,old_value,new_value,is_withheld",
        "MOD,a,1,title,窓口,窓口 統合,false",
        "MOD,a,1,value,,0.5,false",
        "MOD,a,1,is_current,true,false,false",
    ]


def test_a_new_table_and_one_that_is_gone() -> None:
    rows = table(["title"], {("a", 1): {"title": "窓口"}})
    assert table_difference("items", [KEY], None, rows).counts == {"ADD": 1, "MOD": 0, "DEL": 0}
    assert table_difference("items", [KEY], rows, None).counts == {"ADD": 0, "MOD": 0, "DEL": 1}


def test_another_key_makes_all_rows_others() -> None:
    rows = table(["title"], {("a", 1): {"title": "窓口"}})
    found = table_difference("items", [KEY, ("title",)], rows, rows)
    assert found.counts == {"ADD": 1, "MOD": 0, "DEL": 1}


def test_a_column_of_another_type() -> None:
    old = pa.table({"plan_id": ["a", "b"], "seq": [1, 1], "value": ["12", "概ね"]})
    new = pa.table({"plan_id": ["a", "b"], "seq": [1, 1], "value": [12, None]})
    found = table_difference("items", [KEY, KEY], old, new)
    assert [one.changed for one in found.modified] == [
        {"value": ("12", 12)},
        {"value": ("概ね", None)},
    ]


@pytest.mark.parametrize("kind", ["ADD", "DEL"])
def test_a_row_with_nothing_but_its_key_is_in_the_csv(kind: str) -> None:
    rows, none = table(["title"], {("a", 1): {"title": None}}), table(["title"], {})
    pair = (none, rows) if kind == "ADD" else (rows, none)
    found: TableDifference = table_difference("items", [KEY, KEY], *pair)
    assert read_csv(as_csv(found))[0]["change"] == kind
