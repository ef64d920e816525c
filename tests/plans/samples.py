"""Invented lines and documents, and strategies that make them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from pipelines.plans.lines import Line, Repaired

GLYPHS = (
    "市民改革行政推進財政課部計画年度見直し窓口サービスのをにはがとでる"
    "、。「」（）ーアイウエオ①②３４56abＲ々"
)
WORDS = (
    "窓口サービスの改善",
    "公共施設の見直し",
    "財政課",
    "市民",
    "毎年度",
    "令和３年度～",
    "（継続）",
    "【目標】",
    "1",
    "12",
    "- 3 -",
    "P.4",
    "サステイナブル",
    "デベロップメント",
    "（Sustainable",
    " Development",
    "序論",
    "基本構想",
    "資料編",
    "#",
    "",
    "",
    "　",
)


def lines_of(*texts: str, first: int = 1, page: int | None = None) -> list[Line]:
    """Lines numbered from ``first``, as a document without pages has them."""
    return [Line(number, text, page) for number, text in enumerate(texts, start=first)]


def pages_of(*pages: Sequence[str]) -> list[Line]:
    """Lines of several pages, numbered through."""
    lines: list[Line] = []
    for page, texts in enumerate(pages, start=1):
        lines += lines_of(*texts, first=len(lines) + 1, page=page)
    return lines


def texts_of(lines: Iterable[Line]) -> list[str]:
    """The texts that are left, blank ones aside."""
    return [line.text for line in lines if not line.is_blank]


def places_of(lines: Iterable[Line]) -> list[tuple[int, int | None]]:
    """Number and page of every line."""
    return [(line.number, line.page) for line in lines]


def filled_numbers(lines: Iterable[Line]) -> set[int]:
    """Numbers of the lines that hold text."""
    return {line.number for line in lines if not line.is_blank}


def assert_accounted(before: Sequence[Line], result: Repaired) -> None:
    """Nothing is lost silently: kept and removed lines are all lines, at their old places."""
    assert places_of(result.lines) == places_of(before)
    removed = {one.number: one.text for one in result.removed}
    assert filled_numbers(result.lines) | set(removed) == filled_numbers(before)
    for old, new in zip(before, result.lines, strict=True):
        assert old.text == new.text or old.is_blank or old.number in removed


def documents(pages: bool = True) -> st.SearchStrategy[list[Line]]:
    """Documents of invented lines, many of them what the repair looks for."""
    texts = st.one_of(st.sampled_from(WORDS), st.text(GLYPHS + " ", max_size=12))
    page = st.lists(texts, max_size=12)
    if pages:
        return st.lists(page, max_size=6).map(lambda found: pages_of(*found))
    return page.map(lambda found: lines_of(*found))
