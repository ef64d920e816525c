from __future__ import annotations

import re
from dataclasses import replace

import lxml.html
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.results.feedback.lines import validation_lines
from pipelines.results.feedback.model import FeedbackFile, RowAccount, unreadable_file
from pipelines.results.feedback.page import FeedbackContext, feedback_page
from pipelines.sources.workbooks.model import Sheet, WorkbookError
from tests.results.feedback.samples import NAME, ROWS, found, xlsx_workbook

CONTEXT = FeedbackContext("総務課", "みほん市行政改革大綱", 2023, "確定")
ACCOUNT = RowAccount(
    1_200,
    1_195,
    {"header": 1, "total": 2},
    {
        ("実績", 4): found("error", 4, message="甲。"),
        ("実績", 9): found("error", 9, message="甲。"),
    },
)
HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}<img src=x onerror=y>"


def file(*findings, account: RowAccount | None = ACCOUNT) -> FeedbackFile:
    sheets = (Sheet("実績", ROWS), Sheet("別表", ROWS), Sheet("隠", ROWS, is_hidden=True))
    return FeedbackFile(NAME, xlsx_workbook(*sheets), findings, account)


def parsed(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page.encode())


def text(element: lxml.html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def entries(page: str) -> list[list[str]]:
    rows = parsed(page).xpath
    return [[text(cell) for cell in row] for row in rows("//table[@class='found']/tbody/tr")]


def test_every_entry_tells_place_value_fault_and_mending_errors_first() -> None:
    page = feedback_page(
        file(
            found("info", 1, 2, message="丙。", fix=""),
            found("error", 3, 4, message="甲。", value="遅延中"),
            found("warning", None, None, None, message="乙。"),
        ),
        CONTEXT,
    )
    fix = "区分から選んでください。"
    assert entries(page) == [
        ["1", "エラー", "実績!D3 遅延中", "甲。rating_unknown", fix],
        ["2", "注意", "ファイル全体", "乙。rating_unknown", fix],
        ["3", "参考", "実績!B1", "丙。rating_unknown", "―"],
    ]


def test_the_same_fault_in_many_cells_is_one_entry() -> None:
    page = feedback_page(file(*(found("error", row, 3) for row in range(1, 31))), CONTEXT)
    (entry,) = entries(page)
    assert entry[2].startswith("実績!C1 実績!C2 ") and entry[2].endswith("実績!C20 ほか10件")


def test_the_summary_accounts_for_every_row_with_reasons() -> None:
    page = parsed(feedback_page(file(found("error", 3, 4)), CONTEXT))
    rows = [[text(cell) for cell in row] for row in page.xpath("//table[@class='rows']/tbody/tr")]
    assert [row[:2] for row in rows] == [
        ["読み取った行", "1,200"],
        ["公開", "1,195"],
        ["対象外", "3"],
        ["保留", "2"],
    ]
    assert rows[1][2].endswith("問題のなかったシート: 別表")
    assert rows[2][2] == "列の見出し 1、小計・合計 2"
    assert rows[3][2] == "実績!4行、実績!9行 甲。"
    assert "行数が合いません" not in text(page)
    lost = feedback_page(file(account=RowAccount(5, 3)), CONTEXT)
    assert "行数が合いません（差 2行）" in text(parsed(lost))


def test_the_head_says_whose_file_it_is() -> None:
    page = parsed(feedback_page(file(), CONTEXT))
    assert [text(one) for one in page.xpath("//dl/div")] == [
        "計画みほん市行政改革大綱",
        "年度2023年度",
        "調査確定",
        "部署総務課",
    ]
    assert parsed(feedback_page(file(), FeedbackContext())).xpath("//dl/div") == []


def test_what_is_fine_is_said() -> None:
    page = text(parsed(feedback_page(file(), CONTEXT)))
    assert "直していただく所はありません。" in page and "問題は見つかりませんでした。" in page
    assert "直したファイルの送り先" not in page
    warned = text(parsed(feedback_page(file(found("warning", 1, 1)), CONTEXT)))
    assert "エラーはありません。確かめていただきたい所が1件あります。" in warned
    assert "直したファイルの送り先" in warned


def test_a_file_that_cannot_be_read_gets_a_page_too() -> None:
    error = WorkbookError("file_encrypted", "パスワードが必要です。", "外してください。")
    page = feedback_page(unreadable_file(NAME, error), CONTEXT)
    assert "このファイルは読み取れませんでした。" in page
    assert entries(page)[0][2:] == [
        "ファイル全体",
        "パスワードが必要です。file_encrypted",
        "外してください。",
    ]
    assert "写し" not in page and 'class="rows"' not in page


def test_diagnostics_of_the_spreadsheet_stand_apart_and_ask_for_nothing() -> None:
    told = found("info", 4, 1, message="結合した<b>セル</b>。", fix="解いて。", rule="L1-12")
    clean = FeedbackFile(NAME, xlsx_workbook(), (), ACCOUNT)
    page = feedback_page(replace(clean, diagnostics=(told,)), CONTEXT)
    (line,) = parsed(page).xpath("//ul[@class='diagnostics']/li")
    assert text(line) == "L1-12 実績!A4 結合した<b>セル</b>。解いて。"
    assert entries(page) == []
    assert "直していただく所はありません" in page
    assert "機械可読性" not in feedback_page(clean, CONTEXT)


def test_made_up_data_are_marked() -> None:
    assert "架空の見本" not in feedback_page(file(), CONTEXT)
    assert "架空の見本" in feedback_page(file(), FeedbackContext(is_fictional=True))


def test_the_page_stands_alone_and_is_accessible() -> None:
    page = parsed(feedback_page(file(found("error", 3, 4)), CONTEXT))
    assert page.get("lang") == "ja" and page.xpath("//title")[0].text == f"確認結果: {NAME}"
    assert not page.xpath("//script|//link|//img|//iframe|//@src|//@href")
    for table in page.xpath("//table"):
        assert table.xpath("caption")
        assert {one.get("scope") for one in table.xpath("thead//th")} == {"col"}
        assert {one.get("scope") for one in table.xpath("tbody/tr/*[1]")} == {"row"}
    assert [one.tag for one in page.xpath("//h1|//h2|//h3")] == ["h1", "h2", "h2", "h2"]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)) and set(page.xpath("//@aria-labelledby")) <= set(ids)


