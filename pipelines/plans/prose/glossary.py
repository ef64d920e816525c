"""Explained terms: footnotes (※1 …), glossaries, notes behind an arrow (⇒ 語…意味)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.plans.characters import half_width, without_spaces
from pipelines.plans.labels import label_of
from pipelines.plans.layouts.item_table import header_columns
from pipelines.plans.layouts.reading import TermReading
from pipelines.plans.lines import Line, Passage, passage
from pipelines.plans.prose.scope import Scope
from pipelines.plans.vocabulary import word_of_line, words

_MARK = re.compile(r"^[\s\u3000]*※\s*(?P<number>[0-9０-９]+)[\s\u3000:：]*(?P<rest>.*)$")
_PAGE = re.compile(r"[【\[](?P<page>[PpＰ]\.?\s*[0-9０-９]+)[】\]]")
_FULL_FORM = re.compile(r"[（(](?P<full>[A-Za-z][A-Za-z .,&'\-]+?)\s*の略。?[）)]")
_ENGLISH = re.compile(r"^[（(](?P<full>[A-Za-z][A-Za-z .,&'\-]{4,})[）)]")
_COLON = re.compile(r"^(?P<term>[^。、：:「」]{2,25})[：:](?P<text>.+)$", re.S)
_IS_CALLED = re.compile(r"^(?P<term>[^。、]{2,25})とは、(?P<text>.+)$", re.S)
_ARROW_TERM = re.compile(r"^(?P<term>[^。、，]{1,20}?)(?:…|‥|⋯|：)+(?P<text>.+)$", re.S)
_SECOND = re.compile(
    r"(?<=。)\s*(?P<term>[A-Za-z][A-Za-z\-]{1,14})(?=[（(][A-Za-z][^）)]{4,}[）)]\s*[:：])"
)
_SPACED_LETTERS = re.compile(r"(?<=[A-Z])\s(?=[A-Z]\b|-)")
_PARTICLES = "、。，，をにでがはへ「『（(【①②③④⑤⑥⑦⑧⑨⑩○・●◆\n"
LONGEST_TERM = 30


@dataclass(frozen=True)
class Note:
    """A mark with the lines of its explanation."""

    mark: str
    lines: tuple[Line, ...]


def read_glossary(scope: Scope) -> list[TermReading]:
    """Every explained term of a document, in its order.

    A term that the explanation does not repeat is the word before the mark in the text.
    """
    notes = [*_footnotes(scope), *_arrow_notes(scope)]
    numbers = {line.number for note in notes for line in note.lines}
    found: list[TermReading] = []
    for note in notes:
        found += _arrow_terms(note) if note.mark[0] != "※" else _terms(note, scope, numbers)
    return sorted(found, key=lambda term: min(term.own_lines))


def _footnotes(scope: Scope) -> Iterator[Note]:
    in_glossary = False
    titles = words("prose", "glossary_words")
    at = 0
    while at < len(scope.filled):
        line = scope.filled[at]
        in_glossary = in_glossary or word_of_line(line, titles) is not None
        match = _MARK.match(line.text)
        at += 1
        if match is None or line.number in scope.claimed:
            continue
        own = [line.with_text(match["rest"])]
        while at < len(scope.filled) and _belongs(scope, own[-1], scope.filled[at], in_glossary):
            own.append(scope.filled[at])
            at += 1
        number = unicodedata.normalize("NFKC", match["number"])
        yield Note(f"※{number}", tuple(one for one in own if not one.is_blank))


def _belongs(scope: Scope, before: Line, line: Line, in_glossary: bool) -> bool:
    """Whether a line goes on with the footnote above it."""
    if line.number in scope.claimed or line.number in scope.node_lines or _MARK.match(line.text):
        return False
    if scope.is_wide_gap(before, line) or header_columns(line):
        return False
    label = label_of(line)
    labelled = label is not None and label.is_heading
    return in_glossary or not labelled or scope.is_full(before)


def _arrow_notes(scope: Scope) -> Iterator[Note]:
    """⇒ 語…意味 below a bullet; a note that explains the bullet itself is its description."""
    for at, line in enumerate(scope.filled):
        label = label_of(line)
        if label is None or label.kind != "note" or line.number in scope.claimed:
            continue
        if not _ARROW_TERM.match(label.rest.text.strip()):
            continue
        own = [label.rest]
        for following in scope.filled[at + 1 :]:
            taken = following.number in scope.claimed or following.number in scope.node_lines
            if taken or label_of(following) or own[-1].plain.endswith("。"):
                break
            own.append(following)
        yield Note(label.text, tuple(own))


def _arrow_terms(note: Note) -> list[TermReading]:
    text = passage(note.lines)
    match = _ARROW_TERM.match(text.text)
    if match is None:
        return []
    return [TermReading(note.mark, match["term"].strip(), match["text"].strip(), text.lines)]


def _terms(note: Note, scope: Scope, numbers: set[int]) -> Iterator[TermReading]:
    """The term of a footnote, and a second one that it explains behind the first."""
    if not note.lines:
        return
    title, body = _title_and_body(note, scope)
    if title is None:
        term, marked = marked_word(note.mark, scope, numbers)
        if term:
            own = tuple(line.number for line in note.lines)
            yield _term(note.mark, term, passage(body), own, tuple(one.number for one in marked))
        return
    text = passage(body)
    second = _SECOND.search(_closed(text.text))
    yield _term(note.mark, title, *_first_part(text, second, note))
    if second:
        rest = Passage(_closed(text.text)[second.end() :], text.lines)
        lines = (note.lines[0].number, *_lines_from(text, second["term"]))
        yield _term(note.mark, second["term"], rest, lines)


def _first_part(
    text: Passage, second: re.Match[str] | None, note: Note
) -> tuple[Passage, tuple[int, ...]]:
    """The explanation of the first term, and its lines with that of the mark."""
    if second is None:
        lines = (note.lines[0].number, *text.lines)
        return text, tuple(dict.fromkeys(lines))
    end = text.text.rindex("。", 0, _place(text.text, second["term"])) + 1
    part = text.cut(0, end)
    return part, tuple(dict.fromkeys((note.lines[0].number, *part.lines)))


def _place(text: str, term: str) -> int:
    """Where a term begins that the text prints with spaces between its letters."""
    spaced = r"\s*".join(map(re.escape, term))
    places = [match.start() for match in re.finditer(rf"(?<=。)\s*{spaced}", text)]
    return places[-1] + 1 if places else len(text)


def _lines_from(text: Passage, term: str) -> tuple[int, ...]:
    start = text.text.rindex("。", 0, _place(text.text, term)) + 1
    return text.cut(start, len(text.text)).lines


def _title_and_body(note: Note, scope: Scope) -> tuple[str | None, list[Line]]:
    """The term on the note's first line, and the explanation below or behind it."""
    first, rest = note.lines[0], list(note.lines[1:])
    text = passage([first]).text
    for pattern in (_IS_CALLED, _COLON):
        match = pattern.match(text)
        if match:
            return match["term"].strip(), [first.with_text(match["text"]), *rest]
    is_short = first.width <= LONGEST_TERM and not scope.is_full(first)
    is_titled = bool(_PAGE.search(text) or _FULL_FORM.search(text))
    if rest and (is_titled or (is_short and not re.search(r"[。、]", text))):
        return text, rest
    return None, list(note.lines)


