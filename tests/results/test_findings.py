"""What is told of results: every text is used, filled in wholly, and explained to users."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pipelines.messages import MessageList, MissingWordsError
from pipelines.results.findings import finding, findings
from pipelines.results.forms.messages import form_messages
from pipelines.results.reading.messages import reading_messages
from pipelines.sources.workbooks.messages import workbook_messages

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "feedback.ja.md"
SEVERITIES = {"error": "エラー", "warning": "注意", "info": "参考"}
#: The lists, and the modules and packages that tell their texts.
LISTS_OF = {
    "workbooks": (workbook_messages(), "pipelines.sources.workbooks.messages"),
    "reading": (reading_messages(), "pipelines.results.reading.messages"),
    "rows": (findings(), "pipelines.results.findings"),
    "forms": (form_messages(), "pipelines.results.forms.messages"),
}
LISTS = pytest.mark.parametrize("messages", [one for one, _ in LISTS_OF.values()], ids=LISTS_OF)
NAMED = pytest.mark.parametrize("name", LISTS_OF)
#: Functions that tell a text by its name: where the name stands.
_TELL = {"finding": 0, "told": 0, "refusal": 0, "_fault": 1, "_told": None, "Unclear": 0}
#: Words that functions of a module add to those of the call.
_ADDED = {"totals.py": {"label"}}


@cache
def modules(name: str) -> list[tuple[str, ast.Module]]:
    """Name and syntax of every module that tells texts of a list."""
    module, found = LISTS_OF[name][1], []
    for path in sorted((ROOT / "pipelines").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if f"from {module} import" in text:
            found.append((path.name, ast.parse(text)))
    return found


@cache
def calls(name: str) -> list[tuple[str, str, set[str | None]]]:
    """Place, name of the text and words of every call that names a text of a list."""
    found = []
    for module, tree in modules(name):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _TELL:
                at = _TELL[ast.unparse(node.func)]
                at = (1 if module == "totals.py" else 0) if at is None else at
                words = {one.arg for one in node.keywords} | _ADDED.get(module, set())
                place = f"{module}:{node.lineno}"
                found += [(place, text, words) for text in _names(node.args[at])]
    return found


def _names(argument: ast.expr) -> Iterator[str]:
    """The text that a call names, or each of those it may name."""
    for node in ast.walk(argument):
        if isinstance(node, ast.Constant):
            yield node.value


@NAMED
def test_every_text_told_is_in_the_list(name: str) -> None:
    told = {text for _, text, _ in calls(name)}
    assert told
    assert told <= LISTS_OF[name][0].messages.keys()


@NAMED
def test_every_text_is_told_somewhere(name: str) -> None:
    module = LISTS_OF[name][1]
    package = (ROOT / module.replace(".", "/")).parent
    told = {
        node.value
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    variants = {f"{text}_without_items" for text in told}
    assert set(LISTS_OF[name][0].messages) - told - variants == set()


@NAMED
def test_every_brace_gets_its_word(name: str) -> None:
    wrong = [
        (place, text, words)
        for place, text, words in calls(name)
        if None not in words and not LISTS_OF[name][0].messages[text].words <= words
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
        assert one.message.endswith(("。", "{listed}。", "{what}")), name
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
