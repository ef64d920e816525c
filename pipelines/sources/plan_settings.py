"""``plan.yaml``: what a document does not say about itself.

Every key is checked at once and every fault told in Japanese. ``title``, ``document_status`` and
the period stand here only where the document prints none; unknown stays null.
"""

from __future__ import annotations

import datetime
import re
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from pipelines.sources.municipality_code import fault_of_code
from pipelines.sources.prefectures import prefecture_names

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
    def _layout_is_a_name(cls, layout: Any) -> str | dict[str, Any]:
        name = layout.get("name", "auto") if isinstance(layout, dict) else layout
        if not isinstance(name, str):
            fault = f"layout の値「{layout}」が名前（auto など）でも name: を持つ組でもありません。"
            raise PydanticCustomError("layout", "{fault}", {"fault": fault})
        return layout  # type: ignore[no-any-return]

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
        """The options given beside the layout's name."""
        if isinstance(self.layout, str):
            return {}
        return {key: value for key, value in self.layout.items() if key != "name"}


class SettingsFault(Exception):
    """A ``plan.yaml`` that cannot be used; ``faults`` holds (key or None, message in Japanese)."""

    def __init__(self, faults: list[tuple[str | None, str]]) -> None:
        super().__init__("; ".join(message for _, message in faults))
        self.faults = faults


class _SettingsLoader(yaml.SafeLoader):
    """YAML without two of its traps: codes such as 012345 stay text, and no key comes twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for (key_node, _), key in zip(node.value, keys, strict=True):
            if keys.count(key) > 1:
                problem = f"キー {key} が二度あります"
                raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
        return dict(super().construct_mapping(node, deep))


def _leading_zero_is_text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int | str:
    """YAML 1.1 reads 012345 as an octal number; a code with a leading zero is meant as text."""
    text = str(node.value)
    if re.fullmatch(r"0\d+", text):
        return text
    return int(loader.construct_yaml_int(node))


_SettingsLoader.add_constructor("tag:yaml.org,2002:int", _leading_zero_is_text)


def parse_plan_settings(text: str) -> PlanSettings:
    """Read ``plan.yaml``.

    Raises:
        SettingsFault: no YAML, no mapping, or any key missing, unknown or wrong; all at once.
    """
    try:
        content = yaml.load(text, Loader=_SettingsLoader)
    except yaml.YAMLError as error:
        raise SettingsFault([(None, _yaml_fault(error))]) from error
    except ValueError as error:
        raise SettingsFault([(None, f"ありえない日付などがあります（{error}）。")]) from error
    if not isinstance(content, dict):
        raise SettingsFault(
            [(None, "「キー: 値」の形になっていません。見本に合わせて書き直してください。")]
        )
    try:
        return PlanSettings.model_validate(content)
    except ValidationError as error:
        raise SettingsFault([_fault_ja(dict(one)) for one in error.errors()]) from error


def _yaml_fault(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"{mark.line + 1}行目{mark.column + 1}文字目" if mark else "どこか"
    problem = str(getattr(error, "problem", ""))
    told = f"{problem}。" if problem.startswith("キー") else ""
    return (
        f"YAMLとして読めません（{place}）。{told}"
        "字下げ、コロンの後の空白、引用符を確かめてください。"
    )


def _fault_ja(fault: dict[str, Any]) -> tuple[str | None, str]:
    """One pydantic error as (key, Japanese message)."""
    key = ".".join(str(part) for part in fault["loc"]) or None
    kind = str(fault["type"])
    if kind in PlanSettings.model_fields:
        return kind, str(fault["msg"])
    if fault["input"] is None:
        return key, f"{key} が空です。値を書いてください。"
    if kind == "missing":
        return key, f"必須のキー {key} がありません。書き足してください。"
    if kind == "extra_forbidden":
        known = "、".join(PlanSettings.model_fields)
        return key, f"知らないキー {key} です。使えるキーは {known} です。綴りを確かめてください。"
    if kind == "literal_error":
        expected = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        return (
            key,
            f"{key} の値「{fault['input']}」は使えません。{expected} のどれかにしてください。",
        )
    if kind == "string_type":
        return key, f'{key} は文字列です。値「{fault["input"]}」を引用符（"）で囲んでください。'
    if kind == "string_pattern_mismatch":
        return (
            key,
            f"{key} の値「{fault['input']}」は http:// か https:// で始まるURLではありません。",
        )
    return (
        key,
        f"{key} の値「{fault['input']}」が正しくありません。"
        "日付は 2026-04-01 の形、年度は西暦の数字で書いてください。",
    )
