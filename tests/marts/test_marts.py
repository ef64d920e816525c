"""Marts by SQL against the same marts by hand, on generated cities and at every boundary."""

from __future__ import annotations

from hypothesis import given, settings

from .comparing import MART_NAMES, by_hand, by_sql, differences
from .generated import Rows, cities


@settings(max_examples=40)
@given(cities())
def test_every_mart_is_what_a_computation_from_the_packaged_csv_gives(rows: Rows) -> None:
    ours, theirs = by_sql(rows), by_hand(rows)
    assert set(ours) == set(theirs) == set(MART_NAMES)
    told = {name: differences(name, ours[name], theirs[name]) for name in MART_NAMES}
    assert not any(told.values()), told
