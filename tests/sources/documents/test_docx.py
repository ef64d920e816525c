import io
import zipfile

import docx
import pytest

from pipelines.sources.decoding import DecodingError
from pipelines.sources.documents.docx import docx_text
from pipelines.sources.documents.text import document_text


def document() -> bytes:
    made = docx.Document()
    made.add_paragraph("架空市行政改革大綱")
    table = made.add_table(rows=2, cols=2)
    for at, text in enumerate(("事業名", "事業内容", "窓口の改善", "手続を\n見直す。")):
        table.cell(at // 2, at % 2).text = text
    made.add_page_break()
    made.add_paragraph("２ 推進体制")
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_paragraphs_tables_and_page_breaks() -> None:
    text = docx_text(document())
    assert text.startswith("架空市行政改革大綱\n")
    assert "事業名\t事業内容\n窓口の改善\t手続を\v見直す。\n" in text
    assert text.index("\f") < text.index("２ 推進体制")


def test_merged_cells_are_said_once_and_shift_no_column() -> None:
    made = docx.Document()
    table = made.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "広い"
    table.cell(0, 2).text = "狭い"
    buffer = io.BytesIO()
    made.save(buffer)
    assert "広い\t\t狭い" in docx_text(buffer.getvalue())


def test_what_cannot_be_read_is_told() -> None:
    empty = io.BytesIO()
    docx.Document().save(empty)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")
    for data, told in (
        (b"old word", ".docx で保存し直して"),
        (empty.getvalue(), "文字がありません"),
        (other.getvalue(), "開けません"),
    ):
        with pytest.raises(DecodingError, match=told):
            docx_text(data)


def test_an_encoding_is_for_text_files_only() -> None:
    with pytest.raises(DecodingError, match="encoding"):
        document_text("a.docx", document(), "cp932")
    assert document_text("a.txt", "改革".encode("cp932"), "cp932").text == "改革"
