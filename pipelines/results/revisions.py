"""Submissions of one plan in order: which row is the newest, and what it supersedes.

The order is the round's year and place, the edition within a file, then the declared receipt
number; never a file's time or name. The older row stays, with ``is_current`` false.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipelines.messages import At
from pipelines.results.departments import successors_of
from pipelines.results.effect_bases import settle_bases
from pipelines.results.findings import finding
from pipelines.results.model import AsideReason, DepartmentContext, Row
from pipelines.results.rows.model import (
    BARE,
    KEY_COLUMNS,
    ORDER,
    REPORT,
    TABLES,
    ResultRows,
    SubmissionSource,
    without_marks,
)
from pipelines.results.rows.repeats import content
from pipelines.sources.workbooks.model import CellFinding

#: source_id, sheet and row: a place among all files of a plan.
FilePlace = tuple[str, str | None, int]
#: The last part of an order where a file has no receipt number.
NO_RECEIPT = 0


@dataclass
class Revised:
    """The rows of one plan with their revisions.

    Attributes:
        rows: table -> rows with every column of the table.
        quarantined: place -> why the row is not published after all.
        aside: place -> ``repost`` for rows that another file of the round holds alike.
        findings: source_id -> what to tell of that file, those of quarantined rows included.
    """

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    quarantined: dict[FilePlace, CellFinding] = field(default_factory=dict)
    aside: dict[FilePlace, AsideReason] = field(default_factory=dict)
    findings: dict[str, list[CellFinding]] = field(default_factory=lambda: defaultdict(list))


def without_repeats(
    submissions: Iterable[SubmissionSource],
) -> tuple[list[SubmissionSource], dict[int, CellFinding]]:
    """Submissions of one plan without files that came before, byte for byte, in the same round.

    A file that came again with a receipt number of its own, after another one, is a submission of
    its own: its department went back to it.

    Returns:
        The submissions to read, and ``id`` of those left out -> finding.
    """
    rounds: dict[tuple[object, ...], list[SubmissionSource]] = defaultdict(list)
    for one in submissions:
        rounds[one.fiscal_year, one.period, one.round].append(one)
    kept: list[SubmissionSource] = []
    for of_round in rounds.values():
        kept += _without_repeats(of_round)
    left_out = {id(one) for some in rounds.values() for one in some} - set(map(id, kept))
    return kept, {one: finding("file_sent_again") for one in left_out}


def _without_repeats(of_round: list[SubmissionSource]) -> Iterator[SubmissionSource]:
    last_of_all: str | None = None
    receipts: dict[str, int] = {}
    for one in sorted(of_round, key=_by_receipt):
        content = one.sha256 or one.source_id
        came_before = receipts.get(content)
        receipt = one.receipt or 0
        if came_before is None or (came_before < receipt and last_of_all != content):
            receipts[content], last_of_all = receipt, content
            yield one


def _by_receipt(one: SubmissionSource) -> tuple[bool, int, str]:
    """Files without receipt last: where a file also came with one, that one is read."""
    return one.receipt is None, one.receipt or 0, one.source_id


def revise(
    submissions: Sequence[ResultRows], register: Sequence[DepartmentContext] = ()
) -> Revised:
    """Give every row of one plan its revision.

    Args:
        submissions: the rows of each file of the plan, in any order.
        register: the municipality's departments: a later report of the department that took over
            another's work supersedes the other's.
    """
    revised = Revised()
    groups = {name: _by_key(submissions, name) for name in KEY_COLUMNS}
    _quarantine(groups, revised)
    for table, key in KEY_COLUMNS.items():
        for stem, rows in groups[table].items():
            if len(rows) > 1:
                rows = _oldest_first(rows, revised)
            last = len(rows)
            for revision, row in enumerate(rows, start=1):
                named = without_marks(row)
                named[key] = f"{stem}-{revision}"
                named["revision"] = revision
                named["is_current"] = revision == last
                revised.rows[table].append(named)
    _settle_aside(revised)
    successors = {one.department_id: successors_of(one.department_id, register) for one in register}
    _supersede_predecessors(groups, revised.rows, successors)
    _settle_bases(groups["financial_effects"], successors, revised)
    revised.rows["indicators"] = _indicators(submissions, revised.rows["indicator_results"])
    return revised


def _by_key(submissions: Sequence[ResultRows], table: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    key = KEY_COLUMNS[table]
    for submission in submissions:
        for row in submission.rows[table]:
            groups[row[key]].append(row)
    return groups


def _moments(rows: list[Row]) -> list[list[Row]]:
    """Rows of one key by when they came, oldest first.

    Within a round and edition the receipt numbers decide. Rows of files without one came with the
    newest that has one if they say the same; else nobody can say when any of them came.
    """
    editions: dict[tuple[object, ...], dict[int, list[Row]]] = defaultdict(dict)
    for row in rows:
        editions[row[ORDER][:-1]].setdefault(row[ORDER][-1], []).append(row)
    moments: list[list[Row]] = []
    for order in sorted(editions):
        by_receipt = editions[order]
        without = by_receipt.pop(NO_RECEIPT, [])
        in_order = [by_receipt[receipt] for receipt in sorted(by_receipt)]
        if without and in_order and not _disagree([*in_order[-1], *without]):
            in_order[-1] += without
        elif without:
            in_order = [[row for some in (*in_order, without) for row in some]]
        moments += in_order
    return moments


def _quarantine(groups: dict[str, dict[str, list[Row]]], revised: Revised) -> None:
    """Leave out all rows of places that contradict another file of a round without order."""
    for by_key in groups.values():
        for rows in by_key.values():
            for row in _contradicting(rows) if _share_a_round(rows) else ():
                revised.quarantined[_place(row)] = finding(
                    "receipt_missing", at=At(row["sheet"], row["row"])
                )
    for (source_id, _, _), reason in revised.quarantined.items():
        revised.findings[source_id].append(reason)
    for by_key in groups.values() if revised.quarantined else ():
        for key, rows in by_key.items():
            by_key[key] = [row for row in rows if _place(row) not in revised.quarantined]


def _share_a_round(rows: list[Row]) -> bool:
    """Whether any two rows of a key are of one round and edition."""
    return len(rows) > 1 and len({row[ORDER][:-1] for row in rows}) < len(rows)


def _contradicting(rows: list[Row]) -> list[Row]:
    """Rows of one key that came at once and say different things."""
    found: list[Row] = []
    for moment in _moments(rows):
        if _disagree(moment):
            found += [row for row in moment if not row.get(BARE)]
    return found


def _disagree(rows: list[Row]) -> bool:
    """Whether rows say different things; a bare one, which repeats a name, contradicts nothing."""
    reporting = [row for row in rows if not row.get(BARE)]
    return any(content(row) != content(reporting[0]) for row in reporting[1:])


def _place(row: Row) -> FilePlace:
    return row["source_id"], row["sheet"], row["row"]


def _oldest_first(rows: list[Row], revised: Revised) -> list[Row]:
    """Rows of one key in order; of rows that came at once and agree, the first."""
    if not _share_a_round(rows):
        return sorted(rows, key=_order)
    kept: list[Row] = []
    for moment in _moments(rows):
        first, *others = sorted(moment, key=lambda row: (bool(row.get(BARE)), *_sortable(row)))
        kept.append(first)
        revised.aside.update(dict.fromkeys(map(_place, others), "repost"))
    return kept


def _order(row: Row) -> tuple[object, ...]:
    order: tuple[object, ...] = row[ORDER]
    return order


def _sortable(row: Row) -> tuple[str, str, int]:
    return row["source_id"], row["sheet"] or "", row["row"]


def _settle_aside(revised: Revised) -> None:
    """Set aside only what gave no row at all, and tell it."""
    if not revised.aside:
        return
    published = {_place(row) for name in KEY_COLUMNS for row in revised.rows[name]}
    revised.aside = {
        place: reason for place, reason in revised.aside.items() if place not in published
    }
    for source_id, sheet, row in revised.aside:
        revised.findings[source_id].append(finding("same_in_other_file", at=At(sheet, row)))


def _supersede_predecessors(
    groups: dict[str, dict[str, list[Row]]],
    rows: dict[str, list[Row]],
    successors: dict[str, list[str]],
) -> None:
    """Results of a department that was renamed or merged give way to its successor's later ones."""
    if not any(successors.values()):
        return
    for table in KEY_COLUMNS:
        _withdraw(rows[table], KEY_COLUMNS[table], _superseded(groups[table], successors))


