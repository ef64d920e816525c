"""PDF with a text layer as text, by pdfium: lines in reading order, ruled tables as TAB rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium

from pipelines.sources.decoding import DecodingError
from pipelines.sources.documents.pdf_characters import LOST, Character, page_characters
from pipelines.sources.documents.pdf_page import PrintedLine, page_lines, page_texts
from pipelines.sources.documents.pdf_rules import page_rules

MOST_PAGES = 3_000
LEAST_CHARACTERS = 20


def pdf_text(data: bytes) -> str:
    """The text of a PDF document, its pages set apart by form feeds.

    Raises:
        DecodingError: no PDF, locked, too long, without a text layer, or with glyphs that say
            nothing.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise DecodingError(_fault_of_opening(str(error))) from error
    try:
        if len(document) > MOST_PAGES:
            raise DecodingError(f"{len(document)}ページあり、長すぎます。分けてください。")
        pages = [_page(document, number) for number in range(len(document))]
    except pdfium.PdfiumError as error:
        raise DecodingError(_fault_of_opening(str(error))) from error
    finally:
        document.close()
    _check([one for characters, _ in pages for one in characters if one.text.strip()])
    return "\f".join(page_texts([lines for _, lines in pages]))


def _fault_of_opening(reason: str) -> str:
    if "assword" in reason:
        return "PDFにパスワードがかかっています。パスワードのないPDFに替えてください。"
    return (
        "PDFとして開けません（壊れているか、PDFではありません）。"
        "もとの文書からPDFを作り直すか、文字のファイルに替えてください。"
    )


def _check(characters: Sequence[Character]) -> None:
    """A scan has no characters; a damaged font has characters that mean nothing."""
    if len(characters) < LEAST_CHARACTERS:
        raise DecodingError(
            "PDFに文字の情報がありません（紙を読み取った画像のようです）。"
            "もとのWordなどから作ったPDFか、文字認識（OCR）をかけて確かめた文書に替えてください。"
        )
    lost = sum(one.text == LOST or "\ue000" <= one.text <= "\uf8ff" for one in characters)
    if lost * 10 > len(characters):
        raise DecodingError(
            f"PDFの{len(characters)}文字のうち{lost}文字が、文字コードの分からない字形です。"
            "もとの文書からPDFを作り直すか、文字のファイルに替えてください。"
        )


def _page(document: Any, number: int) -> tuple[list[Character], list[PrintedLine]]:
    page = document[number]
    try:
        characters, quarter = page_characters(page)
        return characters, page_lines(characters, page_rules(page, quarter))
    finally:
        page.close()
