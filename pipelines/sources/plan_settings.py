"""``plan.yaml``: what a document does not say about itself.

Every key is checked at once and every fault told in Japanese. ``title``, ``document_status`` and
the period stand here only where the document prints none; unknown stays null.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from pipelines.sources.layout_options import LayoutOptions
from pipelines.sources.municipality_code import fault_of_code
from pipelines.sources.prefectures import prefecture_names
from pipelines.sources.yaml_text import key_fault, parse_settings

DocumentKind = Literal["full", "summary", "excerpt", "framework", "stub"]


class PlanSettings(BaseModel):
    """The checked content of one ``plan.yaml``; see docs/new-plan.ja.md for the keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    municipality_code: str
    municipality_name: str = Field(pattern=r"\S")
    prefecture_code: str
    document_kind: DocumentKind
    layout: Any = "auto"
    encoding: str | None = None
    title: str | None = None
    document_status: Literal["draft", "final"] | None = None
    period_start_fy: int | None = Field(default=None, ge=1950, le=2100)
    period_end_fy: int | None = Field(default=None, ge=1950, le=2100)
    published_on: datetime.date | None = None
    edition_of: str | None = None
    source_url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    license: str | None = None
    retrieved_on: datetime.date | None = None

    @field_validator("municipality_code")
    @classmethod
    def _code_is_real(cls, code: str) -> str:
        fault = fault_of_code(code)
        if fault:
            raise PydanticCustomError("municipality_code", "{fault}", {"fault": fault})
        return code

    @field_validator("prefecture_code")
    @classmethod
    def _prefecture_is_real(cls, code: str) -> str:
        if code not in prefecture_names():
            fault = f"都道府県コード「{code}」はありません。01から47（架空の団体は99）です。"
            raise PydanticCustomError("prefecture_code", "{fault}", {"fault": fault})
        return code

    @field_validator("layout")
    @classmethod
    def _layout_is_a_name_or_options(cls, layout: Any) -> str | dict[str, Any]:
        if isinstance(layout, str):
            return layout
        if not isinstance(layout, dict):
            fault = f"layout の値「{layout}」が名前（auto など）でも name: を持つ組でもありません。"
            raise PydanticCustomError("layout", "{fault}", {"fault": fault})
        try:
            LayoutOptions.model_validate(layout)
        except ValidationError as error:
            raise PydanticCustomError("layout", "{fault}", {"fault": _faults(error)}) from error
        return layout

    @model_validator(mode="after")
    def _period_runs_forward(self) -> PlanSettings:
        start, end = self.period_start_fy, self.period_end_fy
        if start is not None and end is not None and end < start:
            fault = (
                f"計画期間の終わり {end} が始まり {start} より前です。どちらかを直してください。"
            )
            raise PydanticCustomError("period_end_fy", "{fault}", {"fault": fault})
        return self

    @model_validator(mode="after")
    def _prefecture_fits(self) -> PlanSettings:
        if not self.municipality_code.startswith(self.prefecture_code):
            fault = (
                f"都道府県コード「{self.prefecture_code}」が全国地方公共団体コード"
                f"「{self.municipality_code}」の先頭2桁と違います。どちらかを直してください。"
            )
            raise PydanticCustomError("prefecture_code", "{fault}", {"fault": fault})
        return self

    @property
    def layout_name(self) -> str:
        """The layout's name, ``auto`` where it is to be found by scoring."""
        return self.layout if isinstance(self.layout, str) else str(self.layout.get("name", "auto"))

    @property
    def layout_options(self) -> dict[str, Any]:
        """The words and marks given beside the layout's name, by the keys of the vocabulary."""
        if isinstance(self.layout, str):
            return {}
        return LayoutOptions.model_validate(self.layout).words()


def _faults(error: ValidationError) -> str:
    """Every fault of the layout options in one sentence each."""
    known = LayoutOptions.model_fields
    told = (key_fault(dict(one), known) for one in error.errors())
    return "".join(f"layout の {message}" for _, message in told)


class SettingsFault(Exception):
    """A ``plan.yaml`` that cannot be used; ``faults`` holds (key or None, message in Japanese)."""

    def __init__(self, faults: list[tuple[str | None, str]]) -> None:
        super().__init__("; ".join(message for _, message in faults))
        self.faults = faults


def parse_plan_settings(text: str) -> PlanSettings:
    """Read ``plan.yaml``.

    Raises:
        SettingsFault: no YAML, no mapping, or any key missing, unknown or wrong; all at once.
    """
    settings, faults = parse_settings(text, PlanSettings)
    if settings is None:
        raise SettingsFault(faults)
    return settings
