"""What faults.yaml may say, and how it is loaded; an unknown key or word stops the tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

FAULTS = Path(__file__).parent.parent / "faults.yaml"
#: What a change of a file is called -> whatever it needs; see drafts.py, form_file.py, bytes_.py.
Change = dict[str, Any]
Cell = str | int | float | None
#: Name of a row -> its columns; None where the fault keeps it from being published.
NamedRows = dict[str, dict[str, Any] | None]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(_Strict):
    """One thing that must be told; the key that is given names severity and rule.

    Attributes:
        error, warning, info: the rule.
        at: cell (E3, 5行, 表紙!B2), ``file``, or ``=実績`` for a sheet as a whole; one or several.
        says: words that the message or its fix must hold.
        says_not: words that would lead astray.
        file: name of the file, where there are several.
    """

    error: str | None = None
    warning: str | None = None
    info: str | None = None
    at: str | list[str] = "file"
    says: list[str] = []
    says_not: list[str] = []
    file: str | None = None

    @property
    def severity(self) -> str:
        """The one that is given."""
        return next(one for one in ("error", "warning", "info") if getattr(self, one))

    @property
    def rule(self) -> str:
        """Stable name of the rule."""
        return str(getattr(self, self.severity))

    @property
    def places(self) -> list[str]:
        """``at`` as a list."""
        return self.at if isinstance(self.at, list) else [self.at]


class ToldOfFolder(_Strict):
    """A problem of a round or a plan as a whole, which no file bears.

    Attributes:
        error, warning, info: the rule.
        place: the end of the problem's place.
        says: words of the message.
    """

    error: str | None = None
    warning: str | None = None
    info: str | None = None
    place: str
    says: list[str] = []

    @property
    def rule(self) -> tuple[str, str]:
        """Severity and rule."""
        named = (self.error and "error", self.warning and "warning", self.info and "info")
        severity = next(one for one in named if one)
        return severity, str(getattr(self, severity))


class SubmittedCase(_Strict):
    """One file as a clerk makes it, and where its rows must go.

    Attributes:
        base: a base of faults.yaml, ``form`` (our own form) or ``none`` (no table at all).
        kind: how a base that is a table is written.
        rows: another table instead of the base's.
        change: what the clerk does to it, in order.
        called: name of the file; by kind where it is not given.
        folder: years and round below the plan's folder; or another place below ``results``.
        is_refused: whether it cannot be read at all, or came before.
        quarantined: places of rows that must not be published.
        aside: reason -> rows, beside what the base sets aside.
    """

    base: str = "sheet"
    kind: Literal["csv", "xlsx", "xls", "ods"] = "xlsx"
    rows: list[list[Cell]] | None = None
    change: list[Change] = []
    called: str | None = None
    folder: str = "2024/2-kakutei"
    is_refused: bool = False
    quarantined: list[str] = []
    aside: dict[str, int] = {}

    @property
    def file_name(self) -> str:
        """The name below its folder."""
        return self.called or f"回答.{self.kind}"


class Case(SubmittedCase):
    """One fault.

    Attributes:
        name: what the clerk did wrong, in Japanese.
        about: the fault in a few English words; names the test.
        files: the files, where it takes more than one.
        rounds: folder -> round.yaml, where the usual one does not do; None where there is none.
        profile: profile.yaml of the plan.
        plan: what the plan knows otherwise than usual (``scale``, ``register``, ``indicators``).
        told: all errors and warnings, and the infos that matter.
        folder_told: problems that no file bears.
        published: table -> rows by name: how they differ from the base's.
        secret: words that no published row may hold.
        gap: what happens now, where it is not right yet.
    """

    name: str
    about: str
    files: list[SubmittedCase] = []
    rounds: dict[str, dict[str, Any] | str | None] = {}
    profile: dict[str, Any] = {}
    plan: dict[str, Any] = {}
    told: list[Told] = []
    folder_told: list[ToldOfFolder] = []
    published: dict[str, NamedRows] = {}
    secret: list[str] = []
    gap: str | None = None

    @property
    def submitted(self) -> list[SubmittedCase]:
        """All files, one where ``files`` does not say."""
        if self.files:
            return self.files
        return [SubmittedCase(**{key: getattr(self, key) for key in SubmittedCase.model_fields})]


class Base(_Strict):
    """A sound submission that faults are put into.

    Attributes:
        rows: its table.
        published: what comes of it.
        aside: reason -> rows that are no results.
    """

    rows: list[list[Cell]] = []
    published: dict[str, dict[str, dict[str, Any]]] = {}
    aside: dict[str, int] = {}


class Faults(_Strict):
    """All of faults.yaml."""

    bases: dict[str, Base]
    cases: list[Case]


class _UniqueKeys(yaml.CSafeLoader):
    """A key written twice is a slip, not a choice."""


def _mapping(loader: _UniqueKeys, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    assert len(set(keys)) == len(keys), f"key written twice: {node.start_mark}"
    return {
        key: loader.construct_object(value, deep=True)
        for key, (_, value) in zip(keys, node.value, strict=True)
    }


_UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@cache
def faults() -> Faults:
    """The file, checked."""
    # A subclass of the safe loader.
    return Faults.model_validate(yaml.load(FAULTS.read_text("utf-8"), _UniqueKeys))
