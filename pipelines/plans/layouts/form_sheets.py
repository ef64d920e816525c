"""Layout ``form_sheets``: a form per measure, exported cell by cell in a scrambled order.

Each sheet begins with the form's own labels (方針, 施策, 目指す姿 …). Sheets may come twice, and an
annotated example sheet may explain the form: it names the viewpoints and is not part of the plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.plans.characters import normalised_title
from pipelines.plans.layouts.form_blocks import (
    FormBlock,
    blocks_of,
    classify,
    is_description,
    is_form_label,
    is_title,
    measure_heading,
    pillar_heading,
)
from pipelines.plans.layouts.form_pairing import FormItem, pair_blocks
from pipelines.plans.layouts.form_prose import FormProse, add_prose, is_prose
from pipelines.plans.layouts.outline import Outline
from pipelines.plans.layouts.reading import (
    Finding,
    ItemReading,
    LayoutReading,
    NodeReading,
    ViewpointReading,
)
from pipelines.plans.lines import EMPTY, Line, Passage, passage
from pipelines.plans.repair.duplicates import repeated_blocks
from pipelines.plans.vocabulary import vocabulary, word_of_line, words
from pipelines.problems import Severity

_LEGEND = re.compile(r"[①-⑳](?P<label>[^①-⑳]+)")


@dataclass
class Sheet:
    """One sheet: its lines (blank ones kept), its headings, its 目指す姿 and its other prose."""

    lines: list[Line]
    pillar: tuple[str, str, Line] | None = None
    measure: tuple[str, Line] | None = None
    statement: Passage = EMPTY
    prose: FormProse = field(default_factory=FormProse)


def read_form_sheets(lines: Sequence[Line]) -> LayoutReading:
    """Read every sheet that belongs to the plan.

    Returns:
        No items where the text holds no sheets of this form.
    """
    preface, sheets = split_sheets(lines)
    reading = LayoutReading()
    kept = _without_repeats(sheets, reading)
    labels = viewpoint_labels(kept)
    contents = {number for line in preface if (number := _contents_number(line))}
    outline = Outline()
    for sheet in _merged(_part_of_plan(kept, contents, reading), reading):
        _read_sheet(sheet, labels, outline, reading)
    reading.nodes = outline.nodes
    return reading


def split_sheets(lines: Sequence[Line]) -> tuple[list[Line], list[Sheet]]:
    """The lines before the first sheet, and the sheets; a sheet begins with the form's labels."""
    starts = [at for at in range(len(lines)) if _starts_sheet(lines, at)]
    if not starts:
        return list(lines), []
    bounds = [*starts, len(lines)]
    sheets = [Sheet(list(lines[first:last])) for first, last in pairwise(bounds)]
    return list(lines[: starts[0]]), sheets


def _starts_sheet(lines: Sequence[Line], at: int) -> bool:
    if lines[at].is_blank or not word_of_line(lines[at], words("form", "sheet_start")):
        return False
    following = [line for line in lines[at + 1 : at + 9] if not line.is_blank][:3]
    return sum(is_form_label(line) for line in following) >= 2


def _without_repeats(sheets: list[Sheet], reading: LayoutReading) -> list[Sheet]:
    """The first copy of each sheet; the form's labels stand on all of them and do not count."""
    contents = [[line for line in sheet.lines if not is_form_label(line)] for sheet in sheets]
    repeats = repeated_blocks(contents)
    for index in repeats:
        message = "前にある様式と同じ内容なので、1つだけ読みました。"
        _set_aside(sheets[index], "info", "sheet_repeated", message, reading)
    empty = {index for index, lines in enumerate(contents) if all(line.is_blank for line in lines)}
    return [sheet for index, sheet in enumerate(sheets) if index not in repeats.keys() | empty]


def viewpoint_labels(sheets: Sequence[Sheet]) -> list[str]:
    """The viewpoints' names from the legend of an example sheet; empty where there is none."""
    return [label for sheet in sheets for line in sheet.lines for label in _legend(line)]


def _legend(line: Line) -> list[str]:
    """``①市民サービスの視点 ②参加と協働の視点`` to the names."""
    tail = str(vocabulary()["form"]["legend_tail"])
    if tail not in line.text:
        return []
    found = (one.replace(" ", "").replace("\u3000", "") for one in _LEGEND.findall(line.text))
    names = [passage([line.with_text(one)]).text for one in found]
    return (
        [name.removesuffix(tail) for name in names]
        if names and all(name.endswith(tail) for name in names)
        else []
    )


