import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement

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


def saved(made: object) -> str:
    buffer = io.BytesIO()
    made.save(buffer)  # type: ignore[attr-defined]
    return docx_text(buffer.getvalue())


def test_a_cell_over_two_rows_is_said_in_the_first() -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "財政"
    table.cell(0, 1).text, table.cell(1, 1).text = "歳入", "歳出"
    assert "財政\t歳入\n\t歳出\n" in saved(made)


def test_a_row_of_one_cell_is_a_line_and_a_table_in_a_cell_is_its_text() -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "柱１ 財政の健全化"
    inner = table.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "歳入", "歳出"
    table.cell(1, 0).text = "見直し"
    assert "柱１ 財政の健全化\n見直し\t歳入\u3000歳出\n" in saved(made)


def test_deleted_text_and_readings_are_left_out_and_inserted_text_is_kept() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("行政")
    for tag, text in (("w:ins", "改革"), ("w:del", "改悪")):
        changed = OxmlElement(tag)
        changed.append(made.add_paragraph(text).runs[0]._r)
        paragraph._p.append(changed)
    assert saved(made).splitlines()[0] == "行政改革"


def test_a_tab_in_a_paragraph_makes_no_table() -> None:
    made = docx.Document()
    made.add_paragraph("(1)\t窓口の改善")
    assert saved(made) == "(1)\u3000窓口の改善\n"


def test_a_document_that_unpacks_to_far_more_than_it_holds_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.xml", bytes(70_000_000))
    assert len(bomb.getvalue()) < 1_000_000
    with pytest.raises(DecodingError, match="大きすぎます"):
        docx_text(bomb.getvalue())
