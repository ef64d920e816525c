"""What a document says about itself: title, generation, status, period, date.

Only what is printed is taken; ``plan.yaml`` fills in where the document prints nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.plans.characters import half_width
from pipelines.plans.fields.years import Year, read_year, year_pattern
from pipelines.plans.layouts.reading import Finding
from pipelines.plans.lines import EMPTY, Line, Passage, passage
from pipelines.plans.vocabulary import words

TITLE_LINES = 12
_PLAN_WORDS = re.compile(r"(?:大綱|プラン|計画|方針|指針|ビジョン|戦略|施策|方策)")
_MARK = re.compile(r"[（(](?P<mark>[^（()）]+)[）)]")
_GENERATION = re.compile(r"第\s*(?P<number>\d+|[一二三四五六七八九十]+)\s*(?:次|期|版)")
_KANJI_DIGITS = "〇一二三四五六七八九"
_PERIOD = re.compile(
    rf"{year_pattern('_first')}(?:から|[~〜～\-－‐―–]){year_pattern('_last')}(?:まで)?"
)
LONGEST_PERIOD_HEADING = 16
LONGEST_PERIOD_LINE = 50
_ERA_NAMED = re.compile(
    r"(令和|平成|昭和)[ \u3000]*(?:元|[0-9０-９][ \u3000]*[0-9０-９]?)[ \u3000]*年"
)


@dataclass
class FrontMatter:
    """What a document prints about itself; empty or None where it prints nothing."""

    title: Passage = EMPTY
    generation: int | None = None
    document_status: str | None = None
    status_lines: tuple[int, ...] = ()
    period_start_fy: int | None = None
    period_end_fy: int | None = None
    period_lines: tuple[int, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line a value comes from."""
        return (*self.title.lines, *self.status_lines, *self.period_lines)


def read_front_matter(lines: Sequence[Line]) -> FrontMatter:
    """Read the head of the document, and its period wherever it stands."""
    filled = [line for line in lines if not line.is_blank]
    found = FrontMatter()
    _read_title(filled, found)
    _read_period(filled, found)
    return found


def document_era(lines: Sequence[Line]) -> str | None:
    """The era a document mostly writes its years in; None where it names none."""
    named = _ERA_NAMED.findall("\n".join(line.text for line in lines))
    return max(sorted(set(named)), key=named.count) if named else None


def _read_title(filled: Sequence[Line], found: FrontMatter) -> None:
    """The first heading that names a plan, before any sentence; a draft mark beside it counts."""
    head = _head(filled)
    for at, line in enumerate(head):
        if _PLAN_WORDS.search(line.plain) and not line.plain[0].isdigit():
            parts = _title_parts(head, at)
            found.title = _own_title(parts)
            found.generation = generation_of(found.title.text)
            _read_status([*parts, *head[at + 1 : at + 3]], found)
            return


def _head(filled: Sequence[Line]) -> list[Line]:
    """The lines before the first sentence or label: a cover or a heading."""
    head: list[Line] = []
    for line in filled[:TITLE_LINES]:
        if "。" in line.plain or line.plain.startswith(
            ("・", "●", "目次", "目 次", "方針", "方策の")
        ):
            break
        head.append(line)
    return head


def _title_parts(head: Sequence[Line], at: int) -> list[Line]:
    """A cover sets 第４次○○市 on a line of its own above the plan's name."""
    above = head[at - 1 : at] if at else []
    opens = [
        line
        for line in above
        if _GENERATION.search(line.plain) or line.plain.endswith(tuple("市町村区県都府道"))
    ]
    return [*opens, head[at]]


def _own_title(parts: Sequence[Line]) -> Passage:
    """The plan's own name: quoted, or without draft marks and words such as の概要について."""
    text = passage(parts)
    quoted = re.match(r"^[「『](?P<name>[^」』]+)[」』](?P<tail>.*)$", text.text)
    if quoted and (not quoted["tail"] or _strip_tails(quoted["tail"]) == ""):
        return Passage(quoted["name"], text.lines)
    return Passage(_strip_tails(text.text), text.lines)