def _contents_number(line: Line) -> str | None:
    """The measure's number on a line of the table of contents."""
    match = re.match(r"^(?P<number>\D?\s*\d+-\d+(?:-\d+)?)\s+\D.*?[・.…]{3,}", line.plain)
    return "".join(match["number"].split()) if match else None


def _set_aside(
    sheet: Sheet, severity: Severity, rule: str, message: str, reading: LayoutReading
) -> None:
    """A sheet that gives no rows: told, and its lines accounted for."""
    filled = tuple(line.number for line in sheet.lines if not line.is_blank)
    reading.findings.append(Finding(severity, rule, filled, message))
    reading.set_aside.update(dict.fromkeys(filled, rule))


def _part_of_plan(
    sheets: Sequence[Sheet], contents: set[str], reading: LayoutReading
) -> list[Sheet]:
    """Sheets of the plan: no legend on them, and listed in the contents where there are any."""
    kept: list[Sheet] = []
    for sheet in sheets:
        _find_headings(sheet)
        number = sheet.measure[0] if sheet.measure else None
        unlisted = bool(contents and number and passage([Line(0, number)]).text not in contents)
        if viewpoint_labels([sheet]) or unlisted:
            message = (
                f"様式の記入例（{number or '番号なし'}）と読み、計画の項目には入れていません。"
                "計画の一部であれば、目次と様式を確かめてください。"
            )
            _set_aside(sheet, "info", "example_sheet_excluded", message, reading)
        else:
            kept.append(sheet)
    return kept


def _find_headings(sheet: Sheet) -> None:
    filled = [line for line in sheet.lines if not line.is_blank]
    for line in filled:
        sheet.pillar = sheet.pillar or pillar_heading(line)
    for run in blocks_of(sheet.lines):
        measure = measure_heading(run[0])
        if measure and sheet.measure is None:
            sheet.measure = measure


def _merged(sheets: Sequence[Sheet], reading: LayoutReading) -> list[Sheet]:
    """A sheet without a measure goes on with the one before; equal measures are one sheet."""
    merged: list[Sheet] = []
    for sheet in sheets:
        same = merged and (sheet.measure is None or _same_measure(sheet, merged[-1]))
        if same:
            new = _new_lines(sheet, merged[-1])
            said = {line.number for line in sheet.lines} - {line.number for line in new}
            reading.set_aside.update(dict.fromkeys(said, "sheet_repeated"))
            merged[-1].lines += [Line(0, ""), *new]
            merged[-1].measure = merged[-1].measure or sheet.measure
        else:
            merged.append(sheet)
    return [sheet for sheet in merged if sheet.measure]


def _same_measure(sheet: Sheet, other: Sheet) -> bool:
    return bool(
        sheet.measure
        and other.measure
        and normalised_title(sheet.measure[1].text) == normalised_title(other.measure[1].text)
    )


def _new_lines(sheet: Sheet, earlier: Sheet) -> list[Line]:
    """Only what the earlier copy does not say already, block by block; a title with its text."""
    said = {normalised_title(line.text) for line in earlier.lines}
    new: list[Line] = []
    goes_on = False
    for run in blocks_of(sheet.lines):
        says_new = any(normalised_title(line.text) not in said for line in run)
        goes_on = says_new or (goes_on and not is_title(run))
        if goes_on:
            new += [*run, Line(0, "")]
    return new


def _read_sheet(
    sheet: Sheet, labels: Sequence[str], outline: Outline, reading: LayoutReading
) -> None:
    blocks, sheet.statement = _item_blocks(sheet, labels)
    pairing = pair_blocks(blocks)
    node = _node(sheet, outline)
    add_prose(sheet.prose, node, sheet.lines, reading)
    _set_labels_aside(sheet, reading)
    for item in pairing.items:
        _report_doubts(item, reading)
        reading.items.append(_item_reading(item, node))
    for block in pairing.left:
        message = (
            f"「{block.text.text}」がどの項目のものか決められません。原文の様式を確かめてください。"
        )
        reading.findings.append(Finding("warning", "text_without_item", block.text.lines, message))
        reading.doubts += 1


