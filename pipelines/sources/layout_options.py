"""Options of a layout in ``plan.yaml``: the words and marks of one plan, added to the common ones.

Every key is optional; docs/new-plan.ja.md explains them with an example.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

Word = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"\S")]
Words = list[Word]
LONGEST_PATTERN = 200
# Repetition of a repetition can take for ever on a line that does not fit.
_NESTED_REPETITION = re.compile(r"\([^()]*[+*][^()]*\)[+*{]")


class _Options(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Columns(_Options):
    """Headings of table columns, by the column they fill."""

    number: Words = []
    title: Words = []
    description: Words = []
    goal: Words = []
    schedule: Words = []
    department: Words = []
    continuity: Words = []


class Continuity(_Options):
    """Words for new and continuing items."""

    new: Words = []
    continuing: Words = []


class Form(_Options):
    """Labels of a form that holds one measure per sheet."""

    sheet_start: Words = []
    labels: Words = []
    measure_label: Words = []
    issue_label: Words = []
    sdgs_label: Words = []
    related_plan_label: Words = []
    related_plan_endings: Words = []
    glossary_label: Words = []


class LayoutOptions(_Options):
    """Everything that may stand under ``layout:``.

    Attributes:
        name: a layout, or auto.
        heading_patterns: regular expressions of headings, with the groups title and perhaps number;
            one level of the outline each, the highest first.
        list_marks: marks that open a bullet.
        ignore_sections: headings whose sections are set aside.
    """

    name: str = "auto"
    columns: Columns = Columns()
    continuity: Continuity = Continuity()
    goal_marks: Words = []
    heading_kinds: Words = []
    heading_patterns: Words = []
    list_marks: list[Annotated[str, StringConstraints(min_length=1, max_length=3)]] = []
    item_section_words: Words = []
    department_suffixes: Words = []
    pending_row_words: Words = []
    repost_words: Words = []
    period_words: Words = []
    ignore_sections: Words = []
    form: Form = Field(default=Form())

    @field_validator("heading_patterns")
    @classmethod
    def _patterns_can_be_used(cls, patterns: list[str]) -> list[str]:
        faults = [fault for pattern in patterns if (fault := fault_of_pattern(pattern))]
        if faults:
            raise PydanticCustomError("entry", "{fault}", {"fault": "".join(faults)})
        return patterns

    def words(self) -> dict[str, Any]:
        """The options that add to the word lists of the vocabulary; empty ones left out."""
        stated = self.model_dump(exclude={"name"}, exclude_defaults=True)
        return {key: value for key, value in stated.items() if value}


def fault_of_pattern(pattern: str) -> str | None:
    """What is wrong with a heading pattern, in Japanese; None where it can be used."""
    fault = fault_of_expression(pattern)
    if fault is None and "title" not in re.compile(pattern).groupindex:
        return (
            f"見出しの型「{pattern}」に (?P<title>…) がありません。"
            "見出しの文言の部分をこれで囲んでください。"
        )
    return fault


def fault_of_expression(pattern: str) -> str | None:
    """What is wrong with a regular expression that a person wrote; None where it can be used."""
    if len(pattern) > LONGEST_PATTERN or _NESTED_REPETITION.search(pattern):
        return (
            f"型「{pattern}」が長すぎるか、繰り返しの中に繰り返しがあります。"
            "短く書き直してください。"
        )
    try:
        re.compile(pattern)
    except re.error as error:
        return f"型「{pattern}」は正規表現として正しくありません（{error}）。"
    return None
