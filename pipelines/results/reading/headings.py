"""What the heading of a column means: field, year, unit, kind and basis of an amount.

A heading may take two or three rows (実績 over H18 H19; 外部評価 over 評価, 意見). The lowest part
that names a field decides; years, units and words of plan or result are taken from all parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipelines.results.reading.cycle import field_in_cycle, of_cycle
from pipelines.results.reading.heading_marks import (
    BRACKETS,
    pure_parts,
    without_marks,
    without_unit,
)
from pipelines.results.reading.heading_pairs import HeadingPairs
from pipelines.results.reading.heading_years import (
    HeadingYear,
    contradicts_itself,
    period_of_heading,
    year_of_heading,
)
from pipelines.results.reading.two_in_one import fields_of_pair
from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.sheet_fields import VALUE_FIELDS, EffectBasis, EffectKind
from pipelines.sources.sheet_profile import SheetProfile

IGNORED = "ignored"
_AMOUNTS = ("amount", "planned_amount")
_BARE_MONEY = frozenset({"額", "金額"})
LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading says of its column.

    Attributes:
        field: a field of ``sheet_fields``, ``content``, ``progress`` or ``outcome`` (decided by the
            table), ``ignored``, or None where no word is known.
        fiscal_year: of the column.
        unit: in brackets, or as a heading's second row.
        effect_kind: of an amount; None where a generic word (効果額) leaves it open.
        effect_basis: of an amount.
        indicator: an indicator the heading names.
        pair: the second value of a cell that holds two.
        by_profile: whether the profile named the heading.
        period: of a column of plans for several years (目標額（R3～R7）).
        is_bare_money: whether an amount is one of money only (決算額, 金額), perhaps of spending.
    """

    field: str | None = None
    fiscal_year: int | None = None
    unit: str | None = None
    effect_kind: EffectKind | None = None
    effect_basis: EffectBasis | None = None
    indicator: str | None = None
    pair: str | None = None
    by_profile: bool = False
    is_bare_money: bool = False
    period: tuple[int, int] | None = None


#: What stands before a range of years and says no more than that: 計画期間（R3～R7）目標額.
_OF_PERIOD = re.compile(r"^(?:全?計画|実施|取組)?期間(?:中|内)?の?")