def _set_labels_aside(sheet: Sheet, reading: LayoutReading) -> None:
    """The form's own words, and a pillar's heading that every sheet under it repeats."""
    for line in sheet.lines:
        if is_form_label(line):
            reading.set_aside[line.number] = "form_label"
        elif pillar_heading(line):
            reading.set_aside[line.number] = "repeated_title"


def _node(sheet: Sheet, outline: Outline) -> NodeReading:
    parent = None
    if sheet.pillar:
        pillar_kind, pillar_number, pillar_title = sheet.pillar
        parent = outline.add(passage([pillar_title]), None, pillar_number, pillar_kind)
    number, title = sheet.measure if sheet.measure else ("", Line(0, ""))
    kind, label_lines = _measure_kind(sheet)
    node = outline.add(passage([title]), parent, number, kind, label_lines)
    node.statement = sheet.statement
    return node


def _measure_kind(sheet: Sheet) -> tuple[str | None, tuple[int, ...]]:
    """The form's word for a measure, and the line of the sheet that prints it."""
    for line in sheet.lines:
        kind = word_of_line(line, words("form", "measure_label"))
        if kind:
            return kind, (line.number,)
    return None, ()


def _item_blocks(sheet: Sheet, labels: Sequence[str]) -> tuple[list[FormBlock], Passage]:
    """The blocks that hold titles, descriptions and viewpoints, and the sheet's 目指す姿."""
    found: list[FormBlock] = []
    statement, expected = EMPTY, None
    runs = _runs_without_labels(sheet)
    related = _related_plans(sheet, runs)
    for at, run in enumerate(runs):
        first = run[0]
        if word_of_line(first, words("form", "sdgs_label")) or pillar_heading(first):
            expected = "sdgs" if _names_sdgs(first) else expected
            continue
        if measure_heading(first):
            expected = "statement"
        elif expected == "statement":
            statement, expected = passage(run), None
        elif expected == "sdgs":
            sheet.prose.sdgs.append(run)
            expected = None
        elif at in related:
            sheet.prose.related_plan.append(run)
        elif is_prose(run):
            sheet.prose.add(run)
        else:
            found += classify(run, labels)
    return found, statement


def _related_plans(sheet: Sheet, runs: Sequence[Sequence[Line]]) -> set[int]:
    """Which runs name related plans: below their label, or with no description behind them."""
    numbers = [
        line.number
        for line in sheet.lines
        if word_of_line(line, words("form", "related_plan_label"))
    ]
    found: set[int] = set()
    for at, run in enumerate(runs):
        if not _names_plan(run):
            continue
        before = runs[at - 1][-1].number if at else 0
        below_label = any(before < number < run[0].number for number in numbers)
        described = at + 1 < len(runs) and is_description(runs[at + 1])
        if below_label or at - 1 in found or not described:
            found.add(at)
    return found


def _names_plan(run: Sequence[Line]) -> bool:
    text = passage(run).text
    return (
        len(run) == 1 and text.endswith(words("form", "related_plan_endings")) and "。" not in text
    )


def _names_sdgs(line: Line) -> bool:
    return any(word in line.plain for word in words("form", "sdgs_label"))


def _runs_without_labels(sheet: Sheet) -> list[list[Line]]:
    """Blocks with the form's labels taken out; the SDGs label stays: a text follows it."""
    runs = []
    for run in blocks_of(sheet.lines):
        kept = [
            line
            for line in run
            if not is_form_label(line) or word_of_line(line, words("form", "sdgs_label"))
        ]
        if kept:
            runs.append(kept)
    return runs


def _item_reading(item: FormItem, node: NodeReading) -> ItemReading:
    viewpoints = []
    if item.viewpoint and item.viewpoint.code and item.viewpoint.label:
        found = item.viewpoint
        text = found.text.text or None
        viewpoints = [ViewpointReading(found.code or "", found.label or "", text, found.text.lines)]
    return ItemReading(
        node=node,
        title=item.title,
        description=item.description,
        viewpoints=viewpoints,
        confidence=item.confidence,
    )


def _report_doubts(item: FormItem, reading: LayoutReading) -> None:
    lines = (*item.title.lines, *item.description.lines)
    if not item.description:
        item.doubt("review", "内容の欄が見つかりません")
    for reason in item.reasons:
        message = f"項目「{item.title.text}」: {reason}。原文の様式を確かめてください。"
        severity: Severity = "warning" if item.confidence == "review" else "info"
        reading.findings.append(Finding(severity, "form_pairing", lines, message))
