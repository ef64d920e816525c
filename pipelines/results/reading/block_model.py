"""What a sheet of labels and values (個票) is made of: pairs, and the blocks of one item each."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.results.model import ColumnRole
from pipelines.results.reading.header_model import DONE_FIELDS, KEY_FIELDS, RESULT_FIELDS
from pipelines.results.reading.headings import Meaning
from pipelines.results.reading.structure import outcome_field, progress_field

_LEAST_LABELS = 3


@dataclass(frozen=True)
class Pair:
    """A label and the value beside it."""

    row: int
    column: int
    label: str
    meaning: Meaning
    text: str
    year: int | None = None

    @property
    def heading(self) -> tuple[str, str | None]:
        """What is the same in other blocks; 実績 of 効果額 is another than 実績 alone."""
        return self.label, self.meaning.field


@dataclass
class Block:
    """The pairs of one item, and its rows."""

    pairs: list[Pair] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def is_sound(block: Block) -> bool:
    """Whether a block names what it is about, and a result."""
    names = {pair.meaning.field for pair in block.pairs}
    has_both = bool(names & set(KEY_FIELDS)) and bool(names & (RESULT_FIELDS - {"content"}))
    return has_both and len(block.pairs) >= _LEAST_LABELS


def beside(pair: Pair, block: Block) -> list[str]:
    """What stands beside a label in its block, for every year."""
    return [one.text for one in block.pairs if one.heading == pair.heading]


def decided(pair: Pair, names: set[str | None], cells: list[str]) -> str | None:
    """The field of a label, those that tables decide by how they are filled in included."""
    name = pair.meaning.field
    if name == "content":
        return "activity" if names & {"item", "item_number"} else "measure"
    if name == "outcome":
        return outcome_field(cells, names)
    return progress_field(cells, names) if name == "progress" else name


def year_of_labels(block: Block) -> int | None:
    """The one year that labels of what was done name; it is nearer than that of the title."""
    years = {
        pair.meaning.fiscal_year
        for pair in block.pairs
        if pair.year is None and pair.meaning.field in DONE_FIELDS and pair.meaning.fiscal_year
    }
    return years.pop() if len(years) == 1 else None


def role_of_block(meaning: Meaning, name: str) -> ColumnRole:
    """What a value of a block is, as a table would have it; amounts are of some kind."""
    kind = meaning.effect_kind or ("other" if name in ("amount", "planned_amount") else None)
    return ColumnRole(
        name,
        meaning.fiscal_year,
        meaning.unit,
        kind,
        meaning.effect_basis,
        meaning.indicator,
        meaning.pair,
    )
