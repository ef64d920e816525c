"""One row of a table of the form, read: a record, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.plans.characters import bare_text
from pipelines.results.forms.blocks import Block
from pipelines.results.forms.candidates import Candidate, Candidates, GivenTexts, Standing
from pipelines.results.forms.definition import form_definition
from pipelines.results.forms.messages import told
from pipelines.results.model import AsideReason, ColumnRole, Record, Section, ValueCell
from pipelines.sources.sheet_fields import VALUE_FIELDS, EffectBasis, EffectKind
from pipelines.sources.workbooks.model import CellFinding, is_blank_row

_YEN = "円"
_GIVEN_FIELDS = ("item_number", "item", "indicator", "unit")
_RULES: dict[Standing, str] = {
    "conflict": "id_title_conflict",
    "foreign": "id_of_other_plan",
    "unknown": "id_unknown",
    "repaired": "id_repaired",
    "changed": "prefilled_changed",
}


@dataclass
class RowOutcome:
    """What one row gave; exactly one of ``record``, ``aside`` and ``quarantined`` is there.

    Attributes:
        block: its table.
        row: its row.
        candidate: the item or indicator it means, where that is known.
        record: what was filled in.
        aside: why it gives no record.
        quarantined: why what was filled in cannot be published.
        findings: what else is to be told of it.
        effect: kind and basis of a row of effects.
    """

    block: Block
    row: int
    candidate: Candidate | None = None
    record: Record | None = None
    aside: AsideReason | None = None
    quarantined: CellFinding | None = None
    findings: list[CellFinding] = field(default_factory=list)
    effect: tuple[EffectKind, EffectBasis] | None = None

    def refuse(self, finding: CellFinding) -> RowOutcome:
        """Quarantine the row."""
        self.record, self.quarantined = None, finding
        return self

    def set_aside(self, reason: AsideReason) -> RowOutcome:
        """No record, nothing lost."""
        self.record, self.aside = None, reason
        return self


def read_row(block: Block, row: int, candidates: Candidates, fiscal_year: int) -> RowOutcome:
    """Read one row below the headings of a table of this plan and year.

    Args:
        block: the table.
        row: the row.
        candidates: what rows of this table can mean.
        fiscal_year: the year asked.
    """
    outcome = RowOutcome(block, row)
    if is_blank_row(block.sheet.rows[row - 1]):
        return outcome.set_aside("blank")
    is_filled = any(block.texts(row, one.key) for one in block.definition.inputs)
    given = _given(block, row)
    if not is_filled and not (given.identity or given.item):
        return outcome.refuse(told("id_unknown", block.sheet.name, row))
    standing, outcome.candidate = candidates.match(given)
    if row in block.sheet.hidden_rows:
        return _hidden(outcome, is_filled)
    if not is_filled:
        return outcome.set_aside("unfilled")
    finding = _standing_finding(outcome, given, standing) or _unclear(outcome)
    if finding is not None:
        return outcome.refuse(finding)
    outcome.record = _record(outcome, given, fiscal_year)
    if not (outcome.record.values or _input_texts(block, row)):
        return outcome.set_aside("unfilled")
    return outcome


def _given(block: Block, row: int) -> GivenTexts:
    identity = block.definition.id_column.key
    number_column = block.column(row, "item_number")
    is_date = number_column is not None and block.sheet.has_mark(
        row, number_column, "date", "date_suspect"
    )
    return GivenTexts(
        block.text(row, identity),
        "" if is_date else block.text(row, "item_number"),
        block.text(row, "item"),
        block.text(row, "indicator"),
        block.text(row, "unit"),
    )


def _hidden(outcome: RowOutcome, is_filled: bool) -> RowOutcome:
    if not is_filled:
        return outcome.set_aside("hidden")
    return outcome.refuse(told("hidden_row", outcome.block.sheet.name, outcome.row))


def _standing_finding(
    outcome: RowOutcome, given: GivenTexts, standing: Standing
) -> CellFinding | None:
    """The finding that refuses the row; one that only warns is kept with the outcome."""
    rule = _RULES.get(standing)
    if rule is None:
        return None
    block, candidate = outcome.block, outcome.candidate
    key = "item" if standing == "changed" else block.definition.id_column.key
    finding = told(
        rule,
        block.sheet.name,
        outcome.row,
        block.column(outcome.row, key),
        given.item if standing == "changed" else given.identity,
        key,
        found=_name(candidate),
        expected=_name(candidate) if standing == "changed" else candidate and candidate.identity,
    )
    if finding.severity == "error":
        return finding
    outcome.findings.append(finding)
    return None


def _name(candidate: Candidate | None) -> str:
    """What the plan calls it, for messages."""
    if candidate is None:
        return ""
    title = candidate.item.title if candidate.item else ""
    indicator = candidate.indicator
    return f"{title} {indicator.name}（{indicator.unit or ''}）".strip() if indicator else title


def _unclear(outcome: RowOutcome) -> CellFinding | None:
    """Why a row with a known id still cannot be read."""
    block, row = outcome.block, outcome.row
    for one in block.definition.inputs:
        if len(set(block.texts(row, one.key))) > 1:
            at = block.column(row, one.key)
            name = block.sheet.name
            return told("heading_twice", name, row, at, column_name=one.key, heading=one.label)
    return _effect_unclear(outcome) if block.table == "effects" else None


def _effect_unclear(outcome: RowOutcome) -> CellFinding | None:
    block, row, definition = outcome.block, outcome.row, form_definition()
    texts = [block.text(row, key) for key in ("effect_kind", "effect_basis")]
    kind = _code(definition.effect_kinds, texts[0])
    basis = _code(definition.effect_bases, texts[1])
    if kind is None or basis is None:
        return told(
            "effect_row_unclear",
            block.sheet.name,
            row,
            block.column(row, "effect_kind" if kind is None else "effect_basis"),
            found=" ".join(filter(None, texts)),
            kinds="・".join(definition.effect_kinds.values()),
            bases="・".join(definition.effect_bases.values()),
        )
    outcome.effect = kind, basis
    return None


def _code(labels: Mapping[Any, str], text: str) -> Any:
    return next((code for code, label in labels.items() if label == bare_text(text)), None)


def _input_texts(block: Block, row: int) -> dict[str, str]:
    """Text inputs of the columns that are shown, without blanks."""
    keys = [one.key for one in block.shown_inputs() if one.key not in VALUE_FIELDS]
    return {key: text for key in keys if (text := block.text(row, key))}


def _record(outcome: RowOutcome, given: GivenTexts, fiscal_year: int) -> Record:
    block, row = outcome.block, outcome.row
    shown = [one.key for one in block.shown_inputs()]
    roles = tuple(_role(outcome, key) for key in shown if key in VALUE_FIELDS)
    section = _section(outcome, fiscal_year)
    texts = _given_texts(outcome) | _input_texts(block, row)
    if section.department:
        texts["department"] = section.department
    return Record(
        sheet=block.sheet.name,
        row=row,
        texts=texts,
        values=tuple(cell for role in roles if (cell := _value(block, row, role))),
        columns={key: at for key in block.columns if (at := block.column(row, key))},
        section=section,
        roles=roles,
        asked=frozenset(key for key in shown if key not in VALUE_FIELDS),
    )


def _given_texts(outcome: RowOutcome) -> dict[str, str]:
    """What the row says of itself, with the ids of the plan (a broken id is not passed on)."""
    block, row, candidate = outcome.block, outcome.row, outcome.candidate
    texts = {key: text for key in _GIVEN_FIELDS if (text := block.text(row, key))}
    if candidate is None:
        return texts
    if candidate.indicator is not None:
        texts["indicator_id"] = candidate.identity
    if candidate.item is not None:
        texts["item_id"] = candidate.item.item_id
        texts.setdefault("item", candidate.item.title)
    return texts


def _section(outcome: RowOutcome, fiscal_year: int) -> Section:
    kind, basis = outcome.effect or (None, None)
    return Section(
        fiscal_year=fiscal_year,
        effect_kind=kind,
        effect_basis=basis,
        department=department_of(outcome.block),
    )


def department_of(block: Block) -> str | None:
    """The department that a table's head names; None where it is lost or still open."""
    name = block.head.head.department if block.head else None
    return None if name == form_definition().open_department else name


def _role(outcome: RowOutcome, key: str) -> ColumnRole:
    kind, basis = outcome.effect or (None, None)
    unit = _YEN if key == "amount" else None
    return ColumnRole(key, unit=unit, effect_kind=kind, effect_basis=basis)


def _value(block: Block, row: int, role: ColumnRole) -> ValueCell | None:
    text, column = block.text(row, role.field), block.column(row, role.field)
    if not text or column is None:
        return None
    return ValueCell(role, text, column, block.sheet.marks.get((row, column), ()))
