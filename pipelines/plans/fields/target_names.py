"""What a target measures, in the words of the plan."""

from __future__ import annotations

import re

from pipelines.plans.fields.target_words import target_words
from pipelines.quantities.numbers import Quantity

_NOUN = r"[一-龠々〆ァ-ヶーA-Za-zＡ-Ｚａ-ｚ0-9０-９（）()・･･／/\-]"
_TOPIC = re.compile(r"(?:^|[、。※])(?P<topic>[^、。※]{2,40}?)(?:を|は|について)[、]")
_NEAR = re.compile(r"(?:^|[、。※])(?P<topic>[^、。※]{2,40}?)(?:を|は|が)$")
_NOUN_BEFORE = re.compile(rf"(?:^|[^一-龠々〆ァ-ヶー])(?P<name>{_NOUN}{{2,24}})$")
_START_LABEL = re.compile(r"(?:現状|現在|基準|実績)値?(?:[（(][^（()）]*[）)])?[：:はが]?$")
_NO_NAMES = ("年間", "県内", "全国", "市内", "毎年", "毎月", "合計", "目標値")
# What stands between a name and its number: 年間50件, 延べ500人, ５年間で３億円, 前年度比10％.
_BETWEEN = re.compile(
    r"(?:[^、。をは]{0,8}年度?末?(?:まで)?に、?|延べ|約|概ね|おおむね|年間|毎年度?、?|年|月|[\d０-９]+年間で|前年度?比|一人当たり)\s*$"
)
_DUE = re.compile(r"^[^、。]{0,16}(?:年度|年|期間)(?:末)?(?:まで|には|に|から|中)?(?:に)?[、,]")
LONGEST_NAME = 40


def indicator_of(quantity: Quantity, before: str, behind: str, title: str) -> str:
    """The name of what a number measures.

    Tried in turn: the noun right before it that names a measure (利用率82.2%), the phrase that ends
    in the unit's own word in the sentence above a list (…人未満の路線), the topic of the sentence
    (手続を、30種類に), what is done by those counted (…に、講習を受講してもらう), else the item's
    title without what is done with it, and what is done with the counted (業務の導入).

    Args:
        quantity: the number.
        before: the sentence before the number.
        behind: the sentence behind it.
        title: the item's title.
    """
    done = _done(behind)
    before = _close_to_name(before)
    topic = _topic(before)
    if topic and done:
        topic = f"{topic}の{done}"
    return (
        _measure_before(before)
        or _phrase_of_unit(before, quantity.unit)
        or topic
        or _noun_before(before)
        or _done_by_them(behind)
        or _of_title(title, quantity.unit, done)
    )


def _close_to_name(before: str) -> str:
    """The words before the number without what only measures it."""
    shorter = re.sub(
        r"(?:現状|現在|基準|実績)値?(?:[（(][^（()）]*[）)])?[：:はが]?$", "", before.rstrip()
    )
    while (match := _BETWEEN.search(shorter)) and match.start():
        shorter = shorter[: match.start()].rstrip()
    return shorter


def _noun_before(before: str) -> str | None:
    """待機児童０人: the noun that the number follows at once."""
    match = _NOUN_BEFORE.search(before)
    return match["name"] if match and match["name"] not in _NO_NAMES else None


def _done(behind: str) -> str | None:
    """を養成する, を新たに導入する: the noun of what is done with the counted."""
    match = re.match(r"^\s?を(?:[ぁ-ん]|新た|延べ)*(?P<done>[一-龠]{2,4})(?:する|し|を図)", behind)
    return match["done"] if match and match["done"] not in ("目標", "達成", "確保") else None


def _done_by_them(behind: str) -> str | None:
    """に、…講習を受講してもらう: what the counted do."""
    match = re.match(
        r"^に[、,]?(?P<what>[^。]{2,36})を(?P<done>[一-龠]{2,4})(?:して|する|し)", behind
    )
    return f"{match['what']}の{match['done']}" if match else None


def _measure_before(before: str) -> str | None:
    nouns = "|".join(map(re.escape, target_words("rate_nouns")))
    match = re.search(rf"(?P<name>{_NOUN}+(?:{nouns}))(?:を|は|の|が|：|:)?\s*$", before)
    name = match["name"] if match else ""
    return name if 2 <= len(name) <= LONGEST_NAME else None


def _phrase_of_unit(before: str, unit: str) -> str | None:
    """In 「…について、１便あたり…人未満の路線の運行内容を見直す」 the phrase up to 路線."""
    if len(unit) < 2 or unit.isascii():
        return None
    places = list(re.finditer(re.escape(unit) + r"(?=[のをがはに、])", before))
    if not places or before[: places[-1].start()][-1:].isdigit():
        return None
    phrase = before[: places[-1].end()]
    start = max(phrase.rfind(one) for one in "、。※・")
    name = phrase[start + 1 :].strip()
    return name if len(unit) < len(name) <= LONGEST_NAME else None


def _topic(before: str) -> str | None:
    """The noun phrase that を、 or は、 sets before the number."""
    body = _DUE.sub("", before)
    match = _TOPIC.search(body) or _NEAR.search(body)
    return match["topic"].strip() if match else None


def _of_title(title: str, unit: str, done: str | None) -> str:
    for tail in target_words("title_tails"):
        if title.endswith(tail) and len(title) > len(tail) + 1:
            title = title.removesuffix(tail)
            break
    names_measure = title.endswith(target_words("rate_nouns"))
    return f"{title}（{unit}の{done}）" if done and not names_measure else title
