"""What a number does in its sentence: is it wanted, how, by when, and against what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipelines.plans.fields.target_model import Sentence
from pipelines.plans.fields.target_words import any_of, target_words
from pipelines.plans.fields.target_years import Moment
from pipelines.quantities.numbers import Quantity

# What may stand between an amount and what is done by it: 1,000万円以上の削減, 200億円の経費節減.
_BETWEEN = re.compile(
    r"^(?:\s|以上|以下|以内|程度|前後|分|を|の(?:[一-龠]{1,4}(?=節減|削減|縮減|増加|減少|短縮))?)*"
)
_CASE_MARK = re.compile(r"\s?(?:を|に|へ|の|と|まで|以|増|減|削|縮|、)")
_VERBS = ("goal_words", "reduce_words", "increase_words", "maintain_words")
_BRACKET = re.compile(r"^\s*[（(][^（()）]*[）)]")
_QUOTE = re.compile(r"「[^「」]*」|『[^『』]*』")
_FROM_TO = re.compile(r"^\s?(?:[（(][^（()）]*[）)])?[^。、]{0,3}?(?:から|→|⇒|➡)[^。]{0,12}$")
_UNDECIDED = re.compile(
    r"について[^、。]*$|^の[^、。]{1,15}について|(?:検討|協議|検証|調査|研究)(?:する|を行う|を進める)?。?$"
)


def from_to(quantities: Sequence[Quantity], text: str) -> tuple[Quantity, Quantity] | None:
    """「45％→60％」「３施設から５施設へ」: where things stand, and where they shall go."""
    for first, second in pairwise(quantities):
        between = text[first.end : second.start]
        if first.unit == second.unit and _FROM_TO.match(between):
            return first, second
    return None


def is_wanted(quantity: Quantity, sentence: Sentence, text: str) -> bool:
    """Whether the sentence wants to reach the number."""
    before = text[sentence.start : quantity.start]
    behind = text[quantity.end : sentence.end]
    if _in_brackets(text, quantity, sentence) or _in_quotes(text, quantity, sentence):
        return False
    if quantity.bound in ("less_than", "more_than", "at_least", "at_most") and re.match(
        r"\s?の(?!達成|確保|維持|増|減|削|縮|実)", behind
    ):
        return False
    if re.match("|".join(map(re.escape, target_words("describing_behind"))), behind.lstrip()):
        return False
    if _UNDECIDED.search(behind) or any_of("baseline_words").search(behind[:4]):
        return False
    if _is_start(before):
        return False
    if _repeats_verbatim(quantity, behind):
        return False
    return _is_goal_of(quantity, behind)


def _is_start(before: str) -> bool:
    """「現状」「…現在は」 right before the number."""
    return bool(re.search(r"(?:現状|現在|実績|基準値?|時点)(?:値|で|は|の)?[^、。]{0,6}$", before))


def _is_goal_of(quantity: Quantity, behind: str) -> bool:
    """What follows says that the number is to be reached: a case mark and a verb of doing."""
    rest = _BRACKET.sub("", behind)
    if not rest.strip("。 \u3000"):
        return True
    if quantity.kind == "rank" or _CASE_MARK.match(rest):
        return any(any_of(one).search(rest) for one in _VERBS)
    return any(any_of(one).match(rest.lstrip()) for one in _VERBS)


def _repeats_verbatim(quantity: Quantity, behind: str) -> bool:
    """A count of what is spoken of: ３事業が適切に, 15人で構成."""
    return bool(re.match(r"\s?(?:が|で|は|ある|あり|の(?:うち|中|各|検証|施設|地区))", behind))


def _in_brackets(text: str, quantity: Quantity, sentence: Sentence) -> bool:
    before = text[sentence.start : quantity.start]
    opened = max(before.rfind("（"), before.rfind("("))
    closed = max(before.rfind("）"), before.rfind(")"))
    if opened <= closed:
        return False
    inside = before[opened + 1 :]
    return not any_of("target_labels").search(inside)


def _in_quotes(text: str, quantity: Quantity, sentence: Sentence) -> bool:
    return any(
        sentence.start + match.start() <= quantity.start < sentence.start + match.end()
        for match in _QUOTE.finditer(text[sentence.start : sentence.end])
    )


def comparator(quantity: Quantity, behind: str) -> str:
    """How the number is meant, by its bound, or by the verb right behind it."""
    if quantity.kind == "rank":
        return "rank"
    plain = _BETWEEN.sub("", behind)
    if re.match(any_of("reduce_words").pattern, plain) and not _reaches(behind):
        return "reduce_by"
    if re.match(any_of("increase_words").pattern, plain) and not _reaches(behind):
        return "increase_by"
    if re.match(any_of("maintain_words").pattern, plain):
        return "maintain"
    bounds = {"at_least": "at_least", "more_than": "at_least"}
    return bounds.get(quantity.bound or "", "at_most" if quantity.bound else "reach")


def _reaches(behind: str) -> bool:
    """５件に減らす reaches five, ５件減らす takes five away."""
    return bool(re.match(r"\s?(?:程度|以上|以下|以内)?(?:に|へ|まで)", behind))


def per(quantity: Quantity, sentence: Sentence, text: str) -> str | None:
    """月１回, 年間1,000万円, 毎年度、４業務: the period that the number counts in."""
    before = text[sentence.start : quantity.start].rstrip("、,に ")
    match = re.search(r"毎(?P<every>年度|年|月|週|日)$", before)
    if match:
        return match["every"]
    match = re.search(
        r"(?:^|[^\d年月令平昭度])(?P<per>年度|年間?|月|週|日)(?:に|当たり|あたり)?$", before
    )
    return match["per"].removesuffix("間") if match else None


def due(quantity: Quantity, sentence: Sentence, text: str) -> Moment | None:
    """The year before the number, unless it is the one to compare with."""
    start = compared(sentence, text)
    before = [one for one in sentence.moments if one.start < quantity.start and one is not start]
    behind = [
        one
        for one in sentence.moments
        if one.start >= quantity.end and one is not start
        if re.match(r"^[（(]?$", text[quantity.end : one.start].strip())
        or re.match(r"\s?(?:末|度末)?(?:まで|目標)", text[one.end : one.end + 5])
    ]
    if before:
        return before[-1]
    return behind[0] if behind else None


def compared(sentence: Sentence, text: str) -> Moment | None:
    """「令和２年度比」「平成27年４月１日現在の…との比較」: the moment of the baseline."""
    for one in sentence.moments:
        behind = text[one.end : sentence.end]
        near = behind[:4].lstrip()
        is_start = near.startswith(("比", "対比", "現在", "時点", "実績"))
        explains = near.startswith(("を基準", "に比べ", "と比較", "と比べ"))
        if is_start or explains:
            return one
    return None