def _settle_bases(
    effects: dict[str, list[Row]], successors: dict[str, list[str]], revised: Revised
) -> None:
    settled = settle_bases(effects, successors)
    rows = revised.rows["financial_effects"]
    _withdraw(rows, KEY_COLUMNS["financial_effects"], settled.superseded)
    for row, unclear in settled.told:
        placed = replace(unclear, sheet=row["sheet"], row=row["row"], value=row["amount_text"])
        revised.findings[row["source_id"]].append(placed)


def _withdraw(rows: list[Row], key: str, stems: set[str]) -> None:
    """Rows of these ids (without revision) are no longer current."""
    for row in rows if stems else ():
        if row[key].rsplit("-", 1)[0] in stems:
            row["is_current"] = False


def _superseded(groups: dict[str, list[Row]], successors: dict[str, list[str]]) -> set[str]:
    """Ids without revision whose department's successor has reported the same since."""
    by_report: dict[tuple[object, ...], dict[str, tuple[str, tuple[object, ...]]]] = {}
    for stem, rows in groups.items():
        for row in rows:
            if REPORT in row:
                report, department = row[REPORT]
                newest = by_report.setdefault(report, {})
                if department not in newest or newest[department][1] < row[ORDER]:
                    newest[department] = (stem, row[ORDER])
    return {
        stem
        for newest in by_report.values()
        if len(newest) > 1
        for department, (stem, order) in newest.items()
        if any(one in newest and newest[one][1] > order for one in successors.get(department, ()))
    }


def _indicators(submissions: Sequence[ResultRows], results: list[Row]) -> list[Row]:
    """The sheets' own indicators, each once, as the oldest submission has it."""
    used = {row["indicator_id"] for row in results}
    found: dict[str, Row] = {}
    for row in (row for submission in submissions for row in submission.rows["indicators"]):
        indicator_id = row["indicator_id"]
        if indicator_id in used:
            first = found.setdefault(indicator_id, row)
            if first is not row and _age(row) < _age(first):
                found[indicator_id] = row
    return list(map(without_marks, found.values()))


def _age(row: Row) -> tuple[object, ...]:
    """What orders an indicator among those of the same id."""
    return row[ORDER], *_sortable(row)
