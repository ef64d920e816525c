"""The prose cells of a form sheet: issues, SDGs, related plans, explained terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.plans.characters import plain_text
from pipelines.plans.layouts.reading import (
    LayoutReading,
    NodeReading,
    StatementReading,
    TermReading,
)
from pipelines.plans.lines import EMPTY, Line, Passage, passage
from pipelines.plans.vocabulary import same_word, words

ISSUE_MARKS = ("●", "◆", "■", "◎")
_TERM = re.compile(r"^(?:用語|語句)\s*[：:]\s*[「『]?(?P<term>[^「」『』]+)[」』]?\s*$")
# The label of the form that names the cell, by the kind of statement in it.
LABELS = {"issue": "issue_label", "sdgs": "sdgs_label", "related_plan": "related_plan_label"}


@dataclass
class FormProse:
    """The runs of lines of a sheet that are prose, by the kind of their cell."""

    issue: list[list[Line]] = field(default_factory=list)
    sdgs: list[list[Line]] = field(default_factory=list)
    related_plan: list[list[Line]] = field(default_factory=list)
    terms: list[list[Line]] = field(default_factory=list)

    def add(self, run: list[Line]) -> None:
        """Take a run that begins with an issue's mark or explains a term."""
        text = passage(run).text
        (self.issue if text.startswith(ISSUE_MARKS) else self.terms).append(run)


def is_prose(run: Sequence[Line]) -> bool:
    """Issues (●) and explained terms are prose of the sheet, not its items."""
    return passage(run).text.startswith((*ISSUE_MARKS, *words("form", "glossary_label")))


def add_prose(
    prose: FormProse, node: NodeReading, lines: Sequence[Line], reading: LayoutReading
) -> None:
    """Statements and terms of a sheet, in the order of their lines.

    Args:
        prose: the runs of the sheet.
        node: the measure of the sheet.
        lines: the sheet, for the labels of its cells.
        reading: gets the statements and terms.
    """
    runs = {
        "issue": [text for run in prose.issue for text in split_issues(run)],
        "sdgs": [passage(run) for run in prose.sdgs],
        "related_plan": [passage(run) for run in prose.related_plan],
    }
    found = [
        StatementReading(kind, text, path, heading, None, node, heading.lines)
        for kind, texts in runs.items()
        for heading in [_heading(kind, lines)]
        for path in [(*node.path, heading.text) if heading else node.path]
        for text in texts
    ]
    reading.statements += sorted(found, key=lambda one: one.text.lines[0])
    reading.terms += [term for run in prose.terms for term in _terms(run)]


def split_issues(run: Sequence[Line]) -> Iterator[Passage]:
    """One text per mark; a paragraph without a mark goes on with the one above it."""
    marks = f"^[\\s\\u3000]*[{''.join(ISSUE_MARKS)}][\\s\\u3000]*"
    own: list[Line] = []
    for line in run:
        if own and line.plain.startswith(ISSUE_MARKS):
            yield passage(own, strip=marks)
            own = []
        own.append(line)
    if own:
        yield passage(own, strip=marks)


def _heading(kind: str, lines: Sequence[Line]) -> Passage:
    """The label of the cell, on a line of its own or at the end of another cell's line."""
    for line in lines:
        for label in words("form", LABELS[kind]):
            if same_word(line.plain, (label,)) or line.plain.endswith(plain_text(label)):
                start = len(line.text.rstrip()) - len(label)
                return passage([line.with_text(line.text.rstrip()[start:])])
    return EMPTY


def _terms(run: Sequence[Line]) -> Iterator[TermReading]:
    """「用語：X」 with the explanation on the lines below."""
    match = _TERM.match(run[0].text.strip())
    text = passage(run[1:])
    if match and text:
        term = passage([run[0].with_text(match["term"])]).text
        yield TermReading(None, term, text.text, (run[0].number, *text.lines))
