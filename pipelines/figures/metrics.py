"""What a published figure counts: ``stem``, ``stem:of``, ``stem/pillar`` or ``stem:of/pillar``.

``of`` is a rating label, an area or an indicator; ``pillar`` a part of the plan. A total over all
areas or pillars is written without them, or with a word such as 合計: both mean the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.figures.words import word_list
from pipelines.plans.characters import bare_text

#: Metrics that count items of the plan.
ITEM_COUNTS = ("items_total", "items_rated", "items_planned")
#: Metrics in money.
AMOUNTS = ("effect_planned", "effect_actual", "cost_reduction", "revenue_increase")
#: Metrics of an indicator, which must be named behind the colon.
INDICATORS = ("indicator_planned", "indicator_actual", "indicator_progress", "indicator_change")
STEMS = (*ITEM_COUNTS, *AMOUNTS[:2], "effect_progress", *AMOUNTS[2:], *INDICATORS)
#: Metrics whose areas add up to the metric itself; indicators are different things.
ADDITIVE_OVER_AREAS = ("items_total", "items_planned", *AMOUNTS)


@dataclass(frozen=True, order=True)
class Metric:
    """A metric taken apart; ``of`` and ``pillar`` are blank where it is about all of them.

    Attributes:
        stem: one of ``STEMS``.
        of: the rating label, area or indicator, for comparing (NFKC, no white space).
        pillar: the pillar, likewise.
    """

    stem: str
    of: str = ""
    pillar: str = ""


def read_metric(text: str) -> Metric:
    """Take a metric apart; whether its stem is known is not looked at.

    Args:
        text: such as ``items_rated:完了/1.市民との協働``.
    """
    head, _, pillar = text.partition("/")
    stem, _, of = head.partition(":")
    return Metric(stem.strip(), _part(of), _part(pillar))


def fault_of_metric(text: str) -> str | None:
    """What is wrong with a metric, in Japanese with what to do; None if nothing is."""
    metric = read_metric(text)
    if metric.stem not in STEMS:
        known = "、".join(STEMS)
        return f"metric「{text}」の先頭の語を知りません。{known} のどれかにしてください。"
    if "\n" in text or "\r" in text:
        return "metric に改行があります。1行で書いてください。"
    if text.rstrip()[-1] in ":/" or ":/" in text:
        return f"metric「{text}」の「:」か「/」の後が空です。名前を書くか、記号を消してください。"
    if metric.stem in INDICATORS and not metric.of:
        return (
            f"metric「{text}」に指標の名前がありません。「{metric.stem}:指標名」と書いてください。"
        )
    return None


def _part(text: str) -> str:
    plain = bare_text(text)
    return "" if plain in word_list("totals") else plain
