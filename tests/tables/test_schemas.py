"""Reading schema files: every fault is told, and public schemas hide what is internal."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.tables.schema_rules import pattern_faults
from pipelines.tables.schemas import (
    SchemaError,
    load_schemas,
    public_schema,
    schema_from_descriptor,
)

from .samples import GROUPS, MEMBERS, REAL_SCHEMAS, SAMPLE_SCHEMAS, column, descriptor, reference


def write(folder: Path, *descriptors: dict[str, Any]) -> Path:
    for one in descriptors:
        (folder / f"{one['name']}.json").write_text(json.dumps(one), encoding="utf-8")
    return folder


def faults_of(raw: Any) -> str:
    with pytest.raises(SchemaError) as caught:
        schema_from_descriptor(raw)
    return "\n".join(caught.value.faults)


def test_schemas_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    schemas = load_schemas(write(tmp_path, MEMBERS, GROUPS))
    assert list(schemas) == ["groups", "members"]
    assert schemas == SAMPLE_SCHEMAS


def test_a_schema_says_what_its_file_says() -> None:
    members = SAMPLE_SCHEMAS["members"]
    assert members.primary_key == ("group_code", "seq")
    assert members.unique_keys == (("name", "born"),)
    assert members.sort_order == ("seq", "group_code")
    assert members.field("level").constraints == {"enum": [1, 2]}
    assert members.field("name").constraints == {"required": True, "minLength": 2, "maxLength": 4}
    assert members.field("name").required and not members.field("mail").required
    assert members.field("secret").disclosure == "internal"
    assert members.descriptor == MEMBERS


def test_a_foreign_key_without_resource_means_the_table_itself() -> None:
    keys = {key.fields: key.reference_table for key in SAMPLE_SCHEMAS["members"].foreign_keys}
    assert keys == {("group_code",): "groups", ("above_code", "above_seq"): "members"}


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    write(tmp_path, descriptor("ones", [column("code", "text")], stage="plan"))
    renamed = descriptor("twos", [column("code", "string")])
    (tmp_path / "threes.json").write_text(json.dumps(renamed), encoding="utf-8")
    with pytest.raises(SchemaError) as caught:
        load_schemas(tmp_path)
    told = str(caught.value)
    assert "broken.json: is no JSON" in told
    assert "ones.json: fields[0].type:" in told
    assert "ones.json: stage:" in told
    assert "threes.json: name is 'twos', but the file is named threes.json" in told
    assert "threes.json: primaryKey: column code must be required and public" in told


def test_a_folder_without_schemas_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="no schema"):
        load_schemas(tmp_path)


@pytest.mark.parametrize("raw", [[], "x", None, {}])
def test_what_is_no_descriptor_is_refused(raw: Any) -> None:
    assert faults_of(raw)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"colour": "red"}, "colour: Extra inputs"),
        ({"sort_order": ["missing"]}, "sort_order: there is no column missing"),
        ({"primaryKey": ["missing"]}, "primaryKey: there is no column missing"),
        ({"primaryKey": ["column"]}, "primaryKey: column column must be required and public"),
        ({"uniqueKeys": [["missing"]]}, "uniqueKeys: there is no column missing"),
        ({"title": " "}, "title: String should have at least 1 character"),
    ],
)
def test_faults_of_a_table(change: dict[str, Any], told: str) -> None:
    assert told in faults_of({**GROUPS, **change})


@pytest.mark.parametrize(
    ("field", "told"),
    [
        (column("code", "string"), "column 'code' appears 2 times"),
        ({**column("other", "string"), "title": "列code"}, "title '列code' appears 2 times"),
        (column("other", "string", minimum=1), "a string has no constraint minimum"),
        (column("other", "integer", pattern="^a$"), "a integer has no constraint pattern"),
        (column("other", "integer", minimum="1"), "'1' is no integer"),
        (column("other", "integer", enum=[1, True]), "True is no integer"),
        (column("other", "string", enum=["a", 1]), "1 is no string"),
        (column("other", "boolean", enum=["true"]), "'true' is no boolean"),
        (column("other", "date", maximum="2020-2-1"), "'2020-2-1' is no date"),
        (column("other", "string", pattern="a"), "must begin with ^"),
        (column("other", "string", minlength=1), "constraints.minlength: Extra inputs"),
        (column("other", "string", enum=[]), "constraints.enum: List should have"),
        ({**column("other", "string"), "unit": 1}, "fields[1].unit: Input should be"),
    ],
)
def test_faults_of_a_column(field: dict[str, Any], told: str) -> None:
    raw = descriptor("ones", [column("code", "string", required=True), field])
    assert told in faults_of(raw)


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (reference(["code"], "nowhere", ["code"]), "there is no table nowhere"),
        (reference(["code"], "members", ["name"]), "(name) is no key of members"),
        (
            reference(["code"], "members", ["group_code", "seq"]),
            "1 columns cannot refer to 2",
        ),
        (
            reference(["code", "column"], "members", ["group_code", "seq"]),
            "column and members.seq are of different types",
        ),
    ],
)
def test_faults_of_a_reference(tmp_path: Path, keys: dict[str, Any], told: str) -> None:
    write(tmp_path, MEMBERS, {**GROUPS, "foreignKeys": [keys]})
    with pytest.raises(SchemaError) as caught:
        load_schemas(tmp_path)
    assert caught.value.faults == [f"groups.json: foreign key {', '.join(keys['fields'])}: {told}"]


@pytest.mark.parametrize("view_name", ["和名members", "members"])
def test_a_view_name_is_taken_once(tmp_path: Path, view_name: str) -> None:
    write(tmp_path, MEMBERS, {**GROUPS, "view_name": view_name})
    with pytest.raises(SchemaError, match="is taken already"):
        load_schemas(tmp_path)


@pytest.mark.parametrize(
    "pattern", ["a", "^a|b$", "^\\d$", "^(?i)a$", "^(a$", "^(?=a)a$", "^[a-z$", "^[|]|a$"]
)
def test_patterns_that_two_engines_could_read_differently(pattern: str) -> None:
    assert list(pattern_faults(pattern))


@pytest.mark.parametrize("pattern", ["^a$", "^(?:a|b)$", "^[|]$", "^\\|$", "^[]|]$", "^[^|]*$"])
def test_patterns_that_are_read_one_way(pattern: str) -> None:
    assert not list(pattern_faults(pattern))


def test_a_public_schema_has_neither_internal_columns_nor_their_keys() -> None:
    raw = copy.deepcopy(MEMBERS)
    raw["uniqueKeys"] = [["secret", "seq"], ["name"]]
    raw["foreignKeys"].append(reference(["secret"], "groups", ["code"]))
    raw["sort_order"] = ["secret", "seq"]
    public = public_schema(schema_from_descriptor(raw))
    assert public.field_names == tuple(name for name in columns(raw) if name != "secret")
    assert public.unique_keys == (("name",),)
    assert [key.fields for key in public.foreign_keys] == [
        ("group_code",),
        ("above_code", "above_seq"),
    ]
    assert public.sort_order == ("seq",)
    assert "secret" not in json.dumps(public.descriptor)


def test_a_public_schema_says_what_its_descriptor_says() -> None:
    for schema in [*SAMPLE_SCHEMAS.values(), *REAL_SCHEMAS.values()]:
        public = public_schema(schema)
        assert schema_from_descriptor(public.descriptor) == public


def columns(raw: dict[str, Any]) -> list[str]:
    return [field["name"] for field in raw["fields"]]


@given(st.recursive(st.none() | st.integers() | st.text(), lambda one: st.lists(one)))
def test_any_value_of_a_key_is_read_or_refused_as_a_schema_error(value: Any) -> None:
    for key in GROUPS:
        try:
            schema_from_descriptor({**GROUPS, key: value})
        except SchemaError as error:
            assert error.faults
