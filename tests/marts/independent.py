"""The marts computed once more, in pandas and plain Python, from what their schemas say.

Written without the SQL, from ``schemas/*.json`` and the packaged CSV files alone, so that a mistake
of one is not a mistake of both. Every function takes the CSV tables and gives rows of one mart.
"""

from __future__ import annotations

import datetime
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pipelines.tables.schema import TableSchema

from .independent_indicators import indicator_progress

Row = dict[str, Any]
Tables = Mapping[str, list[Row]]

_TYPES: Final = {"string": "object", "integer": "Int64", "number": "object", "boolean": "object"}
_NO_RATING: Final = {"unrated": "評価なし", "mixed": "評価が分かれる", "unreported": "報告なし"}


def read_csv(schema: TableSchema, content: bytes) -> list[Row]:
    """Rows of a packaged CSV file, null where a cell is empty."""
    types = {one.name: _TYPES.get(one.type, "object") for one in schema.fields}
    frame = pd.read_csv(
        io.BytesIO(content),
        dtype=types,
        keep_default_na=False,
        na_values=[""],
        encoding="utf-8-sig",
    )
    kinds = {one.name: one.type for one in schema.fields}
    return [
        {
            name: None if pd.isna(value) else _value(kinds[name], value)
            for name, value in row.items()
        }
        for row in frame.to_dict("records")
    ]


def _value(kind: str, value: Any) -> Any:
    if kind == "date":
        return datetime.date.fromisoformat(value)
    if kind == "boolean":
        return str(value).lower() == "true"
    return {"integer": int, "number": float}.get(kind, str)(value)


def _current(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["is_current"]]


def _by(rows: Iterable[Row], *names: str) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in names)].append(row)
    return found


# ---- ratings of items -----------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """How one item, or measure, stands in a year."""

    status: str
    label: str
    rating: str | None
    is_provisional: bool = False


_UNREPORTED: Final = Outcome("unreported", _NO_RATING["unreported"], None)
#: Ratings, and changes in mid-plan, after which nobody is to report any more.
_ENDED: Final = {
    "completed": "完了済み",
    "discontinued": "中止済み",
    "withdrawn": "中止済み",
    "stopped": "中止済み",
    "merged": "統合済み",
    "split": "分割済み",
    "renamed": "改称済み",
}


def _ended(label: str) -> Outcome:
    return Outcome("ended", label, None)


