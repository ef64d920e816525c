"""The head line of every sheet: written, and found again wherever the sheet was copied."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipelines.plans.characters import bare_text
from pipelines.plans.fields.years import ERA_OFFSETS
from pipelines.results.forms.content import FormContent
from pipelines.results.forms.definition import HeadField, form_definition
from pipelines.results.model import FormHead

_BETWEEN = "　"
_WEEKDAYS = "月火水木金土日"
_WESTERN = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def fiscal_year_label(fiscal_year: int) -> str:
    """2023 -> 令和5年度, 2019 -> 令和元年度; the Western year where no era of ours reaches."""
    for era in ("令和", "平成", "昭和"):
        number = fiscal_year - ERA_OFFSETS[era]
        if number > 0:
            return f"{era}{'元' if number == 1 else number}年度"
    return f"{fiscal_year}年度"


def day_label(day: datetime.date) -> str:
    """2024-05-31 -> 令和6年5月31日（金）; 令和 begins on 1 May 2019."""
    is_late_heisei = datetime.date(2019, 1, 1) <= day < datetime.date(2019, 5, 1)
    year = "平成31年" if is_late_heisei else fiscal_year_label(day.year).removesuffix("度")
    return f"{year}{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def head_line(content: FormContent, rows: int | None) -> str:
    """The line that says whose sheet it is; ``rows`` counts the rows of its table."""
    survey = content.survey
    year = f"{fiscal_year_label(survey.fiscal_year)}（{survey.fiscal_year}）"
    values = {
        "plan_id": survey.plan_id,
        "fiscal_year": year,
        "round": survey.round,
        "department": content.department,
        "version": form_definition().version,
        "rows": None if rows is None else str(rows),
    }
    labels = form_definition().head.items()
    return _BETWEEN.join(f"{label}：{values[key]}" for key, label in labels if values[key])


@dataclass(frozen=True, slots=True)
class ReadHead:
    """A head line as found; ``rows`` is None where the line does not count them."""

    head: FormHead
    rows: int | None


def read_head(texts: Iterable[str]) -> ReadHead | None:
    """The head that these cells hold; None where plan, year, version or department is missing.

    Args:
        texts: cells above a table, in any order of the labels, split over cells or not.
    """
    joined = "\n".join(texts)
    found = {key: _value(match) for key, match in _matches(joined).items() if _value(match)}
    year = _WESTERN.search(bare_text(found.get("fiscal_year", "")))
    if year is None or not {"plan_id", "version", "department"} <= found.keys():
        return None
    rows = bare_text(found.get("rows", ""))
    head = FormHead(
        found["version"],
        bare_text(found["plan_id"]),
        int(year[0]),
        found.get("round"),
        found["department"],
    )
    return ReadHead(head, int(rows) if rows.isdecimal() else None)


def _matches(joined: str) -> dict[HeadField, re.Match[str]]:
    found = {key: _pattern(key).search(joined) for key in form_definition().head}
    return {key: match for key, match in found.items() if match}


@cache
def _pattern(key: HeadField) -> re.Pattern[str]:
    """A label with its value, which ends before the next label or with its cell."""
    labels = {one: _spaced(label) for one, label in form_definition().head.items()}
    after = "|".join(labels.values())
    colon = r"\s*[：:]"
    start = rf"(?:^|(?<=\s)){labels[key]}{colon}"
    return re.compile(rf"{start}(?P<value>.*?)(?=\s(?:{after}){colon}|$)", re.MULTILINE)


def _spaced(label: str) -> str:
    return r"\s*".join(map(re.escape, label))


def _value(match: re.Match[str]) -> str:
    return match["value"].strip()


def is_head_row(texts: Iterable[str]) -> bool:
    """Whether a row of cells holds the label of the plan's id, with which a head begins."""
    return bool(_pattern("plan_id").search("\n".join(texts)))
