"""The plan of a table: which column fills which field, worked out once before its rows are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace

from pipelines.results.model import ColumnRole, Section
from pipelines.results.reading.header_model import (
    DONE_FIELDS,
    KEY_FIELDS,
    RATING_MARK,
    ROW_TEXT,
    HeadColumn,
    Header,
)
from pipelines.results.reading.headings import IGNORED, Meaning
from pipelines.results.reading.savings import says_saving
from pipelines.results.reading.structure import Structure
from pipelines.sources.sheet_fields import TEXT_FIELDS, VALUE_FIELDS
from pipelines.sources.sheet_profile import SheetProfile

_AMOUNTS = ("amount", "planned_amount")
_OTHER_OF_PAIR = {
    "planned": "actual",
    "actual": "planned",
    "planned_amount": "amount",
    "amount": "planned_amount",
}
#: Group labels of several levels make one label.
_MAY_REPEAT = ("category",)


@dataclass(frozen=True, slots=True)
class TablePlan:
    """How the rows of one table are read.

    Attributes:
        header: the table's headings.
        texts: field and column (from 0) of the texts that stand in one cell.
        joined: field and columns (from 0) of texts that several cells make.
        values: role and column (from 1) of the values.
        keys: fields that name a row, in order; the first one filled is its name.
        filled_down: columns (from 0) whose blank cells repeat the text above, left to right.
        labels: those of them that are so only by how the table is filled in.
        columns: field -> column (from 1), for messages.
        asked: text fields that have a column.
        unknown: columns with a heading that means nothing known.
        repeated: columns that claim the same thing.
        decided: columns whose field was decided by how the table is filled in, with that field.
        left_out: columns that say what was planned, beside what was done.
        spent: columns of money that nothing calls an effect.
        marks: columns (from 0) of which a mark chooses one, with the rating that each stands for.
        yearly: year -> field and column (from 0) of texts of which there is one for each year.
        row_kind: column (from 0) that says of each row which field its values are (計画, 実績).
        of_kind: columns (from 1) of the values of which it says so.
        either: columns (from 1) of values in which a sentence says what was done.
        row_texts: year and column (from 0) of texts of which each row says what they are.
        year_of_texts: the one year that headings of what was done name; None where they name none
            or several, or each row says its year.
    """

    header: Header
    texts: tuple[tuple[str, int], ...]
    joined: tuple[tuple[str, tuple[int, ...]], ...]
    values: tuple[tuple[ColumnRole, int], ...]
    keys: tuple[str, ...]
    filled_down: tuple[int, ...]
    labels: frozenset[int]
    columns: Mapping[str, int]
    asked: frozenset[str]
    unknown: tuple[HeadColumn, ...] = ()
    repeated: tuple[tuple[HeadColumn, HeadColumn], ...] = ()
    decided: tuple[tuple[HeadColumn, str | None], ...] = ()
    row_kind: int | None = None
    marks: tuple[tuple[int, str], ...] = ()
    yearly: Mapping[int, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    left_out: tuple[HeadColumn, ...] = ()
    spent: tuple[HeadColumn, ...] = ()
    of_kind: frozenset[int] = frozenset()
    either: frozenset[int] = frozenset()
    row_texts: tuple[tuple[int, int], ...] = ()
    year_of_texts: int | None = None

    @property
    def has_rows_in_turn(self) -> bool:
        """Whether plans and actuals stand in rows of their own."""
        return self.row_kind is not None or self.header.stacked is not None

    @property
    def roles(self) -> tuple[ColumnRole, ...]:
        """Every value column's role."""
        return tuple(role for role, _ in self.values)

    @property
    def first_column(self) -> int:
        """The table's first column, from 1."""
        return self.header.columns[0].column if self.header.columns else 1

    @property
    def last_column(self) -> int:
        """The table's last column, from 1."""
        return self.header.columns[-1].column if self.header.columns else 1

    def under(self, section: Section, profile: SheetProfile) -> TablePlan:
        """The plan with the kinds, bases and units that a section and the profile add."""
        values = tuple((_completed(role, section, profile), at) for role, at in self.values)
        return replace(self, values=values)


