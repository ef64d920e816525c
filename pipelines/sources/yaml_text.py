"""Reading YAML that people write by hand, and telling what is wrong with it in Japanese."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)

Fault = tuple[str | None, str]

_NO_MAPPING = "「キー: 値」の形になっていません。見本に合わせて書き直してください。"


class YamlFault(Exception):
    """A text that is no YAML, or holds an impossible value; the message is Japanese."""


class _HandwrittenLoader(yaml.SafeLoader):
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


_HandwrittenLoader.add_constructor("tag:yaml.org,2002:int", _leading_zero_is_text)


def load_yaml(text: str) -> Any:
    """The content of a YAML text; None for one that holds comments only.

    Raises:
        YamlFault: no YAML, a key that comes twice, or an impossible date; with its place.
    """
    try:
        return yaml.load(text, Loader=_HandwrittenLoader)
    except yaml.YAMLError as error:
        raise YamlFault(_yaml_fault(error)) from error
    except ValueError as error:
        raise YamlFault(f"ありえない日付などがあります（{error}）。") from error


def _yaml_fault(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"{mark.line + 1}行目{mark.column + 1}文字目" if mark else "どこか"
    problem = str(getattr(error, "problem", ""))
    told = f"{problem}。" if problem.startswith("キー") else ""
    return (
        f"YAMLとして読めません（{place}）。{told}"
        "字下げ、コロンの後の空白、引用符を確かめてください。"
    )


def key_fault(fault: dict[str, Any], known: Collection[str]) -> tuple[str | None, str]:
    """One pydantic error of a mapping as (key, Japanese message).

    Args:
        fault: an entry of ``ValidationError.errors()``. A fault that a validator of the model
            raises itself bears a key as its type, or ``entry``, and speaks Japanese already.
        known: the keys that the mapping may have.
    """
    key = ".".join(str(part) for part in fault["loc"]) or None
    kind = str(fault["type"])
    if kind == "entry":
        return key, str(fault["msg"])
    if kind in known:
        return kind, str(fault["msg"])
    return key, _standard_fault(key, kind, fault, known)


def _standard_fault(
    key: str | None, kind: str, fault: dict[str, Any], known: Collection[str]
) -> str:
    value = fault["input"]
    if value is None:
        return f"{key} が空です。値を書いてください。"
    if kind == "missing":
        return f"必須のキー {key} がありません。書き足してください。"
    if kind == "extra_forbidden":
        names = "、".join(known)
        return f"知らないキー {key} です。使えるキーは {names} です。綴りを確かめてください。"
    if kind == "literal_error":
        expected = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        return f"{key} の値「{value}」は使えません。{expected} のどれかにしてください。"
    if kind == "string_type":
        return f'{key} は文字列です。値「{value}」を引用符（"）で囲んでください。'
    if kind == "string_pattern_mismatch":
        return f"{key} の値「{value}」は http:// か https:// で始まるURLではありません。"
    return (
        f"{key} の値「{value}」が正しくありません。"
        "日付は 2026-04-01 の形、年度は西暦の数字で書いてください。"
    )


def parse_settings(text: str, model: type[Model]) -> tuple[Model | None, list[Fault]]:
    """A YAML mapping as a model, and everything that is wrong with it as (key, message).

    Args:
        text: the content of the file; where no key is required, it may hold nothing.
        model: what the mapping must be.
    """
    try:
        content = load_yaml(text)
        if content is None and not any(one.is_required() for one in model.model_fields.values()):
            content = {}
        if not isinstance(content, dict):
            return None, [(None, _NO_MAPPING)]
        return model.model_validate(content), []
    except YamlFault as fault:
        return None, [(None, str(fault))]
    except ValidationError as error:
        return None, [key_fault(dict(one), model.model_fields) for one in error.errors()]
