"""Rows that the profile leaves out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pipelines.results.vocabulary import bare
from pipelines.sources.sheet_profile import SheetProfile


@dataclass(frozen=True)
class RowPatterns:
    """``skip_rows`` of a profile, ready to search."""

    profile: SheetProfile

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.profile.skip_rows)

    @property
    def is_quick(self) -> bool:
        """Whether no row need be searched."""
        return not self.profile.skip_rows

    def skips(self, filled: list[tuple[int, str]]) -> bool:
        """Whether a pattern is found in a row's cells, NFKC without white space, | between them."""
        if self.is_quick:
            return False
        text = "|".join(bare(cell) for _, cell in filled)
        return any(pattern.search(text) for pattern in self._patterns)