def _luminance(colour: str) -> float:
    full = colour if len(colour) == 6 else "".join(one * 2 for one in colour)
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_texts_contrast_with_their_grounds() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1, for every rule of the style that sets both colours."""
    style = parsed(feedback_page(file(), CONTEXT)).xpath("//style")[0].text
    both = r"background: #([0-9a-f]{3,6}); color: #([0-9a-f]{3,6})"
    pairs = re.findall(both, style)
    # Grey words stand on the page's grey or on the white of a table.
    pairs += [("f4f5f7", grey) for grey in re.findall(r"[{;] color: #([0-9a-f]{6}); ?\}", style)]
    assert len(pairs) >= 6
    for ground, ink in pairs:
        light, dark = sorted((_luminance(ground), _luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ground, ink)


def test_hostile_texts_are_shown_and_do_nothing() -> None:
    hostile = FeedbackFile(
        HOSTILE,
        xlsx_workbook(Sheet(HOSTILE, ROWS), Sheet(HOSTILE + "2", ROWS)),
        (found("error", 1, 1, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        RowAccount(1, 0, {}, {(HOSTILE, 1): found("error", 1, message=HOSTILE)}),
    )
    context = FeedbackContext(HOSTILE, HOSTILE, 2023, HOSTILE)
    page = parsed(feedback_page(hostile, context))
    assert not page.xpath("//script|//img|//@onerror")
    assert text(page).count(HOSTILE) >= 10


_odd = st.text(st.one_of(st.characters(), st.sampled_from("\x00\x1b\x9b\ud800\u202e<>&\"'\n\r")))


@settings(max_examples=60, deadline=None)
@given(name=_odd, sheet=_odd, message=_odd, value=_odd)
def test_odd_texts_never_crash_nor_steer_the_terminal(name, sheet, message, value) -> None:
    odd = FeedbackFile(
        name, xlsx_workbook(), (found("error", 1, 1, sheet, message, message, value),), ACCOUNT
    )
    assert len(entries(feedback_page(odd, CONTEXT))) == 1
    for line in validation_lines(odd):
        assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]", line)
        line.encode("utf-8")


def test_the_terminal_tells_the_same_in_the_same_order() -> None:
    findings = [
        found("info", 1, 2, message="丙。", fix=""),
        *(found("error", row, 3, message="甲。", value="遅延中") for row in range(1, 23)),
        found("warning", None, None, None, message="乙。"),
    ]
    lines = validation_lines(file(*findings))
    fix = "→ 区分から選んでください。（rating_unknown）"
    places = "、".join(f"実績!C{row}「遅延中」" for row in range(1, 21))
    assert lines == [
        f"{NAME}: 直していただく所が22件あります。"
        "直して送り直していただくまで、その所は公開できません。",
        "  読み取った行 1,200 = 公開 1,195 + 対象外 3 + 保留 2",
        "  対象外: 列の見出し 1、小計・合計 2",
        "  保留: 実績!4行、実績!9行 甲。",
        f"  エラー 1: {places} ほか2件 甲。 {fix}",
        f"  注意 2: ファイル全体 乙。 {fix}",
        "  参考 3: 実績!B1 丙。（rating_unknown）",
        "  以上、エラー22件、注意1件、参考1件。",
    ]
    told = [row[3] for row in entries(feedback_page(file(*findings), CONTEXT))]
    assert [one[:2] for one in told] == ["甲。", "乙。", "丙。"]


def test_a_clean_file_is_one_verdict_and_its_account() -> None:
    assert validation_lines(file(account=RowAccount(3, 2, {"header": 1}))) == [
        f"{NAME}: 直していただく所はありません。送り直す必要はありません。",
        "  読み取った行 3 = 公開 2 + 対象外 1 + 保留 0",
        "  対象外: 列の見出し 1",
    ]
