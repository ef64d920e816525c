"""xlsx files (Office Open XML, transitional and strict) as a person sees them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from pipelines.sources.workbooks.archive import Archive
from pipelines.sources.workbooks.findings import external_link, personal_properties
from pipelines.sources.workbooks.grid import Grid
from pipelines.sources.workbooks.messages import refusal
from pipelines.sources.workbooks.model import CellFinding, Sheet, Workbook
from pipelines.sources.workbooks.safe_xml import (
    attribute,
    child,
    children,
    is_true,
    local_name,
    parse,
)
from pipelines.sources.workbooks.xlsx_notes import read_notes
from pipelines.sources.workbooks.xlsx_parts import Relation, relations, targets
from pipelines.sources.workbooks.xlsx_sheets import SheetContext, read_sheet
from pipelines.sources.workbooks.xlsx_styles import read_styles
from pipelines.sources.workbooks.xlsx_texts import read_shared_strings

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PERSONS = {"creator": "作成者", "lastModifiedBy": "最終更新者", "Manager": "管理者"}


def read_xlsx(archive: Archive) -> Workbook:
    """An xlsx file.

    Raises:
        WorkbookError: with macros, of another kind, or damaged.
    """
    part = _workbook_part(archive)
    root = parse(archive.read(part))
    links = relations(archive, part)
    _refuse_macros(archive, links)
    context = _context(archive, root, links)
    sheets = [
        _sheet(archive, one, links, context) for one in children(child(root, "sheets"), "sheet")
    ]
    found = tuple(_links_found(archive, links)) + tuple(_persons_found(archive))
    kept = tuple(sheet for sheet in sheets if sheet is not None)
    if not kept:
        raise refusal("workbook_damaged")
    return Workbook("xlsx", MEDIA_TYPE, None, kept, found)


def _workbook_part(archive: Archive) -> str:
    found = targets(relations(archive, ""), "officeDocument")
    return found[0] if found and archive.has(found[0]) else "xl/workbook.xml"


def _refuse_macros(archive: Archive, links: dict[str, Relation]) -> None:
    types = archive.get("[Content_Types].xml") or b""
    has_macro_sheet = bool(targets(links, "xlMacrosheet", "xlIntlMacrosheet"))
    has_project = any(name.endswith("vbaproject.bin") for name in archive.names())
    if has_project or has_macro_sheet or b"macroenabled" in types.lower():
        raise refusal("macro_file")


def _context(archive: Archive, root: Element, links: dict[str, Relation]) -> SheetContext:
    properties, computing = child(root, "workbookPr"), child(root, "calcPr")
    return SheetContext(
        texts=read_shared_strings(_first(archive, links, "sharedStrings")),
        styles=read_styles(_first(archive, links, "styles"), _first(archive, links, "theme")),
        is_1904=properties is not None and is_true(properties.get("date1904")),
        is_uncomputed=computing is not None and is_true(computing.get("fullCalcOnLoad")),
    )


def _first(archive: Archive, links: dict[str, Relation], kind: str) -> bytes | None:
    return next((archive.get(part) for part in targets(links, kind)), None)


def _sheet(
    archive: Archive, entry: Element, links: dict[str, Relation], context: SheetContext
) -> Sheet | None:
    """A worksheet; None for a sheet that is a chart or a dialogue, which have no cells."""
    link = links.get(_relation_id(entry))
    if link is None or link.kind not in {"worksheet", "chartsheet", "dialogsheet"}:
        raise refusal("workbook_damaged")
    if link.kind != "worksheet":
        return None
    grid = Grid(attribute(entry, "name"))
    grid.is_hidden = entry.get("state", "visible").lower() != "visible"
    read_sheet(archive.read(link.target), grid, context)
    read_notes(archive, relations(archive, link.target), grid)
    return grid.sheet()


def _relation_id(entry: Element) -> str:
    # ``id`` in the relationships' namespace; ``sheetId`` is another thing.
    return next((value for key, value in entry.items() if local_name(key) == "id"), "")


def _links_found(archive: Archive, links: dict[str, Relation]) -> list[CellFinding]:
    books: list[str] = []
    for part in targets(links, "externalLink"):
        books.extend(one.target for one in relations(archive, part).values() if one.is_external)
    return [external_link(books)] if books else []


def _persons_found(archive: Archive) -> list[CellFinding]:
    named: dict[str, str] = {}
    for part in ("docProps/core.xml", "docProps/app.xml"):
        data = archive.get(part)
        for one in parse(data) if data is not None else ():
            title = _PERSONS.get(local_name(one.tag))
            if title is not None:
                named[title] = one.text or ""
    return personal_properties(named)
