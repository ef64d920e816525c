"""Columns of years whose values only the lines above the table name: 効果額の推移（千円）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import RESULT_FIELDS, HeadColumn, Header
from pipelines.results.reading.headings import HeadingReader, Meaning
from pipelines.results.reading.lines import number_style, read_line
from pipelines.results.reading.stamps import is_stamp_row, without_stamps
from pipelines.results.reading.upper_lower import without_stacked
from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.sheet_fields import VALUE_FIELDS

_LINES_ABOVE = 6
_AS_AMOUNT = {"planned": "planned_amount", "actual": "amount", "outcome": "amount"}
_AMOUNTS = ("amount", "planned_amount")
_NO_AMOUNTS = frozenset({"indicator", "unit", "amount", "planned_amount"})
_MOST_CELLS = 2
_YEARS = re.compile(
    r"(?:令和|平成|昭和|[RHS])?(?:元|\d{1,4})年度?(?:末)?(?:[~〜～\-－―から・、]+"
    r"(?:令和|平成|昭和|[RHS])?(?:元|\d{1,4})年度?(?:末)?)?(?:まで)?(?:における)?"
    r"|(?:令和|平成|昭和|[RHS])(?:元|\d{1,2})"
)
#: The name of a plan before what it is about: 行財政改革プラン効果額.
_OF_A_PLAN = re.compile(r"^.*(?:プラン|大綱|実施計画|推進計画)(?:の|における|による)?")
#: 行財政改革の効果額: whose effect it is.
_OF_A_REFORM = re.compile(
    r"^(?:行政|行財政|財政|経営)?(?:改革|行革)(?:の(?:取組|推進)|推進)?(?:の|による|における)"
)
#: What the rows are of, before what they hold: 取組項目別効果額, 所属別実績値.
_BY_WHAT = re.compile(r"^[^\s()（）]{1,10}別の?")
_BRACKETS = re.compile(r"[(\[【〔](?:単位[:：=]?)?([^()\[\]【】〔〕]{1,8})[)\]】〕]$")


def with_titled_years(header: Header, grid: Grid, reader: HeadingReader) -> Header:
    """A header whose columns of years hold what a line above it says; else as it is."""
    columns = header.columns
    years = [one for one in columns if one.meaning.fiscal_year and not one.meaning.field]
    results = {one.meaning.field for one in columns if one.meaning.field in RESULT_FIELDS}
    of_kinds = "row_kind" in results and results.isdisjoint(VALUE_FIELDS)
    if not years or (results and not of_kinds):
        return _with_amounts(header, grid, reader)
    named = named_above(header.first_row, grid, reader)
    if named is None or (of_kinds and named.field not in _AMOUNTS):
        return header
    found = [_of_year(one, named) if one in years else one for one in columns]
    return replace(header, columns=tuple(found))


def _of_year(column: HeadColumn, named: Meaning) -> HeadColumn:
    """A column of one year: R3, or R3決算; a year beside other words (R3基準人数) is left alone."""
    said = beside_year(column)
    if not said or (named.field == "amount" and said in sheet_vocabulary().actual_words):
        return _with_values(column, named)
    if named.field in _AMOUNTS and said in sheet_vocabulary().planned_words:
        return _with_values(column, replace(named, field="planned_amount"))
    return column


def beside_year(column: HeadColumn) -> str:
    """What a heading says beside its year and unit: 決算 of H18決算."""
    parts = [_BRACKETS.sub("", bare(part)) for part in column.parts]
    return "".join(_YEARS.sub("", part).strip("のに()・:0123456789元") for part in parts)


def _with_amounts(header: Header, grid: Grid, reader: HeadingReader) -> Header:
    """計画 and 実績 as amounts, where the line above says 効果額 and that they are money."""
    # The target of a period stands beside the results of its years.
    fields = {one.meaning.field for one in header.columns if not one.meaning.period}
    if not fields & {"planned", "actual", "outcome"} or fields & _NO_AMOUNTS:
        return header
    named = named_above(header.first_row, grid, reader)
    if named is None or named.field not in _AMOUNTS:
        return header
    units = [read_line(0, texts).unit for texts in lines_above(header.first_row, grid)]
    units += [column.meaning.unit for column in header.columns]
    if not any(unit and unit.endswith("円") for unit in (named.unit, *units)):
        return header
    return replace(header, columns=tuple(_as_amount(one, named) for one in header.columns))


def _as_amount(column: HeadColumn, named: Meaning) -> HeadColumn:
    """計画, 実績 and R5決算 as amounts."""
    meaning = column.meaning
    if meaning.field in _AS_AMOUNT:
        return _with_values(column, replace(named, field=_AS_AMOUNT[meaning.field]))
    is_of_year = bool(meaning.fiscal_year) and meaning.field is None
    return _of_year(column, replace(named, field="amount")) if is_of_year else column


def _with_values(column: HeadColumn, named: Meaning) -> HeadColumn:
    meaning = replace(
        column.meaning,
        field=named.field,
        unit=column.meaning.unit or named.unit,
        effect_kind=named.effect_kind,
        effect_basis=named.effect_basis,
    )
    return replace(column, meaning=meaning, from_title=True)


def named_above(row: int, grid: Grid, reader: HeadingReader) -> Meaning | None:
    """What the nearest line above that names values says; None where lines disagree."""
    for texts in lines_above(row, grid):
        found = [one for text in texts if (one := _values_of(text, reader))]
        if found:
            return found[0] if len({one.field for one in found}) == 1 else None
    return None


def lines_above(row: int, grid: Grid) -> Iterator[list[str]]:
    """The lines right above a row, nearest first, up to another table."""
    for above in range(row - 1, max(row - 1 - _LINES_ABOVE, 0), -1):
        filled = grid.filled(above)
        if is_stamp_row(filled):
            continue
        texts = without_stamps(filled)
        if len(texts) > _MOST_CELLS:
            return
        if texts:
            yield texts


def _values_of(text: str, reader: HeadingReader) -> Meaning | None:
    """The meaning of a line such as 実績値 or 令和3～5年度 効果額の推移（千円）."""
    text = without_stacked(text)
    _, label = number_style(text)
    parts = [label, *label.split(), *(_OF_A_PLAN.sub("", part) for part in label.split())]
    parts += [_BY_WHAT.sub("", label), _OF_A_REFORM.sub("", label)]
    named = [one for part in [*parts, _OF_A_PLAN.sub("", label)] if (one := _named(part, reader))]
    # 財政効果額 実績: what came about is money.
    found = next((one for one in named if one.field in _AMOUNTS), named[0] if named else None)
    return None if found is None or _is_contradicted(text, found) else found


def _named(part: str, reader: HeadingReader) -> Meaning | None:
    """What a part of a line names: values, with their unit where it says so."""
    plain = bare(part)
    meaning = reader.one(_pure(plain))
    if meaning.field not in VALUE_FIELDS and meaning.field != "outcome":
        return None
    unit = _BRACKETS.search(plain)
    is_unit = unit is not None and unit[1] in sheet_vocabulary().units
    return replace(meaning, unit=unit[1] if unit and is_unit else None)


def _pure(plain: str) -> str:
    """A title without unit, years and words that say how it is laid out."""
    plain = _YEARS.sub("", _BRACKETS.sub("", plain)).strip("のに(){}[]・:")
    for word in sheet_vocabulary().words("series_words"):
        plain = plain.removesuffix(word).removeprefix(word).strip("の")
    return plain


def _is_contradicted(text: str, meaning: Meaning) -> bool:
    """Whether a line that names results also speaks of plans, so that it may mean either."""
    plain = bare(text)
    for word in sheet_vocabulary().words("plan_words"):
        plain = plain.replace(f"実施{word}", "").replace(f"推進{word}", "")
    has_plan = any(word in plain for word in ("見込", "目標", "計画", "予定"))
    return has_plan and meaning.field not in ("planned", "planned_amount")