def _strip_tails(text: str) -> str:
    """Take marks and tails off the end, as often as there are any."""
    marks, tails = words("draft_marks"), words("title_tails")
    while True:
        shorter = re.sub(rf"[（(](?:{'|'.join(marks)})[）)]$", "", text.strip())
        for tail in tails:
            shorter = shorter.removesuffix(tail)
        if shorter == text:
            return text
        text = shorter


def generation_of(title: str) -> int | None:
    """第４次 to 4; None where the title counts nothing."""
    match = _GENERATION.search(half_width(title))
    if not match:
        return None
    number = match["number"]
    return int(number) if number.isdigit() else _kanji_number(number)


def _kanji_number(text: str) -> int | None:
    """一 to 九十九; None for digits in another order."""
    if not re.fullmatch(r"[一二三四五六七八九]?十?[一二三四五六七八九]?", text) or (
        len(text) == 2 and "十" not in text
    ):
        return None
    tens, found, ones = text.rpartition("十")
    ten = (_KANJI_DIGITS.index(tens) if tens else 1) if found else 0
    return ten * 10 + (_KANJI_DIGITS.index(ones) if ones else 0)


def _read_status(lines: Sequence[Line], found: FrontMatter) -> None:
    """（案） and its like beside the title make a draft; nothing printed says nothing."""
    for line in lines:
        marks = [
            one
            for one in _MARK.findall(half_width(line.text))
            if one.strip() in words("draft_marks")
        ]
        if marks:
            found.document_status = "draft"
            found.status_lines = (line.number,)
            return


def _read_period(filled: Sequence[Line], found: FrontMatter) -> None:
    """The range of fiscal years under a heading such as 計画期間, or in a sentence that begins so.

    Years without an era take the era the document writes elsewhere, which is told. A 重点期間 is
    not the plan's own period: it is told and not taken.
    """
    era = document_era(filled)
    for at in range(len(filled)):
        place = _range_place(filled, at)
        if place is None:
            continue
        match = _PERIOD.search(place.bare)
        years = _years(match, era) if match else None
        if match is None or years is None:
            continue
        if _is_partial(match):
            found.findings.append(_partial_period(place, *years))
            continue
        _take_period(found, place, *years)
        return


def _range_place(filled: Sequence[Line], at: int) -> Line | None:
    """The line that holds the range: the heading's own, or one of the next below it."""
    bare = filled[at].bare
    named = [word for word in words("period_words") if word in bare]
    if not named:
        return None
    is_sentence = re.match(rf"^本?(?:(?:計画|大綱|プラン)の)?(?:{'|'.join(named)})は", bare)
    if _PERIOD.search(bare):
        return (
            filled[at]
            if is_sentence or ("。" not in bare and len(bare) <= LONGEST_PERIOD_LINE)
            else None
        )
    if "。" in bare or len(bare) > LONGEST_PERIOD_HEADING:
        return None
    for line in filled[at + 1 : at + 4]:
        if _PERIOD.search(line.bare):
            return line
    return None


def _is_partial(match: re.Match[str]) -> bool:
    """A word such as 重点期間 right before the range."""
    before = match.string[: match.start()].rstrip(":(（ ")
    return before.endswith(words("partial_period_words"))


def _years(match: re.Match[str], era: str | None) -> tuple[Year, Year] | None:
    first = read_year(match, "_first", era)
    last = read_year(match, "_last", first.era if first else era)
    if first is None or last is None or last.fiscal_year < first.fiscal_year:
        return None
    return first, last


def _take_period(found: FrontMatter, place: Line, first: Year, last: Year) -> None:
    found.period_start_fy, found.period_end_fy = first.fiscal_year, last.fiscal_year
    found.period_lines = (place.number,)
    if first.is_inferred:
        message = f"期間の年号が書かれていないため、文書のほかの年から「{first.era}」と読みました。"
        finding = Finding("info", "era_inferred", (place.number,), message, "period_start_fy")
        found.findings.append(finding)


def _partial_period(place: Line, first: Year, last: Year) -> Finding:
    inferred = f"（年号は文書のほかの年から「{first.era}」と推定）" if first.is_inferred else ""
    message = (
        f"{first.fiscal_year}年度から{last.fiscal_year}年度まで{inferred}は重点期間などで、"
        "計画全体の期間としては読みませんでした。計画期間が分かれば plan.yaml に書いてください。"
    )
    return Finding("info", "partial_period", (place.number,), message, "period_start_fy")
