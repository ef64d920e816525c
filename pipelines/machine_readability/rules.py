"""The list of rules (``rules.yaml``), and words that cells are compared with (``words.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.problems import Severity
from pipelines.sources.workbooks.model import WorkbookFormat


@dataclass(frozen=True, slots=True)
class Message:
    """One text of a rule; words in braces are filled in."""

    severity: Severity
    message: str
    fix: str


@dataclass(frozen=True)
class Rule:
    """One rule of the Digital Agency; the keys of ``rules.yaml`` say what its attributes are."""

    id: str
    title: str
    decides: tuple[str, ...]
    partly: str
    unchecked: str
    declared: str
    messages: Mapping[str, Message]


@dataclass(frozen=True)
class RuleList:
    """All rules.

    Attributes:
        source: what the rules are taken from, in Japanese.
        rules: id -> rule, in the order of the ids.
    """

    source: str
    rules: Mapping[str, Rule]

    def rule_of(self, message: str) -> Rule:
        """The rule that a message belongs to; KeyError for an unknown message."""
        return next(rule for rule in self.rules.values() if message in rule.messages)

    def unchecked(self, form: WorkbookFormat, has_schema: bool = False) -> dict[str, str]:
        """Rules that a file does not decide: id -> why, in Japanese.

        Args:
            form: format of the file.
            has_schema: whether the columns of the file are declared.
        """
        kinds: set[str] = {form, "schema"} if has_schema else {form}
        if form != "csv":
            kinds.add("workbook")
        found = {}
        for rule in self.rules.values():
            if has_schema and rule.declared:
                found[rule.id] = rule.declared
            elif not kinds & set(rule.decides):
                found[rule.id] = rule.unchecked or _other_kind(form, rule)
        return found


def _other_kind(form: WorkbookFormat, rule: Rule) -> str:
    if form == "csv":
        return "表計算のファイルについての規則です。"
    if "csv" in rule.decides:
        return "CSVについての規則です。"
    return f"{form}では確かめられません。xlsxで保存すると確かめられます。"


@cache
def rule_list() -> RuleList:
    """The rules of ``rules.yaml``."""
    content = _yaml("rules.yaml")
    rules = {name: _rule(name, entry) for name, entry in content["rules"].items()}
    return RuleList(content["source"], rules)


def _rule(name: str, entry: dict[str, Any]) -> Rule:
    messages = {key: Message(**text) for key, text in entry.get("messages", {}).items()}
    return Rule(
        name,
        entry["title"],
        tuple(entry.get("decides", ())),
        entry.get("partly", ""),
        entry.get("unchecked", ""),
        entry.get("declared", ""),
        messages,
    )


@cache
def words(name: str) -> frozenset[str]:
    """A list of ``words.yaml``."""
    return frozenset(map(str, _yaml("words.yaml")[name]))


@cache
def word_table(name: str) -> Mapping[str, Any]:
    """A table of ``words.yaml``."""
    table: Mapping[str, Any] = _yaml("words.yaml")[name]
    return table


@cache
def refusal_texts(name: str) -> Any:
    """A part of ``refusals`` in ``rules.yaml``: messages, fixes or as_read."""
    return _yaml("rules.yaml")["refusals"][name]


@cache
def _yaml(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name(name).read_text(encoding="utf-8")
    )
    return content