class City:
    """What several marts ask of the tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.departments = {one["department_id"]: one for one in tables["departments"]}
        self.items = {one["item_id"]: one for one in tables["reform_items"]}
        self.nodes = {one["node_id"]: one for one in tables["policy_nodes"]}
        self.answers = _current(tables["yearly_results"])
        self.code = {one["plan_id"]: one["municipality_code"] for one in tables["plans"]}

    def department(self, row: Row) -> str:
        """Who has the work now: department_id, else the name as reported."""
        at = row["department_id"]
        if at is None:
            return str(row["department_name"])
        while self.departments[at]["successor_id"] is not None:
            at = self.departments[at]["successor_id"]
        return str(at)

    def pillar(self, item_id: str) -> str:
        """The top heading above an item."""
        at = self.nodes[self.items[item_id]["node_id"]]
        while at["parent_node_id"] is not None:
            at = self.nodes[at["parent_node_id"]]
        return str(at["node_id"])

    def leads(self, item_id: str | None) -> set[str]:
        """The departments marked as in the lead."""
        return {
            self.department(row)
            for row in self.tables["item_departments"]
            if row["item_id"] == item_id and row["role"] == "lead"
        }

    def own_items(self, plan_id: str) -> list[str]:
        """Items of a plan, reprints left out."""
        return [
            one["item_id"]
            for one in self.tables["reform_items"]
            if one["plan_id"] == plan_id and not one["is_repost"]
        ]

    def subjects(self, plan_id: str, year: int) -> dict[Any, list[Row]]:
        """Reports of one year by item or measure."""
        found: dict[Any, list[Row]] = defaultdict(list)
        for row in self.answers:
            if (row["plan_id"], row["fiscal_year"]) == (plan_id, year):
                measure = (row["category_label"], row["section_label"], row["measure_text"])
                found[row["item_id"] or measure].append(row)
        return found

    def years(self, plan_id: str) -> list[int]:
        """Years that anybody reported on."""
        return sorted({row["fiscal_year"] for row in self.answers if row["plan_id"] == plan_id})

    def outcome(self, answers: list[Row]) -> Outcome:
        """One outcome for all reports of an item: once, and mixed where they disagree."""
        if not answers:
            return _UNREPORTED
        provisional = any(row["result_status"] == "provisional" for row in answers)
        leads = self.leads(answers[0]["item_id"])
        of_lead = [row for row in answers if leads == {self.department(row)}]
        for said in (answers, of_lead):
            rated = {row["rating_label"]: row["rating"] for row in said if row["rating_label"]}
            if len(rated) == 1:
                return Outcome("rated", *rated.popitem(), provisional)
        status = "mixed" if any(row["rating_label"] for row in answers) else "unrated"
        return Outcome(status, _NO_RATING[status], None, provisional)


def _changes(city: City, item: str, last: datetime.date) -> list[Row]:
    """Changes that people stated of an item, until a day."""
    return [
        row
        for row in city.tables["item_lineage"]
        if row["from_item_id"] == item
        and row["changed_on"] is not None
        and row["changed_on"] <= last
    ]


def _ended_by_change(city: City, item: str, year: int) -> str | None:
    """The first change that left nothing of an item to report on."""
    changes = _changes(city, item, datetime.date(year, 4, 1))
    found = []
    for day, rows in _by(changes, "relation", "changed_on").items():
        heirs = {row["to_item_id"] for row in rows} - {item}
        if day[0] in _ENDED and heirs and (day[0] != "split" or len(heirs) > 1):
            fiscal_year = day[1].year + ((day[1].month, day[1].day) > (4, 1))
            found.append((fiscal_year, _ENDED[day[0]]))
    return min(found)[1] if found else None


def _unreported(city: City, plan_id: str, item: str, year: int) -> Outcome:
    """What stands for an item that nobody reported on in a year."""
    for earlier in reversed([one for one in city.years(plan_id) if one < year]):
        answers = city.subjects(plan_id, earlier).get(item)
        if answers:
            rating = city.outcome(answers).rating
            if rating in _ENDED:
                return _ended(_ENDED[rating])
            break
    label = _ended_by_change(city, item, year)
    return _ended(label) if label else _UNREPORTED


def _outcome_columns(outcome: Outcome) -> Row:
    return {
        "status": outcome.status,
        "outcome_label": outcome.label,
        "rating": outcome.rating,
    }


def plan_progress(tables: Tables) -> list[Row]:
    """Items by outcome, for every plan and pillar and year."""
    city = City(tables)
    rows = []
    for plan in tables["plans"]:
        plan_id = plan["plan_id"]
        for year in city.years(plan_id):
            reported = city.subjects(plan_id, year)
            outcomes = {one: city.outcome(found) for one, found in reported.items()}
            silent = [one for one in city.own_items(plan_id) if one not in outcomes]
            ends = {one: _unreported(city, plan_id, one, year) for one in silent}
            everything = {**ends, **outcomes}
            scopes: dict[str, list[Outcome]] = defaultdict(list)
            for subject, outcome in everything.items():
                scopes[plan_id].append(outcome)
                if subject in city.items:
                    scopes[city.pillar(subject)].append(outcome)
            key = {"municipality_code": plan["municipality_code"], "plan_id": plan_id}
            for scope_id, found in scopes.items():
                scope = _scope(city, plan, scope_id)
                rows += [{**key, "fiscal_year": year, **scope, **count} for count in _counts(found)]
    return rows


def _scope(city: City, plan: Row, scope_id: str) -> Row:
    if scope_id == plan["plan_id"]:
        return {
            "scope_kind": "plan",
            "scope_key": scope_id,
            "scope_title": plan["title"],
            "pillar_ordinal": None,
        }
    node = city.nodes[scope_id]
    return {
        "scope_kind": "pillar",
        "scope_key": scope_id,
        "scope_title": node["title"],
        "pillar_ordinal": node["ordinal"],
    }


def _counts(found: list[Outcome]) -> list[Row]:
    counts = Counter((one.status, one.label, one.rating) for one in found)
    provisional = Counter(
        (one.status, one.label, one.rating) for one in found if one.is_provisional
    )
    return [
        {
            "status": status,
            "outcome_label": label,
            "rating": rating,
            "item_count": count,
            "scope_item_count": len(found),
            "provisional_item_count": provisional[status, label, rating],
        }
        for (status, label, rating), count in counts.items()
    ]


def department_progress(tables: Tables) -> list[Row]:
    """Items by outcome, for every department that reported or was to report."""
    city = City(tables)
    rows = []
    for plan in tables["plans"]:
        for year in city.years(plan["plan_id"]):
            for department, found in _department_outcomes(city, plan["plan_id"], year).items():
                register = city.departments.get(department)
                key = {
                    "municipality_code": plan["municipality_code"],
                    "plan_id": plan["plan_id"],
                    "fiscal_year": year,
                    "department_key": department,
                    "department_id": department if register else None,
                    "department_name": register["name"] if register else department,
                }
                counts = Counter(found)
                rows += [
                    {**key, **_outcome_columns(one), "item_count": count}
                    for one, count in counts.items()
                ]
    return rows


def _department_outcomes(city: City, plan_id: str, year: int) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = defaultdict(list)
    reported = set()
    for subject, answers in city.subjects(plan_id, year).items():
        for department in {city.department(row) for row in answers}:
            own = [row for row in answers if city.department(row) == department]
            outcome = city.outcome(own)
            found[department].append(Outcome(outcome.status, outcome.label, outcome.rating))
            reported.add((subject, department))
    for item in city.own_items(plan_id):
        named = [row for row in city.tables["item_departments"] if row["item_id"] == item]
        for department in {city.department(row) for row in named if not row["is_collective"]}:
            if (item, department) not in reported:
                found[department].append(_silence(city, plan_id, year, item, department))
    return found


def _silence(city: City, plan_id: str, year: int, item: str, department: str) -> Outcome:
    """What stands for an item that a department named for it did not report on."""
    label = _own_end(city, plan_id, year, item, department)
    if label is None and not city.subjects(plan_id, year).get(item):
        whole = _unreported(city, plan_id, item, year)
        label = whole.label if whole.status == "ended" else None
    label = label or _ended_by_change(city, item, year)
    if label is None and _has_moved(city, plan_id, year, item, department):
        label = "所管替え済み"
    return _ended(label) if label else _UNREPORTED


def _own_end(city: City, plan_id: str, year: int, item: str, department: str) -> str | None:
    """What the department's own newest report before says of the item's end."""
    for earlier in reversed([one for one in city.years(plan_id) if one < year]):
        answers = city.subjects(plan_id, earlier).get(item, [])
        rated = {
            row["rating_label"]: row["rating"]
            for row in answers
            if city.department(row) == department
        }
        if rated:
            rated.pop(None, None)
            return _ENDED.get(str(rated.popitem()[1])) if len(rated) == 1 else None
    return None


def _has_moved(city: City, plan_id: str, year: int, item: str, department: str) -> bool:
    """Whether an item went to a department other than this one, by its last move."""
    someone = any(city.subjects(plan_id, year).get(item, []))
    last = datetime.date(year + 1, 3, 31) if someone else datetime.date(year, 4, 1)
    moves = [row for row in _changes(city, item, last) if row["relation"] == "transferred"]
    names = [
        row["department_name"]
        for row in city.tables["item_departments"]
        if row["item_id"] == item and city.department(row) == department
    ]
    newest = max(moves, key=lambda row: row["changed_on"], default=None)
    return newest is not None and not newest["reason"].startswith(f"所管が{min(names)}に移りました")


# ---- amounts, rounds, themes, plans, checks -------------------------------------------


def effect_summary(tables: Tables) -> list[Row]:
    """Amounts by plan, period, kind and basis."""
    code = City(tables).code
    frame = pd.DataFrame(_current(tables["financial_effects"]), dtype=object)
    if frame.empty:
        return []
    one_year = frame["fiscal_year"]
    frame["start_fy"] = one_year.where(one_year.notna(), frame["period_start_fy"])
    frame["end_fy"] = one_year.where(one_year.notna(), frame["period_end_fy"])
    keys = ["plan_id", "start_fy", "end_fy", "effect_kind", "effect_basis"]
    rows = []
    for values, group in frame.groupby(keys):
        key = dict(zip(keys, values, strict=True))
        rows.append(
            {
                "municipality_code": code[key["plan_id"]],
                **key,
                "fiscal_year": key["start_fy"] if key["start_fy"] == key["end_fy"] else None,
                "planned_yen": _sum(group["planned_yen"]),
                "actual_yen": _sum(group["actual_yen"]),
                "row_count": len(group),
                "planned_count": int(group["planned_yen"].notna().sum()),
                "actual_count": int(group["actual_yen"].notna().sum()),
                "not_computable_count": int(group["not_computable_reason"].notna().sum()),
                "provisional_count": int((group["result_status"] == "provisional").sum()),
            }
        )
    return rows


def _sum(amounts: pd.Series) -> int | None:
    """A blank is not a zero."""
    known = amounts.dropna()
    return int(known.sum()) if len(known) else None


_OF_ROUND: Final = (
    "plan_id",
    "round_id",
    "fiscal_year",
    "period_start_fy",
    "period_end_fy",
    "round",
    "round_order",
    "round_status",
    "answered_by",
    "as_of_on",
    "due_on",
    "file_count",
    "published_row_count",
    "quarantined_row_count",
)


def submission_status(tables: Tables) -> list[Row]:
    """Who was asked and answered, by round."""
    code = City(tables).code
    asked = _by(tables["survey_departments"], "round_id")
    rows = []
    for one in tables["survey_rounds"]:
        departments = asked.get((one["round_id"],), [])
        listed = [row for row in departments if row["was_asked"]]
        has_list = any(row["was_asked"] is not None for row in departments)
        silent = [row for row in listed if not row["has_answered"]]
        rows.append(
            {
                "municipality_code": code[one["plan_id"]],
                **{name: one[name] for name in _OF_ROUND},
                "asked_count": len(listed) if has_list else None,
                "answered_count": sum(row["has_answered"] for row in departments),
                "outstanding_count": len(silent) if has_list else None,
                "late_count": sum(bool(row["is_late"]) for row in departments),
                "revision_count": _revisions(tables, one),
            }
        )
    return rows


_REVISED: Final = ("yearly_results", "indicator_results", "financial_effects", "item_assessments")


def _revisions(tables: Tables, one: Row) -> int:
    """Rows of the round's own files, whose source_id begins with plan, years and round."""
    years = dict.fromkeys((one["period_start_fy"], one["period_end_fy"]))
    name = "-".join([*map(str, years), *one["round"].split()])
    own = re.compile(re.escape(f"{one['plan_id']}-{name}-") + r"[0-9a-f]{12}(-r\d+)?")
    return sum(
        row["revision"] > 1 and own.fullmatch(row["source_id"]) is not None
        for table in _REVISED
        for row in tables[table]
    )


