"""The fiscal year or period of each record: of its row, its heading, the profile or the round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipelines.results.findings import finding
from pipelines.results.model import PlanContext, Record
from pipelines.results.rows.dates import (
    era_beyond_end,
    is_possible,
    read_fiscal_year,
    read_period,
)
from pipelines.results.rows.model import SubmissionSource
from pipelines.results.rows.told import Refused, Told
from pipelines.sources.sheet_profile import SheetProfile

#: How many years before and behind a plan's period its results may still be of.
YEARS_AROUND_A_PLAN = 5
#: Texts that a table of results has a column for.
_OF_RESULTS = frozenset(
    {
        "activity",
        "rating",
        "shortfall_reason",
        "next_action",
        "not_computable_reason",
        "headquarters_rating",
        "headquarters_opinion",
        "council_rating",
        "council_opinion",
    }
)
#: Fiscal year, or first and last fiscal year of a period; at most one of them.
When = tuple[int | None, tuple[int, int] | None]


def is_plan_only(record: Record) -> bool:
    """Whether a table holds amounts that were planned, for no year it names, and no result."""
    roles = record.roles
    return (
        bool(roles)
        and bool(record.values)
        and all(role.field == "planned_amount" and not role.pair for role in roles)
        and not all(role.fiscal_year or role.period for role in roles)
        and record.asked.isdisjoint(_OF_RESULTS)
    )


class YearReader:
    """Reads the years of one file.

    Attributes:
        known: what was read of each text in the column of the year.
    """

    def __init__(
        self,
        source: SubmissionSource,
        plan: PlanContext,
        profile: SheetProfile,
        told: Told,
        titles: Mapping[str | None, Sequence[int]],
    ) -> None:
        self._source, self._plan, self._profile, self._told = source, plan, profile, told
        self._titles = titles
        self._fallback = _fallback_year(source, profile)
        self.known: dict[str, When] = {}

    def when(self, record: Record) -> When:
        """Year or period of a record, from the nearest that says: row, section, profile, round."""
        text = record.texts.get("fiscal_year")
        if text:
            found = self.known.get(text)
            if found is None:
                found = self.known[text] = self._year_of_row(record, text)
            return found
        stated = record.texts.get("period")
        period = read_period(stated) if stated else None
        if period:
            return self._checked(record, None, period)
        section = record.section
        if section.fiscal_year or section.period:
            found = self._checked(record, section.fiscal_year, section.period)
            self._tell_year_of_section(record)
            return found
        self._require_year_of_plan(record)
        year, period = self._fallback
        ended = section.ended_year
        if year is None and ended is not None and self._asks_for(ended):
            return self._at_its_end(record, ended)
        if year is not None and "fiscal_year" in record.asked:
            told = finding("year_taken_from_round", year=year)
            self._told.tell_field(told, record, "fiscal_year")
        return self._checked(record, year, period)

    def _require_year_of_plan(self, record: Record) -> None:
        """Refuse planned amounts alone of which nothing says the year: the round asks for results.

        A sheet of plans holds the sums of a whole plan as often as those of a year.
        """
        is_of_year = self._fallback[0] is not None and self._profile.fiscal_year is None
        if is_of_year and self._source.kind == "sheet" and is_plan_only(record):
            told = finding("year_of_plan_missing")
            raise Refused(self._told.tell_cell(told, record, record.values[0]))

    def _asks_for(self, year: int) -> bool:
        """Whether a round of several years asks for one of them, and the profile for no period."""
        first, last = self._source.period or (0, -1)
        return self._fallback == (None, self._source.period) and first <= year <= last

    def _at_its_end(self, record: Record, year: int) -> When:
        """The year of a sheet as of its last days; told once."""
        told = finding("year_taken_from_day", str(year))
        self._told.once(("day", record.sheet, year), told, record, None)
        return self._checked(record, year, None)

    def _tell_year_of_section(self, record: Record) -> None:
        """A title of another year is told once, unless the profile itself names that year."""
        year = record.section.fiscal_year
        declared = {rule.fiscal_year for rule in self._profile.sections}
        if year is not None and self._is_not_asked(year) and year not in declared:
            at = self._title_above(record)
            self._tell_not_asked(record, year, at, None)

    def _title_above(self, record: Record) -> Record:
        """The only line above the records of a sheet; the record itself where there are several."""
        above = [row for row in self._titles.get(record.sheet, ()) if row < record.row]
        return replace(record, row=above[0]) if len(above) == 1 else record

    def _is_not_asked(self, year: int) -> bool:
        asked = self._source.fiscal_year
        return asked is not None and year != asked and self._profile.fiscal_year is None

    def _year_of_row(self, record: Record, text: str) -> When:
        period = read_period(text)
        year = None if period else read_fiscal_year(text)
        if year is None and period is None:
            told = finding("year_unreadable", text)
            raise Refused(self._told.tell_field(told, record, "fiscal_year"))
        found = self._checked(record, year, period)
        if year is not None:
            self._tell_peculiar_year(record, text, year)
        return found

    def _tell_peculiar_year(self, record: Record, text: str, year: int) -> None:
        never_came = era_beyond_end(text)
        if never_came:
            named, meant = never_came
            told = finding(
                "era_beyond_end", text, named=named, fiscal_year=meant, reiwa=meant - 2018
            )
            self._told.tell_field(told, record, "fiscal_year")
        if self._is_not_asked(year):
            self._tell_not_asked(record, year, record, record.columns.get("fiscal_year"))

    def _tell_not_asked(self, record: Record, year: int, at: Record, column: int | None) -> None:
        """Tell a year of a column or of a title that is not the round's, once for each year."""
        told = finding("year_not_asked", str(year), asked=self._source.fiscal_year)
        self._told.once(("year", record.sheet, year), told, at, column)

    def _checked(self, record: Record, year: int | None, period: tuple[int, int] | None) -> When:
        if year is not None:
            self.require_possible(record, year, record.columns.get("fiscal_year"))
            return year, None
        for one in period or ():
            self.require_possible(record, one, record.columns.get("period"))
        return None, period

    def require_possible(self, record: Record, year: int, column: int | None) -> None:
        """Refuse a record whose year cannot be a year of the plan's results."""
        first, last = self._plan.period
        too_early = first is not None and year < first - YEARS_AROUND_A_PLAN
        too_late = last is not None and year > last + YEARS_AROUND_A_PLAN
        if too_early or too_late or not is_possible(year):
            told = finding("year_impossible", str(year))
            raise Refused(self._told.tell(told, record, column, "fiscal_year"))


def _fallback_year(source: SubmissionSource, profile: SheetProfile) -> When:
    """Year or period of records that say none themselves."""
    if profile.fiscal_year is not None:
        return profile.fiscal_year, None
    if profile.period_start_fy is not None and profile.period_end_fy is not None:
        return None, (profile.period_start_fy, profile.period_end_fy)
    return source.fiscal_year, source.period
