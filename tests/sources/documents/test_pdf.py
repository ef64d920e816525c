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


def test_a_raised_mark_stands_in_its_line_and_a_reading_above_its_word_does_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "改革を進める")
        canvas.drawString(130, 700, "ための計画を定めました")
        canvas.drawString(50, 650, LONG)
        canvas.setFont(font(), 5)
        canvas.drawString(111, 704, "※28")
        canvas.drawString(50, 710, "かいかく")

    assert texts(draw) == ["かいかく", "改革を進める※28 ための計画を定めました", LONG]


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_turned_by_its_printer_is_read_as_it_is_meant(quarters: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(90 * quarters)
        canvas.grid([-200, -100, 10], [0, 20, 40])
        canvas.drawString(-195, 25, "事業名")
        canvas.drawString(-95, 25, "事業内容")
        canvas.drawString(-195, 5, "窓口の改善")
        canvas.drawString(-95, 5, "見直す。")
        canvas.drawString(-200, -50, LONG)

    assert texts(draw) == ["事業名\t事業内容", "窓口の改善\t見直す。", LONG]


def test_vertical_writing_in_a_margin_does_not_mix_with_the_lines_beside_it() -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(4):
            canvas.drawString(50, 700 - 20 * at, f"{at}行目。{LONG}")
            canvas.drawString(560, 702 - 11 * at, "基本構想"[at])

    assert texts(draw) == [*(f"{at}行目。{LONG}" for at in range(4)), "基本構想"]


def test_numbers_below_one_another_are_no_vertical_writing() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 750, LONG)
        for at in range(3):
            canvas.drawString(50, 700 - 11 * at, "①②③"[at])
            canvas.drawString(120, 700 - 11 * at, "４８１"[at])

    assert texts(draw) == [LONG, "① ４", "② ８", "③ １"]


def draw_rows(canvas: Canvas, xs: tuple[int, int]) -> None:
    for at, (title, text) in enumerate(
        (
            ("事業名", "事業内容"),
            ("窓口の改善", LONG[:12]),
            ("", LONG[12:]),
            ("電子申請", "広げる。"),
        )
    ):
        canvas.drawString(xs[0], 705 - 15 * at, title)
        canvas.drawString(xs[1], 705 - 15 * at, text)
    canvas.drawString(50, 600, LONG)


ROWS = ["事業名\t事業内容", f"窓口の改善\t{LONG[:12]}\v{LONG[12:]}", "電子申請\t広げる。", LONG]


def test_a_table_with_horizontal_rules_only() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (720, 700, 670, 655):
            canvas.line(50, y, 500, y)
        draw_rows(canvas, (55, 160))

    assert texts(draw) == ROWS


def test_a_table_that_is_open_at_its_sides() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (720, 700, 670, 655):
            canvas.line(50, y, 500, y)
        canvas.line(150, 720, 150, 655)
        draw_rows(canvas, (55, 160))

    assert texts(draw) == ROWS


def test_borders_filled_as_boxes_within_boxes_and_grounds_of_cells() -> None:
    def draw(canvas: Canvas) -> None:
        for x, width in ((50, 100), (150, 350)):
            for y, height in ((700, 20), (670, 30), (655, 15)):
                canvas.setFillGray(0.9)
                canvas.rect(x + 3, y + 3, width - 20, height - 6, stroke=0, fill=1)
                canvas.setFillGray(0)
                path = canvas.beginPath()
                path.rect(x, y, width, height)
                path.rect(x + 0.5, y + 0.5, width - 1, height - 1)
                canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
        draw_rows(canvas, (55, 160))

    assert texts(draw) == ROWS


def test_prose_between_rules_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(4):
            canvas.line(50, 720 - 40 * at, 500, 720 - 40 * at)
            canvas.drawString(60, 700 - 40 * at, f"・　{LONG}")
            canvas.drawString(60, 688 - 40 * at, LONG)

    assert not any("\t" in line for line in texts(draw))


def test_a_heading_over_two_columns_leaves_the_others_in_place() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 80, 200, 500], [640, 670, 700])
        canvas.drawString(55, 680, "１")
        canvas.drawString(85, 680, "窓口の改善")
        canvas.drawString(205, 680, LONG[:12])
        canvas.rect(50, 700, 150, 20)
        canvas.rect(200, 700, 300, 20)
        canvas.drawString(55, 705, "改革実施項目")
        canvas.drawString(205, 705, "内容")

    assert texts(draw)[:2] == ["改革実施項目\t\t内容", f"１\t窓口の改善\t{LONG[:12]}"]
