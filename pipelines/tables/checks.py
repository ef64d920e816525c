"""The vectorised checks: the rules of every schema, run on Arrow tables in DuckDB.

The second of the three gates. Types are settled before (:mod:`pipelines.tables.arrow`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
from pydantic.alias_generators import to_snake

from pipelines.problems import Problem
from pipelines.tables.arrow import shape_faults
from pipelines.tables.messages import message_ja, missing_table_ja
from pipelines.tables.rules import ROW, Rule, compile_rules
from pipelines.tables.schema import TableSchema
from pipelines.tables.sql import name_sql


@dataclass(frozen=True)
class Violation:
    """One row that breaks one rule.

    Attributes:
        table: the table's name.
        rule: as :class:`pipelines.tables.rules.Rule`.
        columns: the columns of the rule; empty for ``blank_row``.
        row_key: the row's primary key, such as ``item_id=…, seq=1``.
        value: the value, several joined by `` / ``; None for null. May be of an internal column.
        message_ja: the whole message; never shows the value of an internal column.
        row_number: the row's number in the table, from 1; None where the fault is the table's.
    """

    table: str
    rule: str
    columns: tuple[str, ...]
    row_key: str
    value: str | None
    message_ja: str
    row_number: int | None = None

    def problem(self) -> Problem:
        """The violation as an error to show with those of the other stages."""
        return Problem(
            severity="error",
            rule=f"table_{to_snake(self.rule)}",
            place=f"{self.table}: {self.row_key}" if self.row_key else self.table,
            message_ja=self.message_ja,
            column_name=", ".join(self.columns) or None,
            value=self.value,
        )


def check_tables(
    schemas: Mapping[str, TableSchema],
    tables: Mapping[str, pa.Table],
    rules_of: Callable[[TableSchema], list[Rule]] = compile_rules,
) -> list[Violation]:
    """Every row of every table that breaks a rule of its schema, table by table, rule by rule.

    A foreign key to a table that is not in ``tables`` is a violation too, unless every value of
    it is null: what was not compared has not passed.

    Args:
        schemas: the declared tables.
        tables: the rows by table.
        rules_of: the rules to check, such as :func:`pipelines.tables.rules.foreign_key_rules`.

    Raises:
        ValueError: if a table is not declared or its columns are not those of its schema.
    """
    _require_declared(schemas, tables)
    # No row breaks a rule; many tables of a small city are empty, and asking takes its time.
    filled = [name for name, table in tables.items() if table.num_rows]
    if not filled:
        return []
    violations: list[Violation] = []
    with duckdb.connect(":memory:") as connection:
        for name, table in tables.items():
            numbers = pa.array(range(1, table.num_rows + 1), pa.int64())
            connection.register(name, table.append_column(ROW, numbers))
        for name in filled:
            rules = rules_of(schemas[name])
            found = _seen_in_rows(connection, name, rules)
            for rule in rules:
                violations += _violations(connection, rule, found, schemas, tables)
    return violations


def _seen_in_rows(
    connection: duckdb.DuckDBPyConnection, name: str, rules: Sequence[Rule]
) -> dict[str, list[int]]:
    """Query of a rule -> the rows that break it, for the rules that a row alone shows.

    All are found in one reading of the table.
    """
    asked = [(rule, rule.condition) for rule in rules if rule.condition is not None]
    if not asked:
        return {}
    row = name_sql(ROW)
    lists = ", ".join(f"list({row}) FILTER ({condition})" for _, condition in asked)
    answers = connection.execute(f"SELECT {lists} FROM {name_sql(name)}").fetchall()[0]
    return {
        rule.sql: sorted(numbers or ()) for (rule, _), numbers in zip(asked, answers, strict=True)
    }


def _require_declared(schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table]) -> None:
    faults: list[str] = []
    for name, table in tables.items():
        if name not in schemas:
            faults.append(f"table {name} is not declared")
        else:
            faults += [f"table {name}: {fault}" for fault in shape_faults(schemas[name], table)]
    if faults:
        raise ValueError("\n".join(faults))


def _violations(
    connection: duckdb.DuckDBPyConnection,
    rule: Rule,
    seen: Mapping[str, list[int]],
    schemas: Mapping[str, TableSchema],
    tables: Mapping[str, pa.Table],
) -> list[Violation]:
    schema, table = schemas[rule.table], tables[rule.table]
    if rule.rule == "foreign_key" and rule.limit.reference_table not in tables:
        return list(_not_compared(schema, rule, table))
    numbers = seen.get(rule.sql)
    if numbers is None:
        numbers = [number for (number,) in connection.execute(rule.sql).fetchall()]
    if not numbers:
        return []
    names = dict.fromkeys((*schema.primary_key, *rule.columns))
    rows = table.select(list(names)).take([number - 1 for number in numbers]).to_pylist()
    return [
        _violation(schema, rule, number, row, schemas)
        for number, row in zip(numbers, rows, strict=True)
    ]


def _violation(
    schema: TableSchema,
    rule: Rule,
    number: int,
    row: Mapping[str, Any],
    schemas: Mapping[str, TableSchema],
) -> Violation:
    row_key = ", ".join(f"{name}={_text(row[name])}" for name in schema.primary_key)
    value = _joined(row[name] for name in rule.columns)
    message = message_ja(schema, rule, row_key, value, schemas)
    return Violation(rule.table, rule.rule, rule.columns, row_key, value, message, number)


def _not_compared(schema: TableSchema, rule: Rule, table: pa.Table) -> Iterator[Violation]:
    if all(table.column(name).null_count == table.num_rows for name in rule.columns):
        return
    message = missing_table_ja(schema, rule.columns, rule.limit.reference_table)
    yield Violation(rule.table, rule.rule, rule.columns, "", None, message)


def _joined(values: Iterable[Any]) -> str | None:
    found = list(values)
    if all(value is None for value in found):
        return None
    return " / ".join(_text(value) for value in found)


def _text(value: Any) -> str:
    """A value as the published CSV writes it; null is told as 空."""
    if value is None:
        return "空"
    return str(value).lower() if isinstance(value, bool) else str(value)
