"""Of which kind the amounts below a line are: 歳出削減効果額, １ 歳入の確保.

A line that names two policies (歳入の確保と負担の適正化) says of no amount which of them it serves,
and 収入印紙 is no revenue.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.sheet_fields import EffectKind

_KINDS: tuple[EffectKind, ...] = ("cost_reduction", "revenue_increase")
_JOINT = re.compile(r"及び|並びに|ならびに|および|[と・、,，/／&＆]")
#: What begins like 収入 or 歳入 and is none.
_NO_MONEY = re.compile(r"収入(?:印紙|証紙|役)|歳入歳出外")
_YEARS_AND_MARKS = re.compile(
    r"(?:令和|平成|昭和|[RHS])?(?:元|\d{1,4})(?:年度末|年度|年|月|日)?|[^\w]|[のにをは]"
)
#: What the name of a policy ends with.
_POLICY = re.compile(r"(?:化|確保|見直し|推進|強化|向上|改善|充実|拡大|促進|活用|改革|整備|運営)$")


@lru_cache(maxsize=4_096)
def kind_of_line(label: str) -> EffectKind | None:
    """The one kind that a line says of the amounts below it."""
    plain = _NO_MONEY.sub("", bare(label))
    kinds = set(_kinds_in(plain))
    if len(kinds) != 1 or _names_another_policy(plain):
        return None
    return kinds.pop()


def _kinds_in(plain: str) -> list[EffectKind]:
    words = sheet_vocabulary().line_words("line_kinds")
    return [kind for kind in _KINDS if any(word in plain for word in words[kind])]


def _names_another_policy(plain: str) -> bool:
    """Whether beside the part that says the kind another one names something of its own.

    人件費・物件費の削減 is one policy; so is a part of mere titles (効果額と実績).
    """
    parts = [part for part in _JOINT.split(plain) if part]
    says = [bool(_kinds_in(part)) for part in parts]
    last = max(at for at, one in enumerate(says) if one) if any(says) else len(parts)
    before = [part for part, one in zip(parts[:last], says, strict=False) if not one]
    return any(_is_policy(part) for part in before) or any(map(_has_own_words, parts[last + 1 :]))


def _is_policy(part: str) -> bool:
    return _POLICY.search(part) is not None and _has_own_words(part)


def _has_own_words(part: str) -> bool:
    """Whether a part says more than titles do: 負担の適正化, and not 効果額一覧."""
    words = sheet_vocabulary()
    for word in (*words.words("title_words"), *words.words("total_heading_words")):
        part = part.replace(word, " ")
    return bool(_YEARS_AND_MARKS.sub("", part))
