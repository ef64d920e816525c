"""Texts of an xlsx file: plain or in runs, without phonetic guides and struck-out runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pipelines.sources.workbooks import safe_xml
from pipelines.sources.workbooks.safe_xml import child, is_on, local_name

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class RunText:
    """A text in runs.

    Attributes:
        runs: text and whether it is struck through; None where the cell's font decides.
    """

    runs: tuple[tuple[str, bool | None], ...]

    def parts(self, is_cell_struck: bool) -> tuple[str, str]:
        """The text that stands, and the text that is struck through."""
        stands = struck = ""
        for text, is_struck in self.runs:
            if is_cell_struck if is_struck is None else is_struck:
                struck += text
            else:
                stands += text
        return stands, struck


def read_shared_strings(data: bytes | None) -> list[RunText]:
    """The texts of ``sharedStrings.xml`` in order."""
    texts: list[RunText] = []
    if data is not None:
        safe_xml.stream(data, {"si": lambda element: texts.append(run_text(element))})
    return texts


def run_text(element: Element) -> RunText:
    """The text of ``si`` or ``is``: ``t`` by itself, or runs ``r``; ``rPh`` is a phonetic guide."""
    runs: list[tuple[str, bool | None]] = []
    for one in element:
        name = local_name(one.tag)
        if name == "t":
            runs.append((unescaped(one.text or ""), None))
        elif name == "r":
            looks = child(one, "rPr")
            is_struck = None if looks is None else is_on(child(looks, "strike"))
            text = child(one, "t")
            runs.append((unescaped((text.text if text is not None else "") or ""), is_struck))
    return RunText(tuple(runs))


def unescaped(text: str) -> str:
    """``_x000D_`` and the like as characters; line breaks as ``\\n``."""
    if "_x" in text:
        text = _ESCAPE.sub(_character, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    # Halves of a surrogate pair and null are no text.
    return "" if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)
