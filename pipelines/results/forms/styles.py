"""Cell formats of the form, made once per workbook."""

from __future__ import annotations

from typing import Any

from pipelines.results.forms.definition import ColumnDefinition, form_definition
from pipelines.results.forms.heights import FONT_POINTS

GIVEN_FILL = "#F2F2F2"
INPUT_FILL = "#FFF7D6"
LINE = "#999999"
_CELL = {"valign": "top", "text_wrap": True, "border": 1, "border_color": LINE}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "fictional": {"bold": True, "font_size": 14, "font_color": "#C00000"},
    "line": {},
    "hint": {"font_color": "#7F4F00"},
    "notice": {"bold": True, "font_color": "#7F4F00"},
    "section": {"bold": True, "valign": "top", "top": 1, "top_color": LINE},
    "opening": {"text_wrap": True, "valign": "top", "top": 1, "top_color": LINE},
    "paragraph": {"text_wrap": True, "valign": "top"},
    "label": {**_CELL, "bold": True, "bg_color": GIVEN_FILL},
    "definition": _CELL,
    "heading": {
        **_CELL,
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "bg_color": "#D9E2EC",
    },
    "input_heading": {
        **_CELL,
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "bg_color": "#FFE08A",
    },
    "id": {**_CELL, "font_size": 7, "font_color": "#666666", "bg_color": GIVEN_FILL},
    "given": {**_CELL, "bg_color": GIVEN_FILL},
    "repeated": {**_CELL, "bg_color": GIVEN_FILL, "font_color": "#8C8C8C"},
    "reference": {**_CELL, "bg_color": GIVEN_FILL, "font_size": 10},
    # Text format, so that "1-1" or "=A" stay what was typed.
    "text": {**_CELL, "bg_color": INPUT_FILL, "locked": False, "num_format": "@"},
    "rating": {**_CELL, "bg_color": INPUT_FILL, "locked": False, "align": "center"},
    "missing_reason": {**_CELL, "bg_color": INPUT_FILL, "locked": False},
    # General, so that a typed 93.1% is shown (and read) as 93.1%.
    "decimal": {**_CELL, "bg_color": INPUT_FILL, "locked": False, "align": "right"},
    "integer": {**_CELL, "bg_color": INPUT_FILL, "locked": False, "num_format": "#,##0"},
    "date": {
        **_CELL,
        "bg_color": INPUT_FILL,
        "locked": False,
        "align": "center",
        "num_format": "yyyy/m/d",
    },
}


class Styles:
    """The formats of one workbook by name."""

    def __init__(self, book: Any) -> None:
        font = {"font_name": form_definition().font, "font_size": FONT_POINTS}
        self._formats = {
            name: book.add_format({**font, **style}) for name, style in _STYLES.items()
        }

    def __getitem__(self, name: str) -> Any:
        return self._formats[name]

    def of_cell(self, column: ColumnDefinition, is_repeated: bool = False) -> Any:
        """The format of a column's cells; repeated texts of a group are pale."""
        if column.role == "input":
            return self[column.entry]
        return self["repeated" if column.role == "given" and is_repeated else column.role]

    def of_heading(self, column: ColumnDefinition) -> Any:
        """The format of a column's heading."""
        return self["input_heading" if column.role == "input" else "heading"]


def font_points(column: ColumnDefinition) -> float:
    """The size of the texts of a column."""
    return float(
        _STYLES[column.role if column.role != "input" else column.entry].get(
            "font_size", FONT_POINTS
        )
    )
