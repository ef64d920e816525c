"""The form of a file in ``schemas/``: which keys it may have, and of what kind.

Unknown keys are refused, so that a misspelt ``constrains`` or ``desciption`` cannot pass unseen.
What the keys mean is told in :mod:`pipelines.tables.schema`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr, StringConstraints
from pydantic.alias_generators import to_camel

Text = Annotated[StrictStr, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[StrictStr, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Names = Annotated[list[Name], Field(min_length=1)]
Length = Annotated[int, Field(strict=True, ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Constraints(_Part):
    """The constraints of Table Schema that the compiled checks know."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel)

    required: StrictBool | None = None
    unique: StrictBool | None = None
    enum: Annotated[list[Any], Field(min_length=1)] | None = None
    pattern: Text | None = None
    minimum: Any = None
    maximum: Any = None
    min_length: Length | None = None
    max_length: Length | None = None


class FieldDescriptor(_Part):
    """One entry of ``fields``."""

    name: Name
    type: Literal["string", "integer", "number", "boolean", "date"]
    title: Text
    title_en: Text
    description: Text
    description_ja: Text
    unit: Text | None = None
    disclosure: Literal["public", "internal"]
    verbatim: StrictBool = False
    constraints: Constraints = Constraints()


class Reference(_Part):
    """Where a foreign key points; an empty ``resource`` is the table itself."""

    resource: StrictStr
    fields: Names


class ForeignKeyDescriptor(_Part):
    """One entry of ``foreignKeys``."""

    fields: Names
    reference: Reference


class TableDescriptor(_Part):
    """A whole file of ``schemas/``."""

    name: Name
    title: Text
    title_en: Text
    description: Text
    description_ja: Text
    view_name: Text
    stage: Literal["plans", "results", "figures", "marts"]
    fields: Annotated[list[FieldDescriptor], Field(min_length=1)]
    primary_key: Names = Field(alias="primaryKey")
    unique_keys: list[Names] = Field(default=[], alias="uniqueKeys")
    foreign_keys: list[ForeignKeyDescriptor] = Field(default=[], alias="foreignKeys")
    sort_order: Names