def table_plan(header: Header, structure: Structure, profile: SheetProfile) -> TablePlan:
    """The plan of a table, before the lines above it are looked at."""
    claims: dict[str, list[HeadColumn]] = defaultdict(list)
    values: list[tuple[ColumnRole, HeadColumn]] = []
    unknown: list[HeadColumn] = []
    marked: list[HeadColumn] = []
    kinds = [at for at, name in structure.fields.items() if name == "row_kind"]
    row_kind = header.columns[kinds[0]].column - 1 if kinds else None
    of_kind = _of_kind(header)
    for at, column in enumerate(header.columns):
        name = structure.fields[at]
        if name is None and column.column in of_kind:
            values.append((_role(column.meaning, "actual"), column))
        elif name in TEXT_FIELDS:
            claims[name].append(column)
        elif name in VALUE_FIELDS:
            role = _role(column.meaning, name)
            is_saving = name in _AMOUNTS and says_saving(column, header)
            values.append((replace(role, is_saving=True) if is_saving else role, column))
        elif name == RATING_MARK:
            marked.append(column)
        elif name not in (IGNORED, "row_kind", ROW_TEXT) and column.text:
            unknown.append(column)
    values = _paired(values, profile)
    yearly = _by_year(claims, {role.fiscal_year for role, _ in values if role.fiscal_year})
    single, joined = _texts(claims, {*profile.joined, *structure.joined})
    labels = frozenset(header.columns[at].column - 1 for at in structure.labels)
    columns = _first_columns(claims, values, marked, yearly)
    return TablePlan(
        header,
        tuple((name, column.column - 1) for name, column in single),
        joined,
        tuple((role, column.column) for role, column in values),
        _keys(claims),
        _filled_down(claims, labels, profile),
        labels,
        columns,
        frozenset(columns) - {role.field for role, _ in values} | header.row_texts,
        tuple(unknown),
        (*_repeated_texts(claims, joined), *_repeated_values(values)),
        tuple((header.columns[at], structure.fields[at]) for at in structure.decided),
        row_kind,
        tuple((column.column - 1, " ".join(column.parts[-1].split())) for column in marked),
        yearly,
        tuple(header.columns[at] for at in structure.left_out),
        tuple(one for one in header.columns if _is_spent(one.meaning)),
        of_kind,
        frozenset(header.columns[at].column for at in structure.either),
        _row_texts(header, structure),
        _year_of_texts(claims) if not yearly else None,
    )


def _year_of_texts(claims: Mapping[str, list[HeadColumn]]) -> int | None:
    columns = [one for name in DONE_FIELDS for one in claims.get(name, ())]
    years = {one.meaning.fiscal_year for one in columns if one.meaning.fiscal_year}
    return years.pop() if len(years) == 1 and "fiscal_year" not in claims else None


def _row_texts(header: Header, structure: Structure) -> tuple[tuple[int, int], ...]:
    named = [one for at, one in enumerate(header.columns) if structure.fields[at] == ROW_TEXT]
    return tuple((one.meaning.fiscal_year or 0, one.column - 1) for one in named)


def _of_kind(header: Header) -> frozenset[int]:
    """Columns of which each row says what they hold."""
    return frozenset(one.column for one in header.columns if one.is_by_row)


def _is_spent(meaning: Meaning) -> bool:
    return meaning.is_bare_money and meaning.field == IGNORED


def _by_year(
    claims: dict[str, list[HeadColumn]], of_values: Set[int]
) -> dict[int, tuple[tuple[str, int], ...]]:
    """Take out the texts that stand once for each of several years: 評価 over R5, R6.

    One such text is taken out where other columns are of several years, its own among them: R4評価
    beside R3効果額, R4効果額, or beside R3実績, R4実績.
    """
    found: dict[int, list[tuple[str, int]]] = {}
    if "fiscal_year" in claims:
        return {}
    of_texts = _years_of_texts(claims)
    for name, columns in tuple(claims.items()):
        years = [column.meaning.fiscal_year for column in columns]
        if None in years or len(set(years)) < len(years):
            continue
        beside = [one for one in (of_values, of_texts) if len(one) > 1]
        if len(years) < 2 and not any(set(years) <= one for one in beside):
            continue
        if name in KEY_FIELDS:
            continue
        for year, column in zip(years, columns, strict=True):
            found.setdefault(year or 0, []).append((name, column.column - 1))
        del claims[name]
    return {year: tuple(found[year]) for year in sorted(found)}


def _years_of_texts(claims: Mapping[str, list[HeadColumn]]) -> Set[int]:
    """The years of texts of which there is one for each of several years."""
    years = [
        [column.meaning.fiscal_year for column in columns]
        for name, columns in claims.items()
        if name not in KEY_FIELDS and len(columns) > 1
    ]
    return {year for one in years if None not in one for year in one if year}