@dataclass(frozen=True)
class HeadingReader:
    """Reads headings with the profile's words before the common ones."""

    profile: SheetProfile
    _seen: dict[str, Meaning] = field(default_factory=dict)

    @cached_property
    def _own_words(self) -> dict[str, str]:
        own = {bare(word): IGNORED for word in self.profile.ignore_columns}
        for words in (self.profile.joined, self.profile.columns):
            own |= {bare(word): name for name, headings in words.items() for word in headings}
        return own

    @cached_property
    def _indicators(self) -> frozenset[str]:
        return frozenset(map(bare, self.profile.indicator_columns))

    def one(self, text: str) -> Meaning:
        """The meaning of a single cell, without the cells around it."""
        known = self._seen.get(text)
        if known is None:
            known = self._seen[text] = self._read(bare(text), None)
        return known

    def is_word(self, text: str) -> bool:
        """Whether a cell holds the name of a field (a year or a unit alone is none)."""
        return bool(self.words_among((text,)))

    def words_among(self, texts: Iterable[str]) -> set[str]:
        """The texts that are names of fields; cheap looks rule most cells of a long list out."""
        first, last = self._edges
        edged = [text for text in texts if text and text[0] in first and text[-1] in last]
        pairs, own = self._pairs, self._every_own_word
        return {
            text
            for text in edged
            if len(text) <= LONGEST_HEADING
            and not (text.isdecimal() and text not in own)
            and pairs.may_begin(text[:2])
            and pairs.may_end(text[-2:])
            and self.one(text).field is not None
        }

    @cached_property
    def _pairs(self) -> HeadingPairs:
        return HeadingPairs.of(sheet_vocabulary(), self._every_own_word)

    @cached_property
    def _every_own_word(self) -> frozenset[str]:
        """The profile's words, as written and bare."""
        lists = (*self.profile.columns.values(), *self.profile.joined.values())
        written = {word for words in lists for word in words}
        written |= {*self.profile.ignore_columns, *self.profile.indicator_columns}
        return frozenset({word.strip() for word in written} | set(map(bare, written)))

    @cached_property
    def _edges(self) -> tuple[frozenset[str], frozenset[str]]:
        """The characters with which headings begin and end, in all widths that matter."""
        words = sheet_vocabulary().heading_edges
        every = self._every_own_word
        return (
            words[0] | {word[0] for word in every},
            words[1] | {word[-1] for word in every},
        )

    def column(self, parts: Sequence[str], before: HeadingYear | None) -> Meaning:
        """The meaning of a heading of several rows, top first; ``before``: see heading_years."""
        texts = [bare(part) for part in parts if part.strip()]
        if not texts or any(map(contradicts_itself, texts)):
            return Meaning()
        if len(texts) == 1:
            return self._read(texts[0], before)
        return self._named(texts, before) or self._combined(texts, before)

    def _named(self, texts: list[str], before: HeadingYear | None) -> Meaning | None:
        """The parts as one heading: as the profile has it, 外部評価 over 意見, 今後の over 方針."""
        for joined in ("".join(texts), texts[-1] + "".join(texts[:-1])):
            if joined in self._own_words:
                return self._read(joined, before)
        assessed = _by_assessor(texts)
        if assessed:
            return Meaning(field=assessed)
        if says_something(self._read(texts[0], before)):
            return None
        as_one = self._read("".join(texts), before)
        return as_one if as_one.field and not as_one.indicator else None

    def _combined(self, texts: list[str], before: HeadingYear | None) -> Meaning:
        parts = [self._read(text, before) for text in texts]
        is_other = _speaks_of_another_year(texts) or _sums_up(texts)
        if is_other and not any(part.by_profile for part in parts):
            return Meaning()
        if not says_something(parts[-1]):
            as_one = self._read("".join(texts), before)
            return as_one if as_one.field and not as_one.indicator else Meaning()
        merged = Meaning(indicator=next((one.indicator for one in parts if one.indicator), None))
        for part in parts:
            merged = _laid_over(merged, part)
        return merged

    def _read(self, text: str, before: HeadingYear | None) -> Meaning:
        own = self._own_words.get(text)
        word, part = of_cycle(text)
        pure, unit = without_unit(word)
        own = own or self._own_words.get(pure)
        of_period = None if own else self._of_period(pure, unit)
        year = None if of_period else year_of_heading(pure, before)
        rest = without_marks(year.rest if year else pure)
        by_words = of_period or self._by_words(rest, unit)
        meaning = Meaning(own, by_profile=True) if own else by_words
        in_cycle = field_in_cycle(part, rest)
        if in_cycle and not own:
            meaning = Meaning(in_cycle)
        if own in VALUE_FIELDS:
            meaning = _with_amount_words(meaning, rest)
        indicator = text in self._indicators or pure in self._indicators
        return replace(
            meaning,
            field=meaning.field or ("actual" if indicator else None),
            fiscal_year=year.fiscal_year if year else None,
            unit=unit,
            indicator=pure if indicator else None,
        )

    def _of_period(self, text: str, unit: str | None) -> Meaning | None:
        """目標額(R3~R7): a planned amount for several years; a range says nothing else we know."""
        found = period_of_heading(text)
        rest = _OF_PERIOD.sub("", found[1]) if found else ""
        meaning = self._by_words(without_marks(rest), unit) if found else Meaning()
        if found is None or meaning.field != "planned_amount":
            return None
        return replace(meaning, period=found[0])

    def _by_words(self, text: str, unit: str | None) -> Meaning:
        words = sheet_vocabulary()
        basis = words.basis.get(text)
        if basis:
            return Meaning(effect_basis=basis)
        if text in words.where_money and (unit or "").endswith("円"):
            return Meaning("amount")
        return _pair(text) or _amount(text) or Meaning(_field_of(text) or _of_assessor(text))


def _field_of(text: str) -> str | None:
    """The field of a word, also with brackets, prefixes and suffixes that change nothing."""
    words = sheet_vocabulary()
    for form in _forms(text):
        if form in words.headings:
            name = words.headings[form]
            return None if form != text and _changes_values(text, name) else name
    return None


def _changes_values(text: str, name: str) -> bool:
    """実績値(前年度) is not 実績値: what brackets say of values must be known."""
    return bool(BRACKETS.search(text)) and (name in VALUE_FIELDS or _speaks_of_another_year([text]))


def _forms(text: str) -> list[str]:
    words = sheet_vocabulary()
    forms = [text, BRACKETS.sub("", text)]
    for form in tuple(forms):
        cut = next((one for one in words.words("dropped_prefixes") if form.startswith(one)), "")
        tail = next((one for one in words.words("dropped_suffixes") if form.endswith(one)), "")
        short = form[len(cut) :]
        forms += [short, form.removesuffix(tail), short.removesuffix(tail)]
    return forms


def _speaks_of_another_year(texts: Sequence[str]) -> bool:
    others = sheet_vocabulary().words("other_year_words")
    return any(word in text for text in texts for word in others)


def _sums_up(texts: Sequence[str]) -> bool:
    """A column 計 beside columns of years holds what they hold already."""
    words = sheet_vocabulary()
    return any(text in words.totals and text not in words.basis for text in texts)


def is_left_out(parts: Sequence[str]) -> bool:
    """Whether a heading is known and holds nothing to read: 基準値, 前年度実績, 達成率, 計."""
    texts = pure_parts(parts)
    if not texts:
        return False
    words = sheet_vocabulary().words("left_out_words")
    is_listed = any(text in words for text in (*texts, "".join(texts)))
    return is_listed or has_no_place(parts) or _speaks_of_another_year(texts) or _sums_up(texts)


