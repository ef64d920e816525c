"""Pages that a document holds more than once."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.plans.lines import Line, Removed, Repaired

STEP = "duplicate_page"


def remove_duplicate_pages(lines: list[Line]) -> Repaired:
    """Blank every page whose text stands on an earlier page already; the first copy stays."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if line.page is not None:
            pages.setdefault(line.page, []).append(line)
    numbers = list(pages)
    repeats = repeated_blocks([pages[number] for number in numbers])
    doubled = {numbers[index] for index in repeats}
    removed = [
        Removed(line.number, line.text, STEP)
        for line in lines
        if line.page in doubled and not line.is_blank
    ]
    kept = [line.with_text("") if line.page in doubled else line for line in lines]
    return Repaired(kept, removed)


def repeated_blocks(blocks: Sequence[Sequence[Line]]) -> dict[int, int]:
    """Which blocks of lines only repeat an earlier one.

    Returns:
        Index of the repeating block to the index of the earlier block in which all its lines stand
        one behind the other. A copy may be cut at its head or foot, but not to less than half: the
        end of an item alone on a page says the same as many others. Blocks without text repeat
        nothing.
    """
    contents = [_content(block) for block in blocks]
    holding: dict[str, list[int]] = {}
    found: dict[int, int] = {}
    for index, content in enumerate(contents):
        earlier = holding.get(content[0], []) if content else []
        first = next((at for at in earlier if _is_part(content, contents[at])), None)
        if first is not None:
            found[index] = first
            continue
        for line in dict.fromkeys(content):
            holding.setdefault(line, []).append(index)
    return found


def _content(block: Sequence[Line]) -> list[str]:
    return [line.bare for line in block if not line.is_blank]


def _is_part(copy: list[str], whole: list[str]) -> bool:
    """Whether ``copy`` is a run of at least half of ``whole``."""
    length = len(copy)
    if not copy or 2 * length < len(whole):
        return False
    starts = [at for at in range(len(whole) - length + 1) if whole[at] == copy[0]]
    return any(whole[at : at + length] == copy for at in starts)
