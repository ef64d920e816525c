"""Furniture: page numbers, running headers and the index tabs in a book's margin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from pipelines.plans.characters import plain_text, without_spaces
from pipelines.plans.fields.departments import is_department_text
from pipelines.plans.fields.schedule import is_schedule
from pipelines.plans.lines import Line, Removed, Repaired
from pipelines.plans.vocabulary import same_word, words

PAGE_NUMBER, MARGIN, HEADER = "page_number", "margin", "running_header"
_BARE_NUMBER = re.compile(r"^[0-9]{1,4}$")
_DRESSED_NUMBER = re.compile(
    r"^(?:[-–—―]+ ?[0-9]{1,4} ?[-–—―]+|[pP]\.? ?[0-9]{1,4}|[0-9]{1,4} ?/ ?[0-9]{1,4})$"
)
_NUMBER_OPENS = frozenset("-–—―pP0123456789")
_FIELD_PLACEHOLDER = re.compile(r"^\s*#(?=\s|$)\s*")
MARGIN_BLOCK_LINES = range(3, 25)
MARGIN_WORD_LENGTH = 8
REPETITIONS = 3
OPENING = 5
LEAST_PAGE_GAP = 2
SHORTEST_HEADER = 6
MARGIN_WORDS_FOR_ONE = 5


def remove_furniture(lines: list[Line]) -> Repaired:
    """All furniture, in the order page numbers, running headers, margin tabs."""
    removed: list[Removed] = []
    for step in (_page_numbers, _running_headers, _margin_tabs):
        marked = step(lines)
        if not marked:
            continue
        removed.extend(
            Removed(line.number, line.text, marked[line])
            for line in lines
            if line in marked and not line.is_blank
        )
        lines = [line.with_text("") if line in marked else line for line in lines]
    return Repaired(*_placeholders(lines, removed))


def _placeholders(lines: list[Line], removed: list[Removed]) -> tuple[list[Line], list[Removed]]:
    """A lone ``#`` stands where a page number field was not filled in."""
    if not any("#" in line.text for line in lines):
        return lines, removed
    cleaned = [line.with_text(_FIELD_PLACEHOLDER.sub("", line.text)) for line in lines]
    touched = [
        Removed(old.number, "#", PAGE_NUMBER)
        for old, new in zip(lines, cleaned, strict=True)
        if old.text != new.text
    ]
    return cleaned, removed + touched


def _page_numbers(lines: list[Line]) -> dict[Line, str]:
    """Numbers alone on a line at a page's end: a wide gap or a new page follows.

    An item's number in a flattened table also stands alone, but its text follows after no more
    than the document's usual gap.
    """
    wide = max(LEAST_PAGE_GAP, 2 * _usual_gap(lines) + 1)
    likely = [
        at for at, line in enumerate(lines) if not line.is_blank and line.plain[:1] in _NUMBER_OPENS
    ]
    bare = [at for at in likely if _BARE_NUMBER.match(lines[at].plain)]
    last = [lines[at] for at in bare if _is_last_of_page(lines, at)]
    before_gap = [lines[at] for at in bare if _is_before_gap(lines, at, wide)]
    found = [*before_gap, *(last if _count_the_pages(last, lines) else [])]
    dressed = [lines[at] for at in likely if _DRESSED_NUMBER.match(lines[at].plain)]
    return dict.fromkeys((*dressed, *found), PAGE_NUMBER)


def _count_the_pages(numbers: list[Line], lines: list[Line]) -> bool:
    """Whether bare numbers at pages' ends go up with the pages.

    Where pages are marked, an item's number may stand last on its page: the numbers of a third of
    the pages, or of three, must go up with them.
    """
    pages = {line.page for line in lines if line.page is not None}
    if not pages or not numbers:
        return True
    offsets = Counter(int(line.plain) - (line.page or 0) for line in numbers)
    return REPETITIONS * offsets.most_common(1)[0][1] >= min(len(pages), REPETITIONS**2)


def _usual_gap(lines: list[Line]) -> int:
    """How many blank lines mostly stand between two lines of text."""
    filled = [index for index, line in enumerate(lines) if not line.is_blank]
    gaps = Counter(after - before - 1 for before, after in pairwise(filled))
    return gaps.most_common(1)[0][0] if gaps else 0


