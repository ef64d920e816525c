"""What a form lacks: deleted rows and sheets, rows left blank, rows left as they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipelines.plans.characters import bare_text, normalised_title
from pipelines.results.forms.blocks import Block
from pipelines.results.forms.candidates import Candidate
from pipelines.results.forms.content import EarlierAnswer
from pipelines.results.forms.definition import TableName, form_definition
from pipelines.results.forms.earlier import answer_text
from pipelines.results.forms.messages import listed, told
from pipelines.results.forms.outcomes import RowOutcome, department_of
from pipelines.results.forms.table_rows import EARLIER_COLUMNS, shortened
from pipelines.results.model import ItemContext, PlanContext
from pipelines.sources.workbooks.model import CellFinding

_NOBODY = ""


def blank_rows(block: Block, outcomes: Sequence[RowOutcome]) -> Iterator[CellFinding]:
    """One finding for the rows of a table in which nothing was filled in.

    Of effects only items without any are told: most measures have none of most kinds. Rows that
    had an amount in an earlier round are told by themselves: that one stays the newest known.
    """
    blank = [one for one in outcomes if one.aside == "unfilled"]
    if block.table == "effects":
        answered = [one for one in blank if block.text(one.row, EARLIER_COLUMNS[block.table])]
        yield from _named("earlier_amount_blank", block, answered)
        blank = [one for one in blank if one not in answered]
    filled = {_name(one) for one in outcomes if one.record or one.quarantined}
    if block.table == "effects":
        blank = [one for one in blank if _name(one) not in filled]
    yield from _named("no_effects" if block.table == "effects" else "not_filled", block, blank)


def unchanged_rows(block: Block, outcomes: Sequence[RowOutcome]) -> Iterator[CellFinding]:
    """One finding for the items whose inputs still hold what an earlier round had answered.

    That is an answer too; it is told because nobody may have looked at it again.
    """
    same = [one for one in outcomes if one.record and _is_as_before(block, one)]
    yield from _named("same_as_earlier", block, same)


def _named(rule: str, block: Block, outcomes: Iterable[RowOutcome]) -> Iterator[CellFinding]:
    """One finding that names the items of some rows; none where there are none."""
    names = list(dict.fromkeys(map(_name, outcomes)))
    if names:
        yield told(rule, block.sheet.name, listed=listed(names), found=len(names))


def _is_as_before(block: Block, outcome: RowOutcome) -> bool:
    before = block.text(outcome.row, EARLIER_COLUMNS["activities"])
    row = outcome.row
    now = EarlierAnswer(
        block.text(row, "activity"),
        block.text(row, "rating"),
        block.text(row, "shortfall_reason"),
        block.text(row, "next_action"),
    )
    return bool(before) and bare_text(shortened(answer_text(now))) == bare_text(before)


def _name(outcome: RowOutcome) -> str:
    """Item, and indicator where the row is of one, as people call them."""
    block, row = outcome.block, outcome.row
    parts = [block.text(row, key) for key in ("item_number", "item", "indicator")]
    return " ".join(part for part in parts if part) or f"{row}行目"


def missing_rows(
    block: Block, outcomes: Sequence[RowOutcome], context: PlanContext
) -> Iterator[CellFinding]:
    """A table with fewer rows than its head says it was sent out with."""
    expected = block.head.rows if block.head else None
    there = [one for one in outcomes if one.aside != "blank"]
    different = {_what_is_asked(one) for one in there}
    if expected is None or len(different) >= expected:
        return
    seen = {one.candidate.identity for one in there if one.candidate}
    names = [name for identity, name in _asked(block, context) if identity not in seen]
    yield told(
        "row_missing",
        block.sheet.name,
        expected=expected,
        found=len(different),
        listed=f"（ないと思われる項目: {listed(names)}）" if names else "",
    )


def _what_is_asked(outcome: RowOutcome) -> tuple[str, ...]:
    """A row that was copied within its table counts once."""
    block, row = outcome.block, outcome.row
    identity = outcome.candidate.identity if outcome.candidate else f"{row}行目"
    return identity, block.text(row, "effect_kind"), block.text(row, "effect_basis")


def _asked(block: Block, context: PlanContext) -> Iterator[tuple[str, str]]:
    """What the department of a table answers for in the plan: identity and name."""
    department = normalised_title(department_of(block) or "")
    items = {
        one.item_id: one
        for one in context.items
        if department in {normalised_title(name) for name in one.departments}
    }
    if block.table != "indicators":
        yield from ((item_id, _title(item)) for item_id, item in items.items())
        return
    for one in context.indicators:
        if one.item_id in items:
            yield one.indicator_id, f"{_title(items[one.item_id])} {one.name}"


def _title(item: ItemContext) -> str:
    return " ".join(filter(None, (item.number_label, item.title)))


def missing_sheets(
    blocks: Iterable[Block],
    outcomes: Iterable[RowOutcome],
    departments: Iterable[str],
    context: PlanContext,
) -> Iterator[CellFinding]:
    """Tables that a department's form has and the file lacks.

    Args:
        blocks: all tables of the file, refused ones included.
        outcomes: all rows that were read.
        departments: departments whose heads the file bears, guides included.
        context: the plan; it says which items have indicators.
    """
    found: dict[str, set[TableName]] = defaultdict(set)
    items: dict[str, set[str]] = defaultdict(set)
    for block in blocks:
        found[_asked_department(block)].add(block.table)
    for one in outcomes:
        items[_asked_department(one.block)] |= _item_ids(one.candidate)
    with_indicators = {one.item_id for one in context.indicators}
    for department in dict.fromkeys(departments):
        for table, definition in form_definition().tables.items():
            is_asked = table != "indicators" or bool(items[department] & with_indicators)
            # A table that lost its head may be this department's.
            if is_asked and table not in found[department] | found[_NOBODY]:
                yield told("sheet_missing", None, department=department, table=definition.tab)


def _asked_department(block: Block) -> str:
    return block.head.head.department if block.head else _NOBODY


def _item_ids(candidate: Candidate | None) -> set[str]:
    return {candidate.item.item_id} if candidate and candidate.item else set()