def theme_overview(tables: Tables) -> list[Row]:
    """Items and targets by plan and theme."""
    city = City(tables)
    targets = Counter(row["item_id"] for row in tables["item_targets"])
    themes = _by(tables["item_themes"], "theme", "theme_label")
    rows = []
    for plan in tables["plans"]:
        own = set(city.own_items(plan["plan_id"]))
        for (theme, label), found in themes.items():
            items = own & {row["item_id"] for row in found}
            if items:
                row = {"municipality_code": plan["municipality_code"], "plan_id": plan["plan_id"]}
                row |= {"theme": theme, "theme_label": label, "item_count": len(items)}
                row["item_with_target_count"] = sum(targets[item] > 0 for item in items)
                row["target_count"] = sum(targets[item] for item in items)
                rows.append(row)
    return rows


def plan_quality(tables: Tables) -> list[Row]:
    """What a reader can tell from each plan's items."""
    city = City(tables)
    targets = tables["item_targets"]
    having = {
        "quantitative_target": {row["item_id"] for row in targets},
        "baseline": {row["item_id"] for row in targets if row["baseline_value"] is not None},
        "due_year": {row["item_id"] for row in targets if row["due_fy"] or row["due_on"]},
        "one_lead_department": _with_one_department(city),
        "schedule": {item for item, row in city.items.items() if row["schedule_text"]},
    }
    rows = []
    for plan in tables["plans"]:
        own = set(city.own_items(plan["plan_id"]))
        row = {"municipality_code": plan["municipality_code"], "plan_id": plan["plan_id"]}
        row["item_count"] = len(own)
        for name, items in having.items():
            row[f"{name}_item_count"] = len(own & items)
            row[f"{name}_share"] = len(own & items) / len(own) if own else None
        rows.append({**row, **_publication(tables, plan["plan_id"])})
    return rows


