"""Counts of items by rating as tables: one row per pillar or year, one column per rating."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

#: Title of a row -> rating -> number of items.
Counts = dict[str, dict[str, int]]


def counted(rows: Iterable[Mapping[str, Any]]) -> dict[str, Counts]:
    """Scope ("plan", "pillar") -> its counts, rows in the order of ``rows``.

    Args:
        rows: of ``sheets/rating_counts``. Pillars of one title are told together.
    """
    found: dict[str, Counts] = {"plan": {}, "pillar": {}}
    for row in rows:
        counts = found[row["scope_kind"]].setdefault(row["title"], {})
        label = row["outcome_label"]
        counts[label] = counts.get(label, 0) + row["item_count"]
    return found


def with_rest(parts: Counts, whole: Mapping[str, int], title: str) -> Counts:
    """The parts and, under ``title``, what of the whole is in none of them, if anything is."""
    rest = {
        label: count - sum(part.get(label, 0) for part in parts.values())
        for label, count in whole.items()
    }
    return {**parts, title: rest} if any(rest.values()) else dict(parts)


def count_table(labels: Sequence[str], counts: Counts) -> Iterator[list[Any]]:
    """Title, one number per rating, and their sum; no item is a 0, and a sum is of items alone."""
    for title, by_label in counts.items():
        numbers = [by_label.get(label, 0) for label in labels]
        yield [title, *numbers, sum(by_label.values())]
