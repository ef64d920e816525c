from __future__ import annotations

from pipelines.release.public_tables import public_schemas, public_table, row_counts

from .samples import schemas, tables


def test_internal_columns_are_gone_and_rows_sorted() -> None:
    public = public_table(schemas()["reform_items"], tables()["reform_items"])
    assert "clerk_note" not in public.column_names
    assert public["ordinal"].to_pylist() == [1, 2, 3]


def test_the_order_given_does_not_matter() -> None:
    schema, table = schemas()["reform_items"], tables()["reform_items"]
    assert public_table(schema, table.take([2, 0, 1])).equals(public_table(schema, table))


def test_schemas_come_in_alphabetical_order_without_internal_columns() -> None:
    public = public_schemas(dict(reversed(schemas().items())))
    assert list(public) == sorted(public)
    assert public["extraction_issues"].field_names == ("issue_id",)


def test_row_counts() -> None:
    assert row_counts(tables())["reform_items"] == 3
    assert row_counts(tables())["extraction_issues"] == 0
