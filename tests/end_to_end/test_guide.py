"""docs/analysts: every query and every program of the guide gives what the guide shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from . import guide
from .guide import GUIDES, MOST_LINES, Question, Snippet

QUESTIONS = guide.questions(GUIDES[0])
# R is no part of this project, and of what pip installs: its program is tried by hand, with
# ``python -m tests.end_to_end.guide`` where it is installed.
SNIPPETS = [one for one in guide.snippets(GUIDES[0]) if one.tool != "Rscript"]


@pytest.mark.parametrize("question", QUESTIONS, ids=range(1, len(QUESTIONS) + 1))
def test_a_question_has_the_answer_shown(
    question: Question, request: pytest.FixtureRequest
) -> None:
    fixture = {"real": "outputs", "demo": "demo_outputs"}[question.release]
    assert guide.answer(question.code, request.getfixturevalue(fixture)) == question.answer


@pytest.mark.parametrize("path", GUIDES, ids=lambda one: one.name)
def test_commands_named_in_passing_work(path: Path, outputs: Path) -> None:
    named = re.findall(r'gyokaku query (?:--\w+ \S+ )?"([^"]+)"', path.read_text("utf-8"))
    assert len(named) == 4
    for statement in named:
        assert guide.answer(statement, outputs).count("\n") > 2, statement


@pytest.mark.parametrize(
    "snippet", SNIPPETS, ids=["duckdb in Python", "pandas", "polars", "duckdb"]
)
def test_a_quick_start_prints_what_is_shown(snippet: Snippet, outputs: Path, clients: Path) -> None:
    tools = clients / "duckdb_cli"
    assert guide.printed(snippet.tool, snippet.code, outputs, tools) == snippet.answer


def test_both_guides_hold_the_same_questions_and_programs() -> None:
    japanese, english = GUIDES
    assert guide.questions(japanese) == guide.questions(english)
    assert guide.snippets(japanese) == guide.snippets(english)


@pytest.mark.parametrize("path", GUIDES, ids=lambda one: one.name)
def test_nothing_is_shown_that_is_not_tried(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("```sql\n") == len(guide.questions(path)) == 20
    assert len(re.findall(r"^```(?:python|r)\n", text, re.MULTILINE)) == sum(
        one.tool != "duckdb" for one in guide.snippets(path)
    )
    assert len(re.findall(r"^### \d+\. ", text, re.MULTILINE)) == 20


def test_answers_are_short_and_never_empty() -> None:
    for question in QUESTIONS:
        rows = question.answer.splitlines()[2:]
        assert 0 < len(rows) <= MOST_LINES, question.code


def test_half_of_the_questions_use_the_japanese_views() -> None:
    japanese = [bool(re.search(r"FROM [^\x00-\x7f]", one.code)) for one in QUESTIONS]
    assert japanese.count(True) == 10
    assert {one.release for one in QUESTIONS} == {"real", "demo"}


def test_refreshing_puts_the_answer_of_the_release(outputs: Path) -> None:
    shown = next(one for one in QUESTIONS if one.release == "real")
    text = f"<!-- release: real -->\n\n```sql\n{shown.code}```\n\n| 古い |\n| --- |\n\n続き\n"
    assert guide.refreshed(text, {"real": outputs}) == text.replace(
        "| 古い |\n| --- |\n", shown.answer
    )