def _first_columns(
    claims: Mapping[str, list[HeadColumn]],
    values: list[tuple[ColumnRole, HeadColumn]],
    marked: list[HeadColumn],
    yearly: Mapping[int, tuple[tuple[str, int], ...]],
) -> dict[str, int]:
    firsts = {name: columns[0].column for name, columns in claims.items()}
    firsts |= {role.field: column.column for role, column in reversed(values)}
    firsts |= {name: at + 1 for texts in yearly.values() for name, at in texts}
    return firsts | ({"rating": marked[0].column} if marked else {})


def _role(meaning: Meaning, name: str) -> ColumnRole:
    return ColumnRole(
        name,
        meaning.fiscal_year,
        meaning.unit,
        meaning.effect_kind,
        meaning.effect_basis,
        meaning.indicator,
        meaning.pair,
        meaning.period,
    )


def _completed(role: ColumnRole, section: Section, profile: SheetProfile) -> ColumnRole:
    unit = role.unit or (None if section.unit else profile.units.get(role.field))
    if role.field not in _AMOUNTS:
        return replace(role, unit=unit)
    kind = role.effect_kind or section.effect_kind or profile.effect_kind or "other"
    basis = role.effect_basis or section.effect_basis or profile.effect_basis
    return replace(role, unit=unit, effect_kind=kind, effect_basis=basis)


def _paired(
    values: list[tuple[ColumnRole, HeadColumn]], profile: SheetProfile
) -> list[tuple[ColumnRole, HeadColumn]]:
    """With the profile's order of two values in one cell, where the second has no own column."""
    if profile.paired_cells is None:
        return values
    planned_first = profile.paired_cells == "planned_then_actual"
    fields = {role.field for role, _ in values}
    if fields & {"planned", "actual"}:
        fields |= {"planned_amount", "amount"}  # an amount beside them stands alone
    return [(_as_pair(role, planned_first, fields), column) for role, column in values]


def _as_pair(role: ColumnRole, planned_first: bool, fields: set[str]) -> ColumnRole:
    other = _OTHER_OF_PAIR.get(role.field)
    if other is None or role.pair or other in fields:
        return role
    is_planned = role.field in ("planned", "planned_amount")
    first, second = (role.field, other) if is_planned == planned_first else (other, role.field)
    return replace(role, field=first, pair=second)


def _texts(
    claims: Mapping[str, list[HeadColumn]], may_join: Set[str]
) -> tuple[list[tuple[str, HeadColumn]], tuple[tuple[str, tuple[int, ...]], ...]]:
    single: list[tuple[str, HeadColumn]] = []
    joined: list[tuple[str, tuple[int, ...]]] = []
    for name, columns in claims.items():
        if len(columns) > 1 and (name in _MAY_REPEAT or name in may_join):
            joined.append((name, tuple(column.column - 1 for column in columns)))
        else:
            single.append((name, columns[0]))
    return single, tuple(joined)


def _keys(claims: Mapping[str, list[HeadColumn]]) -> tuple[str, ...]:
    named = [name for name in KEY_FIELDS if name in claims]
    return tuple(name for name in named if name != "category") or tuple(named)


def _filled_down(
    claims: Mapping[str, list[HeadColumn]], labels: frozenset[int], profile: SheetProfile
) -> tuple[int, ...]:
    columns = {
        column.column - 1
        for name in ("category", *profile.fill_down)
        for column in claims.get(name, ())
    }
    return tuple(sorted(columns | labels))


def _repeated_texts(
    claims: Mapping[str, list[HeadColumn]], joined: tuple[tuple[str, tuple[int, ...]], ...]
) -> list[tuple[HeadColumn, HeadColumn]]:
    allowed = {name for name, _ in joined} | {"internal_note"}
    return [
        (columns[0], column)
        for name, columns in claims.items()
        if name not in allowed
        for column in columns[1:]
    ]


def _repeated_values(
    values: list[tuple[ColumnRole, HeadColumn]],
) -> list[tuple[HeadColumn, HeadColumn]]:
    seen: dict[ColumnRole, HeadColumn] = {}
    found = []
    for role, column in values:
        same = replace(role, unit=None)
        if same in seen:
            found.append((seen[same], column))
        seen.setdefault(same, column)
    return found
