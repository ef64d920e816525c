"""Where the lines of a document went: nothing is lost silently."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipelines.plans.extraction import ExtractedPlan
from pipelines.plans.lines import Removed
from pipelines.release.outcome import SourceAccounting
from pipelines.sources.discovery import PlanFolder
from pipelines.sources.documents.text import document_text

BLANK = "blank"
#: Used by nothing: neither by a row nor set aside for a reason that the reading gives.
UNUSED = "unused"
#: Steps of the text repair that rewrite a line and leave its words.
REWRITING_STEPS = frozenset({"fake_bold", "letter_spacing"})


def line_accounting(plan: ExtractedPlan, folder: PlanFolder) -> dict[str, Any] | None:
    """The account of one document's lines as JSON; None for a plan without a document.

    Every line is counted once: as published if a row cites it; else as blank; else under the
    repair step that took all of its text (margin words, page numbers ...); else under the reason
    for which the reading set it aside (contents, headers, copies ...); else as unused.
    """
    source = next(iter(plan.rows.get("sources", ())), None)
    if source is None or folder.document is None:
        return None
    document = folder.document
    lines = document_text(document.name, document.data, source["encoding"]).text.split("\n")
    lines = lines[: source["line_count"]]
    aside = Counter(reasons_by_line(lines, plan).values())
    return {
        "source_id": source["source_id"],
        "read": len(lines),
        "published": len(lines) - aside.total(),
        "set_aside": dict(sorted(aside.items())),
    }


def reasons_by_line(lines: Sequence[str], plan: ExtractedPlan) -> dict[int, str]:
    """Line number to reason for every line that no row names.

    Args:
        lines: the lines of the document as received.
        plan: what was read of it.
    """
    cited = cited_lines(plan.rows)
    removed: dict[int, list[Removed]] = defaultdict(list)
    for one in plan.removed:
        if one.step not in REWRITING_STEPS:
            removed[one.number].append(one)
    return {
        number: _reason(number, text, removed, plan.set_aside)
        for number, text in enumerate(lines, 1)
        if number not in cited
    }


def _reason(
    number: int,
    text: str,
    removed: Mapping[int, Sequence[Removed]],
    set_aside: Mapping[int, str],
) -> str:
    if not text.strip():
        return BLANK
    taken = removed.get(number, ())
    whole = sum(_characters(one.text) for one in taken) >= _characters(text)
    return taken[-1].step if taken and whole else set_aside.get(number, UNUSED)


def _characters(text: str) -> int:
    return len("".join(text.split()))


def cited_lines(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> set[int]:
    """Every line number that some row names (``785-786;813``), as text or as a heading of it."""
    columns = ("source_lines", "heading_lines")
    texts = {row.get(name) for values in rows.values() for row in values for name in columns}
    parts = [part for text in texts if text for part in str(text).split(";")]
    return {number for part in parts for number in _numbers(part)}


def _numbers(part: str) -> Iterable[int]:
    first, _, last = part.partition("-")
    return range(int(first), int(last or first) + 1)


def accounting_from_json(value: Mapping[str, Any]) -> SourceAccounting:
    """An account as the release wants it."""
    return SourceAccounting(
        source_id=value["source_id"],
        unit="lines",
        read=value["read"],
        published=value["published"],
        set_aside=value["set_aside"],
    )
