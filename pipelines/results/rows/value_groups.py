"""Value cells of a record by the indicator and the year that they are of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.results.findings import finding
from pipelines.results.model import ValueCell
from pipelines.results.rows.facts import Facts
from pipelines.results.rows.told import Refused, Told
from pipelines.results.values import named_values

FIELDS = ("planned", "actual", "final_target")
#: Values of one indicator and year: field -> cell.
Group = dict[str, ValueCell]
#: (indicator that a heading names, year that it names) -> values.
Groups = dict[tuple[str | None, int | None], Group]


def single_group(cells: Sequence[ValueCell]) -> Group | None:
    """The cells by field, where all are of one indicator that they do not name, and one year."""
    group: Group = {}
    for cell in cells:
        role, text = cell.role, cell.text
        is_plain = role.indicator is None and role.fiscal_year is None
        if not is_plain or ":" in text or "：" in text:
            return None
        group[role.field] = cell
    return group if len(group) == len(cells) else None


def grouped(facts: Facts, cells: Sequence[ValueCell], told: Told) -> Groups:
    """Values by indicator and year; a value without a year is of the record's own.

    Raises:
        Refused: for two cells of one value.
    """
    groups: Groups = {}
    for cell in cells:
        role = cell.role
        group = groups.setdefault((role.indicator, role.fiscal_year), {})
        if role.field in group:
            repeated = finding("cells_repeated", column_name=role.field)
            raise Refused(told.tell_cell(repeated, facts.record, cell))
        group[role.field] = cell
    return _joined(told, facts, _with_final_targets(groups)) if len(groups) > 1 else groups


def _joined(told: Told, facts: Facts, groups: Groups) -> Groups:
    """Values without a year, with those whose headings name the record's own year."""
    for name, year in [*groups]:
        if year is None or year != facts.fiscal_year or (name, None) not in groups:
            continue
        dated, group = groups.pop((name, year)), groups[name, None]
        for field, cell in dated.items():
            if field in group:
                repeated = finding("cells_repeated", column_name=field)
                raise Refused(told.tell_cell(repeated, facts.record, cell))
            group[field] = cell
    return groups


def _with_final_targets(groups: Groups) -> Groups:
    """A final target that stands beside columns of years belongs to each of them."""
    alone = [
        key for key, group in groups.items() if key[1] is None and [*group] == ["final_target"]
    ]
    for key in alone:
        years = [other for other in groups if other[1] is not None and other[0] == key[0]]
        if years:
            target = groups.pop(key)["final_target"]
            for other in years:
                groups[other].setdefault("final_target", target)
    return groups


def named_apart(
    facts: Facts, given: str | None, group: Group, told: Told
) -> list[tuple[str | None, Group]]:
    """Values of several names in one cell; told, for they are no values of the row's own."""
    apart = _by_name(given, group)
    for cell in group.values() if apart != [(given, group)] else ():
        names = [name for name, _ in named_values(cell.text) or ()]
        if names:
            named = "、".join(f"「{name}」" for name in names)
            apart_from_row = finding("values_named_apart", cell.text, named=named)
            told.tell_cell(apart_from_row, facts.record, cell, cell.role.field)
    return apart


def _by_name(name: str | None, group: Group) -> list[tuple[str | None, Group]]:
    """補助台数:103台、普及率:21.2% are values of two indicators, each with its own name."""
    if not any(":" in cell.text or "：" in cell.text for cell in group.values()):
        return [(name, group)]
    found: dict[str, Group] = {}
    rest: Group = {}
    for field, cell in group.items():
        pairs = named_values(cell.text)
        for own_name, text in pairs or ():
            found.setdefault(own_name, {})[field] = replace(cell, text=text)
        if not pairs:
            rest[field] = cell
    if not found:
        return [(name, group)]
    return [*found.items(), *([(name, rest)] if rest else [])]
