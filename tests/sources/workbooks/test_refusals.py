from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from pipelines.sources.workbooks.model import WorkbookError
from pipelines.sources.workbooks.reading import read_workbook
from tests.sources.workbooks.books import (
    ods_row,
    read,
    saved_xlsx,
    with_parts,
    written_ods,
    written_xls,
    written_xlsx,
)

TYPES = "[Content_Types].xml"
SHEET = "xl/worksheets/sheet1.xml"


def plain_xlsx():
    return saved_xlsx(lambda book, sheet: sheet.append(["x"]))


def plain_xls():
    return written_xls(lambda book, sheet: sheet.write(0, 0, "x"))


def plain_ods():
    return written_ods(lambda document, table: ods_row(table, "x"))


def ole_with(name):
    """An xls file whose one stream bears another name."""

    def entry(text):
        encoded = text.encode("utf-16-le")
        return encoded.ljust(64, b"\x00") + (len(encoded) + 2).to_bytes(2, "little")

    changed = plain_xls().replace(entry("Workbook"), entry(name))
    assert changed != plain_xls()
    return changed


def xls_with_password():
    """The record after the first one turned into FILEPASS, as protected files have it."""
    data = bytearray(plain_xls())
    after = 512 + 4 + int.from_bytes(data[514:516], "little")
    data[after : after + 2] = b"\x2f\x00"
    return bytes(data)


def word_document():
    stream = BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def zip_of(name, content):
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def with_password_bit(data):
    """Every entry of a zip container flagged as encrypted."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 8] |= 1
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def bomb():
    return with_parts(plain_xlsx(), {SHEET: "<worksheet>" + " " * 20_000_000 + "</worksheet>"})


def entity_bomb():
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 9)]
    text = f"<!DOCTYPE x [{''.join(lines)}]><worksheet><sheetData>&a8;</sheetData></worksheet>"
    return with_parts(plain_xlsx(), {SHEET: text})


def encrypted_ods():
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml">'
        "<m:encryption-data/></m:file-entry></m:manifest>"
    )
    return with_parts(plain_ods(), {"META-INF/manifest.xml": manifest})


REFUSED = {
    "empty": (lambda: b"", "empty_file"),
    "zeros": (lambda: b"\x00" * 5000, "empty_file"),
    "macros": (
        lambda: with_parts(plain_xlsx(), {"xl/vbaProject.bin": b"\xd0\xcf"}),
        "macro_file",
    ),
    "made for macros": (
        lambda: with_parts(
            plain_xlsx(),
            {
                TYPES: lambda xml: xml.replace(
                    "openxmlformats-officedocument.spreadsheetml.sheet.main",
                    "ms-excel.sheet.macroEnabled.main",
                )
            },
        ),
        "macro_file",
    ),
    "macros in ods": (
        lambda: with_parts(plain_ods(), {"Basic/Standard/Module1.xml": b"<x/>"}),
        "macro_file",
    ),
    "macros in xls": (lambda: plain_xls() + ole_with("_VBA_PROJECT_CUR"), "macro_file"),
    "encrypted xlsx": (lambda: ole_with("EncryptedPackage"), "encrypted_file"),
    "encrypted xls": (xls_with_password, "encrypted_file"),
    "encrypted ods": (encrypted_ods, "encrypted_file"),
    "encrypted zip": (lambda: with_password_bit(plain_xlsx()), "encrypted_file"),
    "xlsb": (
        lambda: with_parts(plain_xlsx(), {"xl/workbook.bin": b"\x83\x01", "xl/workbook.xml": None}),
        "binary_workbook",
    ),
    "zip bomb": (bomb, "workbook_too_large"),
    "entity bomb": (entity_bomb, "unsafe_xml"),
    "document type in another encoding": (
        lambda: with_parts(plain_xlsx(), {SHEET: "<!DOCTYPE x><worksheet/>".encode("utf-16")}),
        "unsafe_xml",
    ),
    "broken off": (lambda: plain_xlsx()[:-200], "workbook_damaged"),
    "broken off xls": (lambda: plain_xls()[:700], "workbook_damaged"),
    "broken xml": (
        lambda: with_parts(plain_xlsx(), {SHEET: lambda xml: xml[: len(xml) // 2]}),
        "workbook_damaged",
    ),
    "without a sheet": (
        lambda: with_parts(plain_xlsx(), {SHEET: None}),
        "workbook_damaged",
    ),
    "html": (lambda: b"<html><body><table><tr><td>1</td></tr></table></html>", "html_as_workbook"),
    "html with a mark": (
        lambda: "<html><table></table></html>".encode("utf-16"),
        "html_as_workbook",
    ),
    "html with a prologue": (
        lambda: b'\xef\xbb\xbf<?xml version="1.0"?>\n<!DOCTYPE html><html></html>',
        "html_as_workbook",
    ),
    "mhtml": (lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "html_as_workbook"),
    "xml spreadsheet": (
        lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "xml_spreadsheet",
    ),
    "pdf": (lambda: b"%PDF-1.7\n...", "not_a_workbook"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "not_a_workbook"),
    "jpeg": (lambda: b"\xff\xd8\xff\xe0" + b"\x00" * 50, "not_a_workbook"),
    "docx": (word_document, "not_a_workbook"),
    "doc": (lambda: ole_with("WordDocument"), "not_a_workbook"),
    "odt": (
        lambda: with_parts(plain_ods(), {"mimetype": "application/vnd.oasis.opendocument.text"}),
        "not_a_workbook",
    ),
    "another zip": (lambda: zip_of("a.csv", "a,b"), "not_a_workbook"),
}


@pytest.mark.parametrize(("make", "rule"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_says_why_and_what_to_do(make, rule):
    with pytest.raises(WorkbookError) as caught:
        read(make())
    finding = caught.value.finding
    assert (finding.rule, finding.severity) == (rule, "error")
    assert finding.message_ja.endswith(("。", "）。"))
    assert finding.fix_ja.endswith("。")


def test_the_ending_of_the_name_does_not_matter():
    for make, kind in ((plain_xlsx, "xlsx"), (plain_xls, "xls"), (plain_ods, "ods")):
        assert read_workbook("回答.csv", make()).format == kind
    assert read_workbook("回答.xlsx", b"a,b\n1,2\n").format == "csv"


def test_a_text_that_begins_like_a_picture_is_a_text():
    assert read(b"BMI,MZ\n1,2\n").sheets[0].rows[0] == ["BMI", "MZ"]


def test_a_picture_inside_a_sheet_is_no_bomb():
    def fill(book, sheet):
        sheet.write(0, 0, "x")
        sheet.insert_textbox("C3", "見本")

    assert read(written_xlsx(fill)).format == "xlsx"
