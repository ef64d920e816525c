"""What a person should look at in one plan, in the order of its document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipelines.plans.lines import Line
from pipelines.problems import Problem

COLUMNS = (
    "優先度", "種類", "表", "行のID", "項目名", "列", "見るべき理由", "資料の行", "ページ",
    "原文の抜粋",
)  # fmt: skip
PRIORITIES = {"error": "高", "warning": "中", "info": "低"}
# Infos that tell of a decision somebody might take otherwise; the others only inform.
DECISIONS = frozenset(
    (
        "form_pairing", "era_inferred", "box_given_back", "number_is_no_target",
        "example_sheet_excluded", "partial_period",
    )
)  # fmt: skip
CONFIDENCE = {
    "inferred": ("低", "順序では決まらず、意味の近さや残り物から決めた項目です。"),
    "review": ("中", "ほかの読み方もできる項目です。原文と見比べてください。"),
}
LONGEST_EXCERPT = 200
_LINES = re.compile(r": (?P<lines>[\d;\-]+)行$")


def review_rows(
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    problems: Iterable[Problem],
    lines: Iterable[Line],
) -> list[dict[str, str]]:
    """The review list of a plan.

    Args:
        rows: the plan's rows by table.
        problems: what was told of it.
        lines: its repaired lines, for the excerpts.

    Returns:
        Rows with the columns ``COLUMNS``: one per warning or decision, and one per item whose
        confidence is not ``certain``.
    """
    texts = {line.number: (line.text.strip(), line.page) for line in lines}
    found = [*_of_problems(problems), *_of_items(rows.get("reform_items", ()))]
    ordered = sorted(found, key=lambda one: (_first(one["資料の行"]), one["種類"], one["行のID"]))
    return [{**one, **_excerpt(one["資料の行"], texts)} for one in ordered]


def _of_problems(problems: Iterable[Problem]) -> Iterator[dict[str, str]]:
    for problem in problems:
        if problem.severity == "info" and problem.rule not in DECISIONS:
            continue
        match = _LINES.search(problem.place)
        yield _row(
            PRIORITIES[problem.severity],
            problem.rule,
            "",
            "",
            "",
            problem.column_name or "",
            problem.message_ja,
            match["lines"] if match else "",
        )


def _of_items(items: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    for item in items:
        if item["confidence"] in CONFIDENCE:
            priority, reason = CONFIDENCE[item["confidence"]]
            yield _row(
                priority,
                "confidence",
                "reform_items",
                str(item["item_id"]),
                str(item["title"]),
                "confidence",
                reason,
                str(item["source_lines"] or ""),
            )


def _row(*values: str) -> dict[str, str]:
    return dict(zip(COLUMNS, (*values, "", ""), strict=True))


def _numbers(text: str) -> list[int]:
    numbers: list[int] = []
    for part in filter(None, text.split(";")):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def _first(text: str) -> int:
    return min(_numbers(text), default=0)


def _excerpt(text: str, texts: Mapping[int, tuple[str, int | None]]) -> dict[str, str]:
    found = [texts[number] for number in _numbers(text) if number in texts]
    joined = " ".join(one for one, _ in found if one)
    pages = [page for _, page in found if page is not None]
    cut = joined[:LONGEST_EXCERPT] + ("…" if len(joined) > LONGEST_EXCERPT else "")
    return {"原文の抜粋": cut, "ページ": str(pages[0]) if pages else ""}
