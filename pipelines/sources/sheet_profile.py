"""``profile.yaml``: how to read the sheets of a round where the common words do not suffice.

Every key is optional. It lies beside ``round.yaml``, or one or two folders above it (for all rounds
of a year, or of a plan). docs/results-profile.ja.md explains every key with an example.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from pipelines.sources.layout_options import fault_of_expression
from pipelines.sources.sheet_fields import TEXT_FIELDS, VALUE_FIELDS, EffectBasis, EffectKind
from pipelines.sources.yaml_lists import entry_fault

PROFILE_FILE = "profile.yaml"
PROFILE_RULE = "profile_invalid"

Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
FiscalYear = Annotated[int, Field(ge=1950, le=2100)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SheetChoice(_Strict):
    """Which sheets are read: names, or parts of names; all that are shown where none is given."""

    read: list[Word] = []
    skip: list[Word] = []


class SectionRule(_Strict):
    """What a line above a table means.

    Attributes:
        match: regular expression, searched in the line's NFKC text without white space. A group
            ``fiscal_year`` is read as a year, ``amount`` as a total that the line states.
        fiscal_year: of the rows below.
        period_start_fy: first year of the rows below, where they stand for several years.
        period_end_fy: last year.
        effect_kind: of the amounts below.
        effect_basis: of the amounts below.
        skip: whether the rows below are left out, up to the next line that a rule matches.
    """

    match: Word
    fiscal_year: FiscalYear | None = None
    period_start_fy: FiscalYear | None = None
    period_end_fy: FiscalYear | None = None
    effect_kind: EffectKind | None = None
    effect_basis: EffectBasis | None = None
    skip: bool = False

    @field_validator("match")
    @classmethod
    def _is_a_pattern(cls, pattern: str) -> str:
        return sound_pattern(pattern)


class SheetProfile(_Strict):
    """The checked content of one ``profile.yaml``.

    Attributes:
        sheets: which sheets are read.
        columns: field -> headings that mean it in these sheets, before the common words.
        indicator_columns: headings that are themselves an indicator's name (経常収支比率（％）);
            the column holds ``actual`` unless ``columns`` or a second row of headings says more.
        joined: field -> headings whose cells, with spaces between, make one text.
        ignore_columns: headings that are known and not read.
        header_rows: how many rows the headings take; found where it is not given.
        no_header: fields by column, for tables without headings; a blank one is not read.
        fiscal_year: of all rows, where neither rows nor headings say.
        period_start_fy, period_end_fy: of all rows, where they stand for several years.
        units: field -> unit, where neither heading nor cell says.
        amount_sign: ``auto`` (one sign throughout a column means savings, whichever it is; both in
            one column are refused), ``positive_is_saving`` or ``negative_is_saving``.
        effect_kind, effect_basis: of all amounts that do not say.
        paired_cells: order of two values in one cell.
        fill_down: fields whose blank cells repeat the text above; ``category`` and merged cells
            always do.
        subtotal_words: words that mark rows of totals, besides the common ones.
        skip_rows: patterns of rows that are left out.
        repost_words: words that mark rows counted elsewhere, besides 再掲.
        lists_only_main_rows: whether stated totals cover more than the rows listed.
        missing_words: text of a value cell -> why there is no value.
        rating_words: text of a rating cell -> label of the scale.
        sections: what lines above tables mean.
        publish: which tables the rows go to; all that have something where it is not given.
    """

    sheets: SheetChoice = SheetChoice()
    columns: dict[str, list[Word]] = {}
    indicator_columns: list[Word] = []
    joined: dict[str, list[Word]] = {}
    ignore_columns: list[Word] = []
    header_rows: int | None = Field(default=None, ge=1, le=5)
    no_header: list[str] = []
    fiscal_year: FiscalYear | None = None
    period_start_fy: FiscalYear | None = None
    period_end_fy: FiscalYear | None = None
    units: dict[str, Word] = {}
    amount_sign: Literal["auto", "positive_is_saving", "negative_is_saving"] = "auto"
    effect_kind: EffectKind | None = None
    effect_basis: EffectBasis | None = None
    paired_cells: Literal["planned_then_actual", "actual_then_planned"] | None = None
    fill_down: list[str] = []
    subtotal_words: list[Word] = []
    skip_rows: list[Word] = []
    repost_words: list[Word] = []
    lists_only_main_rows: bool = False
    missing_words: dict[
        str, Literal["not_measured", "not_applicable", "not_yet", "not_set"] | None
    ] = {}
    rating_words: dict[str, Word] = {}
    sections: list[SectionRule] = []
    publish: list[
        Literal["yearly_results", "item_assessments", "indicator_results", "financial_effects"]
    ] = []

    @field_validator("columns", "joined", "units")
    @classmethod
    def _names_known_fields(cls, value: dict[str, Any]) -> dict[str, Any]:
        _require_fields(value)
        return value

    @field_validator("no_header", "fill_down")
    @classmethod
    def _lists_known_fields(cls, value: list[str]) -> list[str]:
        _require_fields(name for name in value if name)
        return value

    @field_validator("skip_rows")
    @classmethod
    def _are_patterns(cls, patterns: list[str]) -> list[str]:
        return [sound_pattern(pattern) for pattern in patterns]


def _require_fields(names: Any) -> None:
    known = (*TEXT_FIELDS, *VALUE_FIELDS)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise entry_fault(
            f"知らない項目「{'、'.join(unknown)}」です。使えるのは {'、'.join(known)} です。"
        )


def sound_pattern(pattern: str) -> str:
    """A regular expression that can be compiled and cannot run away; a fault in Japanese if not."""
    fault = fault_of_expression(pattern)
    if fault:
        raise entry_fault(fault)
    return pattern
