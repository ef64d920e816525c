"""What is told about one submitted file, in the order in which every output tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.problems import SEVERITY_LABELS, Severity
from pipelines.results.model import AsideReason, SheetReading
from pipelines.sources.workbooks.model import CellFinding, Workbook, WorkbookError

#: Sheet and row of a file; the sheet is None for CSV.
RowPlace = tuple[str | None, int]

_RANKS = {severity: rank for rank, severity in enumerate(SEVERITY_LABELS)}

ASIDE_LABELS: dict[AsideReason, str] = {
    "title": "表題",
    "heading": "表の間の見出し",
    "header": "列の見出し",
    "total": "小計・合計",
    "note": "注記",
    "blank": "空行",
    "repost": "再掲",
    "hidden": "非表示の行",
    "skipped": "読まない行・シート",
    "guide": "記入の手引き",
    "unfilled": "記入のない行",
    "joined": "上の行と合わせて読んだ行",
}


@dataclass(frozen=True)
class RowAccount:
    """Where the rows of a file went.

    Attributes:
        read: rows read, blank ones included.
        published: rows of the file that reached a table.
        aside: why a row is no result -> rows.
        quarantined: rows that cannot be published, with the reason.
    """

    read: int
    published: int
    aside: Mapping[AsideReason, int] = field(default_factory=dict)
    quarantined: Mapping[RowPlace, CellFinding] = field(default_factory=dict)

    @property
    def set_aside(self) -> int:
        """Rows that are no results: headings, totals, notes, blank rows."""
        return sum(self.aside.values())

    @property
    def unexplained(self) -> int:
        """Rows read that are neither published nor set aside nor quarantined; 0 in a sound build.

        Below 0 where a row was counted twice.
        """
        return self.read - self.published - self.set_aside - len(self.quarantined)


def account_of(
    reading: SheetReading, quarantined: Mapping[RowPlace, CellFinding] | None = None
) -> RowAccount:
    """The account of a reading, and of what making rows of its records put into quarantine."""
    held = {**reading.quarantined, **(quarantined or {})}
    published = {(record.sheet, record.row) for record in reading.records} - held.keys()
    return RowAccount(
        reading.rows_read, len(published), dict(Counter(reading.aside.values())), held
    )


@dataclass(frozen=True)
class Entry:
    """Findings that say the same of several places, told once.

    Attributes:
        number: place in the list, from 1; the same in every output.
        findings: in the order of the file; at least one.
    """

    number: int
    findings: tuple[CellFinding, ...]

    @property
    def first(self) -> CellFinding:
        """The first finding; its severity, rule and texts are those of all."""
        return self.findings[0]

    @property
    def label(self) -> str:
        """エラー, 注意 or 参考."""
        return SEVERITY_LABELS[self.first.severity]

    def numbered(self) -> Iterator[tuple[str, CellFinding]]:
        """Every finding with its number: ``3``, or ``3-1``, ``3-2`` where there are several."""
        for position, finding in enumerate(self.findings, 1):
            several = len(self.findings) > 1
            yield (f"{self.number}-{position}" if several else str(self.number)), finding


@dataclass(frozen=True)
class FeedbackFile:
    """One submitted file and all that is to be said of it.

    Attributes:
        name: name of the file, without folders.
        workbook: as read; None where it could not be read at all.
        findings: all findings, in any order; the same one twice is told once.
        account: where its rows went; None where it could not be read.
        diagnostics: what of the spreadsheet no program sees, by the rules for machine-readable
            data; told on the page and counted nowhere.
    """

    name: str
    workbook: Workbook | None
    findings: tuple[CellFinding, ...]
    account: RowAccount | None = None
    diagnostics: tuple[CellFinding, ...] = ()

    @property
    def entries(self) -> list[Entry]:
        """What is told, errors first."""
        names = [sheet.name for sheet in self.workbook.sheets] if self.workbook else []
        return entries_of(self.findings, names)

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        found = Counter(finding.severity for finding in dict.fromkeys(self.findings))
        return {severity: found[severity] for severity in SEVERITY_LABELS}


def file_of_reading(
    name: str,
    workbook: Workbook,
    reading: SheetReading,
    more: Iterable[CellFinding] = (),
    quarantined: Mapping[RowPlace, CellFinding] | None = None,
) -> FeedbackFile:
    """A file that was read: what reading found, ``more`` of later stages, reasons of quarantine."""
    account = account_of(reading, quarantined)
    found = [*workbook.findings, *reading.findings, *account.quarantined.values(), *more]
    return FeedbackFile(name, workbook, tuple(dict.fromkeys(found)), account)


def unreadable_file(name: str, error: WorkbookError) -> FeedbackFile:
    """A file that could not be read at all."""
    return FeedbackFile(name, None, (error.finding,))


def entries_of(
    findings: Iterable[CellFinding], sheet_names: Sequence[str | None] = ()
) -> list[Entry]:
    """Findings as the entries of a list.

    Errors come first, then by sheet, row and column; what concerns the whole file comes before its
    sheets. Findings of one rule that say the same of several cells are one entry, which stands
    where the first of them stands.
    """
    order = {name: position for position, name in enumerate(sheet_names)}
    groups: dict[tuple[object, ...], list[CellFinding]] = {}
    for finding in sorted(dict.fromkeys(findings), key=lambda one: _place(one, order)):
        same = (finding.severity, finding.rule, finding.message_ja, finding.fix_ja)
        groups.setdefault(same, []).append(finding)
    return [Entry(number, tuple(group)) for number, group in enumerate(groups.values(), 1)]


def _place(finding: CellFinding, order: Mapping[str | None, int]) -> tuple[int, ...]:
    """Sort key. Sheets that the file does not have come last, whole files and sheets first."""
    if finding.sheet is None and finding.row is None:
        sheet = -1
    else:
        sheet = order.get(finding.sheet, len(order))
    return (_RANKS[finding.severity], sheet, finding.row or 0, finding.column or 0)
