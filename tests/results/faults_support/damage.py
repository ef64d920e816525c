"""What happens to the bytes of a file after it was written: encodings, containers, other kinds."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from tests.results.faults_support.cases import Change
from tests.sources.workbooks import test_refusals as refused
from tests.sources.workbooks.books import with_parts


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


def _macro_enabled(data: bytes) -> bytes:
    def typed(xml: str) -> str:
        kind = "openxmlformats-officedocument.spreadsheetml.sheet.main"
        return xml.replace(kind, "ms-excel.sheet.macroEnabled.main")

    return with_parts(data, {"[Content_Types].xml": typed})


def _pdf(_: bytes) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(72, 720, "mihon")
    canvas.save()
    return stream.getvalue()


_HTML = "<html><body><table><tr><td>評価</td></tr></table></body></html>"
_MADE: dict[str, Callable[[bytes], bytes]] = {
    "macro": lambda data: with_parts(data, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "macro_enabled": _macro_enabled,
    "macro_in_ods": lambda data: with_parts(data, {"Basic/Standard/Module1.xml": b"<x/>"}),
    "encrypted": lambda _: refused.ole_with("EncryptedPackage"),
    "password_of_xls": lambda _: refused.xls_with_password(),
    "password_of_ods": lambda _: refused.encrypted_ods(),
    "zip_bomb": lambda _: refused.bomb(),
    "entity_bomb": lambda _: refused.entity_bomb(),
    "xlsb": lambda data: with_parts(
        data, {"xl/workbook.bin": b"\x83\x01", "xl/workbook.xml": None}
    ),
    "html": lambda _: _HTML.encode("cp932"),
    "xml_spreadsheet": lambda _: (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'
    ),
    "pdf": _pdf,
    "word": lambda _: refused.word_document(),
    "zipped": lambda data: refused.zip_of("kaitou.xlsx", data),
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
