"""One entrance for every kind of document: plain text, PDF with a text layer, DOCX."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from pipelines.sources.decoding import DecodingError, decode_text
from pipelines.sources.documents.docx import docx_text
from pipelines.sources.documents.pdf import pdf_text

READERS: dict[str, Callable[[bytes], str]] = {".pdf": pdf_text, ".docx": docx_text}


@dataclass(frozen=True)
class DocumentText:
    """A document's text.

    Attributes:
        text: lines, pages set apart by form feeds, cells of tables by TAB.
        encoding: of a text file; None for a document whose text had to be taken out.
    """

    text: str
    encoding: str | None


def document_text(name: str, data: bytes, declared_encoding: str | None = None) -> DocumentText:
    """The text of a document.

    Args:
        name: its file name; the ending tells the kind.
        data: its bytes.
        declared_encoding: the encoding that ``plan.yaml`` states, for text files.

    Raises:
        DecodingError: the text cannot be had, with the reason and what to do, in Japanese.
    """
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        decoded = decode_text(data, declared_encoding)
        return DocumentText(decoded.text, decoded.encoding)
    if declared_encoding:
        raise DecodingError(
            f"{name} は文字コードを持つ文書ではありません。plan.yaml の encoding を消してください。"
        )
    return DocumentText(reader(data), None)
