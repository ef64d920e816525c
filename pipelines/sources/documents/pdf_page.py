"""The characters and rules of a page to lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from statistics import median

from pipelines.sources.documents.kinds import CELL_BREAK
from pipelines.sources.documents.pdf_characters import Character
from pipelines.sources.documents.pdf_columns import missing_columns
from pipelines.sources.documents.pdf_rules import Rule
from pipelines.sources.documents.pdf_tables import Cell, find_tables

# In sizes of a character: how far a base line may sway, when a gap is a space, how small a raised
# mark is and how high it stands.
SWAY, LATIN_SPACE, WIDE_SPACE, SMALL, RISE = 0.45, 0.2, 0.35, 0.75, 0.65
MOST_BLANK_LINES = 8


@dataclass(frozen=True)
class PrintedLine:
    """A line of text, or a row of a table, with its place on the page.

    ``goes_on`` marks a row that no rule closes above: the rest of a row on the page before.
    """

    text: str
    top: float
    size: float
    goes_on: bool = False


def page_lines(characters: Sequence[Character], rules: Sequence[Rule]) -> list[PrintedLine]:
    """The lines of a page from top to bottom; rows of ruled tables with TAB between the cells.

    Args:
        characters: the page's characters, in any order.
        rules: the straight lines drawn on it.
    """
    upright = _once([one for one in characters if not one.is_turned])
    tables = find_tables([*rules, *missing_columns(rules, upright)])
    free, rows = list(upright), []
    for table in tables:
        inside = [one for one in free if table.holds(*one.middle)]
        if inside:
            free = [one for one in free if not table.holds(*one.middle)]
            found = [_row(cells, inside) for cells in table.rows]
            found[0] = replace(found[0], goes_on=table.goes_on)
            rows += found
    lines = [*_lines(free), *(row for row in rows if row.text.strip())]
    turned = "".join(one.text for one in characters if one.is_turned).strip()
    ordered = sorted((one for one in lines if one.text.strip()), key=lambda one: -one.top)
    last = ordered[-1] if ordered else PrintedLine("", 0.0, 1.0)
    return [*ordered, PrintedLine(turned, last.top - last.size, last.size)] if turned else ordered


def _once(characters: Sequence[Character]) -> list[Character]:
    """Bold made by printing a glyph twice at nearly the same place is one glyph."""
    kept: dict[tuple[str, int, int], Character] = {}
    for one in characters:
        step = max(one.size * 0.2, 0.1)
        place = (one.text, round(one.left / step), round(one.baseline / step))
        near = [(one.text, place[1] + dx, place[2] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        if not any(key in kept for key in near):
            kept[place] = one
    return list(kept.values())


def _lines(characters: Iterable[Character]) -> list[PrintedLine]:
    """Characters of one base line, from left to right."""
    groups: list[list[Character]] = []
    for one in sorted(characters, key=lambda one: (-one.baseline, one.left)):
        last = groups[-1] if groups else None
        if last and abs(last[0].baseline - one.baseline) <= SWAY * min(one.size, last[0].size):
            last.append(one)
        else:
            groups.append([one])
    whole = _with_raised(groups)
    return [_line(sorted(group, key=lambda one: one.left)) for group in whole]


def _with_raised(groups: Sequence[list[Character]]) -> list[list[Character]]:
    """Marks of footnotes, small and raised behind a word, stand in its line; ruby above it not."""
    whole: list[list[Character]] = []
    for group in reversed(groups):
        below = whole[-1] if whole else []
        marks = [one for one in group if below and _is_mark_in(one, below)]
        if marks:
            whole[-1] = [*below, *marks]
        rest = [one for one in group if one not in marks]
        whole += [rest] if rest else []
    return whole[::-1]


def _is_mark_in(mark: Character, line: Sequence[Character]) -> bool:
    size = line[0].size
    if mark.size > SMALL * size or mark.baseline - line[0].baseline > RISE * size:
        return False
    middle = mark.middle[0]
    printed = [one for one in line if one.text.strip()]
    is_above = any(one.left < middle < one.right for one in printed)
    return not is_above and any(one.right <= middle for one in printed)


def _line(group: Sequence[Character]) -> PrintedLine:
    text = ""
    for before, one in zip([None, *group], group, strict=False):
        if before is not None and not (before.text.isspace() or one.text.isspace()):
            text += _space(before, one)
        text += one.text
    size = median(one.size for one in group)
    return PrintedLine(text.rstrip(), group[0].baseline, size)


def _space(before: Character, one: Character) -> str:
    """What a gap between two glyphs stands for; Latin words are set closer than columns."""
    gap = one.left - before.right
    size = min(before.size, one.size)
    is_latin = before.text.isascii() and one.text.isascii()
    return " " if gap > (LATIN_SPACE if is_latin else WIDE_SPACE) * size else ""


def _row(cells: Sequence[Cell | None], characters: Sequence[Character]) -> PrintedLine:
    """A row of a table as one line; a cell that goes on from the row above is empty in it."""
    texts: list[str] = []
    top = max((cell.top for cell in cells if cell), default=0.0)
    size = median(one.size for one in characters)
    for cell in cells:
        inside = [one for one in characters if cell and cell.holds(*one.middle)]
        texts.append(_cell_text(inside))
    return PrintedLine("\t".join(texts), top, size)


def _cell_text(characters: Sequence[Character]) -> str:
    return CELL_BREAK.join(line.text.strip() for line in _lines(characters) if line.text.strip())


def page_texts(pages: Sequence[Sequence[PrintedLine]]) -> list[str]:
    """The pages' lines as text, with as many blank lines as gaps are wide.

    Blank lines set apart the blocks of a form. A page whose text begins below the others' top, or
    ends above their bottom, has blank lines there too: its blocks do not go on over the page.
    """
    pages = _with_whole_rows(pages)
    tops = [page[0].top for page in pages if page]
    bottoms = [page[-1].top for page in pages if page]
    pitch = _pitch([line for page in pages for line in page], pages)
    return [_page_text(page, max(tops), min(bottoms), pitch) if page else "" for page in pages]


def _with_whole_rows(pages: Sequence[Sequence[PrintedLine]]) -> list[list[PrintedLine]]:
    """A row that the page's end cut in two is one again, on its first page.

    The rest of a row has no first cell; a whole row without a rule above has one.
    """
    whole: list[list[PrintedLine]] = []
    for page in pages:
        own = list(page)
        rest = next((one for one in own if one.goes_on and one.text.startswith("\t")), None)
        place = _last_row(whole[-1]) if whole else None
        if rest and place is not None:
            cells = (whole[-1][place].text.split("\t"), rest.text.split("\t"))
            joined = "\t".join(
                CELL_BREAK.join(filter(None, one)) for one in zip_longest(*cells, fillvalue="")
            )
            whole[-1][place] = replace(whole[-1][place], text=joined)
            own.remove(rest)
        whole.append(own)
    return whole


def _last_row(page: Sequence[PrintedLine]) -> int | None:
    """Where the last row of a table stands on a page; the page's footer comes behind it."""
    return next((at for at in range(len(page) - 1, -1, -1) if "\t" in page[at].text), None)


def _page_text(page: Sequence[PrintedLine], top: float, bottom: float, pitch: float) -> str:
    places = [top + pitch, *(line.top for line in page)]
    texts: list[str] = []
    for (before, place), line in zip(pairwise(places), page, strict=True):
        texts += [""] * _blank(before - place, pitch) + [line.text]
    texts += [""] * _blank(places[-1] - bottom + pitch, pitch)
    return "".join(f"{text}\n" for text in texts)


def _blank(distance: float, pitch: float) -> int:
    return max(0, min(round(distance / pitch) - 1, MOST_BLANK_LINES))


def _pitch(lines: Sequence[PrintedLine], pages: Sequence[Sequence[PrintedLine]]) -> float:
    """The distance of lines that follow without a blank one."""
    size = median(line.size for line in lines) if lines else 1.0
    gaps = [one.top - other.top for page in pages for one, other in pairwise(page)]
    close = [gap for gap in gaps if 0.9 * size <= gap <= 2.0 * size]
    return median(close) if close else 1.5 * size
