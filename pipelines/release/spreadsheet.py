"""gyokaku.xlsx: every table of a release as a sheet, for people who use a spreadsheet.

Sheets bear the Japanese names of tables and columns. They are written row by row and never held as
a whole, so that a large release needs no more memory than a small one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.release.dictionary import DATA_DICTIONARY, data_dictionary
from pipelines.release.fictional import MARK, NOTE, is_fictional
from pipelines.release.layout import csv_path
from pipelines.release.package_texts import TITLE
from pipelines.tables.schema import Field, TableSchema
from pipelines.text_width import text_width

CONTENTS: Final = "目次"
_CONTENTS: Final = ("表", "表の名前（CSVなど）", "行数", "説明")
_CONTENTS_WIDTHS: Final = (32, 24, 10, 100)
#: What a sheet holds at most (ECMA-376 as Excel limits it), its headings left out.
MOST_ROWS: Final = 1_048_575
#: The longest text of a cell; what is longer ends in a note, and stands whole in CSV and Parquet.
LONGEST_TEXT: Final = 32_767
_CUT: Final = "…（続きはCSVにあります）"
#: Widths in characters of the usual font.
_NARROWEST, _WIDEST = 8, 60
_ROWS_MEASURED: Final = 200
#: Points of one line of a cell, and how many lines a row shows; longer texts show their beginning.
_LINE_HEIGHT, _MOST_LINES = 15, 12
#: A workbook must have a day of creation; this one says nothing of when it was built.
_NO_DAY: Final = datetime.datetime(2000, 1, 1)


def write_spreadsheet(
    path: Path, schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table], version: str
) -> None:
    """Write the file; the same tables give the same bytes.

    Args:
        path: where to write.
        schemas: the public schemas.
        tables: the public tables, in the order of their files.
        version: of the release.
    """
    dictionary = data_dictionary(schemas.values())
    all_schemas = {**schemas, DATA_DICTIONARY.name: DATA_DICTIONARY}
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        workbook.set_properties({"title": TITLE, "created": _NO_DAY})
        styles = _Styles(workbook)
        _write_contents(workbook.add_worksheet(CONTENTS), schemas, tables, version, styles)
        for name, table in {**tables, DATA_DICTIONARY.name: dictionary}.items():
            schema = all_schemas[name]
            _write_table(workbook.add_worksheet(schema.view_name), schema, table, styles)


class _Styles:
    """The formats of a workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        top = {"valign": "top"}
        self.title: Format = workbook.add_format({"bold": True, "font_size": 14})
        self.heading: Format = workbook.add_format(
            {"bold": True, "bg_color": "#E7E6E6", "border": 1, "text_wrap": True, **top}
        )
        self.line: Format = workbook.add_format(top)
        self.text: Format = workbook.add_format({"text_wrap": True, **top})
        self.number: Format = workbook.add_format({"num_format": "#,##0.############", **top})
        self.plain: Format = workbook.add_format({"num_format": "0", **top})
        self.date: Format = workbook.add_format({"num_format": "yyyy-mm-dd", **top})
        self.link: Format = workbook.add_format({"font_color": "#0563C1", "underline": 1, **top})


