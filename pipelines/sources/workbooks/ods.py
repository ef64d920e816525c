"""ods files (OpenDocument spreadsheets) as a person sees them.

The text that a cell shows is stored beside its value, so no number format has to be carried out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from xml.etree.ElementTree import Element

from pipelines.sources.workbooks.archive import Archive
from pipelines.sources.workbooks.findings import personal_properties
from pipelines.sources.workbooks.messages import refusal
from pipelines.sources.workbooks.model import CellFinding, Workbook
from pipelines.sources.workbooks.ods_cells import OdsCell, shown_cell
from pipelines.sources.workbooks.ods_styles import OdsStyles
from pipelines.sources.workbooks.ods_table import TableReader
from pipelines.sources.workbooks.safe_xml import child, descendants, local_name, parse

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_PERSONS = {"initial-creator": "作成者", "creator": "最終更新者", "printed-by": "印刷者"}


def read_ods(archive: Archive) -> Workbook:
    """An ods file.

    Raises:
        WorkbookError: damaged, or without any table.
    """
    root = parse(archive.read("content.xml"))
    styles = OdsStyles()
    styles.add(archive.get("styles.xml"))
    for part in root:
        if local_name(part.tag) == "automatic-styles":
            styles.add_from(part)
    tables = _tables(root)
    if not tables:
        raise refusal("workbook_damaged")
    sheets = tuple(TableReader(table, styles, _reader_of(table)).sheet() for table in tables)
    return Workbook("ods", MEDIA_TYPE, None, sheets, tuple(_persons(archive)))


def _reader_of(table: Element) -> Callable[[Element, str | None, OdsStyles], OdsCell]:
    """How cells of a table are read: under conditional formats their colours are not certain."""
    has_conditions = child(table, "conditional-formats") is not None
    return partial(shown_cell, has_certain_colours=not has_conditions)


def _tables(root: Element) -> list[Element]:
    """The sheets; tables inside of cells or of tracked changes are none."""
    books = descendants(root, "spreadsheet")
    return [one for book in books for one in book if local_name(one.tag) == "table"]


def _persons(archive: Archive) -> list[CellFinding]:
    data = archive.get("meta.xml")
    named: dict[str, str] = {}
    for one in parse(data).iter() if data is not None else ():
        title = _PERSONS.get(local_name(one.tag))
        if title is not None:
            named[title] = one.text or ""
    return personal_properties(named)