def has_no_place(parts: Sequence[str]) -> bool:
    """Whether no table has a place for what a heading names: 定性的効果, 委託先."""
    words, texts = sheet_vocabulary().words("no_place_words"), pure_parts(parts)
    return any(text in words for text in (*texts[-1:], "".join(texts)))


def _by_assessor(texts: list[str]) -> str | None:
    """外部評価 over 評価, 意見."""
    words = sheet_vocabulary()
    # 二次評価(推進本部): what stands in brackets says who, or repeats it.
    above = [form for text in texts[:-1] for form in (text, BRACKETS.sub("", text))]
    who = next((words.assessors[text] for text in above if text in words.assessors), None)
    if who is None:
        return None
    if texts[-1] in words.words("rating_words"):
        return f"{who}_rating"
    return f"{who}_opinion" if texts[-1] in words.words("opinion_words") else None


def _of_assessor(text: str) -> str | None:
    """外部評価委員意見 as one heading."""
    words = sheet_vocabulary()
    endings = (*words.words("rating_words"), *words.words("opinion_words"))
    for ending in endings:
        if text.endswith(ending) and text.removesuffix(ending).rstrip("のから") in words.assessors:
            return _by_assessor([text.removesuffix(ending).rstrip("のから"), ending])
    return None


def _pair(text: str) -> Meaning | None:
    """計画（実績）: two values in one cell."""
    fields = fields_of_pair(text)
    return Meaning(fields[0], pair=fields[1]) if fields else None


def _amount(text: str) -> Meaning | None:
    """An amount with the words of plan, result and basis around it."""
    words = sheet_vocabulary()
    if words.amount_endings.isdisjoint(text):
        return None
    this_year = next((one for one in words.this_year_words if text.startswith(one)), "")
    core, basis = _without_basis(text[len(this_year) :])
    core, is_planned = _without_words(core, words.planned_words)
    core, is_actual = _without_words(core, words.actual_words)
    core, late_basis = _without_basis(core)
    if core not in words.amounts and core not in ("額",):
        return None
    if core in ("額", "効果") and not (
        basis or late_basis or is_planned or is_actual or text == "効果額"
    ):
        return None
    name = "planned_amount" if is_planned and not is_actual else "amount"
    kind, basis = words.amounts.get(core), basis or late_basis
    return Meaning(name, effect_kind=kind, effect_basis=basis, is_bare_money=core in _BARE_MONEY)


def _without_basis(text: str) -> tuple[str, EffectBasis | None]:
    words = sheet_vocabulary()
    match = words.any_basis.search(text)
    if match is None:
        return text, None
    rest = text[: match.start()] + text[match.end() :]
    return rest.replace("()", "").strip("の・:"), words.basis[match.group()]


def _without_words(text: str, words: frozenset[str]) -> tuple[str, bool]:
    """A text without one of the words before it, behind it or in its brackets."""
    for word in sorted(words, key=len, reverse=True):
        for form in (f"({word})", f"({word}額)"):
            if form in text:
                return text.replace(form, ""), True
        if text.startswith(word) and len(text) > len(word):
            return text[len(word) :].strip("の・:"), True
        if text.endswith(word) and len(text) > len(word):
            return text[: -len(word)].strip("の・:"), True
        if word in text[1:-1] and text.replace(word, "") in sheet_vocabulary().amounts:
            return text.replace(word, ""), True
    return text, False


def _with_amount_words(meaning: Meaning, text: str) -> Meaning:
    """What the words of a heading say of an amount that the profile names."""
    by_words = _amount(text)
    basis = _without_basis(text)[1]
    if meaning.field not in ("amount", "planned_amount"):
        return meaning
    kind = by_words.effect_kind if by_words else None
    return replace(meaning, effect_kind=kind, effect_basis=basis)


def says_something(meaning: Meaning) -> bool:
    """Whether a heading says anything known of its column."""
    said = (meaning.field, meaning.fiscal_year, meaning.unit, meaning.indicator)
    return any((*said, meaning.effect_basis))


_AS_AMOUNT = {"planned": "planned_amount", "actual": "amount", "outcome": "amount"}


def _laid_over(upper: Meaning, lower: Meaning) -> Meaning:
    """Two parts of one heading; what the lower one says wins."""
    name = lower.field or upper.field
    if upper.field in _AMOUNTS and lower.field in _AS_AMOUNT:
        name = _AS_AMOUNT[lower.field]
    elif lower.field in _AMOUNTS and upper.field in ("planned",):
        name = "planned_amount"
    amounts = [part for part in (upper, lower) if part.field in _AMOUNTS]
    is_bare_money = bool(amounts) and all(part.is_bare_money for part in amounts)
    return Meaning(
        name,
        lower.fiscal_year or upper.fiscal_year,
        lower.unit or upper.unit,
        lower.effect_kind or upper.effect_kind,
        lower.effect_basis or upper.effect_basis,
        upper.indicator or lower.indicator,
        lower.pair or upper.pair,
        upper.by_profile or lower.by_profile,
        is_bare_money,
        lower.period or upper.period,
    )