def _term(
    mark: str,
    title: str,
    text: Passage,
    lines: tuple[int, ...],
    marked: tuple[int, ...] = (),
) -> TermReading:
    page = _PAGE.search(title)
    full = _FULL_FORM.search(title)
    english = _ENGLISH.match(text.text)
    term = _PAGE.sub("", _FULL_FORM.sub("", title))
    return TermReading(
        mark,
        _closed(term.strip()),
        text.text,
        lines,
        marked,
        full["full"].strip() if full else english["full"].strip() if english else None,
        unicodedata.normalize("NFKC", page["page"]).replace(" ", "") if page else None,
    )


def _closed(text: str) -> str:
    """Letters of an abbreviation set apart (Ｒ Ｐ Ａ) closed up."""
    return re.sub(r"(?<=[A-Z\-])[ \u3000]+(?=[A-Z])(?=[A-Z](?:\b|[（(]))", "", half_width(text))


def marked_word(mark: str, scope: Scope, numbers: set[int]) -> tuple[str | None, tuple[Line, ...]]:
    """The word that bears a footnote mark in the text, and the lines it stands on."""
    pattern = _mark_pattern(mark)
    for item in scope.reading.items:
        for part in (item.title, item.description, item.goal):
            match = pattern.search(part.text) if "※" in part.text else None
            if match:
                word = _word_before(part.text[: match.start()])
                return word, _lines(scope, part, word, match.start())
    return _in_running_text(pattern, scope, numbers)


@cache
def _mark_pattern(mark: str) -> re.Pattern[str]:
    number = mark.removeprefix("※")
    return re.compile(rf"[（(]?(?:\^\{{)?※\s*{number}(?![0-9])")


def _lines(scope: Scope, part: Passage, word: str | None, end: int) -> tuple[Line, ...]:
    """The lines on which a word of a passage stands, the last before ``end``."""
    start = part.text.rindex(word, 0, end) if word else end
    wanted = set(part.cut(start, start + len(word or "")).lines)
    return tuple(line for line in scope.filled if line.number in wanted)


def _in_running_text(
    pattern: re.Pattern[str], scope: Scope, numbers: set[int]
) -> tuple[str | None, tuple[Line, ...]]:
    before: Line | None = None
    for line in scope.filled:
        if line.number in numbers:
            continue
        text = half_width(line.text.strip()) if "※" in line.text else ""
        match = pattern.search(text) if text else None
        if match:
            word = _word_before(text[: match.start()])
            if word and before is not None and text.startswith(word) and scope.is_full(before):
                joined = half_width(before.text.strip()) + text
                longer = _word_before(joined[: joined.rindex(text) + match.start()])
                return longer, (before, line)
            return word, (line,)
        before = line
    return None, ()


def _word_before(text: str) -> str | None:
    """The marked word: the last phrase, without what is done with it (… の向上, … への対応)."""
    text = text.rstrip()
    tails = "|".join(words("prose", "term_tails"))
    stripped = re.sub(rf"(?:へ?の)(?:{tails})(?:等|など)?$", "", text)
    is_done = stripped != text
    quoted = re.search(r"[「『](?P<term>[^「」『』]{2,30})[」』]$", stripped)
    if quoted:
        return quoted["term"]
    start = max((stripped.rfind(one) for one in _PARTICLES), default=-1) + 1
    word = stripped[start:].strip()
    if is_done and "の" in word:
        word = word[word.rindex("の") + 1 :]
    return word if 2 <= len(without_spaces(word)) <= LONGEST_TERM else None
