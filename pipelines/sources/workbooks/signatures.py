"""What a file is, by its first bytes and its parts; everything that is no workbook is refused."""

from __future__ import annotations

import codecs
import re
from enum import Enum, auto

from pipelines.sources.workbooks.archive import Archive
from pipelines.sources.workbooks.messages import refusal
from pipelines.sources.workbooks.safe_xml import attribute, parse


class Kind(Enum):
    """Kinds of files that are read."""

    ZIP = auto()
    XLSX = auto()
    ODS = auto()
    XLS = auto()
    TEXT = auto()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Records that begin a BIFF stream without a container (Excel 2 to 4).
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "画像（PNG）"),
    (b"\xff\xd8\xff", "画像（JPEG）"),
    (b"GIF8", "画像（GIF）"),
    (b"BM", "画像（BMP）"),
    (b"II*\x00", "画像（TIFF）"),
    (b"MM\x00*", "画像（TIFF）"),
    (b"{\\rtf", "リッチテキスト"),
    (b"7z\xbc\xaf'\x1c", "圧縮ファイル（7z）"),
    (b"Rar!", "圧縮ファイル（RAR）"),
    (b"\x1f\x8b", "圧縮ファイル（gzip）"),
    (b"MZ", "プログラム（実行ファイル）"),
)
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|meta|style)\b|mime-version:\s*1", re.I)
_OLE_KINDS = (("WordDocument", "Word文書"), ("PowerPoint Document", "PowerPoint文書"))
_ZIP_KINDS = (("word/", "Word文書"), ("ppt/", "PowerPoint文書"), ("visio/", "Visio文書"))


def kind_of(data: bytes) -> Kind:
    """The kind of a file by its first bytes.

    Raises:
        WorkbookError: empty, or a document of another kind.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise refusal("empty_file")
    if data.startswith(b"PK"):
        return Kind.ZIP
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    if data.startswith(_BARE_BIFF):
        return Kind.XLS
    _refuse_markup(data)
    for start, kind_ja in _OTHER_KINDS:
        if data.startswith(start) and (b"\x00" in data[:4096] or not start.isalpha()):
            raise refusal("not_a_workbook", kind=kind_ja)
    return Kind.TEXT


def _kind_of_ole(data: bytes) -> Kind:
    """An OLE container names its streams in UTF-16."""
    if _names(data, "EncryptedPackage"):
        raise refusal("encrypted_file")
    if _names(data, "Workbook") or _names(data, "Book"):
        if _names(data, "_VBA_PROJECT_CUR"):
            raise refusal("macro_file")
        return Kind.XLS
    for stream, kind_ja in _OLE_KINDS:
        if _names(data, stream):
            raise refusal("not_a_workbook", kind=kind_ja)
    raise refusal("workbook_damaged")


def _names(data: bytes, stream: str) -> bool:
    """Whether a directory entry has this name: 64 bytes padded with zeros, then its length."""
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\x00") + (len(name) + 2).to_bytes(2, "little")
    return entry in data or entry.lower() in data.lower()


def _refuse_markup(data: bytes) -> None:
    start = data[:4096]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start.replace(b"\x00", b"")[2:]
    start = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if start[:1] not in {b"<", b"M", b"m"}:
        return
    if _HTML.match(start) or (start.startswith(b"<") and _HTML.search(start)):
        raise refusal("html_as_workbook")
    if start.startswith((b"<?xml", b"<Workbook", b"<office:", b"<!DOCTYPE")):
        raise refusal("xml_spreadsheet")


def kind_of_archive(archive: Archive) -> Kind:
    """Whether a zip container is an xlsx or an ods file.

    Raises:
        WorkbookError: encrypted, binary, or a document of another kind.
    """
    names = archive.names()
    if archive.has("xl/workbook.bin"):
        raise refusal("binary_workbook")
    if archive.has("content.xml"):
        _refuse_other_open_document(archive)
        return Kind.ODS
    if any(name.startswith("xl/") for name in names) or archive.has("[Content_Types].xml"):
        for folder, kind_ja in _ZIP_KINDS:
            if any(name.startswith(folder) for name in names) and not archive.has(
                "xl/workbook.xml"
            ):
                raise refusal("not_a_workbook", kind=kind_ja)
        return Kind.XLSX
    raise refusal("not_a_workbook", kind="圧縮ファイル（zip）")


def _refuse_other_open_document(archive: Archive) -> None:
    manifest = archive.get("META-INF/manifest.xml")
    entries = list(parse(manifest)) if manifest is not None else []
    if any(len(entry) for entry in entries):
        # Only an encrypted entry has something inside.
        raise refusal("encrypted_file")
    stated = (archive.get("mimetype") or b"").decode("ascii", "replace").strip()
    stated = stated or next((attribute(one, "media-type") or "" for one in entries), "")
    if "opendocument" in stated and "spreadsheet" not in stated:
        raise refusal("not_a_workbook", kind="OpenDocumentの別の文書")
    if any(name.startswith(("basic/", "scripts/")) for name in archive.names()):
        raise refusal("macro_file")
