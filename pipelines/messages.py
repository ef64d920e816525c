"""Texts told to users as data: one YAML file for each part of the code, one way to fill them in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

import yaml

from pipelines.problems import Severity
from pipelines.sources.workbooks.model import CellFinding

#: What braces may name without being among the words of a finding.
_GIVEN = {"cell", "column_name"}


class MissingWordsError(ValueError):
    """No word is given for a brace of a text."""


class At(NamedTuple):
    """Where in a file; row and column are blank for a sheet as a whole, all three for a file."""

    sheet: str | None = None
    row: int | None = None
    column: int | None = None


#: A file as a whole.
OF_FILE = At()


@dataclass(frozen=True, slots=True)
class Message:
    """One text of a list.

    Attributes:
        severity: of the finding.
        rule: its stable name.
        message: what is wrong; words in braces are filled in.
        fix: what to do; likewise.
        column_name: the field concerned, where it is always the same.
        words: what the braces ask for, ``cell`` and ``column_name`` left out.
    """

    severity: Severity
    rule: str
    message: str
    fix: str
    column_name: str | None
    words: frozenset[str]


class MessageList:
    """The texts of one YAML file; ``results/findings.yaml`` says what its keys are."""

    def __init__(self, path: Path) -> None:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        #: Heading -> name -> text.
        self.groups: dict[str, dict[str, Message]] = {
            heading: {name: _message(name, entry) for name, entry in entries.items()}
            for heading, entries in content.items()
        }
        self.messages = {
            name: message for group in self.groups.values() for name, message in group.items()
        }

    def finding(
        self,
        name: str,
        cell: str | None = None,
        column_name: str | None = None,
        at: At = OF_FILE,
        **words: Any,
    ) -> CellFinding:
        """A finding of this list.

        Args:
            name: of the text.
            cell: what stands in the cell concerned.
            column_name: the field concerned, where the text is one of several.
            at: its place.
            words: what the other braces of the text are filled with.

        Raises:
            MissingWordsError: where no word is given for a brace.
        """
        message = self.messages[name]
        missing = message.words - words.keys()
        if missing:
            raise MissingWordsError(f"{name}: nothing is given for {sorted(missing)}")
        return CellFinding(
            message.severity,
            message.rule,
            message.message.format(cell=cell, column_name=column_name, **words),
            message.fix.format(cell=cell, column_name=column_name, **words),
            at.sheet,
            at.row,
            at.column,
            cell,
            column_name or message.column_name,
        )


def _message(name: str, entry: dict[str, str]) -> Message:
    texts = (entry["message"], entry.get("fix", ""))
    asked = {word for text in texts for _, word, _, _ in Formatter().parse(text) if word}
    severity: Any = entry["severity"]
    column_name, rule = entry.get("column_name"), entry.get("rule", name)
    return Message(severity, rule, *texts, column_name, frozenset(asked - _GIVEN))
