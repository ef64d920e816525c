"""The first sheet: what to fill in, what the ratings mean, when and where the form goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelines.results.forms.content import FormContent
from pipelines.results.forms.definition import GuideSection, form_definition
from pipelines.results.forms.heads import day_label, fiscal_year_label
from pipelines.results.forms.heights import FONT_POINTS, LINE_POINTS, row_height
from pipelines.results.forms.pages import set_page, write_head
from pipelines.results.forms.styles import Styles

_LABEL_COLUMN = 1
_TEXT_COLUMN = 2
_TEXT_WIDTH = 84
_FIRST_ROW = 4


def write_guide(sheet: Any, styles: Styles, content: FormContent) -> str | None:
    """Write the guide.

    Returns:
        Where the labels of the plan's scale stand, as a formula names it; None without a scale.
    """
    guide = form_definition().guide
    for column, width in ((0, 2), (_LABEL_COLUMN, 24), (_TEXT_COLUMN, _TEXT_WIDTH)):
        sheet.set_column(column, column, width)
    write_head(sheet, styles, content, guide.tab, None)
    row = _FIRST_ROW
    ratings = None
    for section in guide.sections:
        row = _write_section(sheet, styles, section, content, row)
        if section.scale and content.scale:
            ratings = f"'{guide.tab}'!$B${row + 1}:$B${row + len(content.scale)}"
            row = _write_scale(sheet, styles, content, row)
    sheet.print_area(0, 0, row - 1, _TEXT_COLUMN)
    set_page(sheet, content)
    return ratings


def _write_section(
    sheet: Any, styles: Styles, section: GuideSection, content: FormContent, row: int
) -> int:
    lines = list(_lines(section, content))
    for at, line in enumerate(lines):
        style = styles["section" if at == 0 else "paragraph"]
        sheet.write_string(row + at, _LABEL_COLUMN, section.heading if at == 0 else "", style)
        text_style = styles["opening" if at == 0 else "paragraph"]
        sheet.write_string(row + at, _TEXT_COLUMN, line, text_style)
        sheet.set_row(row + at, _height(line))
    return row + len(lines)


def _lines(section: GuideSection, content: FormContent) -> Iterator[str]:
    if section.no_scale and not content.scale:
        yield section.no_scale
        return
    yield from section.lines
    if section.submission:
        yield from _submission(content)


def _submission(content: FormContent) -> Iterator[str]:
    survey = content.survey
    asked = f"{fiscal_year_label(survey.fiscal_year)}の実績を記入してください。"
    if survey.as_of_on:
        asked = f"{day_label(survey.as_of_on)}現在で、{asked}"
    yield asked
    due = f"{day_label(survey.due_on)}までに" if survey.due_on else "取りまとめ課が示す期限までに"
    yield f"{due}、{survey.submit_to or '取りまとめ課'}へ、このファイルのまま提出してください。"


def _write_scale(sheet: Any, styles: Styles, content: FormContent, row: int) -> int:
    for at, one in enumerate(content.scale):
        sheet.write_string(row + at, _LABEL_COLUMN, one.label, styles["label"])
        sheet.write_string(row + at, _TEXT_COLUMN, one.definition or "", styles["definition"])
        sheet.set_row(row + at, _height(one.definition or ""))
    return row + len(content.scale)


def _height(text: str) -> float:
    return row_height([(text, _TEXT_WIDTH, FONT_POINTS)], LINE_POINTS)
