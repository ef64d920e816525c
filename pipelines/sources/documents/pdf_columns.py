"""Tables drawn with horizontal rules only: where their columns part is seen from their text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from pipelines.sources.documents.pdf_characters import Character
from pipelines.sources.documents.pdf_rules import SAME, Rule

# The white between two columns is at least this wide, in sizes of a character.
NARROWEST_GUTTER = 0.5
LEAST_BANDS = 2
Span = tuple[float, float]


def missing_columns(rules: Sequence[Rule], characters: Sequence[Character]) -> list[Rule]:
    """Vertical rules for tables that have horizontal ones only.

    Rows are bands between rules of the same length. Bands that follow one another are a table
    where the same white runs down through all of them with text in two columns of each.
    """
    found: list[Rule] = []
    for lines in _open_rules(rules):
        inside = [one for one in characters if _is_within(one, lines[0]) and one.text.strip()]
        bands = [_Band(upper, lower, inside) for lower, upper in pairwise(lines)]
        found += [rule for table in _tables(bands[::-1]) for rule in table]
    return found


class _Band:
    """A row between two rules, and the white that its text leaves."""

    def __init__(self, upper: Rule, lower: Rule, characters: Sequence[Character]) -> None:
        self.upper, self.lower = upper, lower
        self.characters = [one for one in characters if lower.at < one.middle[1] < upper.at]
        self.white = _white(self.characters, (lower.start, lower.end))

    def columns(self, gutters: Sequence[Span]) -> int:
        """How many columns between gutters hold text."""
        places = {sum(one.left > start for start, _ in gutters) for one in self.characters}
        return len(places)


def _open_rules(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Horizontal rules of one length that no vertical rule meets, from the bottom of the page."""
    vertical = [one for one in rules if one.direction == "vertical"]
    alone = [one for one in rules if one.direction == "horizontal" and not _meets(one, vertical)]
    while alone:
        first = alone[0]
        alike = [one for one in alone if _same_ends(one, first)]
        alone = [one for one in alone if not _same_ends(one, first)]
        if len(alike) > LEAST_BANDS:
            yield sorted(alike, key=lambda one: one.at)


def _meets(rule: Rule, vertical: Sequence[Rule]) -> bool:
    return any(
        one.start - SAME <= rule.at <= one.end + SAME
        and rule.start - SAME <= one.at <= rule.end + SAME
        for one in vertical
    )


def _same_ends(one: Rule, other: Rule) -> bool:
    return abs(one.start - other.start) <= SAME and abs(one.end - other.end) <= SAME


def _is_within(one: Character, rule: Rule) -> bool:
    return rule.start <= one.middle[0] <= rule.end


def _white(characters: Sequence[Character], span: Span) -> list[Span]:
    """The parts of a band's width that no character covers."""
    white: list[Span] = []
    reached = span[0]
    for one in sorted(characters, key=lambda one: one.left):
        if one.left > reached:
            white.append((reached, one.left))
        reached = max(reached, one.right)
    return [*white, (reached, span[1])] if reached < span[1] else white


def _tables(bands: Sequence[_Band]) -> Iterator[list[Rule]]:
    """The vertical rules of each run of bands that share their gutters."""
    run: list[_Band] = []
    gutters: list[Span] = []
    for band in bands:
        shared = _gutters([*run, band], gutters if run else band.white)
        if shared:
            run, gutters = [*run, band], shared
            continue
        yield from _vertical(run, gutters)
        shared = _gutters([band], band.white)
        run, gutters = ([band], shared) if shared else ([], [])
    yield from _vertical(run, gutters)


def _gutters(bands: Sequence[_Band], before: Sequence[Span]) -> list[Span]:
    """What is left of gutters when the last band joins; none where it has text in one column."""
    band = bands[-1]
    if not band.characters:
        return []
    least = NARROWEST_GUTTER * median(one.size for one in band.characters)
    left, right = band.lower.start, band.lower.end
    shared = [
        (max(one[0], other[0]), min(one[1], other[1])) for one in before for other in band.white
    ]
    inner = [one for one in shared if one[1] - one[0] >= least and left < one[0] and one[1] < right]
    return inner if band.columns(inner) > 1 else []


def _vertical(run: Sequence[_Band], gutters: Sequence[Span]) -> Iterator[list[Rule]]:
    if len(run) < LEAST_BANDS:
        return
    bottom, top = run[-1].lower.at, run[0].upper.at
    rule = run[0].lower
    inner = ((start + end) / 2 for start, end in _headed(gutters, run[0]))
    places = [rule.start, *inner, rule.end]
    yield [Rule("vertical", at, bottom, top) for at in places]


def _headed(gutters: Sequence[Span], first: _Band) -> list[Span]:
    """Of gutters with no text between them in the first row, its headings, only the widest."""
    kept: list[Span] = []
    for gutter in gutters:
        between = kept and any(kept[-1][1] <= one.left < gutter[0] for one in first.characters)
        if not kept or between:
            kept.append(gutter)
        elif gutter[1] - gutter[0] > kept[-1][1] - kept[-1][0]:
            kept[-1] = gutter
    return kept
