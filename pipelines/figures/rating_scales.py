"""Rating scales (``raw/rating_scales/*.csv``) as rows of ``rating_scales``; one scale per plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.figures.csv_rows import CsvFile, CsvRow, CsvTable, read_csv
from pipelines.figures.figure_faults import fault_of_url, municipality_faults
from pipelines.figures.municipalities import names_by_code
from pipelines.figures.plan_links import KnownPlan, NamedPlan, linked_plan
from pipelines.figures.published import cell_faults, figure_files
from pipelines.figures.rating_words import RATINGS, rating_words, ratings_of_scale
from pipelines.figures.reading import Fault, FigureReading
from pipelines.plans.characters import bare_text, normalised_title
from pipelines.plans.identity import short_hash

Row = dict[str, Any]
FOLDER = "rating_scales"
COLUMNS = (
    "municipality_code",
    "municipality_name",
    "plan_label",
    "ordinal",
    "rating_label",
    "definition",
    "source_url",
)
OPTIONAL_COLUMNS = ("rating",)


@dataclass
class _Label:
    """A label of a scale, on its way into the table."""

    file: CsvFile
    row: CsvRow

    @property
    def scale(self) -> tuple[str, str]:
        """Municipality and plan: the labels that belong together."""
        texts = self.row.texts
        return texts["municipality_code"], normalised_title(texts["plan_label"])


def read_rating_scales(name: str, data: bytes, plans: Sequence[KnownPlan] = ()) -> FigureReading:
    """Read one file of rating scales; see ``read_scale_files``."""
    return read_scale_files([(name, data)], plans)


def read_scale_files(
    files: Iterable[tuple[str, bytes]], plans: Sequence[KnownPlan] = ()
) -> FigureReading:
    """Read all files of rating scales together; a row with a fault is quarantined.

    Args:
        files: (name, bytes) of the files in raw/rating_scales.
        plans: the plans that scales may belong to.
    """
    tables = [
        (file, read_csv(file, COLUMNS, OPTIONAL_COLUMNS)) for file in figure_files(files, FOLDER)
    ]
    reading = FigureReading()
    labels = _without_doubles(_sound_labels(tables, reading), reading)
    reading.municipalities = names_by_code(
        (one.row.texts["municipality_code"], one.row.texts["municipality_name"]) for one in labels
    )
    for _, scale in _scales(labels).items():
        reading.rows += _scale_rows(scale, plans, reading)
    reading.rows.sort(
        key=lambda row: (
            row["municipality_code"],
            row["plan_label"] or "",
            row["ordinal"],
            row["scale_id"],
        )
    )
    reading.close(tables)
    return reading


def _sound_labels(tables: list[tuple[CsvFile, CsvTable]], reading: FigureReading) -> list[_Label]:
    labels = []
    for file, table in tables:
        reading.add_table(table)
        for row in table.rows:
            faults = [*cell_faults(row), *_label_faults(row.texts)]
            if faults:
                reading.quarantine(file, row, faults)
            else:
                labels.append(_Label(file, row))
    return labels


def _label_faults(texts: dict[str, str]) -> list[Fault]:
    faults = municipality_faults(texts)
    if _ordinal(texts["ordinal"]) is None:
        message = f"ordinal「{texts['ordinal']}」は1からの番号ではありません。"
        told = "評価区分の中での順番を書いてください。"
        faults.append(Fault("ordinal", "scale_ordinal", message + told))
    if not texts["rating_label"]:
        message = "rating_label が空です。評価の表記を書いてください。"
        faults.append(Fault("rating_label", "scale_label_missing", message))
    if texts["rating"] and texts["rating"] not in RATINGS:
        message = (
            f"rating「{texts['rating']}」は使えません。"
            f"{'、'.join(RATINGS)} のどれかにするか、空にしてください。"
        )
        faults.append(Fault("rating", "scale_rating", message))
    return faults + (fault_of_url(texts["source_url"]) if texts["source_url"] else [])


def _ordinal(text: str) -> int | None:
    plain = bare_text(text)
    is_number = plain.isascii() and plain.isdigit() and len(plain) < 4
    return int(plain) if is_number and int(plain) > 0 else None


def _without_doubles(labels: list[_Label], reading: FigureReading) -> list[_Label]:
    """A label twice in one scale is ambiguous; so are two labels in one place."""
    by_label = Counter(
        (*one.scale, normalised_title(one.row.texts["rating_label"])) for one in labels
    )
    by_place = Counter((*one.scale, _ordinal(one.row.texts["ordinal"])) for one in labels)
    kept = []
    for one in labels:
        texts = one.row.texts
        faults = []
        if by_label[*one.scale, normalised_title(texts["rating_label"])] > 1:
            message = f"評価「{texts['rating_label']}」が同じ評価区分に二度あります。"
            faults.append(Fault("rating_label", "scale_label_twice", message + _ONE_ONLY))
        if by_place[*one.scale, _ordinal(texts["ordinal"])] > 1:
            message = f"順番 {texts['ordinal']} が同じ評価区分に二度あります。"
            faults.append(Fault("ordinal", "scale_ordinal_twice", message + _ONE_ONLY))
        if faults:
            reading.quarantine(one.file, one.row, faults)
        else:
            kept.append(one)
    return kept


_ONE_ONLY = "どちらかを直してください。"


def _scales(labels: list[_Label]) -> dict[tuple[str, str], list[_Label]]:
    scales: dict[tuple[str, str], list[_Label]] = defaultdict(list)
    for one in labels:
        scales[one.scale].append(one)
    return {
        key: sorted(scale, key=lambda one: _ordinal(one.row.texts["ordinal"]) or 0)
        for key, scale in sorted(scales.items())
    }


def _scale_rows(
    scale: list[_Label], plans: Sequence[KnownPlan], reading: FigureReading
) -> list[Row]:
    pairs = [(one.row.texts["rating_label"], one.row.texts["definition"]) for one in scale]
    rows = []
    for one, read in zip(scale, ratings_of_scale(pairs), strict=True):
        rating = one.row.texts["rating"] or read
        rows.append(_row(one, rating, plans))
        if rating is None:
            _tell_unrated(one, reading)
    return rows


def _row(one: _Label, rating: str | None, plans: Sequence[KnownPlan]) -> Row:
    texts = one.row.texts
    code, label = texts["municipality_code"], texts["plan_label"]
    hashed = short_hash("\n".join((one.scale[1], normalised_title(texts["rating_label"]))))
    named = NamedPlan(code, texts["municipality_name"], label)
    return {
        "scale_id": f"{code}-s{hashed}",
        "municipality_code": code,
        "plan_id": linked_plan(named, plans),
        "plan_label": label or None,
        "ordinal": _ordinal(texts["ordinal"]),
        "rating_label": texts["rating_label"],
        "rating": rating,
        "definition": texts["definition"] or None,
        "source_url": texts["source_url"] or None,
        "source_id": one.file.source_id,
        "row": one.row.number,
    }


def _tell_unrated(one: _Label, reading: FigureReading) -> None:
    """A label without a meaning is told; one that is known to have none is not."""
    texts = one.row.texts
    if bare_text(texts["rating_label"]) in rating_words().says_nothing:
        return
    message = (
        f"評価「{texts['rating_label']}」が何を表すか読み取れないので、rating を空にしました。"
        "分かる場合は、列 rating に書いてください。"
    )
    reading.problems.append(
        one.file.problem(
            "scale_label_unknown",
            message,
            one.row.number,
            severity="warning",
            column="rating_label",
            value=texts["rating_label"],
        )
    )