def _write_contents(
    sheet: Worksheet,
    schemas: Mapping[str, TableSchema],
    tables: Mapping[str, pa.Table],
    version: str,
    styles: _Styles,
) -> None:
    lines = _introduction(is_fictional(tables), version)
    for row, text in enumerate(lines):
        sheet.write_string(row, 0, text, styles.line if row else styles.title)
    first = len(lines) + 1
    for column, (text, width) in enumerate(zip(_CONTENTS, _CONTENTS_WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(first, column, text, styles.heading)
    for row, (name, schema) in enumerate(schemas.items(), start=first + 1):
        description = _description(schema, tables[name].num_rows)
        _set_height(sheet, row, [schema.title, name, None, description], _CONTENTS_WIDTHS)
        sheet.write_url(row, 0, _link(schema), styles.link, schema.title)
        sheet.write_string(row, 1, name, styles.text)
        sheet.write_number(row, 2, tables[name].num_rows, styles.number)
        sheet.write_string(row, 3, description, styles.text)
    _print_landscape(sheet)


def _introduction(is_sample: bool, version: str) -> list[str]:
    lines = [f"{MARK if is_sample else ''}{TITLE}　版 {version}"]
    if is_sample:
        lines.append(NOTE)
    lines.append(
        "表ごとに1枚のシートです。列の意味は最後のシート「データ項目説明」にあります。"
        "出典と利用条件は「出典資料」と、いっしょに公開している datapackage.json にあります。"
    )
    return lines


def _description(schema: TableSchema, rows: int) -> str:
    if rows <= MOST_ROWS:
        return schema.description_ja
    return (
        f"{schema.description_ja}シートに入る{MOST_ROWS:,}行だけを載せました。"
        f"すべての行は {csv_path(schema.name)} にあります。"
    )


def _link(schema: TableSchema) -> str:
    return f"internal:'{schema.view_name}'!A1"


def _write_table(sheet: Worksheet, schema: TableSchema, table: pa.Table, styles: _Styles) -> None:
    rows = min(table.num_rows, MOST_ROWS)
    widths = _widths(schema, table.slice(0, _ROWS_MEASURED))
    for column, (field, width) in enumerate(zip(schema.fields, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, _heading(field), styles.heading)
    for row, values in enumerate(_rows(table.slice(0, rows)), start=1):
        _set_height(sheet, row, values, widths)
        for column, (field, value) in enumerate(zip(schema.fields, values, strict=True)):
            if value is not None:
                _write_cell(sheet, (row, column), field, value, styles)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(rows, 1), len(schema.fields) - 1)
    _print_landscape(sheet)
    sheet.repeat_rows(0)


def _heading(field: Field) -> str:
    """The column's title, and its unit where the title does not end in it (ページ数, 基準年度)."""
    is_told = field.unit is None or field.title.endswith((field.unit, f"{field.unit}数"))
    return field.title if is_told else f"{field.title}（{field.unit}）"


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in table.to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write_cell(
    sheet: Worksheet, place: tuple[int, int], field: Field, value: Any, styles: _Styles
) -> None:
    """One value as what it is: nothing becomes a formula, a link, or a date that it was not."""
    if field.type == "date":
        sheet.write_datetime(*place, value, styles.date)
    elif field.type == "boolean":
        sheet.write_boolean(*place, value)
    elif field.type == "string":
        sheet.write_string(*place, _fitting(value), styles.text)
    else:
        sheet.write_number(*place, value, styles.plain if _is_name(field) else styles.number)


def _set_height(sheet: Worksheet, row: int, values: Sequence[Any], widths: Sequence[int]) -> None:
    """Make a row as high as its texts need; only rows with long texts are given a height."""
    lines = max(
        (
            sum(max(1, -(-text_width(line) // (width - 1))) for line in value.splitlines())
            for value, width in zip(values, widths, strict=True)
            if isinstance(value, str) and (len(value) * 2 >= width or "\n" in value)
        ),
        default=1,
    )
    if lines > 1:
        sheet.set_row(row, _LINE_HEIGHT * min(lines, _MOST_LINES))


def _is_name(field: Field) -> bool:
    """Years and places in an order are no amounts: 2,024年度 would be wrong."""
    return field.type == "integer" and field.name.endswith(("_fy", "fiscal_year", "ordinal", "seq"))


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(_CUT)] + _CUT


def _widths(schema: TableSchema, sample: pa.Table) -> list[int]:
    """Widths of the columns, from their headings and first rows."""
    columns = [column.to_pylist() for column in sample.columns]
    return [
        _width([_heading(field), *(str(value) for value in values if value is not None)])
        for field, values in zip(schema.fields, columns, strict=True)
    ]


def _width(texts: Sequence[str]) -> int:
    lines: Iterable[str] = (line for text in texts for line in text.splitlines())
    widest = max((text_width(line) for line in lines), default=0)
    return min(max(widest + 2, _NARROWEST), _WIDEST)


def _print_landscape(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")
