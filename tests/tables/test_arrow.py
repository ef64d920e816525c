"""Rows become tables of exactly the declared types, in one order."""

from __future__ import annotations

import datetime
import math
import random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.tables.arrow import (
    TableTypeError,
    arrow_schema,
    rows_to_table,
    shape_faults,
    sort_table,
)

from .samples import REAL_SCHEMAS, SAMPLE_SCHEMAS, good_group, good_member, typed_rows

MEMBERS = SAMPLE_SCHEMAS["members"]
GROUPS = SAMPLE_SCHEMAS["groups"]


def test_types_nullability_and_metadata() -> None:
    fields = {field.name: field for field in arrow_schema(REAL_SCHEMAS["sources"])}
    assert fields["bytes"].type == pa.int64()
    assert fields["sha256"].type == pa.string()
    assert fields["retrieved_on"].type == pa.date32()
    assert not fields["bytes"].nullable and fields["page_count"].nullable
    metadata = {key.decode(): text.decode() for key, text in fields["bytes"].metadata.items()}
    assert metadata["title"] == "ファイルサイズ"
    assert metadata["unit"] == "バイト"
    assert metadata["description"].startswith("Size of the file")
    assert metadata["description_ja"].startswith("受け取ったまま")
    assert b"unit" not in fields["sha256"].metadata
    types = {field.name: field.type for field in arrow_schema(MEMBERS)}
    assert types["ratio"] == pa.float64() and types["active"] == pa.bool_()


def test_missing_keys_and_empty_strings_become_null() -> None:
    table = rows_to_table(MEMBERS, [good_member(kind="", level="")])
    row = table.to_pylist()[0]
    assert row["kind"] is None and row["level"] is None and row["mail"] is None
    assert row["name"] == "一二"


def test_white_space_is_a_value() -> None:
    assert rows_to_table(GROUPS, [good_group(column=" ")]).to_pylist()[0]["column"] == " "


def test_no_rows_give_an_empty_table() -> None:
    assert rows_to_table(MEMBERS, []).schema.equals(arrow_schema(MEMBERS), check_metadata=True)


def test_an_integer_may_stand_for_a_number() -> None:
    assert rows_to_table(MEMBERS, [good_member(ratio=2)]).to_pylist()[0]["ratio"] == 2.0


def test_there_is_one_zero() -> None:
    zero = rows_to_table(MEMBERS, [good_member(ratio=-0.0)]).to_pylist()[0]["ratio"]
    assert str(zero) == "0.0"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seq", "12"),
        ("seq", 1.0),
        ("seq", True),
        ("seq", 2**63),
        ("ratio", "1.5"),
        ("ratio", True),
        ("ratio", math.nan),
        ("ratio", math.inf),
        ("ratio", 2**53 + 1),
        ("active", 1),
        ("active", "true"),
        ("born", "2001-01-01"),
        ("born", datetime.datetime(2001, 1, 1)),
        ("name", 1),
        ("name", b"ab"),
        ("name", "\ud842"),
    ],
)
def test_nothing_is_converted(name: str, value: Any) -> None:
    with pytest.raises(TableTypeError) as caught:
        rows_to_table(MEMBERS, [good_member(), good_member(**{name: value})])
    (cell,) = caught.value.cells
    assert (cell.row_number, cell.column) == (2, name)
    assert cell.value is value


def test_all_wrong_cells_and_unknown_columns_are_told() -> None:
    rows = [good_member(seq="1", colour="red"), good_member(), good_member(born=1, active=0)]
    with pytest.raises(TableTypeError) as caught:
        rows_to_table(MEMBERS, rows)
    places = [(cell.row_number, cell.column) for cell in caught.value.cells]
    assert sorted(places) == [(1, "colour"), (1, "seq"), (3, "active"), (3, "born")]
    assert "row 1, column colour: 'red' is in a column that members does not have" in str(
        caught.value
    )
    assert "row 1, column seq: '1' is no integer that can be stored" in str(caught.value)


def test_rows_are_sorted_by_sort_order_then_key_with_nulls_last() -> None:
    rows = [
        good_member(group_code=code, seq=seq)
        for code, seq in [("B", 2), ("A", 2), ("B", 1), (None, 1), ("A", None)]
    ]
    table = rows_to_table(MEMBERS, rows)
    found = [(row["seq"], row["group_code"]) for row in table.to_pylist()]
    assert found == [(1, "B"), (1, None), (2, "A"), (2, "B"), (None, "A")]


@given(typed_rows(MEMBERS), st.randoms(use_true_random=False))
def test_the_order_given_does_not_matter(rows: list[Any], shuffle: random.Random) -> None:
    shuffled = list(rows)
    shuffle.shuffle(shuffled)
    assert rows_to_table(MEMBERS, shuffled).equals(rows_to_table(MEMBERS, rows))


@given(typed_rows(MEMBERS))
def test_every_row_arrives_as_it_was(rows: list[dict[str, Any]]) -> None:
    expected = [
        tuple(None if row.get(name) == "" else row.get(name) for name in MEMBERS.field_names)
        for row in rows
    ]
    found = [tuple(row.values()) for row in rows_to_table(MEMBERS, rows).to_pylist()]
    assert sorted(found, key=repr) == sorted(expected, key=repr)


def test_sorting_keeps_the_schema_and_joins_the_chunks() -> None:
    part = rows_to_table(MEMBERS, [good_member()])
    whole = sort_table(MEMBERS, pa.concat_tables([part, part, part]))
    assert whole.schema.equals(part.schema, check_metadata=True)
    assert whole.column("seq").num_chunks == 1
    single = sort_table(MEMBERS, pa.concat_tables([part.slice(0, 0), part]))
    assert single.column("seq").num_chunks == 1


def test_differences_of_shape_are_named() -> None:
    table = rows_to_table(GROUPS, [good_group()])
    assert shape_faults(GROUPS, table) == []
    assert shape_faults(GROUPS, table.drop_columns(["column"])) == ["column column is missing"]
    more = table.append_column("more", pa.array(["x"]))
    assert shape_faults(GROUPS, more) == ["column more is not declared"]
    retyped = table.set_column(3, "speaker_seq", pa.array([1], pa.int32()))
    assert shape_faults(GROUPS, retyped) == ["column speaker_seq is int32, not int64"]
    assert shape_faults(GROUPS, table.select(table.schema.names[::-1]))
    assert shape_faults(GROUPS, table.append_column("code", pa.array(["x"])))
