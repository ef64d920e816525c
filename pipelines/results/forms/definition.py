"""What the form looks like: ``definition.yaml``, checked."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, field_validator

from pipelines.plans.characters import bare_text
from pipelines.sources.sheet_fields import TEXT_FIELDS, VALUE_FIELDS

TableName = Literal["activities", "indicators", "effects"]
ColumnKind = Literal["id", "given", "reference", "input"]
Entry = Literal["text", "rating", "missing_reason", "decimal", "integer", "date"]
HeadField = Literal["plan_id", "fiscal_year", "round", "department", "version", "rows"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ColumnDefinition(_Strict):
    """One column of a sheet.

    Attributes:
        key: a field of ``sheet_fields``; any name for a ``reference``, which is not read.
        heading: as printed.
        heading_after_settled: as printed where the earlier answers it shows were settled ones.
        also: headings that older forms bear.
        role: ``id`` and ``given`` are locked and read, ``reference`` locked and not read, ``input``
            is filled in.
        width: in characters of the standard font.
        entry: what can be filled in.
        help: shown when the clerk enters a cell.
    """

    key: str
    heading: str
    heading_after_settled: str | None = None
    also: list[str] = []
    role: ColumnKind
    width: float
    entry: Entry = "text"
    help: str | None = None

    @property
    def label(self) -> str:
        """The heading on one line."""
        return self.heading.replace("\n", "")

    @property
    def words(self) -> frozenset[str]:
        """The headings that mean this column, as ``bare_text`` gives them."""
        settled = [self.heading_after_settled] if self.heading_after_settled else []
        return frozenset(bare_text(word) for word in (self.heading, *settled, *self.also))


class TableDefinition(_Strict):
    """One sheet with a table.

    Attributes:
        tab: name of the sheet.
        hint: the line above the table.
        answered_before: stands behind the plan's title of a sheet that shows the answers of an
            earlier round of the year.
        least_height: of a row, in points, so that there is room to write.
        columns: left to right.
    """

    tab: str
    hint: str
    answered_before: str
    least_height: float
    columns: list[ColumnDefinition]

    @field_validator("columns")
    @classmethod
    def _read_columns_are_fields(cls, columns: list[ColumnDefinition]) -> list[ColumnDefinition]:
        known = {*TEXT_FIELDS, *VALUE_FIELDS}
        unknown = [one.key for one in columns if one.role != "reference" and one.key not in known]
        if unknown:
            raise ValueError(f"no fields of sheet_fields: {unknown}")
        return columns

    @property
    def id_column(self) -> ColumnDefinition:
        """The column that identifies a row."""
        return next(one for one in self.columns if one.role == "id")

    @property
    def inputs(self) -> tuple[ColumnDefinition, ...]:
        """The columns that are filled in."""
        return tuple(one for one in self.columns if one.role == "input")


class GuideSection(_Strict):
    """A paragraph of the guide; ``scale`` lists the plan's ratings, ``submission`` when and where.

    ``no_scale`` stands in place of ``lines`` where the plan has no scale.
    """

    heading: str
    lines: list[str]
    scale: bool = False
    no_scale: str | None = None
    submission: bool = False


class GuideDefinition(_Strict):
    """The sheet that explains the others."""

    tab: str
    sections: list[GuideSection]


class FormDefinition(_Strict):
    """The checked content of ``definition.yaml``; its comments say what the keys mean."""

    version: str
    font: str
    head: dict[HeadField, str]
    open_department: str
    effect_kinds: dict[Literal["cost_reduction", "revenue_increase"], str]
    effect_bases: dict[Literal["single_year", "cumulative"], str]
    missing_reasons: dict[Literal["not_measured", "not_applicable", "not_yet", "not_set"], str]
    longest_reference: int
    tables: dict[TableName, TableDefinition]
    guide: GuideDefinition


@cache
def form_definition() -> FormDefinition:
    """The form as it is now."""
    path = Path(__file__).with_name("definition.yaml")
    return FormDefinition.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def missing_reason_of(text: str) -> str | None:
    """The code (``not_yet`` ...) of a choice in 実績値がない理由; None for any other text."""
    reasons = form_definition().missing_reasons
    return next((code for code, label in reasons.items() if label == bare_text(text)), None)
