"""Years without an era in headings (3年度 | 4年度 | 5年度), where the survey round says which.

Eras lie decades apart: in a round of 2021 to 2023 such years are those of 令和. Where the round is
not known, or fits two eras or none, they stay unread. 1年度 may be the first year of a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.results.reading.heading_years import HeadingYear, year_of_heading
from pipelines.results.vocabulary import bare

_YEAR = re.compile(r"^(?:元|\d{1,2})年度")
_FIRST = re.compile(r"^1年度")
_ERAS = ("昭", "平", "令")
_LEAST_YEARS = 2
#: How far from the round the years of its sheets may lie.
_YEARS_AROUND = 10


def era_before(cells: Iterable[str], years: tuple[int, int] | None) -> HeadingYear | None:
    """What stands for the era of a row's years, as if a year of it came before them.

    Args:
        cells: of the row.
        years: first and last year of the round; None where nobody knows.

    Returns:
        None where the row names an era itself, fewer than two years, or no one era fits.
    """
    texts = list(dict.fromkeys(map(bare, filter(None, cells))))
    named = [text for text in texts if _YEAR.match(text)]
    is_said = any(year_of_heading(text, None) for text in texts)
    if years is None or is_said or len(named) < _LEAST_YEARS or any(map(_FIRST.match, named)):
        return None
    fitting = [HeadingYear(0, era, "") for era in _ERAS if _fits(named, era, years)]
    return fitting[0] if len(fitting) == 1 else None


def has_no_era(parts: Iterable[str]) -> bool:
    """Whether the year in a heading stands without its era."""
    return any(_YEAR.match(bare(part)) for part in parts)


def _fits(named: Iterable[str], era: str, years: tuple[int, int]) -> bool:
    before: HeadingYear | None = HeadingYear(0, era, "")
    for text in named:
        before = year_of_heading(text, before)
        if before is None:
            return False
        if not years[0] - _YEARS_AROUND <= before.fiscal_year <= years[1] + _YEARS_AROUND:
            return False
    return True
