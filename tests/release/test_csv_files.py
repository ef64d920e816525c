from __future__ import annotations

import csv
import datetime
import io
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.release.csv_files import csv_bytes, number_text, one_line

BREAKS = ["\r\n", "\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"]
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"])
TEXT = st.lists(
    st.one_of(CHARACTERS, st.sampled_from([*BREAKS, "\t", '"', ",", "'", "\\", "#", " ", "　"])),
    min_size=1,
).map("".join)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
ROW = st.fixed_dictionaries(
    {
        "key": st.uuids().map(str),
        "text": st.none() | TEXT,
        "whole": st.none() | st.integers(-(2**63), 2**63 - 1),
        "number": st.none() | NUMBERS,
        "truth": st.none() | st.booleans(),
        "day": st.none() | st.dates(),
    }
)
ARROW = pa.schema(
    [
        ("key", pa.string()),
        ("text", pa.string()),
        ("whole", pa.int64()),
        ("number", pa.float64()),
        ("truth", pa.bool_()),
        ("day", pa.date32()),
    ]
)
TABLES = st.lists(ROW, max_size=8).map(lambda rows: pa.Table.from_pylist(rows, schema=ARROW))
Cells = list[dict[str, Any]]


def expected(table: pa.Table) -> Cells:
    """The rows with the documented rule for line breaks applied."""
    return [
        {**row, "text": None if row["text"] is None else one_line(row["text"])}
        for row in table.to_pylist()
    ]


def typed(rows: list[dict[str, Any]]) -> Cells:
    """Cells read as text, with the types of ARROW."""
    readers: dict[str, Any] = {
        "whole": int,
        "number": float,
        "truth": {"true": True, "false": False}.__getitem__,
        "day": datetime.date.fromisoformat,
    }
    return [
        {name: None if cell is None else readers.get(name, str)(cell) for name, cell in row.items()}
        for row in rows
    ]


def read_csv_module(path: Path) -> Cells:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [
            {name: cell or None for name, cell in row.items()}
            for row in csv.DictReader(stream, strict=True)
        ]


def read_pandas(path: Path) -> Cells:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8")
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def read_polars(path: Path) -> Cells:
    return pl.read_csv(path, infer_schema=False).to_dicts()


def read_duckdb(path: Path) -> Cells:
    relation = duckdb.execute(
        "SELECT * FROM read_csv(?, header = true, all_varchar = true, delim = ',', quote = '\"',"
        " escape = '\"', new_line = '\\n', comment = '')",
        [str(path)],
    )
    names = [column[0] for column in relation.description]
    return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]


@settings(max_examples=150, deadline=None)
@given(TABLES)
@pytest.mark.parametrize("read", [read_csv_module, read_pandas, read_polars, read_duckdb])
def test_what_public_tools_read_back_is_the_table(read: Any, table: pa.Table) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(csv_bytes(table))
        assert typed(read(path)) == expected(table)


@given(TABLES)
def test_form_of_the_file(table: pa.Table) -> None:
    content = csv_bytes(table)
    assert content.startswith(b"\xef\xbb\xbfkey,text,whole,number,truth,day\n")
    assert content.count(b"\n") == table.num_rows + 1
    assert len(content.decode("utf-8").splitlines()) == table.num_rows + 1


def test_one_row_to_the_byte() -> None:
    row = {"key": "a", "text": 'x\r\ny "z", w', "number": 2.0, "truth": False}
    row |= {"whole": -3, "day": datetime.date(2021, 4, 1)}
    content = csv_bytes(pa.Table.from_pylist([row, {"key": "b"}], schema=ARROW))
    lines = content.decode("utf-8-sig").split("\n")
    assert lines[1:] == ['a,"x y ""z"", w",-3,2,false,2021-04-01', "b,,,,,", ""]


def test_an_empty_table_still_has_its_header() -> None:
    assert csv_bytes(ARROW.empty_table()) == b"\xef\xbb\xbfkey,text,whole,number,truth,day\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2"),
        (0.1, "0.1"),
        (-0.0, "0"),
        (1e22, "10000000000000000000000"),
        (1.5e-7, "0.00000015"),
        (100.0, "100"),
        (Decimal("12.500"), "12.5"),
        (Decimal("-0.00"), "0"),
    ],
)
def test_numbers_are_short_and_without_exponent(value: float | Decimal, text: str) -> None:
    assert number_text(value) == text


@given(NUMBERS)
def test_numbers_are_exact(value: float) -> None:
    assert float(number_text(value)) == value


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="no number"):
        number_text(value)


@pytest.mark.parametrize("line_break", BREAKS)
def test_every_kind_of_line_break_is_one_space(line_break: str) -> None:
    assert one_line(f"a{line_break}b") == "a b"


def test_an_unknown_type_is_refused() -> None:
    table = pa.table({"x": pa.array([[1]], pa.list_(pa.int64()))})
    with pytest.raises(TypeError, match="no CSV form"):
        csv_bytes(table)


def test_writes_are_equal() -> None:
    table = pa.Table.from_pylist([{"key": "a", "text": "b"}], schema=ARROW)
    chunked = pa.concat_tables([table.slice(0, 0), table])
    assert csv_bytes(chunked) == csv_bytes(table)
    assert io.BytesIO(csv_bytes(table)).readline().endswith(b"day\n")
