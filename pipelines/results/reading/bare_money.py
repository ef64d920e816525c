"""Columns of money that nobody calls an effect: 決算額, 予算額, 金額 of what was spent."""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.results.reading.grid import Grid
from pipelines.results.reading.header_model import HeadColumn, Header
from pipelines.results.reading.headings import IGNORED
from pipelines.results.reading.stamps import without_stamps
from pipelines.results.vocabulary import bare
from pipelines.sources.sheet_profile import SheetProfile

_MOST_CELLS = 2
#: Words that say of money that it is an effect of the reform.
_EFFECT = re.compile("効果|削減|節減|縮減|増収|抑制|収入|歳入|歳出|確保")
#: What is settled or budgeted is spent or received, unless the effect's own amount is spoken of.
_SETTLED = re.compile("予算|決算")
_AMOUNT_OF_EFFECT = re.compile("効果|(?:削減|節減|縮減|抑制|増収|増加|確保)(?:見込)?(?:額|実績)")


def without_spending(header: Header, grid: Grid, profile: SheetProfile) -> Header:
    """A header whose columns of mere money are left out, where nothing calls them an effect.

    A word such as 効果 or 削減 in any heading, in a line above or in the sheet's name does, and
    so does a profile that names the kind or the basis of the effects. 予算額 and 決算額 are those
    of an effect only where its amount is spoken of (効果額, 削減額), and no column of its own holds
    it.
    """
    bare_money = [one for one in header.columns if _is_bare(one)]
    if not bare_money or _names_effects(profile):
        return header
    spoken = _spoken_of(header, grid)
    left_out = [] if _says(_EFFECT, spoken) else bare_money
    if _has_effects(header) or not _says(_AMOUNT_OF_EFFECT, spoken):
        left_out = [*left_out, *(one for one in bare_money if _SETTLED.search(bare(one.text)))]
    columns = tuple(
        replace(one, meaning=replace(one.meaning, field=IGNORED)) if one in left_out else one
        for one in header.columns
    )
    return replace(header, columns=columns)


def _has_effects(header: Header) -> bool:
    """Whether a column of its own holds the effect."""
    return any(
        one.meaning.field in ("amount", "planned_amount") and not one.meaning.is_bare_money
        for one in header.columns
    )


def _is_bare(column: HeadColumn) -> bool:
    return column.meaning.is_bare_money and not column.meaning.by_profile


def _names_effects(profile: SheetProfile) -> bool:
    named = [profile.effect_kind, profile.effect_basis]
    named += [said for rule in profile.sections for said in (rule.effect_kind, rule.effect_basis)]
    return any(named)


def _spoken_of(header: Header, grid: Grid) -> list[str]:
    """The headings, the sheet's name and the lines above."""
    texts = [column.text for column in header.columns]
    texts.append(grid.sheet.name or "")
    for row in range(1, header.first_row):
        line = without_stamps(grid.filled(row))
        if len(line) <= _MOST_CELLS:
            texts += line
    return texts


def _says(pattern: re.Pattern[str], texts: list[str]) -> bool:
    return any(pattern.search(bare(text)) for text in texts)
