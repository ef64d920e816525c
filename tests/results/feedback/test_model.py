from __future__ import annotations

from pipelines.results.feedback.model import (
    FeedbackFile,
    account_of,
    entries_of,
    file_of_reading,
    unreadable_file,
)
from pipelines.results.model import Record, Section, SheetReading
from pipelines.sources.workbooks.model import Sheet, WorkbookError
from tests.results.feedback.samples import NAME, found, xlsx_workbook


def record(row: int) -> Record:
    return Record("実績", row, {}, (), {}, Section())


def reading() -> SheetReading:
    return SheetReading(
        records=[record(2), record(3), record(3)],
        aside={("実績", 1): "header", ("実績", 5): "blank", ("実績", 6): "blank"},
        quarantined={("実績", 4): found("error", 4, message="甲。")},
        findings=[found("warning", 2, 1)],
        rows_read=6,
    )


def test_entries_stand_by_severity_then_file_sheet_row_and_column() -> None:
    findings = [
        found("info", 1, 1, "乙", "い"),
        found("error", 2, 1, "乙", "ろ"),
        found("error", 9, 1, "甲", "は"),
        found("error", 1, 10, "甲", "に"),
        found("error", 1, 9, "甲", "ほ"),
        found("error", 1, None, "甲", "へ"),
        found("error", None, None, "甲", "と"),
        found("error", None, None, None, "ち"),
        found("error", 1, 1, "他", "り"),
    ]
    entries = entries_of(findings, ["甲", "乙"])
    assert "".join(one.first.message_ja for one in entries) == "ちとへほにはろりい"
    assert [one.number for one in entries] == list(range(1, 10))


def test_the_same_said_of_several_cells_is_one_entry() -> None:
    first, second = found("error", 2, 4, value="甲"), found("error", 5, 4, value="乙")
    other = found("error", 3, 4, fix="別の直し方。")
    entries = entries_of([second, other, first, first], ["実績"])
    assert [one.findings for one in entries] == [(first, second), (other,)]
    assert [number for number, _ in entries[0].numbered()] == ["1-1", "1-2"]
    assert [number for number, _ in entries[1].numbered()] == ["2"]


def test_every_row_read_is_accounted_for() -> None:
    account = account_of(reading())
    assert (account.read, account.published, account.set_aside) == (6, 2, 3)
    assert account.aside == {"header": 1, "blank": 2}
    assert account.unexplained == 0


def test_a_record_put_into_quarantine_later_is_not_published() -> None:
    account = account_of(reading(), {("実績", 3): found("error", 3)})
    assert (account.published, len(account.quarantined), account.unexplained) == (1, 2, 0)


def test_a_row_that_nobody_accounts_for_is_told() -> None:
    lost = reading()
    lost.rows_read = 8
    assert account_of(lost).unexplained == 2


def test_a_file_tells_each_finding_once_reasons_of_quarantine_included() -> None:
    read = reading()
    late = found("error", 3, 1)
    file = file_of_reading(NAME, xlsx_workbook(Sheet("実績", [])), read, [late, *read.findings])
    assert set(file.findings) == {*read.findings, late, *read.quarantined.values()}
    assert file.counts == {"error": 2, "warning": 1, "info": 0}


def test_a_file_that_cannot_be_read_has_its_reason_only() -> None:
    file = unreadable_file(NAME, WorkbookError("file_encrypted", "甲。", "乙。"))
    assert file == FeedbackFile(NAME, None, file.findings)
    assert [one.rule for one in file.findings] == ["file_encrypted"]
