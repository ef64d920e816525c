from __future__ import annotations

import datetime
import json

import pyarrow as pa
import pytest

from pipelines.release.descriptor import created_at, package_descriptor
from pipelines.release.layout import csv_path, parquet_path
from pipelines.release.public_tables import public_schemas, public_tables

from .samples import rows, schemas, tables

PUBLIC = public_schemas(schemas())
ROWS = public_tables(schemas(), tables())
FILES = {path(name): (7, "ab") for name in PUBLIC for path in (csv_path, parquet_path)}
PACKAGE = package_descriptor(PUBLIC, ROWS, "1.0.0", "2024-05-01T00:00:00Z", FILES)
RESOURCES = {one["name"]: one for one in PACKAGE["resources"]}


def test_the_head_is_complete() -> None:
    assert PACKAGE["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert PACKAGE["name"] == "gyokaku"
    assert PACKAGE["version"] == "1.0.0"
    assert PACKAGE["created"] == "2024-05-01T00:00:00Z"
    assert PACKAGE["licenses"][0]["name"] == "CC-BY-4.0"
    assert PACKAGE["contributors"]
    assert not PACKAGE["title"].isascii()
    assert PACKAGE["title_en"].isascii()
    assert {word.isascii() for word in PACKAGE["keywords"]} == {True, False}


def test_an_unknown_time_is_left_out() -> None:
    assert "created" not in package_descriptor(PUBLIC, ROWS, "1.0.0", None, FILES)


def test_every_table_is_there_twice_under_lower_case_names() -> None:
    assert set(RESOURCES) == {*PUBLIC, *(f"{name}_parquet" for name in PUBLIC)}
    assert all(name == name.lower() for name in RESOURCES)


def test_csv_resource() -> None:
    resource = RESOURCES["reform_items"]
    assert resource["type"] == "table"
    assert resource["path"] == "data/csv/reform_items.csv"
    assert resource["encoding"] == "utf-8"
    assert resource["hash"] == "sha256:ab"
    assert resource["bytes"] == 7
    assert resource["dialect"]["lineTerminator"] == "\n"
    names = [field["name"] for field in resource["schema"]["fields"]]
    assert names == list(PUBLIC["reform_items"].field_names)
    assert resource["schema"]["primaryKey"] == ["item_id"]


def test_parquet_resource_is_no_table_to_frictionless() -> None:
    resource = RESOURCES["reform_items_parquet"]
    assert "type" not in resource
    assert resource["format"] == "Parquet"
    assert resource["schema"] == RESOURCES["reform_items"]["schema"]


def test_foreign_keys_refer_to_csv_resources() -> None:
    keys = RESOURCES["reform_items_parquet"]["schema"]["foreignKeys"]
    assert [key["reference"]["resource"] for key in keys] == ["plans", ""]
    assert "foreignKeys" not in RESOURCES["municipalities"]["schema"]


def test_no_internal_column_anywhere() -> None:
    text = json.dumps(PACKAGE, ensure_ascii=False)
    assert "clerk_note" not in text
    assert "internal" not in text


def test_created_is_the_newest_declared_retrieval() -> None:
    given = rows()
    given["sources"][1]["retrieved_on"] = datetime.date(2025, 2, 3)
    newest = public_tables(schemas(), tables(given))
    assert created_at(newest, "0") == "2025-02-03T00:00:00Z"


def test_a_submission_may_be_newer_than_every_retrieval() -> None:
    submitted = pa.table({"submitted_on": [datetime.date(2026, 3, 1), None]})
    assert created_at({**ROWS, "yearly_results": submitted}, None) == "2026-03-01T00:00:00Z"


def test_created_falls_back_to_source_date_epoch_and_then_to_nothing() -> None:
    given = rows()
    del given["sources"][0]["retrieved_on"]
    unknown = public_tables(schemas(), tables(given))
    assert created_at(unknown, "86400") == "1970-01-02T00:00:00Z"
    assert created_at(unknown, None) is None
    assert created_at({}, "") is None
    with pytest.raises(ValueError, match="invalid literal"):
        created_at(unknown, "yesterday")


def test_sources_tell_title_address_terms_and_credit() -> None:
    first, second = PACKAGE["sources"]
    assert first["title"] == "見本市「みほん行革プラン」（計画の本文）"
    assert first["path"] == "https://example.com/plan.txt"
    assert first["license"] == "PDL1.0"
    assert "出典：見本市" in first["credit"]
    assert "加工" in first["credit"]
    assert second["title"] == "見本市（実績の提出資料）"
    assert "path" not in second
    assert "license" not in second


def test_a_source_without_place_or_plan_is_named_by_its_id() -> None:
    given = {"sources": [{"source_id": "s9", "source_kind": "plan_text", "source_url": "ftp:x"}]}
    package = package_descriptor(
        PUBLIC, public_tables(schemas(), tables(given)), "1.0.0", None, FILES
    )
    (source,) = package["sources"]
    assert source["title"] == "s9"
    assert "path" not in source
