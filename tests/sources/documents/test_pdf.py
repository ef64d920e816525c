import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipelines.sources.decoding import DecodingError
from pipelines.sources.documents.pdf import pdf_text
from pipelines.sources.documents.pdf_characters import Character
from pipelines.sources.documents.pdf_page import page_lines
from pipelines.sources.documents.pdf_rules import Rule, merged
from pipelines.sources.documents.pdf_tables import find_tables
from tests.end_to_end.pdf_writer import font


def canvas_of(draw: object, **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    canvas.setFont(font(), 10)
    draw(canvas)  # type: ignore[operator]
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def texts(draw: object) -> list[str]:
    return [line for line in pdf_text(canvas_of(draw)).split("\n") if line.strip()]


LONG = "架空市では窓口の手続を見直して職員の時間を生み出します。"


def test_lines_from_top_to_bottom_whatever_the_order_of_drawing() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 600, "三行目は最後にある。")
        canvas.drawString(50, 700, LONG)
        canvas.drawString(50, 650, "二行目")

    assert texts(draw) == [LONG, "二行目", "三行目は最後にある。"]


def test_a_gap_is_a_space_and_bold_by_printing_twice_is_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "毎年度")
        canvas.drawString(120, 700, "総務課")
        canvas.drawString(50, 680, LONG)
        canvas.drawString(50.3, 680, LONG)

    assert texts(draw) == ["毎年度 総務課", LONG]


@pytest.mark.parametrize("as_boxes", [False, True])
def test_ruled_cells_are_tab_rows_that_keep_the_lines_of_a_cell(as_boxes: bool) -> None:
    def draw(canvas: Canvas) -> None:
        for x, y, width in ((50, 650, 100), (150, 650, 105), (50, 690, 100), (150, 690, 105)):
            if as_boxes:
                canvas.rect(x, y, width, 40)
            else:
                canvas.grid([x, x + width], [y, y + 40])
        canvas.drawString(55, 710, "事業名")
        canvas.drawString(155, 710, "事業内容")
        canvas.drawString(55, 675, "窓口の改善")
        canvas.drawString(155, 675, "手続を一つの窓口で受")
        canvas.drawString(155, 660, "け付ける。")
        canvas.drawString(50, 600, LONG)

    assert texts(draw) == ["事業名\t事業内容", "窓口の改善\t手続を一つの窓口で受\vけ付ける。", LONG]


def test_a_cell_over_two_rows_leaves_the_columns_in_place() -> None:
    rules = [
        Rule("horizontal", 100, 0, 200), Rule("horizontal", 80, 50, 200),
        Rule("horizontal", 60, 0, 200), Rule("vertical", 0, 60, 100),
        Rule("vertical", 50, 60, 100), Rule("vertical", 120, 60, 100),
        Rule("vertical", 200, 60, 100),
    ]  # fmt: skip
    (table,) = find_tables(rules)
    assert [[cell is not None for cell in row] for row in table.rows] == [
        [True, True, True], [False, True, True],
    ]  # fmt: skip


def test_a_frame_or_an_underline_is_no_table() -> None:
    frame = [Rule("horizontal", 0, 0, 9), Rule("horizontal", 9, 0, 9),
             Rule("vertical", 0, 0, 9), Rule("vertical", 9, 0, 9)]  # fmt: skip
    assert find_tables(frame) == []
    assert find_tables([Rule("horizontal", 5, 0, 100)]) == []


def test_pieces_of_one_rule_are_one() -> None:
    pieces = [Rule("horizontal", 10, 0, 50), Rule("horizontal", 10.4, 50.5, 90),
              Rule("horizontal", 40, 0, 90)]  # fmt: skip
    assert merged(pieces) == [Rule("horizontal", 10, 0, 90), Rule("horizontal", 40, 0, 90)]


def test_a_scan_is_refused_with_advice() -> None:
    data = canvas_of(lambda canvas: canvas.rect(50, 50, 300, 300, fill=1))
    with pytest.raises(DecodingError, match="OCR"):
        pdf_text(data)


def test_a_locked_document_is_refused() -> None:
    data = canvas_of(lambda canvas: canvas.drawString(50, 700, LONG), encrypt="secret")
    with pytest.raises(DecodingError, match="パスワード"):
        pdf_text(data)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"no pdf at all"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(DecodingError, match="PDFとして開けません"):
        pdf_text(data)


@settings(max_examples=25)
@given(st.integers(0, 3_000), st.integers(0, 255))
def test_a_damaged_file_is_read_or_refused(place: int, byte: int) -> None:
    data = bytearray(canvas_of(lambda canvas: canvas.drawString(50, 700, LONG)))
    data[place % len(data)] = byte
    try:
        pdf_text(bytes(data))
    except DecodingError as error:
        assert str(error)


@given(
    st.lists(
        st.builds(
            Character,
            st.sampled_from("改革A1 "),
            st.floats(0, 500),
            st.floats(0, 500),
            st.floats(0, 800),
            st.floats(1, 30),
            st.booleans(),
        ),
        max_size=30,
    )
)
def test_no_character_that_is_printed_once_is_lost(characters: list[Character]) -> None:
    read = "".join(line.text for line in page_lines(characters, []))
    assert {one.text for one in characters if one.text.strip()} == set(read.replace(" ", ""))
