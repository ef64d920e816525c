"""What reading files of published figures or rating scales gives, and how it is gathered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.figures.csv_rows import CsvFile, CsvRow, CsvTable, Row
from pipelines.problems import Problem


class Fault(NamedTuple):
    """What is wrong in a row: the column, the stable name of the rule, and the Japanese text.

    The column is blank where the row as a whole is wrong.
    """

    column: str
    rule: str
    message_ja: str


@dataclass(frozen=True)
class FileAccount:
    """Where the rows of a file went: read = published + blank + quarantined.

    Attributes:
        source_id: the file.
        read: rows under the header, blank ones included.
        published: rows that stand in a table.
        blank: rows without any text.
        quarantined: rows that cannot be published; the problems say why.
    """

    source_id: str
    read: int
    published: int
    blank: int
    quarantined: int


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that cannot be published: where it stands, its texts, and the rules it breaks."""

    source_id: str
    row: int
    texts: dict[str, str]
    rules: tuple[str, ...]


@dataclass
class FigureReading:
    """What was read of files in raw/figures or raw/rating_scales.

    Attributes:
        rows: of ``published_figures`` or ``rating_scales``, in the schema's sort order.
        municipalities: code -> name, of the rows that are published.
        sources: rows of ``sources``, one for each file that is text.
        problems: everything to tell, all at once.
        quarantined: rows that cannot be published.
        accounts: one for each file that could be read.
    """

    rows: list[Row] = field(default_factory=list)
    municipalities: dict[str, str] = field(default_factory=dict)
    sources: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    quarantined: list[QuarantinedRow] = field(default_factory=list)
    accounts: list[FileAccount] = field(default_factory=list)

    def add_table(self, table: CsvTable) -> None:
        """Take over what a file says about itself."""
        self.problems += table.problems
        self.sources += [table.source] if table.source else []

    def quarantine(self, file: CsvFile, row: CsvRow, faults: Sequence[Fault]) -> None:
        """Set a row aside, and tell every fault of it."""
        rules = tuple(dict.fromkeys(fault.rule for fault in faults))
        self.quarantined.append(QuarantinedRow(file.source_id, row.number, row.texts, rules))
        self.problems += problems_of(file, row, faults)

    def close(self, tables: Iterable[tuple[CsvFile, CsvTable]]) -> None:
        """Count where the rows of every file went; to be called once all rows are placed."""
        published = Counter(str(row["source_id"]) for row in self.rows)
        aside = Counter(one.source_id for one in self.quarantined)
        for file, table in tables:
            if any(problem.severity == "error" for problem in table.problems):
                continue
            self.accounts.append(
                FileAccount(
                    file.source_id,
                    read=len(table.rows) + table.blank_rows,
                    published=published[file.source_id],
                    blank=table.blank_rows,
                    quarantined=aside[file.source_id],
                )
            )


def problems_of(file: CsvFile, row: CsvRow, faults: Iterable[Fault]) -> list[Problem]:
    """Faults of a row as problems of a build: the row is left out."""
    return [
        file.problem(
            one.rule,
            one.message_ja + "この行は載せません。",
            row.number,
            column=one.column or None,
            value=row.texts.get(one.column),
        )
        for one in faults
    ]
