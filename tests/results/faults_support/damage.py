"""What happens to the bytes of a file after it was written: encodings, containers, other kinds."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from reportlab.pdfgen.canvas import Canvas

from tests.results.faults_support.cases import Change
from tests.sources.workbooks.books import with_parts

_SHEET = "xl/worksheets/sheet1.xml"


def damaged(data: bytes, change: Change) -> bytes:
    """The bytes after one change."""
    ((name, given),) = change.items()
    if name == "make":
        return _MADE[given](data)
    return _CHANGES[name](data, given)


def _encoding(data: bytes, encoding: str) -> bytes:
    return data.decode().encode(encoding)


def _mojibake(data: bytes, read_as: str) -> bytes:
    """UTF-8 that was opened as something else and saved again."""
    return data.decode(read_as, "replace").encode()


def _replace_bytes(data: bytes, given: list[str]) -> bytes:
    """The first occurrence of a UTF-8 text, by bytes in hexadecimal."""
    old, new = given
    changed = data.replace(old.encode(), bytes.fromhex(new), 1)
    assert changed != data, f"{old} does not occur"
    return changed


def _replace(data: bytes, given: list[str]) -> bytes:
    old, new = given
    changed = data.replace(old.encode(), new.encode())
    assert changed != data, f"{old} does not occur"
    return changed


def _part(data: bytes, given: dict[str, list[str]]) -> bytes:
    """Text inside a part of a zip container."""

    def replaced(old: str, new: str) -> Callable[[str], str]:
        def change(text: str) -> str:
            assert old in text, f"{old} does not occur"
            return text.replace(old, new)

        return change

    return with_parts(data, {name: replaced(*pair) for name, pair in given.items()})


def _ole(stream_name: str, data: bytes) -> bytes:
    """A compound file whose only stream bears a name (as encrypted workbooks do)."""

    def entry(text: str) -> bytes:
        encoded = text.encode("utf-16-le")
        return encoded.ljust(64, b"\x00") + (len(encoded) + 2).to_bytes(2, "little")

    return data.replace(entry("Workbook"), entry(stream_name))


def _password_of_xls(data: bytes) -> bytes:
    changed = bytearray(data)
    after = 512 + 4 + int.from_bytes(data[514:516], "little")
    changed[after : after + 2] = b"\x2f\x00"
    return bytes(changed)


def _password_of_ods(data: bytes) -> bytes:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml">'
        "<m:encryption-data/></m:file-entry></m:manifest>"
    )
    return with_parts(data, {"META-INF/manifest.xml": manifest})


def _macro_enabled(data: bytes) -> bytes:
    kinds = ("openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet")
    change = {"[Content_Types].xml": lambda xml: xml.replace(kinds[0], f"{kinds[1]}.macroEnabled.main")}
    return with_parts(data, change)


def _zip_of(name: str, data: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return stream.getvalue()


def _pdf(_: bytes) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(72, 720, "mihon")
    canvas.save()
    return stream.getvalue()


def _word(_: bytes) -> bytes:
    stream = BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def _entities() -> str:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 9)]
    return f"<!DOCTYPE x [{''.join(lines)}]><worksheet><sheetData>&a8;</sheetData></worksheet>"


_HTML = "<html><body><table><tr><td>評価</td></tr></table></body></html>"
_MADE: dict[str, Callable[[bytes], bytes]] = {
    "macro": lambda data: with_parts(data, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "macro_enabled": _macro_enabled,
    "macro_in_ods": lambda data: with_parts(data, {"Basic/Standard/Module1.xml": b"<x/>"}),
    "encrypted": lambda data: _ole("EncryptedPackage", data),
    "password_of_xls": _password_of_xls,
    "password_of_ods": _password_of_ods,
    "zip_bomb": lambda data: with_parts(
        data, {_SHEET: "<worksheet>" + " " * 20_000_000 + "</worksheet>"}
    ),
    "entity_bomb": lambda data: with_parts(data, {_SHEET: _entities()}),
    "xlsb": lambda data: with_parts(
        data, {"xl/workbook.bin": b"\x83\x01", "xl/workbook.xml": None}
    ),
    "html": lambda _: _HTML.encode("cp932"),
    "xml_spreadsheet": lambda _: (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'
    ),
    "pdf": _pdf,
    "word": _word,
    "zipped": lambda data: _zip_of("kaitou.xlsx", data),
    "empty": lambda _: b"",
    "zeros": lambda _: bytes(4096),
    "half": lambda data: data[: len(data) // 2],
    "noise": lambda _: bytes(range(1, 256)) * 40,
}

_CHANGES: dict[str, Callable[[bytes, Any], bytes]] = {
    "encoding": _encoding,
    "mojibake": _mojibake,
    "replace": _replace,
    "replace_bytes": _replace_bytes,
    "append": lambda data, text: data + text.encode(),
    "part": _part,
}
