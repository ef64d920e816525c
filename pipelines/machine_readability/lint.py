"""One file against all rules that a file decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from pipelines.machine_readability.csv_rules import csv_breaches
from pipelines.machine_readability.finding_tables import table_of
from pipelines.machine_readability.header_rules import header_breaches
from pipelines.machine_readability.looks import SheetLooks, looks_of, with_values
from pipelines.machine_readability.model import Breach, Table
from pipelines.machine_readability.number_rules import number_breaches
from pipelines.machine_readability.refusals import refuse_other_text, refused
from pipelines.machine_readability.rules import rule_list
from pipelines.machine_readability.sheet_rules import colour_breaches, sheet_breaches
from pipelines.machine_readability.structure_rules import structure_breaches
from pipelines.machine_readability.text_rules import text_breaches
from pipelines.machine_readability.value_rules import value_breaches
from pipelines.problems import SEVERITY_LABELS
from pipelines.sources.workbooks.delimited import read_delimited
from pipelines.sources.workbooks.messages import refusal
from pipelines.sources.workbooks.model import Workbook, WorkbookError, WorkbookFormat
from pipelines.sources.workbooks.reading import MAX_BYTES, read_workbook
from pipelines.sources.workbooks.signatures import Kind, kind_of
from pipelines.tables.schema import TableSchema


@dataclass(frozen=True)
class LintReport:
    """What linting a file found.

    Attributes:
        form: its format, by content.
        encoding: codec of a CSV file (``utf-8-sig`` is UTF-8 with BOM); None for others.
        tables: tables looked at: one per sheet that holds any.
        schema: the schema that its columns are declared by, if one was known.
        breaches: worst first, then in the order of rules and places.
        unchecked: rules that the file does not decide: id -> why, in Japanese.
    """

    form: WorkbookFormat
    encoding: str | None
    tables: int
    schema: TableSchema | None
    breaches: tuple[Breach, ...]
    unchecked: Mapping[str, str]


def lint_file(
    name: str, data: bytes, schemas: Mapping[str, TableSchema] | None = None
) -> LintReport:
    """Look at a CSV, xlsx, xls or ods file.

    Args:
        name: the file's name; what the file is, its content tells alone.
        data: the file.
        schemas: known tables; a CSV file whose header is that of one of them is held to it.

    Raises:
        WorkbookError: the file cannot be read; its finding says why and what to do.
    """
    try:
        # Cells of a CSV file are looked at as they stand; the reader of workbooks cleans them.
        if len(data) <= MAX_BYTES and kind_of(data) is Kind.TEXT:
            refuse_other_text(data)
            return lint_csv(read_delimited(data), schemas or {})
        return _lint_workbook(read_workbook(name, data), data)
    except WorkbookError as error:
        raise refused(error) from error


def lint_csv(workbook: Workbook, schemas: Mapping[str, TableSchema]) -> LintReport:
    """Look at a CSV file as :func:`read_delimited` gives it; see :func:`lint_file`."""
    sheet = workbook.sheets[0]
    schema = _schema_of(sheet.rows[0], schemas)
    table = table_of(sheet, "csv", schema)
    encoding = workbook.encoding or ""
    found: list[Breach] = []
    if table is not None:
        found += csv_breaches(table, encoding, workbook.findings)
        found += _of_table(table)
    return LintReport(
        "csv",
        encoding,
        int(table is not None),
        schema,
        _ordered(replace(one, has_schema=schema is not None) for one in found),
        rule_list().unchecked("csv", schema is not None),
    )


def _schema_of(header: list[str], schemas: Mapping[str, TableSchema]) -> TableSchema | None:
    for schema in schemas.values():
        if header == [one.name for one in schema.fields if one.disclosure == "public"]:
            return schema
    return None


def _lint_workbook(workbook: Workbook, data: bytes) -> LintReport:
    found: list[Breach] = []
    tables = 0
    try:
        looks = looks_of(data, workbook.format)
    except Exception as error:
        # As in reading: files are damaged in more ways than can be listed.
        raise refusal("workbook_damaged") from error
    looks += [SheetLooks()] * (len(workbook.sheets) - len(looks))
    for sheet, seen in zip(with_values(data, workbook), looks, strict=False):
        table = table_of(sheet, "workbook")
        breaches = list(sheet_breaches(sheet, seen))
        if table is not None:
            tables += 1
            breaches += chain(colour_breaches(table, seen), _of_table(table))
        found += (replace(one, sheet=sheet.name) for one in breaches)
    unchecked = rule_list().unchecked(workbook.format)
    return LintReport(workbook.format, None, tables, None, _ordered(found), unchecked)


def _of_table(table: Table) -> Iterator[Breach]:
    return chain(
        structure_breaches(table),
        header_breaches(table),
        text_breaches(table),
        number_breaches(table),
        value_breaches(table),
    )


def _ordered(breaches: Iterable[Breach]) -> tuple[Breach, ...]:
    ranks = {severity: rank for rank, severity in enumerate(SEVERITY_LABELS)}
    return tuple(sorted(breaches, key=lambda one: (ranks[one.severity], one.rule)))
