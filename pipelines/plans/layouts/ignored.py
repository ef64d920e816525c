"""Sections that ``plan.yaml`` says to leave out (``ignore_sections``)."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.plans.characters import normalised_title
from pipelines.plans.labels import label_of
from pipelines.plans.layouts.reading import Finding
from pipelines.plans.lines import Line
from pipelines.plans.vocabulary import current

REASON = "ignored_section"


def without_ignored_sections(
    lines: Sequence[Line],
) -> tuple[list[Line], dict[int, str], list[Finding]]:
    """Blank the sections whose headings the plan's options name.

    A section ends at the next heading with a label of the same kind; one whose heading has no
    label, at the next heading with any label.

    Returns:
        the lines, the numbers of those set aside, and one finding per section.
    """
    names = {normalised_title(one) for one in current().ignore_sections}
    kept: list[Line] = []
    aside: dict[int, str] = {}
    findings: list[Finding] = []
    section: list[Line] = []
    kind: str | None = None
    for line in lines if names else ():
        opens = _named(line, names)
        label = label_of(line)
        titled = label is not None and label.is_heading and not label.rest.is_blank
        ends = titled and kind in ("", label.kind if label else None)
        if kind is not None and ends and not opens:
            kind = None
        if opens:
            kind = label.kind if label and label.is_heading else ""
        if kind is None or line.is_blank:
            kept.append(line)
            continue
        section.append(line)
        kept.append(line.with_text(""))
    if section:
        aside = {line.number: REASON for line in section}
        findings.append(_told(section))
    return (kept if names else list(lines)), aside, findings


def _named(line: Line, names: set[str]) -> bool:
    """Whether a line is one of the headings, with or without its label."""
    if normalised_title(line.text) in names:
        return True
    label = label_of(line)
    return bool(label and normalised_title(label.rest.text) in names)


def _told(section: Sequence[Line]) -> Finding:
    numbers = tuple(line.number for line in section)
    message = f"plan.yaml の ignore_sections により、{len(section)}行を読む対象から外しました。"
    return Finding("info", REASON, numbers, message)
