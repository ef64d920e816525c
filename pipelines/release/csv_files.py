"""CSV files as the contract and the rules for machine-readable data ask for them.

UTF-8 with BOM, LF, one header line, minimal quoting, null = empty, ISO dates, true/false. A line
break inside a text becomes one space (rule L1-14: no line break inside a record); Parquet keeps it.
"""

from __future__ import annotations

import codecs
import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

BOM: Final = codecs.BOM_UTF8
# Everything that str.splitlines, a text editor or a spreadsheet takes for the end of a line.
LINE_BREAK: Final = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")


def one_line(text: str) -> str:
    """The text with every line break as one space."""
    return LINE_BREAK.sub(" ", text)


def number_text(value: float | Decimal) -> str:
    """The shortest decimal that reads back as the same number; digits only, no exponent.

    Raises:
        ValueError: for NaN and infinities, which no open-data number is.
    """
    decimal = Decimal(repr(value)) if isinstance(value, float) else value
    if not decimal.is_finite():
        raise ValueError(f"{value!r} is no number that can be published")
    text = format(decimal, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    str: one_line,
    bool: lambda value: "true" if value else "false",
    datetime.date: lambda value: str(value.isoformat()),
    int: str,
    float: number_text,
    Decimal: number_text,
}


def text_writer(kind: type) -> Callable[[Any], str]:
    """How values of a Python type are written; null is an empty cell."""
    return _WRITERS[kind]


def csv_bytes(table: pa.Table) -> bytes:
    """The whole file for ``table``: its columns and rows in their order."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(table.column_names)
    writer.writerows(zip(*map(_texts, table.columns), strict=True))
    return BOM + stream.getvalue().encode("utf-8")


def _texts(column: pa.ChunkedArray) -> Iterable[str]:
    write = _writer_of(column.type)
    return ["" if value is None else write(value) for value in column.to_pylist()]


def _writer_of(kind: pa.DataType) -> Callable[[Any], str]:
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return text_writer(str)
    if pa.types.is_boolean(kind):
        return text_writer(bool)
    if pa.types.is_date(kind):
        return text_writer(datetime.date)
    if pa.types.is_integer(kind):
        return text_writer(int)
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return number_text
    raise TypeError(f"no CSV form is agreed for {kind}")
