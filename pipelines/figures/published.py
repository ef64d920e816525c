"""Totals that cities have published (``raw/figures/*.csv``) as rows of ``published_figures``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

from pipelines.figures.csv_rows import CsvFile, CsvRow, CsvTable, Row, read_csv
from pipelines.figures.figure_faults import figure_faults, value_of, year_of
from pipelines.figures.metrics import ITEM_COUNTS, read_metric
from pipelines.figures.municipalities import names_by_code
from pipelines.figures.plan_links import KnownPlan, NamedPlan, linked_plan
from pipelines.figures.printed import read_printed
from pipelines.figures.reading import Fault, FigureReading
from pipelines.figures.words import word_list, yen_of
from pipelines.plans.characters import bare_text, normalised_title
from pipelines.plans.identity import short_hash
from pipelines.problems import Problem

FOLDER = "figures"
COLUMNS = (
    "municipality_code",
    "municipality_name",
    "plan_label",
    "period_start_fy",
    "period_end_fy",
    "fiscal_year",
    "metric",
    "basis",
    "unit",
    "value",
    "status",
    "published_as",
    "source_url",
)
#: What a figure's id is made of.
ID_COLUMNS = (
    "plan_label",
    "period_start_fy",
    "period_end_fy",
    "fiscal_year",
    "metric",
    "basis",
    "published_as",
)
COST_REDUCTION = "cost_reduction"
ITEM_UNIT = "項目"
YEN = "円"


@dataclass
class Draft:
    """A row without fault, on its way into the table."""

    file: CsvFile
    row: CsvRow
    columns: Row
    value: Decimal

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands, for ordering."""
        return self.file.path, self.row.number


def read_published_figures(
    name: str, data: bytes, plans: Sequence[KnownPlan] = ()
) -> FigureReading:
    """Read one file of published figures; see ``read_figure_files``."""
    return read_figure_files([(name, data)], plans)


def read_figure_files(
    files: Iterable[tuple[str, bytes]], plans: Sequence[KnownPlan] = ()
) -> FigureReading:
    """Read all files of published figures together, so that no id and no figure comes twice.

    A row with a fault is quarantined, never mended. The order of the rows does not matter.

    Args:
        files: (name, bytes) of the files in raw/figures.
        plans: the plans that figures may belong to.
    """
    tables = [(file, read_csv(file, COLUMNS)) for file in figure_files(files)]
    reading = FigureReading()
    drafts = _drafts(tables, reading)
    drafts = _without_doubles(drafts, reading)
    drafts = _with_normalised_values(drafts, reading)
    reading.municipalities = names_by_code(
        (one.row.texts["municipality_code"], one.row.texts["municipality_name"]) for one in drafts
    )
    _link_plans(drafts, plans)
    _number(drafts)
    reading.rows = sorted((one.columns for one in drafts), key=_sort_key)
    reading.problems += _remarks(drafts, reading.municipalities)
    reading.close(tables)
    return reading


def figure_files(files: Iterable[tuple[str, bytes]], folder: str = FOLDER) -> list[CsvFile]:
    """Files of a folder of raw/ in the order of their names, with their source ids."""
    return [
        CsvFile(f"{folder}/{name}", _source_id(folder, name), data) for name, data in sorted(files)
    ]


def _source_id(folder: str, name: str) -> str:
    return "-".join(f"{folder}-{PurePosixPath(name).stem}".split())


def _drafts(tables: list[tuple[CsvFile, CsvTable]], reading: FigureReading) -> list[Draft]:
    drafts = []
    for file, table in tables:
        reading.add_table(table)
        for row in table.rows:
            faults = [*cell_faults(row), *figure_faults(row.texts)]
            value = value_of(row.texts["value"])
            if faults or value is None:
                reading.quarantine(file, row, faults)
            else:
                drafts.append(Draft(file, row, _columns(file, row, value), value))
    return drafts


def cell_faults(row: CsvRow) -> list[Fault]:
    """A row with more cells than headings: a comma without quotes has moved the rest."""
    if not row.has_more_cells:
        return []
    message = '見出しより列の多い行です。コンマを含む値を引用符（"）で囲んでください。'
    return [Fault("", "figure_cells", message)]


def _columns(file: CsvFile, row: CsvRow, value: Decimal) -> Row:
    texts = row.texts
    return {
        "municipality_code": texts["municipality_code"],
        "plan_label": texts["plan_label"],
        "period_start_fy": year_of(texts["period_start_fy"]),
        "period_end_fy": year_of(texts["period_end_fy"]),
        "fiscal_year": year_of(texts["fiscal_year"]),
        "metric": texts["metric"],
        "basis": texts["basis"] or None,
        "unit": texts["unit"],
        "value": float(value),
        "is_derived": False,
        "derived_from": None,
        "result_status": texts["status"],
        "published_as": texts["published_as"],
        "source_url": texts["source_url"],
        "source_id": file.source_id,
        "row": row.number,
    }


def _without_doubles(drafts: list[Draft], reading: FigureReading) -> list[Draft]:
    """The same row a second time is a slip of copying."""
    first: dict[tuple[tuple[str, str], ...], Draft] = {}
    kept = []
    for draft in sorted(drafts, key=lambda one: one.place):
        before = first.setdefault(tuple(sorted(draft.row.texts.items())), draft)
        if before is draft:
            kept.append(draft)
            continue
        message = f"{before.file.path} の{before.row.number}行と同じ行です。片方を消してください。"
        reading.quarantine(draft.file, draft.row, [Fault("metric", "figure_twice", message)])
    return kept


