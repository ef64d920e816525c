"""Reading ``schemas/*.json`` into :class:`~pipelines.tables.schema.TableSchema` values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipelines.tables.descriptor import FieldDescriptor, TableDescriptor
from pipelines.tables.schema import Field, ForeignKey, TableSchema
from pipelines.tables.schema_rules import across_faults, table_faults


class SchemaError(ValueError):
    """Schemas that cannot be used; ``faults`` lists every fault of every file."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


def load_schemas(directory: Path) -> dict[str, TableSchema]:
    """All tables of ``directory/*.json`` by name, in alphabetical order of the file names.

    Raises:
        SchemaError: if the folder has no schema, or any file has a fault.
    """
    faults: list[str] = []
    schemas: dict[str, TableSchema] = {}
    for path in sorted(directory.glob("*.json")):
        try:
            schema = parse_schema(path.read_bytes(), path.stem)
            schemas[schema.name] = schema
        except SchemaError as error:
            faults += [f"{path.name}: {fault}" for fault in error.faults]
    # References are judged only once every file is readable: a table that is missing because its
    # file is broken would repeat one fault many times over.
    if not faults:
        faults += [f"{name}.json: {fault}" for name, fault in across_faults(schemas)]
    if not schemas and not faults:
        faults.append(f"{directory}: there is no schema (*.json)")
    if faults:
        raise SchemaError(faults)
    return schemas


def parse_schema(content: bytes, expected_name: str) -> TableSchema:
    """One table from the bytes of its file.

    Raises:
        SchemaError: with every fault of the file.
    """
    try:
        raw = json.loads(content)
    except ValueError as error:
        raise SchemaError([f"is no JSON: {error}"]) from error
    faults: list[str] = []
    if isinstance(raw, dict) and raw.get("name", expected_name) != expected_name:
        faults.append(f"name is {raw['name']!r}, but the file is named {expected_name}.json")
    try:
        schema = schema_from_descriptor(raw)
    except SchemaError as error:
        raise SchemaError(faults + error.faults) from error
    if faults:
        raise SchemaError(faults)
    return schema


def schema_from_descriptor(raw: Any) -> TableSchema:
    """One table from its descriptor.

    Raises:
        SchemaError: with every fault of the descriptor.
    """
    try:
        descriptor = TableDescriptor.model_validate(raw)
    except ValidationError as error:
        raise SchemaError([_fault(one) for one in error.errors()]) from error
    schema = _table(descriptor, raw)
    faults = list(table_faults(schema))
    if faults:
        raise SchemaError(faults)
    return schema


def public_schema(schema: TableSchema) -> TableSchema:
    """The table without its internal columns and without the keys that need one of them."""
    kept = [field.name for field in schema.fields if field.disclosure == "public"]
    public = replace(
        schema,
        fields=tuple(schema.field(name) for name in kept),
        unique_keys=tuple(key for key in schema.unique_keys if set(key) <= set(kept)),
        foreign_keys=tuple(key for key in schema.foreign_keys if set(key.fields) <= set(kept)),
        sort_order=tuple(name for name in schema.sort_order if name in kept),
    )
    return replace(public, descriptor=_public_descriptor(schema.descriptor, set(kept)))


def _public_descriptor(descriptor: Mapping[str, Any], kept: set[str]) -> dict[str, Any]:
    public = dict(descriptor)
    public["fields"] = [field for field in descriptor["fields"] if field["name"] in kept]
    public["sort_order"] = [name for name in descriptor["sort_order"] if name in kept]
    if "uniqueKeys" in descriptor:
        public["uniqueKeys"] = [key for key in descriptor["uniqueKeys"] if set(key) <= kept]
    if "foreignKeys" in descriptor:
        keys = descriptor["foreignKeys"]
        public["foreignKeys"] = [key for key in keys if set(key["fields"]) <= kept]
    return public


def _table(descriptor: TableDescriptor, raw: dict[str, Any]) -> TableSchema:
    return TableSchema(
        name=descriptor.name,
        title=descriptor.title,
        title_en=descriptor.title_en,
        description=descriptor.description,
        description_ja=descriptor.description_ja,
        view_name=descriptor.view_name,
        stage=descriptor.stage,
        fields=tuple(_field(one) for one in descriptor.fields),
        primary_key=tuple(descriptor.primary_key),
        unique_keys=tuple(tuple(key) for key in descriptor.unique_keys),
        foreign_keys=tuple(
            ForeignKey(
                fields=tuple(key.fields),
                reference_table=key.reference.resource or descriptor.name,
                reference_fields=tuple(key.reference.fields),
            )
            for key in descriptor.foreign_keys
        ),
        sort_order=tuple(descriptor.sort_order),
        descriptor=raw,
    )


def _field(descriptor: FieldDescriptor) -> Field:
    return Field(
        name=descriptor.name,
        type=descriptor.type,
        title=descriptor.title,
        title_en=descriptor.title_en,
        description=descriptor.description,
        description_ja=descriptor.description_ja,
        disclosure=descriptor.disclosure,
        unit=descriptor.unit,
        verbatim=descriptor.verbatim,
        constraints=descriptor.constraints.model_dump(by_alias=True, exclude_none=True),
    )


def _fault(error: Mapping[str, Any]) -> str:
    """One pydantic error as ``fields[3].title: Field required``."""
    place = ""
    for part in error["loc"]:
        place += f"[{part}]" if isinstance(part, int) else f".{part}"
    return f"{place.lstrip('.') or 'the file'}: {error['msg']}"
