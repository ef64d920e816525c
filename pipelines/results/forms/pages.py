"""What all sheets of the form share: the lines at their top, and how they are printed."""

from __future__ import annotations

from typing import Any

from pipelines.results.forms.content import FormContent, Paper
from pipelines.results.forms.definition import form_definition
from pipelines.results.forms.heads import fiscal_year_label, head_line
from pipelines.results.forms.styles import Styles

#: Column of the lines at the top: not the first, so that they stay where the narrow column of ids
#: is hidden or deleted.
HEAD_COLUMN = 1
#: Paper sizes by their numbers in the file (ECMA-376, ST_PaperSize).
_PAPERS: dict[Paper, int] = {"A4": 9, "A3": 8}
_TITLE_POINTS = 22
# A header holds 255 characters.
_LONGEST_PRINTED = 60


def write_head(
    sheet: Any,
    styles: Styles,
    content: FormContent,
    tab: str,
    rows: int | None,
    notice: str | None = None,
) -> None:
    """The three lines with which every sheet begins: year and sheet, plan, and the head line.

    Args:
        sheet: to write on.
        styles: of its workbook.
        content: the form.
        tab: what the sheet is for.
        rows: how many rows the sheet is sent out with; None for the guide.
        notice: what stands behind the plan, so that nobody overlooks it.
    """
    survey = content.survey
    mark = "【架空の自治体の見本】" if survey.is_fictional else ""
    title = f"{mark}{fiscal_year_label(survey.fiscal_year)}　{tab}　{content.department}"
    sheet.set_row(0, _TITLE_POINTS)
    sheet.write_string(0, HEAD_COLUMN, title, styles["fictional" if mark else "title"])
    plan = f"{survey.municipality_name}　{survey.plan_title}"
    if notice:
        parts = (styles["line"], f"{plan}　　", styles["notice"], notice)
        sheet.write_rich_string(1, HEAD_COLUMN, *parts)
    else:
        sheet.write_string(1, HEAD_COLUMN, plan, styles["line"])
    sheet.write_string(2, HEAD_COLUMN, head_line(content, rows), styles["line"])


def set_page(sheet: Any, content: FormContent) -> None:
    """As wide as the paper, with plan, department, year and page number in the margins."""
    survey = content.survey
    sheet.set_paper(_PAPERS[survey.paper])
    sheet.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    mark = "【架空】" if survey.is_fictional else ""
    plan = _printed(f"{mark}{survey.municipality_name} {survey.plan_title}")
    sheet.set_header(f"&L&9{plan}&R&9{_printed(content.department)}")
    year = _printed(fiscal_year_label(survey.fiscal_year))
    version = _printed(f"様式 第{form_definition().version}版")
    sheet.set_footer(f"&L&9{year}&C&9 &P / &N ページ&R&9{version}")


def _printed(text: str) -> str:
    """A text in a header: & begins a code there, and digits behind a font size would join it."""
    return " " + text[:_LONGEST_PRINTED].replace("&", "&&")