def _with_normalised_values(drafts: list[Draft], reading: FigureReading) -> list[Draft]:
    """Fill value_normalized and unit_normalized; savings whose sign says nothing are set aside."""
    directions = _saving_directions(drafts)
    kept = []
    for draft in drafts:
        value, unit = normalised(draft.value, str(draft.columns["unit"]), _stem(draft))
        direction = directions.get(_table_of(draft), 1) if _stem(draft) == COST_REDUCTION else 1
        if direction == 0:
            reading.quarantine(draft.file, draft.row, [_unclear_sign(draft)])
            continue
        draft.columns |= {"value_normalized": float(value * direction), "unit_normalized": unit}
        kept.append(draft)
    return kept


def normalised(value: Decimal, unit: str, stem: str) -> tuple[Decimal, str]:
    """A value in the unit in which figures are compared: money in 円, items in 項目.

    Args:
        value: in ``unit``.
        unit: as published.
        stem: of the metric.
    """
    yen = yen_of(unit)
    if yen is not None:
        return value * yen, YEN
    if stem in ITEM_COUNTS and bare_text(unit) in word_list("item_counts"):
        return value, ITEM_UNIT
    return value, unit


def _saving_directions(drafts: list[Draft]) -> dict[tuple[str, ...], int]:
    """Which sign means a saving in a table of a page: that of most amounts; 0 for a tie.

    Cities print 削減額 as △16,565 or as 16,565, and both are savings. Within one table the other
    sign is then an increase of costs.
    """
    balance: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for draft in drafts:
        if _stem(draft) == COST_REDUCTION and draft.value:
            balance[_table_of(draft)].append(1 if draft.value > 0 else -1)
    return {table: (sum(signs) > 0) - (sum(signs) < 0) for table, signs in balance.items()}


def _table_of(draft: Draft) -> tuple[str, ...]:
    columns = draft.columns
    return (
        columns["municipality_code"],
        normalised_title(columns["plan_label"]),
        columns["source_url"],
    )


def _stem(draft: Draft) -> str:
    return read_metric(str(draft.columns["metric"])).stem


def _unclear_sign(draft: Draft) -> Fault:
    message = (
        f"同じ計画の削減額に正と負が同じ数だけあり、「{draft.columns['published_as']}」が"
        "節減か増加か決められません。掲載ページを見て、符号を確かめてください。"
    )
    return Fault("value", "figure_sign_unclear", message)


def _link_plans(drafts: list[Draft], plans: Sequence[KnownPlan]) -> None:
    for draft in drafts:
        columns = draft.columns
        named = NamedPlan(
            columns["municipality_code"],
            draft.row.texts["municipality_name"],
            columns["plan_label"],
            (columns["period_start_fy"], columns["period_end_fy"]),
        )
        columns["plan_id"] = linked_plan(named, plans)


def _number(drafts: list[Draft]) -> None:
    """Give ids; figures that differ in nothing an id is made of are numbered by what they say."""
    seen: Counter[str] = Counter()
    for draft in sorted(drafts, key=_content_key):
        identity = figure_id(draft.columns)
        seen[identity] += 1
        suffix = "" if seen[identity] == 1 else f"-{seen[identity]}"
        draft.columns["figure_id"] = identity + suffix


def figure_id(columns: Row) -> str:
    """The id of a figure, from what it is about and how it was published."""
    texts = ("" if columns[name] is None else str(columns[name]) for name in ID_COLUMNS)
    joined = "\n".join(normalised_title(text) for text in texts)
    return f"{columns['municipality_code']}-p{short_hash(joined)}"


def _content_key(draft: Draft) -> tuple[str, ...]:
    return tuple(str(value) for _, value in sorted(draft.row.texts.items()))


def _sort_key(row: Row) -> tuple[str, str, str]:
    return row["municipality_code"], row["plan_label"], row["figure_id"]


def _remarks(drafts: list[Draft], names: dict[str, str]) -> list[Problem]:
    """What is worth a look in rows that are published all the same."""
    return [problem for draft in drafts for problem in _remarks_on(draft, names)]


def _remarks_on(draft: Draft, names: dict[str, str]) -> list[Problem]:
    columns, texts = draft.columns, draft.row.texts
    told: list[tuple[str, str, str]] = []
    printed = read_printed(columns["published_as"], columns["unit"])
    if printed is None:
        message = (
            f"published_as「{columns['published_as']}」を数値として読み直せず、"
            "value と照らし合わせていません。掲載ページと合うか確かめてください。"
        )
        told.append(("published_as", "figure_not_reread", message))
    elif printed.misprint:
        message = f"「{printed.misprint}」は誤記とみて読みました。表記はそのまま載せます。"
        told.append(("published_as", "figure_misprint", message))
    if columns["value_normalized"] < 0 and _stem(draft) == COST_REDUCTION:
        message = "同じ計画の他の削減額と符号が逆なので、経費の増加として載せます。"
        told.append(("value", "figure_cost_increase", message))
    if texts["municipality_name"] != names[columns["municipality_code"]]:
        message = f"同じコードの他の行では「{names[columns['municipality_code']]}」です。"
        told.append(("municipality_name", "figure_name_differs", message))
    if _is_outside_period(columns):
        message = "年度が期間の外にあります。年度と期間を確かめてください。"
        told.append(("fiscal_year", "figure_year_outside_period", message))
    return [
        draft.file.problem(
            rule,
            message,
            draft.row.number,
            severity="info" if rule == "figure_misprint" else "warning",
            column=column,
            value=texts[column],
        )
        for column, rule, message in told
    ]


def _is_outside_period(columns: Row) -> bool:
    year = columns["fiscal_year"]
    start, end = columns["period_start_fy"], columns["period_end_fy"]
    return year is not None and ((start or year) > year or (end or year) < year)
