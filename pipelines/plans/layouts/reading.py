"""What a layout reads out of a document, before ids and rows are made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipelines.plans.fields.departments import Department
from pipelines.plans.lines import EMPTY, Passage
from pipelines.problems import Severity

Confidence = Literal["certain", "inferred", "review"]
Continuity = Literal["new", "continuing"]


@dataclass
class NodeReading:
    """One heading of the plan's own outline.

    Attributes:
        title: the heading without its label.
        parent: the heading above; None at the top.
        number_label: as printed, such as ``①`` or ``経1-1``.
        kind_label: the plan's word for this kind of heading, such as 重点目標.
        statement: what the heading wants to reach (目指す姿), where it says so.
        label_lines: lines of the label, where they are not among the title's.
    """

    title: Passage
    parent: NodeReading | None = None
    number_label: str | None = None
    kind_label: str | None = None
    statement: Passage = EMPTY
    label_lines: tuple[int, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """Titles from the top down to this heading: its identity within the plan."""
        above = self.parent.path if self.parent else ()
        return (*above, self.title.text)

    @property
    def depth(self) -> int:
        """1 at the top."""
        return len(self.path)

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line a text of this heading comes from."""
        return (*self.label_lines, *self.title.lines, *self.statement.lines)


@dataclass(frozen=True)
class ViewpointReading:
    """A viewpoint of an item: its printed mark, its name and what is said under it."""

    code: str
    label: str
    text: str | None
    lines: tuple[int, ...]


@dataclass
class ItemReading:
    """One reform item as read; empty passages are cells the document leaves out or empty."""

    node: NodeReading
    title: Passage
    number_label: str | None = None
    continuity: Continuity | None = None
    description: Passage = EMPTY
    goal: Passage = EMPTY
    schedule: Passage = EMPTY
    department_cells: list[Passage] = field(default_factory=list)
    departments: list[Department] = field(default_factory=list)
    viewpoints: list[ViewpointReading] = field(default_factory=list)
    is_repost: bool = False
    repost_ref: str | None = None
    confidence: Confidence = "certain"
    label_lines: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line a text of the item's own row comes from; viewpoints have rows of their own."""
        parts = [self.title, self.description, self.goal, self.schedule, *self.department_cells]
        return (*self.label_lines, *(number for part in parts for number in part.lines))


@dataclass(frozen=True)
class Finding:
    """Something a person should look at, with its lines; becomes an extraction issue."""

    severity: Severity
    rule: str
    lines: tuple[int, ...]
    message_ja: str
    column_name: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class StatementReading:
    """A paragraph or bullet with its place in the document.

    Attributes:
        kind: a statement_kind of ``schemas/plan_statements.json``.
        text: the paragraph or bullet, without its mark.
        path: titles of the headings above, from the top down.
        heading: the nearest of them; empty where there is none.
        heading_lines: the lines of the headings.
        number_label: the number before the text or its heading, as printed.
        node: the heading of the plan's own outline that it belongs to, if any.
    """

    kind: str
    text: Passage
    path: tuple[str, ...] = ()
    heading: Passage = EMPTY
    number_label: str | None = None
    node: NodeReading | None = None
    heading_lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class TermReading:
    """An explained term.

    Attributes:
        mark: as printed, such as ``※1``.
        term: the explained word.
        definition: the explanation.
        own_lines: the lines of the explanation.
        marked_lines: lines of the text that bear the mark, where the term is taken from there.
        full_form: what an abbreviation stands for.
        page_ref: the page that the explanation refers to.
    """

    mark: str | None
    term: str
    definition: str
    own_lines: tuple[int, ...]
    marked_lines: tuple[int, ...] = ()
    full_form: str | None = None
    page_ref: str | None = None

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line a text of the term comes from."""
        return (*self.own_lines, *self.marked_lines)


@dataclass
class LayoutReading:
    """The outline, the items and the findings of one document.

    Attributes:
        nodes: headings in reading order.
        items: items in reading order.
        findings: what a person should look at.
        doubts: the places where the reader had to give something up; they lower the score.
        statements: prose that only this layout can tell apart, such as the cells of a form.
        terms: terms explained in such cells.
        out_of_place: lines that the reader saw out of their place, block by block.
        set_aside: lines that hold nothing of their own, with the reason: copies, labels, examples.
        headers: lines of table headers, where the reader looked for them.
    """

    nodes: list[NodeReading] = field(default_factory=list)
    items: list[ItemReading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubts: int = 0
    statements: list[StatementReading] = field(default_factory=list)
    terms: list[TermReading] = field(default_factory=list)
    out_of_place: list[tuple[int, ...]] = field(default_factory=list)
    set_aside: dict[int, str] = field(default_factory=dict)
    headers: set[int] | None = None
