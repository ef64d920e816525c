"""What a workbook holds beside its cells' texts: objects, colours of cells, values of numbers.

The reader of workbooks leaves them out: it gives the texts that a person sees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO
from xml.etree.ElementTree import Element

from python_calamine import CalamineWorkbook

from pipelines.sources.workbooks.archive import Archive
from pipelines.sources.workbooks.model import Sheet, Workbook, WorkbookFormat
from pipelines.sources.workbooks.safe_xml import (
    attribute,
    child,
    children,
    descendants,
    local_name,
    parse,
    stream,
)
from pipelines.sources.workbooks.xlsx_parts import relations, targets
from pipelines.sources.workbooks.xlsx_sheets import place

#: Anchors of a drawing: one for every picture, shape or chart.
_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})
#: What ods files call pictures, charts and shapes.
_ODS_OBJECTS = frozenset(
    {"frame", "custom-shape", "rect", "line", "ellipse", "circle", "polygon", "path", "connector"}
)
_WHITE = frozenset({"FFFFFF", "theme0", "indexed9", "indexed65"})
_BLACK = frozenset({"000000", "theme1", "indexed8", "indexed64"})


@dataclass(frozen=True)
class SheetLooks:
    """What a sheet shows beside its texts.

    Attributes:
        objects: how many pictures, shapes, charts and text boxes lie on it.
        colours: (row, column) -> colours of ground and text of cells that have any but black on
            white; only their being the same or not means something.
    """

    objects: int = 0
    colours: dict[tuple[int, int], str] = field(default_factory=dict)


def with_values(data: bytes, workbook: Workbook) -> tuple[Sheet, ...]:
    """The sheets with stored numbers as plain digits in place of what their formats show.

    A number that is stored as one meets rule L2-01 however it is shown (1,200, △5, 12%).
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return tuple(_with_values(sheet, book) for sheet in workbook.sheets)
    except Exception:
        # What the other reader cannot read is judged by what it shows; ours has read it already.
        return workbook.sheets


def _with_values(sheet: Sheet, book: CalamineWorkbook) -> Sheet:
    stored = book.get_sheet_by_name(sheet.name or "").to_python(skip_empty_area=False)
    rows = [list(row) for row in sheet.rows]
    for row, cells in enumerate(stored, start=1):
        for column, value in enumerate(cells, start=1):
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if is_number and sheet.text(row, column):
                rows[row - 1][column - 1] = f"{value:.15g}"
    return replace(sheet, rows=rows)


def looks_of(data: bytes, form: WorkbookFormat) -> list[SheetLooks]:
    """Looks of every sheet, in the order of the tabs; none for formats that do not tell.

    Args:
        data: a file that the reader of workbooks has accepted.
        form: its format.
    """
    if form == "xlsx":
        return _xlsx_looks(Archive(data))
    return _ods_looks(Archive(data)) if form == "ods" else []


def _xlsx_looks(archive: Archive) -> list[SheetLooks]:
    book = next(iter(targets(relations(archive, ""), "officeDocument")), "xl/workbook.xml")
    links = relations(archive, book)
    styles = next(iter(targets(links, "styles")), None)
    colours = _style_colours(archive.get(styles))
    found = []
    for entry in descendants(parse(archive.read(book)), "sheet"):
        link = links.get(_relation_id(entry))
        if link is not None and link.kind == "worksheet" and archive.has(link.target):
            found.append(_sheet_looks(archive, link.target, colours))
    return found


def _relation_id(entry: Element) -> str:
    return next((value for key, value in entry.items() if local_name(key) == "id"), "")


def _sheet_looks(archive: Archive, part: str, colours: list[str]) -> SheetLooks:
    objects = 0
    for drawing in targets(relations(archive, part), "drawing"):
        data = archive.get(drawing)
        root = parse(data) if data is not None else ()
        objects += sum(local_name(one.tag) in _ANCHORS for one in root)
    looks = SheetLooks(objects)
    if any(colours):
        stream(archive.read(part), {"c": _collector(looks.colours, colours)})
    return looks


def _collector(found: dict[tuple[int, int], str], colours: list[str]) -> Callable[[Element], None]:
    def collect(cell: Element) -> None:
        style, at = cell.get("s", "0"), place(cell.get("r", ""))
        number = int(style) if style.isdecimal() else 0
        if at is not None and number < len(colours) and colours[number]:
            found[at] = colours[number]

    return collect


def _style_colours(data: bytes | None) -> list[str]:
    """Ground and text of every cell style; blank for black on white."""
    if data is None:
        return []
    root = parse(data)
    fonts = [_font_colour(one) for one in children(child(root, "fonts"), "font")]
    fills = [_fill_colour(one) for one in children(child(root, "fills"), "fill")]
    return [
        _at(fills, form.get("fillId")) + _at(fonts, form.get("fontId"))
        for form in children(child(root, "cellXfs"), "xf")
    ]


def _at(colours: list[str], number: str | None) -> str:
    index = int(number) if number and number.isdecimal() else 0
    return colours[index] if index < len(colours) else ""


def _fill_colour(fill: Element) -> str:
    pattern = child(fill, "patternFill")
    if pattern is None or (attribute(pattern, "patternType") or "none") in ("none", "gray125"):
        return "" if child(fill, "gradientFill") is None else "ground:gradient;"
    colour = _colour(child(pattern, "fgColor"))
    return "" if colour in _WHITE or not colour else f"ground:{colour};"


def _font_colour(font: Element) -> str:
    colour = _colour(child(font, "color"))
    return "" if colour in _BLACK or not colour else f"text:{colour};"


def _colour(stated: Element | None) -> str:
    if stated is None:
        return ""
    tint = attribute(stated, "tint") or ""
    for name in ("theme", "indexed"):
        number = attribute(stated, name)
        if number is not None:
            return f"{name}{number}{tint}"
    return (attribute(stated, "rgb") or "")[-6:].upper()


def _ods_looks(archive: Archive) -> list[SheetLooks]:
    root = parse(archive.read("content.xml"))
    return [
        SheetLooks(_ods_objects(table))
        for table in descendants(root, "table")
        if table.tag.endswith("table:1.0}table")
    ]


def _ods_objects(element: Element) -> int:
    """Objects of a sheet; what lies in an object is part of it, notes are no objects."""
    count = 0
    for one in element:
        name = local_name(one.tag)
        if "drawing:1.0}" in one.tag and name in _ODS_OBJECTS:
            count += 1
        elif name != "annotation":
            count += _ods_objects(one)
    return count