def _is_before_gap(lines: list[Line], index: int, wide: int) -> bool:
    following = lines[index + 1 : index + 1 + wide]
    return all(line.is_blank for line in following)


def _is_last_of_page(lines: list[Line], index: int) -> bool:
    following = lines[index + 1 : index + 2]
    return bool(following) and following[0].page != lines[index].page


def _running_headers(lines: list[Line]) -> dict[Line, str]:
    """Lines that open, or close, at least half of the pages, digits aside.

    What any table repeats is none: short labels, numbers, departments, schedules, column names.
    """
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if line.page is not None and not line.is_blank:
            pages.setdefault(line.page, []).append(line)
    needed = max(REPETITIONS, len(pages) / 2)
    found: dict[Line, str] = {}
    for edge in (0, -1):
        edges = [page[edge] for page in pages.values() if not _is_of_a_table(page[edge].plain)]
        counts = Counter(_without_digits(line.plain) for line in edges)
        found |= {line: HEADER for line in edges if counts[_without_digits(line.plain)] >= needed}
    return found


def _is_of_a_table(plain: str) -> bool:
    return (
        len(plain) < SHORTEST_HEADER
        or _is_table_header(plain)
        or is_department_text(plain)
        or is_schedule(plain)
    )


def _without_digits(text: str) -> str:
    return re.sub(r"[0-9]+", "0", text)


def _is_table_header(plain: str) -> bool:
    known = [
        word for key in ("title", "description", "department") for word in words("columns", key)
    ]
    return sum(same_word(token, tuple(known)) is not None for token in plain.split()) >= 2


def _margin_tabs(lines: list[Line]) -> dict[Line, str]:
    """Blocks of short lines that come again and again, however they were wrapped.

    「序論 / 基本構想 / … / 資料編」 also comes as 「序 / 論 / 基本構 / 想 …」: blocks are compared
    with their line breaks removed. At least two of the words must be known margin words.
    """
    filled = [line for line in lines if not line.is_blank]
    texts = [line.bare for line in filled]
    blocks = _repeated_blocks(texts)
    return {filled[index]: MARGIN for start, end in blocks for index in range(start, end)}


def _repeated_blocks(texts: list[str]) -> list[tuple[int, int]]:
    """(start, end) of the longest blocks whose joined text occurs often enough."""
    candidates = [
        (start, start + length, "".join(texts[start : start + length]))
        for start in _likely_starts(texts)
        for length in _short_run(texts, start)
    ]
    counts = Counter(joined for _, _, joined in candidates)
    margins = {joined for joined, count in counts.items() if _is_margin(joined, count)}
    found = [(start, end) for start, end, joined in candidates if joined in margins]
    chosen: list[tuple[int, int]] = []
    taken: set[int] = set()
    for start, end in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            chosen.append((start, end))
    return chosen


def _likely_starts(texts: list[str]) -> list[int]:
    """Short lines that a margin's block can begin at: its first letters recur, or are known."""
    first_letters = tuple({word[:1] for word in words("margin_words")})
    opened = {
        start: "".join(texts[start : start + OPENING])[:OPENING]
        for start, text in enumerate(texts)
        if len(text) <= MARGIN_WORD_LENGTH
    }
    counts = Counter(opened.values())
    return [
        start
        for start, letters in opened.items()
        if counts[letters] >= REPETITIONS or letters.startswith(first_letters)
    ]


def _is_margin(joined: str, count: int) -> bool:
    """Repeated with some margin words in it, or nothing but the parts of a book."""
    bare = without_spaces(plain_text(joined))
    known = [word for word in words("margin_words") if word in bare]
    if count >= REPETITIONS and len(known) >= 2:
        return True
    rest = re.sub("|".join([*known, "[0-9]"]), "", bare)
    return not rest and len(known) >= MARGIN_WORDS_FOR_ONE


def _short_run(texts: list[str], start: int) -> Iterable[int]:
    """Lengths of the blocks of short lines that begin at ``start``."""
    for length, text in enumerate(texts[start : start + MARGIN_BLOCK_LINES.stop - 1], start=1):
        if len(text) > MARGIN_WORD_LENGTH:
            return
        if length in MARGIN_BLOCK_LINES:
            yield length
