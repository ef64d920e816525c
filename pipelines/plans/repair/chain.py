"""The steps in their order (design.md, "Text repair, in this order").

Width and the joining of lines come last of all, when a layout takes a passage out of the lines
(``pipelines.plans.lines.passage``): a number label is published as printed.
"""

from __future__ import annotations

from collections.abc import Callable

from pipelines.plans.lines import Line, Removed, Repaired
from pipelines.plans.repair.duplicates import remove_duplicate_pages
from pipelines.plans.repair.fake_bold import repair_fake_bold
from pipelines.plans.repair.furniture import remove_furniture
from pipelines.plans.repair.letter_spacing import close_letter_spacing
from pipelines.plans.repair.pages import split_pages
from pipelines.plans.repair.ruby import remove_ruby

STEPS: tuple[Callable[[list[Line]], Repaired], ...] = (
    repair_fake_bold,
    close_letter_spacing,
    remove_ruby,
    remove_furniture,
    remove_duplicate_pages,
)


def repair_text(text: str) -> Repaired:
    """A decoded text to repaired lines, with everything that was removed on the way."""
    lines = split_pages(text)
    removed: list[Removed] = []
    for step in STEPS:
        result = step(lines)
        lines = result.lines
        removed.extend(result.removed)
    return Repaired(lines, removed)
