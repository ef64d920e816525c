"""The first sheet of a marked copy: everything that was found, with links to the cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.problems import SEVERITY_LABELS
from pipelines.results.feedback.marks import FILLS, Mark, place_in, sheet_of
from pipelines.results.feedback.model import Entry
from pipelines.results.feedback.own_sheet import LIST_HEADING, LIST_TITLE
from pipelines.results.feedback.texts import shown
from pipelines.results.feedback.workbook_copy import WorkbookCopy, write_text
from pipelines.results.forms.heights import row_height
from pipelines.sources.workbooks.model import CellFinding

#: More findings than anybody mends one by one; how many there are besides is told.
LISTED_LIMIT = 20_000
_COLUMNS = {
    "番号": 8,
    "区分": 9,
    "シート": 16,
    "セル": 11,
    "値": 24,
    "どこが問題か": 58,
    "直し方": 48,
}
_HEAD_FILL = PatternFill("solid", fgColor="1F3864")
_THIN = Side(style="thin", color="FFBFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TOP = Alignment(vertical="top", wrap_text=True)
_FONT = "游ゴシック"
_POINTS = 11
_LEAST_HEIGHT = 15.0
_PLAIN = Font(name=_FONT, size=_POINTS)
_LINK = Font(name=_FONT, size=_POINTS, color="FF0563C1", underline="single")


def remove_earlier_lists(target: WorkbookCopy) -> None:
    """Take away the list of an earlier copy that was sent in again."""
    for name, sheet in list(target.sheets.items()):
        if sheet.cell(1, 1).value == LIST_HEADING and len(target.book.sheetnames) > 1:
            target.book.remove(sheet)
            del target.sheets[name]


def add_list(
    target: WorkbookCopy, file_name: str, entries: Sequence[Entry], unmarked: Sequence[Mark]
) -> None:
    """Put the list before all other sheets and show it first.

    Args:
        target: the copy, already marked.
        file_name: of the submitted file.
        entries: what was found.
        unmarked: cells that got no mark because there are too many.
    """
    sheet = target.book.create_sheet(LIST_TITLE, 0)
    findings = [
        (number, entry.label, finding) for entry in entries for number, finding in entry.numbered()
    ]
    head = _write_head(sheet, file_name, [one for _, _, one in findings], len(unmarked))
    for row, (number, label, finding) in enumerate(findings[:LISTED_LIMIT], head + 1):
        _write_finding(sheet, row, target, (number, label, finding))
    _set_layout(sheet, head, head + min(len(findings), LISTED_LIMIT))
    _show_first(target.book)


def _write_head(
    sheet: Worksheet, file_name: str, findings: Sequence[CellFinding], unmarked: int
) -> int:
    """Lines above the table and its headings; the row of the headings."""
    lines = [
        LIST_HEADING,
        f"ファイル: {shown(file_name)}",
        _count_line(findings),
        *_notes(len(findings), unmarked),
    ]
    for row, line in enumerate(lines, 1):
        write_text(sheet, row, 1, line)
        sheet.cell(row, 1).font = _PLAIN
    sheet.cell(1, 1).font = Font(name=_FONT, bold=True, size=14)
    head = len(lines) + 2
    for column, title in enumerate(_COLUMNS, 1):
        write_text(sheet, head, column, title)
        cell = sheet.cell(head, column)
        cell.font, cell.fill = Font(name=_FONT, bold=True, color="FFFFFFFF"), _HEAD_FILL
        cell.border, cell.alignment = _BORDER, Alignment(vertical="center")
    return head


def _count_line(findings: Iterable[CellFinding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    if not counts:
        return "直していただく所はありません。"
    return "、".join(f"{label}{counts[key]:,}件" for key, label in SEVERITY_LABELS.items())


def _notes(findings: int, unmarked: int) -> list[str]:
    notes = [
        "エラーは直さないと公開できない所、注意は確かめていただきたい所、参考はお知らせです。"
        "セルの色は、エラーが赤、注意が黄、参考が青です。セルのコメントにも同じことを書きました。",
        "この写しでは、図形・マクロや一部の書式が失われていることがあります。"
        "直すのは元のファイルでもこの写しでも構いません。写しを出すときも、この一覧は消さなくて"
        "構いません。",
    ]
    if unmarked:
        notes.append(
            f"数が多いため、{unmarked:,}個のセルには色とコメントを付けていません。"
            "この一覧には載せています。"
        )
    if findings > LISTED_LIMIT:
        notes.append(
            f"数が多いため、初めの{LISTED_LIMIT:,}件だけを載せました"
            f"（ほか{findings - LISTED_LIMIT:,}件）。"
        )
    return notes


def _write_finding(
    sheet: Worksheet, row: int, target: WorkbookCopy, told: tuple[str, str, CellFinding]
) -> None:
    number, label, finding = told
    own = sheet_of(target, finding)
    texts = (
        number,
        label,
        shown(finding.sheet or (own.title if own else "")),
        place_words(finding),
        shown(finding.value or ""),
        shown(finding.message_ja, 2_000),
        shown(finding.fix_ja, 2_000),
    )
    for column, text in enumerate(texts, 1):
        write_text(sheet, row, column, text)
        cell = sheet.cell(row, column)
        cell.border, cell.alignment, cell.font = _BORDER, _TOP, _PLAIN
    # Programs that trust the file show a row without a height at one line, and cut its sentences.
    sizes = zip(texts, _COLUMNS.values(), (_POINTS,) * len(texts), strict=True)
    sheet.row_dimensions[row].height = row_height(sizes, _LEAST_HEIGHT)
    sheet.cell(row, 2).fill = PatternFill("solid", fgColor=FILLS[finding.severity])
    _link(sheet, row, target, finding)


def place_words(finding: CellFinding) -> str:
    """The place inside its sheet: ``C12``, ``12行``, シート全体 or ファイル全体."""
    if finding.row is None:
        return "シート全体" if finding.sheet else "ファイル全体"
    return finding.cell.removeprefix(f"{finding.sheet}!") if finding.sheet else finding.cell


def _link(sheet: Worksheet, row: int, target: WorkbookCopy, finding: CellFinding) -> None:
    place = place_in(target, finding)
    if place is None:
        return
    cell = sheet.cell(row, 4)
    title = place[0].title.replace("'", "''")
    at = place[0].cell(place[1], place[2]).coordinate
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!{at}")
    cell.font = _LINK


def _set_layout(sheet: Worksheet, head: int, last: int) -> None:
    for letter, width in zip("ABCDEFG", _COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:G{last}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _show_first(book: openpyxl.Workbook) -> None:
    """The list is the only sheet selected: with several, an edit would change them all."""
    book.active = 0
    for position, sheet in enumerate(book.worksheets):
        sheet.sheet_view.tabSelected = position == 0
