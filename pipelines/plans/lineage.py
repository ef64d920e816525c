"""What became of the items of one edition or plan in the next: rows of ``item_lineage``.

Items of equal title are the same. Of the others, two are linked only if their texts are alike and
nothing else is nearly as alike; what stays open is told as dropped or added, never guessed.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pipelines.plans.characters import normalised_title, without_spaces
from pipelines.plans.identity import short_hash
from pipelines.plans.likeness import Likeness
from pipelines.plans.rows import Row

Relation = Literal[
    "same", "renamed", "merged", "split", "added", "dropped", "stopped", "transferred"
]

#: Mean likeness of title and text from which two items may be one (tests compare the items of the
#: real plans with each other: no two of them reach it).
LEAST_LIKENESS = 0.65
#: Likeness of texts alone from which they are one text, whatever the titles; and the characters
#: that they must have, because short ones (検討する。) are alike without being one.
SAME_TEXT, SAME_TEXT_LENGTH = 0.9, 20
#: A second candidate this near to the best one makes both doubtful.
MARGIN = 0.15
#: Share of a part's title and text that an item made from several parts must hold.
TITLE_HELD, TEXT_HELD = 0.95, 0.8
SHORTEST_PART = 4  # characters of a title that can be told apart inside another


class Link(NamedTuple):
    """Two items and what they have to do with each other; see schemas/item_lineage.json."""

    from_item: Row | None
    to_item: Row | None
    relation: Relation
    reason: str
    similarity: float | None = None
    changed_on: datetime.date | None = None


class Doubt(NamedTuple):
    """Items of which nobody can say which belong together."""

    older: list[Row]
    newer: list[Row]


@dataclass
class Comparison:
    """The items of two plans as far as they are compared.

    Attributes:
        older: items of the earlier plan that are still open, in reading order.
        newer: those of the later plan.
        links: what was found.
        doubts: what could not be decided; its items stay among the open ones.
    """

    older: list[Row]
    newer: list[Row]
    links: list[Link] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def settle(self, links: Sequence[Link]) -> None:
        """Keep links and close the items of both their ends."""
        self.links += links
        closed = {id(item) for link in links for item in (link.from_item, link.to_item)}
        self.older = [item for item in self.older if id(item) not in closed]
        self.newer = [item for item in self.newer if id(item) not in closed]


def compare_items(
    older: Iterable[Row], newer: Iterable[Row], stated: Iterable[Link] = ()
) -> Comparison:
    """Link the items of an earlier plan with those of the next one.

    Args:
        older: rows of ``reform_items`` of the earlier plan; reposted ones are left aside.
        newer: those of the later plan.
        stated: links between both that people stated; their items are not compared.
    """
    known = {item["item_id"] for link in stated for item in link[:2] if item is not None}
    comparison = Comparison(_comparable(older, known), _comparable(newer, known))
    scale = _Scale([*comparison.older, *comparison.newer])
    comparison.settle(_same_titles(comparison, scale))
    comparison.settle(_made_of_parts(comparison.older, comparison.newer, "merged", scale))
    comparison.settle(_made_of_parts(comparison.newer, comparison.older, "split", scale))
    _link_alike(comparison, scale)
    return comparison


def _comparable(items: Iterable[Row], known: set[str]) -> list[Row]:
    return [item for item in items if not item["is_repost"] and item["item_id"] not in known]


def _title(item: Row) -> str:
    return normalised_title(item["title"])


def _text(item: Row) -> str:
    parts = (item.get("description"), item.get("goal_text"))
    return without_spaces("".join(part for part in parts if part))


class _Scale:
    """Measures items by their titles and texts, weighted by what is rare among all of them."""

    def __init__(self, items: Sequence[Row]) -> None:
        self._titles = Likeness(_title(item) for item in items)
        self._texts = Likeness(_text(item) for item in items)

    def likeness(self, one: Row, other: Row) -> float:
        """Mean likeness of titles and texts; of the titles alone where an item has no text."""
        titles = self._titles.likeness(_title(one), _title(other))
        texts = self.text_likeness(one, other)
        return titles if texts is None else (titles + texts) / 2

    def text_likeness(self, one: Row, other: Row) -> float | None:
        """Likeness of the texts; None where an item has none."""
        if not _text(one) or not _text(other):
            return None
        return self._texts.likeness(_text(one), _text(other))

    def can_be_one(self, one: Row, other: Row) -> bool:
        """Whether two items are alike enough to be one under another title."""
        texts = self.text_likeness(one, other)
        telling = min(len(_text(one)), len(_text(other))) >= SAME_TEXT_LENGTH
        same_text = telling and texts is not None and texts >= SAME_TEXT
        return same_text or self.likeness(one, other) >= LEAST_LIKENESS

    def holds(self, whole: Row, part: Row) -> bool:
        """Whether title and text of ``part`` stand in those of ``whole``."""
        title = _title(part)
        if len(title) < SHORTEST_PART:
            return False
        held = self._titles.containment(title, _title(whole))
        text = _text(part)
        text_held = self._texts.containment(text, _text(whole)) if text else 1.0
        return held >= TITLE_HELD and text_held >= TEXT_HELD


def _same_titles(comparison: Comparison, scale: _Scale) -> list[Link]:
    """Items whose title stands once in each plan."""
    before = _by_unique_title(comparison.older)
    after = _by_unique_title(comparison.newer)
    return [
        Link(
            before[title],
            after[title],
            "same",
            "名称が同じです。",
            _rounded(scale, before, after, title),
        )
        for title in before
        if title in after
    ]


def _rounded(
    scale: _Scale, before: Mapping[str, Row], after: Mapping[str, Row], title: str
) -> float:
    return round(scale.likeness(before[title], after[title]), 3)


def _by_unique_title(items: Sequence[Row]) -> dict[str, Row]:
    counts = Counter(map(_title, items))
    return {_title(item): item for item in items if counts[_title(item)] == 1}


def _made_of_parts(
    parts: Sequence[Row], wholes: Sequence[Row], relation: Relation, scale: _Scale
) -> list[Link]:
    """Wholes that hold two or more parts, none of which another whole holds too."""
    holders = {id(part): [whole for whole in wholes if scale.holds(whole, part)] for part in parts}
    links: list[Link] = []
    for whole in wholes:
        held = [
            part for part in parts if len(holders[id(part)]) == 1 and holders[id(part)][0] is whole
        ]
        if len(held) > 1 and not _nested(held):
            links += [_part_link(part, whole, relation, scale) for part in held]
    return links


def _nested(items: Sequence[Row]) -> bool:
    """Whether a title stands inside another: it is then found wherever the other one is."""
    titles = list(map(_title, items))
    return any(
        one in other for at, one in enumerate(titles) for other in titles[:at] + titles[at + 1 :]
    )


def _part_link(part: Row, whole: Row, relation: Relation, scale: _Scale) -> Link:
    similarity = round(scale.likeness(part, whole), 3)
    if relation == "merged":
        reason = "前の項目の名称と内容が、ほかの項目のものと共に後の項目に含まれています。"
        return Link(part, whole, relation, reason, similarity)
    reason = "後の項目の名称と内容が、ほかの項目のものと共に前の項目に含まれています。"
    return Link(whole, part, relation, reason, similarity)


class _Pair(NamedTuple):
    likeness: float
    older: Row
    newer: Row

    def meets(self, other: _Pair) -> bool:
        """Whether both pairs claim one item."""
        return (self.older is other.older) != (self.newer is other.newer)


def _link_alike(comparison: Comparison, scale: _Scale) -> None:
    """Link what is alike, the likest first; a pair with a near rival is left open and told."""
    pairs = [
        _Pair(scale.likeness(one, other), one, other)
        for one in comparison.older
        for other in comparison.newer
        if scale.can_be_one(one, other)
    ]
    pairs.sort(key=lambda pair: (-pair.likeness, pair.older["item_id"], pair.newer["item_id"]))
    while pairs:
        best = pairs[0]
        rivals = [
            one for one in pairs[1:] if one.meets(best) and one.likeness > best.likeness - MARGIN
        ]
        if rivals:
            comparison.doubts.append(_doubt([best, *rivals]))
        else:
            comparison.settle([_alike_link(best)])
        claimed = [best, *rivals]
        pairs = [one for one in pairs if one not in claimed and not any(map(one.meets, claimed))]


def _doubt(pairs: Sequence[_Pair]) -> Doubt:
    older = list({id(pair.older): pair.older for pair in pairs}.values())
    newer = list({id(pair.newer): pair.newer for pair in pairs}.values())
    return Doubt(older, newer)


def _alike_link(pair: _Pair) -> Link:
    similarity = round(pair.likeness, 3)
    if _title(pair.older) == _title(pair.newer):
        reason = "名称が同じで、内容がほかの同名の項目よりも近いものです。"
        return Link(pair.older, pair.newer, "same", reason, similarity)
    reason = "名称か内容が近く、ほかに近い項目がありません。"
    return Link(pair.older, pair.newer, "renamed", reason, similarity)


def open_ends(comparison: Comparison, *, older_whole: bool, newer_whole: bool) -> list[Link]:
    """What is left as dropped and added, as far as the documents can tell.

    Args:
        comparison: of which the links are found.
        older_whole: whether the earlier document holds the whole plan; an item of a later one is
            otherwise not known to be new.
        newer_whole: the same of the later document; an item is otherwise not known to be gone.
    """
    doubtful = {id(item) for doubt in comparison.doubts for part in doubt for item in part}
    dropped = [
        Link(item, None, "dropped", _open_reason(item, doubtful, "後"))
        for item in comparison.older
        if newer_whole
    ]
    added = [
        Link(None, item, "added", _open_reason(item, doubtful, "前"))
        for item in comparison.newer
        if older_whole
    ]
    return dropped + added


def _open_reason(item: Row, doubtful: set[int], side: str) -> str:
    if id(item) in doubtful:
        return f"{side}の計画に近い項目が複数あり、どれに当たるか決められません。"
    return f"{side}の計画に、同じ名称の項目も内容の近い項目もありません。"


def lineage_rows(plan_id: str, links: Iterable[Link]) -> list[Row]:
    """Rows of ``item_lineage``.

    Args:
        plan_id: the later plan; the ids begin with it.
        links: in a stable order; a link stated twice gets ``-2``.
    """
    seen: Counter[str] = Counter()
    return [_row(plan_id, link, seen) for link in links]


def _row(plan_id: str, link: Link, seen: Counter[str]) -> Row:
    from_id, to_id = (item["item_id"] if item else None for item in link[:2])
    said = "\0".join((from_id or "", to_id or "", link.relation))
    identity = f"{plan_id}-l{short_hash(said)}"
    seen[identity] += 1
    return {
        "lineage_id": identity if seen[identity] == 1 else f"{identity}-{seen[identity]}",
        "from_item_id": from_id,
        "to_item_id": to_id,
        "relation": link.relation,
        "similarity": link.similarity,
        "changed_on": link.changed_on,
        "reason": link.reason,
    }
