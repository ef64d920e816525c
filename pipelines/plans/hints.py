"""What a text that no layout reads well may need: options to put into ``plan.yaml``.

The hints are guesses for a person to judge, and only that: nothing is read by them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipelines.plans.characters import without_spaces
from pipelines.plans.fields.titles import continuity_of
from pipelines.plans.labels import label_of
from pipelines.plans.layouts.item_table import LEAST_COLUMNS, column_of, header_columns
from pipelines.plans.lines import Line
from pipelines.plans.vocabulary import same_word, words

LEAST_TIMES = 2
LONGEST_COLUMN = 12
_BRACKETED = re.compile(r"^\s*[【\[〔<＜《](?P<word>[^】\]〕>＞》]{2,8})[】\]〕>＞》]\s*$")
_ROUND = re.compile(r"^\s*[（(](?P<word>[^（()）]{1,6})[）)]\s*$")
_NUMERALS = "0-9０-９Ⅰ-Ⅻⅰ-ⅻ一二三四五六七八九十"
_NAMED_NUMBER = re.compile(
    rf"^\s*(?P<word>[^\s\d０-９（()）]{{1,6}}?)\s?(?P<number>[{_NUMERALS}]+)[\s\u3000]+\S"
)
# What a column's heading is mostly about, by a part of its wording.
_COLUMN_PARTS = (
    ("department", "課|担当|所管|部署|所属|主管"),
    ("schedule", "時期|年度|期間|いつ|予定|スケジュール"),
    ("goal", "目標|ねらい|めざす|目指す"),
    ("number", "番号|No|項番"),
    ("description", "内容|概要|あらまし|説明|取組方法"),
    ("title", "名称|名|項目|件名|取組|事業"),
)


@dataclass(frozen=True)
class Hint:
    """An option that may be missing.

    Attributes:
        option: the lines to put under ``layout:``.
        reason: what was seen, in Japanese.
        lines: where it was seen first.
    """

    option: str
    reason: str
    lines: tuple[int, ...]


def hints_for(lines: Sequence[Line]) -> list[Hint]:
    """Options that the lines of a document suggest, the likeliest first.

    Args:
        lines: the repaired lines.
    """
    filled = [line for line in lines if not line.is_blank]
    finders = (_columns, _continuity, _goal_marks, _headings)
    return [hint for finder in finders for hint in finder(filled)]


def _columns(filled: Sequence[Line]) -> Iterator[Hint]:
    """A line of three short words or more that comes again, and is no header yet."""
    places: dict[str, list[Line]] = {}
    for line in filled:
        tokens = line.plain.split()
        short = len(tokens) >= LEAST_COLUMNS and all(len(one) <= LONGEST_COLUMN for one in tokens)
        if short and "。" not in line.plain and not header_columns(line):
            places.setdefault(line.plain, []).append(line)
    likely = [plain for plain, found in places.items() if len(found) >= LEAST_TIMES]
    known = [plain for plain in places if any(column_of(one) for one in plain.split())]
    for plain in dict.fromkeys([*likely, *known]):
        listed = _named_columns(plain.split())
        if "title" in listed.values():
            option = "\n".join(
                ["columns:", *(f"  {name}: [{token}]" for token, name in listed.items())]
            )
            reason = f"表の見出しのような行「{plain}」が{len(places[plain])}回あります"
            yield Hint(option, reason, (places[plain][0].number,))
            return


def _named_columns(tokens: Sequence[str]) -> dict[str, str]:
    """A column for each word: a known one, else by what it speaks of, else by its place."""
    free = ["title", "description", "schedule", "department"]
    named: dict[str, str] = {}
    for token in tokens:
        name = column_of(token) or next(
            (one for one, parts in _COLUMN_PARTS if re.search(parts, token) and one not in
             named.values()), None
        )  # fmt: skip
        name = name or next((one for one in free if one not in named.values()), None)
        if name:
            named[token] = name
    return named


def _continuity(filled: Sequence[Line]) -> Iterator[Hint]:
    found = _repeated(filled, _ROUND, lambda word: continuity_of(word) is None)
    new = next((word for word, _ in found if re.search("新|初", word)), None)
    continuing = next((word for word, _ in found if re.search("継|続|既|拡", word)), None)
    if new or continuing:
        stated = {"new": new, "continuing": continuing}
        lines = [f"  {name}: [{word}]" for name, word in stated.items() if word]
        told = "、".join(f"（{word}）{count}回" for word, count in found[:4])
        reason = f"新規・継続の別のような、かっこに入った語が繰り返されています: {told}"
        first = new or continuing or ""
        yield Hint("\n".join(["continuity:", *lines]), reason, _first(filled, _ROUND, first))


def _goal_marks(filled: Sequence[Line]) -> Iterator[Hint]:
    known = words("goal_marks")
    found = _repeated(filled, _BRACKETED, lambda word: not same_word(word, known))
    for word, count in found[:1]:
        reason = f"欄の見出しのような〔{word}〕が{count}回あります"
        yield Hint(f"goal_marks: [{word}]", reason, _first(filled, _BRACKETED, word))


def _headings(filled: Sequence[Line]) -> Iterator[Hint]:
    """柱Ⅰ, 柱Ⅱ: a word with a numeral that opens lines again and again."""
    kinds = words("heading_kinds")
    for word, count in _repeated(filled, _NAMED_NUMBER, lambda one: one not in kinds):
        if label_of(Line(0, f"{word}1 見出し")) or count < LEAST_TIMES:
            continue
        pattern = rf"^{re.escape(word)}\s?(?P<number>[{_NUMERALS}]+)[\s　]+(?P<title>.+)$"
        reason = f"「{word}」と番号で始まる見出しのような行が{count}行あります"
        yield Hint(f"heading_patterns: ['{pattern}']", reason, _first(filled, _NAMED_NUMBER, word))
        return


def _repeated(
    filled: Sequence[Line], pattern: re.Pattern[str], is_unknown: Callable[[str], bool]
) -> list[tuple[str, int]]:
    """Words of a pattern that come at least twice and are not known, the most frequent first."""
    counts = Counter(
        without_spaces(match["word"]) for line in filled if (match := pattern.match(line.text))
    )
    return [
        (word, count)
        for word, count in counts.most_common()
        if count >= LEAST_TIMES and is_unknown(word)
    ]


def _first(filled: Sequence[Line], pattern: re.Pattern[str], word: str) -> tuple[int, ...]:
    for line in filled:
        match = pattern.match(line.text)
        if match and without_spaces(match["word"]) == word:
            return (line.number,)
    return ()
