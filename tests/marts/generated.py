"""Strategies for small consistent sets of rows of the tables that the marts read.

Everything is invented: no municipality has the code 990019. Rows hold what the marts could trip
over: revisions, blanks, labels outside the scale, reposts, chains of successors, plans known only
from results, falling targets, targets without baseline, several bases of one effect.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, Final

from hypothesis import strategies as st

from pipelines.tables.schema import Field
from tests.tables.samples import REAL_SCHEMAS

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Draw = Callable[[st.SearchStrategy[Any]], Any]

CODE: Final = "990019"
PLAN: Final = f"{CODE}-keikaku"
STUB: Final = f"{CODE}-jisseki"
YEARS: Final = (2022, 2023, 2024, 2025)
ROUNDS: Final = ("1-mikomi", "2-kakutei")
#: First and last year of rounds; those of several years bear the same names as the others.
PERIODS: Final = ((2023, 2023), (2024, 2024), (2022, 2024))
#: Label -> what it says; two labels of one rating, and three that say nothing of the progress.
LABELS: Final[Mapping[str | None, str | None]] = {
    "完了": "completed",
    "順調": "on_track",
    "計画どおり": "on_track",
    "遅延": "behind",
    "検討中": "under_review",
    "その他": None,
    "ほぼ順調": None,
    None: None,
}
_WHY: Final = {"その他": "label_does_not_say", "ほぼ順調": "not_in_scale", None: "blank"}
NUMBERS: Final = (0.0, 0.1, 0.3, 10.0, 25.0, 40.0, 50.0, 70.0, 90.9, 93.1, 100.0)

#: Days about the beginning of fiscal years.
_TURNS: Final = tuple(
    datetime.date(year, month, 1) for year in (2023, 2024) for month in (3, 4, 10)
)
_REGISTERED: Final = ("総務課", "財政課", "経営課", "市民課")
_UNREGISTERED: Final = ("関係各課", "公民館")
_STRINGS: Final = {
    "^[0-9]{6}$": CODE,
    "^[0-9]{6}-[^/ \u3000]+$": f"{CODE}-x",
    "^[^ \u3000]+$": "s1",
}


def filled(table: str, row: Row) -> Row:
    """The row with a value in each required column that it leaves out."""
    more = {
        one.name: _default(one)
        for one in REAL_SCHEMAS[table].fields
        if one.required and row.get(one.name) is None
    }
    return {**row, **more}


def _default(field: Field) -> Any:
    if field.constraints.get("enum"):
        return field.constraints["enum"][0]
    plain = {"integer": 1, "number": 1.0, "boolean": False, "date": datetime.date(2024, 4, 1)}
    if field.type != "string":
        return plain[field.type]
    return _STRINGS.get(field.constraints.get("pattern", ""), "1")


def complete(rows: Rows) -> Rows:
    """All rows, each :func:`filled`."""
    return {table: [filled(table, row) for row in found] for table, found in rows.items()}


@st.composite
def cities(draw: Draw) -> Rows:
    """Rows of all tables for one city: a plan with items, and one known only from its results."""
    rows: Rows = {"municipalities": [{"municipality_code": CODE, "name": "みほん市"}]}
    rows["departments"] = _departments(draw)
    rows["plans"] = _plans(draw)
    rows["policy_nodes"] = _nodes(draw)
    rows["reform_items"] = _items(draw, rows["policy_nodes"])
    rows["item_departments"] = _item_departments(draw, rows)
    rows["item_lineage"] = _lineage(draw, rows)
    rows["yearly_results"] = _results(draw, rows)
    rows["item_assessments"] = _assessments(draw, rows)
    rows["indicators"] = _indicators(draw, rows)
    rows["item_targets"] = _targets(draw, rows)
    rows["indicator_results"] = _indicator_results(draw, rows)
    rows["financial_effects"] = _effects(draw, rows)
    rows["survey_rounds"] = _rounds(draw)
    rows["survey_departments"] = _asked(draw, rows)
    rows["item_themes"] = _themes(draw, rows)
    rows["figure_checks"] = _figure_checks(draw)
    rows["control_totals"] = _control_totals(draw)
    return complete(rows)


def _some(values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(list(values))


def _maybe(values: Any) -> st.SearchStrategy[Any]:
    return _some([None, *values])


def _count(draw: Draw, most: int) -> range:
    return range(draw(st.integers(0, most)))


def _departments(draw: Draw) -> list[Row]:
    """A register without loops: a department is followed by one further down the list."""
    ids = [f"{CODE}-d-{at}" for at in range(len(_REGISTERED))]
    return [
        {
            "department_id": one,
            "municipality_code": CODE,
            "name": _REGISTERED[at],
            "successor_id": draw(_maybe(ids[at + 1 :])),
        }
        for at, one in enumerate(ids)
    ]


def _department(draw: Draw, rows: Rows) -> Row:
    """department_id and department_name: of the register, or of none."""
    known = draw(_maybe(rows["departments"]) | _some(rows["departments"]))
    if known is None:
        return {"department_id": None, "department_name": draw(_some(_UNREGISTERED))}
    return {"department_id": known["department_id"], "department_name": known["name"]}


def _plans(draw: Draw) -> list[Row]:
    start = draw(_maybe(YEARS[:2]))
    return [
        {
            "plan_id": PLAN,
            "municipality_code": CODE,
            "title": "みほん改革プラン",
            "document_kind": "full",
            "is_current": True,
            "period_start_fy": start,
            "period_end_fy": draw(_maybe(YEARS[2:])),
        },
        {
            "plan_id": STUB,
            "municipality_code": CODE,
            "title": draw(_maybe(["前の計画"])),
            "document_kind": "stub",
            "is_current": True,
        },
    ]


def _nodes(draw: Draw) -> list[Row]:
    nodes: list[Row] = []
    for ordinal in range(1, draw(st.integers(1, 5)) + 1):
        parent = draw(_maybe(nodes))
        nodes.append(
            {
                "node_id": f"{PLAN}-n{ordinal}",
                "plan_id": PLAN,
                "parent_node_id": parent and parent["node_id"],
                "depth": parent["depth"] + 1 if parent else 1,
                "ordinal": ordinal,
                "title": f"見出し{draw(st.integers(1, 3))}",
            }
        )
    return nodes


def _items(draw: Draw, nodes: list[Row]) -> list[Row]:
    return [
        {
            "item_id": f"{PLAN}-i{at}",
            "plan_id": PLAN,
            "node_id": draw(_some(nodes))["node_id"],
            "ordinal": at + 1,
            "title": f"取組{at}",
            "is_repost": draw(_some([False, False, False, True])),
            "schedule_text": draw(_maybe(["毎年度"])),
        }
        for at in _count(draw, 4)
    ]


def _item_departments(draw: Draw, rows: Rows) -> list[Row]:
    found = []
    for item in rows["reform_items"]:
        for seq in range(draw(st.integers(0, 3))):
            one = _department(draw, rows)
            row = {
                "item_id": item["item_id"],
                "seq": seq + 1,
                "role": draw(_some(["lead", "lead", "related", None])),
                "is_collective": one["department_name"] == "関係各課",
            }
            found.append({**row, **one})
    return found


def _lineage(draw: Draw, rows: Rows) -> list[Row]:
    """Changes of items in mid-plan, at the turn of fiscal years and within, and undated links."""
    items = [row["item_id"] for row in rows["reform_items"]]
    found = []
    for at in _count(draw, 4) if items else ():
        relation = draw(_some(["transferred", "merged", "split", "renamed", "stopped", "same"]))
        one = draw(_some(items))
        others = [item for item in items if item != one]
        other = {"stopped": None, "transferred": one}.get(relation, draw(_some(others or items)))
        name = draw(_some(_REGISTERED[:2]))
        day = draw(_maybe(_TURNS) | _some(_TURNS))
        if day and relation == "transferred":
            day = day.replace(day=at + 1)  # two of one day would leave open who has the item
        found.append(
            {
                "lineage_id": f"{PLAN}-l{at}",
                "from_item_id": one,
                "to_item_id": other,
                "relation": relation,
                "changed_on": day,
                "reason": f"所管が{name}に移りました。理由"
                if relation == "transferred"
                else "理由",
            }
        )
    return found


def _revised(
    draw: Draw, table: str, keys: list[Row], other: Callable[[Draw], Row], name: str
) -> list[Row]:
    """Up to three revisions per key, of which the last is current."""
    rows = []
    for at, key in enumerate(keys):
        last = draw(_some([1, 1, 2, 3]))
        for revision in range(1, last + 1):
            row = {**key, **other(draw), "revision": revision, "is_current": revision == last}
            row[name] = f"{key['plan_id']}-{table[0]}{at}-{revision}"
            rows.append({**row, **_origin(draw, key["plan_id"])})
    return rows


def _origin(draw: Draw, plan_id: str) -> Row:
    """The round that a row came in, and a file of it; the second time with its receipt number."""
    name, (first, last) = draw(_some(ROUNDS)), draw(_some(PERIODS))
    years = str(first) if first == last else f"{first}-{last}"
    again = draw(_some(["", "", "-r2"]))
    return {"round": name, "source_id": f"{plan_id}-{years}-{name}-0123456789ab{again}"}


def _distinct(rows: list[Row]) -> list[Row]:
    """The rows, each once."""
    return list({repr(sorted(row.items(), key=repr)): row for row in rows}.values())


def _result_key(draw: Draw, rows: Rows) -> Row:
    item = draw(_maybe(rows["reform_items"]) | _maybe(rows["reform_items"]))
    subject: Row
    if item:
        measure = draw(_some([item["title"], item["title"], "その一部"]))
        subject = {"plan_id": PLAN, "item_id": item["item_id"], "measure_text": measure}
    else:
        subject = {"plan_id": draw(_some([PLAN, STUB])), "item_id": None}
        subject["measure_text"] = draw(_some(["施策甲", "施策乙"]))
        subject["category_label"] = draw(_maybe(["分類"]))
        subject["section_label"] = draw(_some([None, None, "分類"]))
    named = [row for row in rows["item_departments"] if row["item_id"] == subject["item_id"]]
    who = draw(_maybe(named)) or _department(draw, rows)
    who = {name: who[name] for name in ("department_id", "department_name")}
    return {**subject, **who, "fiscal_year": draw(_some(YEARS[1:3]))}


def _rating(draw: Draw) -> Row:
    label = draw(_some(LABELS))
    day = datetime.date(2024, 4, 1) + datetime.timedelta(days=draw(st.integers(0, 3)))
    return {
        "rating_label": label,
        "rating": LABELS[label],
        "unrated_reason": _WHY.get(label),
        "result_status": draw(_some(["provisional", "final"])),
        "submitted_on": draw(_maybe([day])),
    }


def _results(draw: Draw, rows: Rows) -> list[Row]:
    keys = _distinct([_result_key(draw, rows) for _ in _count(draw, 20)])
    return _revised(draw, "results", keys, _rating, "result_id")


def _assessments(draw: Draw, rows: Rows) -> list[Row]:
    keys = [
        {
            "plan_id": PLAN,
            "item_id": draw(_some(rows["reform_items"]))["item_id"],
            "fiscal_year": draw(_some(YEARS)),
            "assessor": draw(_some(["council", "headquarters"])),
        }
        for _ in _count(draw, 2 if rows["reform_items"] else 0)
    ]
    return _revised(draw, "assessments", _distinct(keys), lambda _: {}, "assessment_id")


def _indicators(draw: Draw, rows: Rows) -> list[Row]:
    found = []
    for at in _count(draw, 4):
        item = draw(_maybe(rows["reform_items"]))
        found.append(
            {
                "indicator_id": f"{PLAN}-k{at}",
                "plan_id": PLAN,
                "item_id": item and item["item_id"],
                "name": f"指標{at}",
                "unit": "件",
                "direction": draw(_maybe(["up", "down"])),
            }
        )
    return found


def _targets(draw: Draw, rows: Rows) -> list[Row]:
    found = []
    for indicator in rows["indicators"]:
        for _ in _count(draw, 3 if indicator["item_id"] else 0):
            seq = len(found) + 1
            found.append({**_target(draw, indicator), "seq": seq, "target_id": f"{PLAN}-t{seq}"})
    return found


def _target(draw: Draw, indicator: Row) -> Row:
    comparators = ["reach", "reach", "at_least", "at_most", "reduce_by", "increase_by", "maintain"]
    return {
        "item_id": indicator["item_id"],
        "indicator_id": indicator["indicator_id"],
        "indicator": indicator["name"],
        "comparator": draw(_some([*comparators, "rank"])),
        "value": draw(_some(NUMBERS)),
        "value_upper": draw(_some([None, None, None, 120.0])),
        "unit": "件",
        "per": draw(_some([None, None, None, "年度", "年", "月"])),
        "due_fy": draw(_maybe(YEARS)),
        "due_on": draw(_maybe([datetime.date(2025, 3, 31)])),
        "baseline_value": draw(_maybe(NUMBERS)),
        "baseline_fy": draw(_maybe((2020, *YEARS[:2]))),
        "direction": indicator["direction"],
    }


def _values(draw: Draw) -> Row:
    actual = draw(_maybe(NUMBERS) | _some(NUMBERS))
    return {
        "planned_value": draw(_maybe(NUMBERS)),
        "actual_value": actual,
        "final_target_value": draw(_maybe(NUMBERS)),
        "due_fy": draw(_maybe(YEARS)),
        "missing_reason": draw(_maybe(["not_yet", "not_measured"])) if actual is None else None,
        "result_status": draw(_some(["provisional", "final"])),
        "is_approximate": False,
    }


def _indicator_results(draw: Draw, rows: Rows) -> list[Row]:
    keys = []
    for indicator in rows["indicators"]:
        for _ in _count(draw, 4):
            key = {name: indicator[name] for name in ("plan_id", "item_id", "indicator_id")}
            name = draw(_maybe(_REGISTERED[:2]))
            keys.append({**key, "fiscal_year": draw(_some(YEARS)), "department_name": name})
    return _revised(draw, "values", _distinct(keys), _values, "indicator_result_id")


def _amounts(draw: Draw) -> Row:
    amounts = st.none() | st.integers(-(10**9), 10**9)
    return {
        "planned_yen": draw(amounts),
        "actual_yen": draw(amounts),
        "not_computable_reason": draw(_maybe(["算定できない"])),
        "result_status": draw(_some(["provisional", "final"])),
    }


def _effect_key(draw: Draw, rows: Rows) -> Row:
    year = draw(_maybe(YEARS[1:3]))
    return {
        "plan_id": draw(_some([PLAN, STUB])),
        "measure_text": draw(_some(["施策甲", "施策乙"])),
        **_department(draw, rows),
        "fiscal_year": year,
        "period_start_fy": None if year else 2023,
        "period_end_fy": None if year else draw(_some([2023, 2024])),
        "effect_kind": draw(_some(["cost_reduction", "revenue_increase", "other"])),
        "effect_basis": draw(_some(["single_year", "cumulative", "continuing", "not_stated"])),
    }


def _effects(draw: Draw, rows: Rows) -> list[Row]:
    keys = _distinct([_effect_key(draw, rows) for _ in _count(draw, 8)])
    return _revised(draw, "effects", keys, _amounts, "effect_id")


def _rounds(draw: Draw) -> list[Row]:
    found = []
    for plan_id in (PLAN, STUB):
        for first, last in PERIODS:
            for order, name in enumerate(ROUNDS, start=1):
                if draw(st.booleans()):
                    found.append(_round(draw, plan_id, (first, last), order, name))
    return found


def _round(draw: Draw, plan_id: str, years: tuple[int, int], order: int, name: str) -> Row:
    first, last = years
    named = str(first) if first == last else f"{first}-{last}"
    day = datetime.date(last + 1, draw(st.integers(4, 12)), draw(st.integers(1, 28)))
    return {
        "round_id": f"{plan_id}-r{named}-{name}",
        "plan_id": plan_id,
        "fiscal_year": first if first == last else None,
        "period_start_fy": first,
        "period_end_fy": last,
        "round": name,
        "round_order": order,
        "round_status": "見込み" if order == 1 else "確定",
        "result_status": "provisional" if order == 1 else "final",
        "answered_by": draw(_some(["department", "department", "council"])),
        "published_on": draw(_maybe([day])),
        "file_count": draw(st.integers(0, 5)),
        "published_row_count": draw(st.integers(0, 50)),
        "quarantined_row_count": draw(st.integers(0, 5)),
    }


def _asked(draw: Draw, rows: Rows) -> list[Row]:
    found = []
    for one in rows["survey_rounds"]:
        has_list = draw(st.booleans())
        for at, name in enumerate(_REGISTERED[: draw(st.integers(0, 4))]):
            was_asked = at == 0 or draw(st.booleans()) if has_list else None
            answered = draw(st.booleans()) if was_asked else True
            row = {"round_id": one["round_id"], "department_name": name, "was_asked": was_asked}
            late = draw(_maybe([False, True])) if answered else None
            found.append({**row, "has_answered": answered, "is_late": late})
    return found


def _themes(draw: Draw, rows: Rows) -> list[Row]:
    found = []
    for item in rows["reform_items"]:
        for theme, label in (("ict", "デジタル化"), ("staff", "人材")):
            if draw(st.booleans()):
                row = {"item_id": item["item_id"], "theme": theme, "theme_label": label}
                found.append({**row, "matched_words": label})
    return found


def _figure_checks(draw: Draw) -> list[Row]:
    return [
        {
            "check_id": f"{CODE}-c{at}",
            "municipality_code": CODE,
            "check_kind": draw(_some(["sum", "ratio", "conflict", "against_results"])),
            "plan_id": draw(_maybe([PLAN, STUB])),
            "outcome": draw(_some(["agrees", "rounding", "disagrees"])),
        }
        for at in _count(draw, 6)
    ]


def _control_totals(draw: Draw) -> list[Row]:
    return [
        {"plan_id": PLAN, "seq": at + 1, "matches": draw(st.booleans())} for at in _count(draw, 3)
    ]
