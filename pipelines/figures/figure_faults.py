"""What can be wrong in a row of published figures; every fault is told at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from pipelines.figures.metrics import AMOUNTS, ITEM_COUNTS, fault_of_metric, read_metric
from pipelines.figures.municipalities import fault_of_municipality
from pipelines.figures.printed import fault_of_printed, read_printed, says_decrease
from pipelines.figures.reading import Fault
from pipelines.figures.words import is_percent, word_list, yen_of
from pipelines.plans.characters import bare_text

REQUIRED_TEXTS = ("plan_label", "unit", "published_as")
BASES = ("single_year", "cumulative")
STATUSES = ("provisional", "final")
FIRST_YEAR, LAST_YEAR = 1950, 2100
_URL = re.compile(r"https?://[^ \u3000]+")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?")


def figure_faults(texts: dict[str, str]) -> list[Fault]:
    """Everything that keeps a row from being published.

    Args:
        texts: column -> text.
    """
    rules: tuple[Callable[[dict[str, str]], list[Fault]], ...] = (
        _municipality,
        _required,
        _years,
        _metric,
        _unit,
        _choices,
        _value,
        _url,
    )
    return [fault for rule in rules for fault in rule(texts)]


def year_of(text: str) -> int | None:
    """A Western fiscal year from 1950 to 2100; None for anything else, blank included."""
    plain = bare_text(text)
    if not re.fullmatch(r"\d{4}", plain) or not FIRST_YEAR <= int(plain) <= LAST_YEAR:
        return None
    return int(plain)


def value_of(text: str) -> Decimal | None:
    """A plain number of at most 15 digits; None for anything else."""
    plain = bare_text(text).replace(",", "")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def fault_of_url(url: str) -> list[Fault]:
    """Where an address is none."""
    if _URL.fullmatch(url):
        return []
    message = (
        "source_url がありません。" if not url else f"source_url「{url}」はURLではありません。"
    )
    told = "http:// か https:// で始まる掲載ページのURLを書いてください。"
    return [Fault("source_url", "figure_url", message + told)]


def municipality_faults(texts: dict[str, str]) -> list[Fault]:
    """Where a code or a name of a municipality cannot be."""
    fault = fault_of_municipality(texts["municipality_code"], texts["municipality_name"])
    return [Fault("municipality_code", "figure_municipality", fault)] if fault else []


_municipality = municipality_faults


def _required(texts: dict[str, str]) -> list[Fault]:
    return [
        Fault(name, "figure_text_missing", f"{name} が空です。掲載ページのとおりに書いてください。")
        for name in REQUIRED_TEXTS
        if not texts[name]
    ]


def _years(texts: dict[str, str]) -> list[Fault]:
    columns = ("period_start_fy", "period_end_fy", "fiscal_year")
    faults = [
        Fault(
            name,
            "figure_year",
            f"{name}「{texts[name]}」は年度ではありません。西暦4桁で書いてください。",
        )
        for name in columns
        if texts[name] and year_of(texts[name]) is None
    ]
    start, end = (year_of(texts[name]) for name in columns[:2])
    if start and end and start > end:
        message = (
            f"期間の始まり（{start}）が終わり（{end}）より後です。年度の順を確かめてください。"
        )
        faults.append(Fault("period_start_fy", "figure_year_order", message))
    return faults


def _metric(texts: dict[str, str]) -> list[Fault]:
    fault = fault_of_metric(texts["metric"]) if texts["metric"] else "metric が空です。"
    return [Fault("metric", "figure_metric", fault)] if fault else []


def _unit(texts: dict[str, str]) -> list[Fault]:
    """Money is in yen, items are counted, progress is a share: another unit is a slip."""
    stem, unit = read_metric(texts["metric"]).stem, texts["unit"]
    expected = ""
    if stem in AMOUNTS and yen_of(unit) is None:
        expected = "金額の単位（円、千円、百万円、億円など）"
    elif stem in ITEM_COUNTS and bare_text(unit) not in word_list("item_counts"):
        expected = "項目を数える単位（項目、件など）"
    elif stem.endswith("_progress") and not is_percent(unit):
        expected = "%"
    if not unit or not expected:
        return []
    message = f"metric「{texts['metric']}」の unit は{expected}です。「{unit}」を直してください。"
    return [Fault("unit", "figure_unit", message)]


def _choices(texts: dict[str, str]) -> list[Fault]:
    faults = []
    if texts["basis"] and texts["basis"] not in BASES:
        message = (
            f"basis「{texts['basis']}」は使えません。"
            "single_year（単年度）か cumulative（累計）にするか、空にしてください。"
        )
        faults.append(Fault("basis", "figure_basis", message))
    if texts["status"] not in STATUSES:
        message = (
            f"status「{texts['status']}」は使えません。"
            "provisional（見込み）か final（確定）にしてください。"
        )
        faults.append(Fault("status", "figure_status", message))
    return faults


def _value(texts: dict[str, str]) -> list[Fault]:
    value = value_of(texts["value"])
    if value is None:
        message = (
            f"value「{texts['value']}」は数値ではありません。"
            "unit の単位での数値を、-123.4 の形で書いてください。"
        )
        return [Fault("value", "figure_value", message)]
    printed = read_printed(texts["published_as"], texts["unit"])
    fault = printed and fault_of_printed(texts["published_as"], value, texts["unit"], printed)
    if fault:
        return [Fault("value", "figure_value_contradicts", fault)]
    is_change = read_metric(texts["metric"]).stem == "indicator_change"
    if is_change and value > 0 and printed and printed.sign_is_open:
        return _change_without_sign(texts["published_as"])
    return []


def _change_without_sign(published_as: str) -> list[Fault]:
    if not says_decrease(published_as):
        return []
    message = f"「{published_as}」は減少です。value を負の数（-）で書いてください。"
    return [Fault("value", "figure_value_contradicts", message)]


def _url(texts: dict[str, str]) -> list[Fault]:
    return fault_of_url(texts["source_url"])