def _with_one_department(city: City) -> set[str]:
    found = set()
    for (item,), rows in _by(city.tables["item_departments"], "item_id").items():
        leading = [row for row in rows if row["role"] == "lead"]
        in_charge = leading or [row for row in rows if row["role"] is None]
        names = {row["department_name"] for row in in_charge}
        if len(names) == 1 and not any(row["is_collective"] for row in in_charge):
            found.add(item)
    return found


def _publication(tables: Tables, plan_id: str) -> Row:
    published = [
        (row["period_end_fy"], row["published_on"])
        for row in tables["survey_rounds"]
        if row["plan_id"] == plan_id and row["published_on"] is not None
    ]
    if not published:
        return {"newest_result_fy": None, "days_to_publication": None}
    newest = max(year for year, _ in published)
    first = min(day for year, day in published if year == newest)
    days = (first - datetime.date(newest + 1, 3, 31)).days
    return {"newest_result_fy": newest, "days_to_publication": days}


def reconciliation(tables: Tables) -> list[Row]:
    """Checks by kind and outcome."""
    code = City(tables).code
    checks = [
        (row["municipality_code"], row["plan_id"], row["check_kind"], row["outcome"])
        for row in tables["figure_checks"]
    ]
    checks += [
        (
            code[row["plan_id"]],
            row["plan_id"],
            "control_total",
            "agrees" if row["matches"] else "disagrees",
        )
        for row in tables["control_totals"]
    ]
    return [
        {
            "municipality_code": municipality,
            "subject_key": plan_id or municipality,
            "plan_id": plan_id,
            "total_kind": kind,
            "outcome": outcome,
            "check_count": count,
        }
        for (municipality, plan_id, kind, outcome), count in Counter(checks).items()
    ]


MARTS: Final = {
    "plan_progress": plan_progress,
    "department_progress": department_progress,
    "indicator_progress": indicator_progress,
    "effect_summary": effect_summary,
    "submission_status": submission_status,
    "theme_overview": theme_overview,
    "plan_quality": plan_quality,
    "reconciliation": reconciliation,
}
