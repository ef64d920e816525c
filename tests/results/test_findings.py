"""What is told of results: every text is used, filled in wholly, and explained to users."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pipelines.results.findings import MessageList, MissingWordsError, finding, findings
from pipelines.results.forms.messages import form_messages

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "feedback.ja.md"
SEVERITIES = {"error": "エラー", "warning": "注意", "info": "参考"}
LISTS = pytest.mark.parametrize("messages", [findings(), form_messages()], ids=["rows", "forms"])
#: Functions that tell a text by its name: where the name stands, and the words they add.
_TELL = {"finding": (0, set[str]()), "_fault": (1, set[str]()), "_told": (1, {"label"})}


@cache
def calls() -> list[tuple[str, str, set[str | None]]]:
    """Place, name of the text and words of every call in the code."""
    found = []
    for path in sorted((ROOT / "pipelines" / "results").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "findings import finding\n" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _TELL:
                at, added = _TELL[ast.unparse(node.func)]
                words = {one.arg for one in node.keywords} | added
                place = f"{path.name}:{node.lineno}"
                found += [(place, name, words) for name in _names(node.args[at])]
    return found


def _names(argument: ast.expr) -> Iterator[str]:
    """The text that a call names, or each of those it may name."""
    for node in ast.walk(argument):
        if isinstance(node, ast.Constant):
            yield node.value


def test_every_text_told_is_in_the_list() -> None:
    assert {name for _, name, _ in calls()} <= findings().messages.keys()


def test_every_text_is_told_somewhere() -> None:
    told = {name for _, name, _ in calls()}
    variants = {f"{name}_without_items" for name in told}
    assert set(findings().messages) - told - variants == set()


def test_every_brace_gets_its_word() -> None:
    wrong = [
        (place, name, words)
        for place, name, words in calls()
        if None not in words and not findings().messages[name].words <= words
    ]
    assert wrong == []


def test_a_missing_word_is_an_error_and_not_a_brace_in_a_message() -> None:
    with pytest.raises(MissingWordsError, match="asked"):
        finding("year_not_asked", "2022")
    told = finding("year_not_asked", "2022", asked=2023)
    assert "2023年度の実績を尋ねています" in told.message_ja
    assert (told.rule, told.value, told.column_name) == ("year_not_asked", "2022", "fiscal_year")


def test_what_a_clerk_typed_is_not_filled_in_again() -> None:
    assert "{asked}" in finding("amount_unreadable", "{asked}").message_ja


def test_a_rule_may_have_several_texts() -> None:
    assert finding("due_year_impossible", "4010").rule == "year_impossible"
    assert finding("register_blank", column_name="name").message_ja.startswith("部署名簿の name が")


@LISTS
def test_texts_are_sentences_and_say_what_to_do(messages: MessageList) -> None:
    for name, one in messages.messages.items():
        assert re.fullmatch(r"[a-z_]+", one.rule), name
        assert one.severity in SEVERITIES, name
        assert one.message.endswith(("。", "{listed}。")), name
        assert one.fix.endswith("。") or (one.severity == "info" and not one.fix), name


def document_table(messages: MessageList) -> str:
    """The tables of docs/feedback.ja.md: one for each heading of a list."""
    parts = []
    for heading, group in messages.groups.items():
        lines = [
            f"### {heading}",
            "",
            "| 規則 | 区分 | 意味 | すること |",
            "| --- | --- | --- | --- |",
        ]
        lines += [
            f"| `{one.rule}` | {SEVERITIES[one.severity]} | {texts} |"
            for one in group.values()
            for texts in [f"{_shown(one.message)} | {_shown(one.fix)}"]
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _shown(text: str) -> str:
    """A text with … for what is filled in."""
    return re.sub(r"\{[^}]*\}", "…", text).replace("|", "\\|")


@LISTS
def test_every_rule_is_explained_in_the_documentation(messages: MessageList) -> None:
    """Where texts were changed, put what this shows into docs/feedback.ja.md."""
    assert document_table(messages) in DOCUMENT.read_text(encoding="utf-8")
