"""Who is asked about which item: departments of the plan, by their names of that day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.plans.characters import bare_text
from pipelines.problems import Problem
from pipelines.results.departments import DepartmentMatcher
from pipelines.results.forms.content import Survey
from pipelines.results.forms.definition import form_definition
from pipelines.results.model import DepartmentContext, Row
from pipelines.sources.workbooks.model import CellFinding

# Books close on 31 May: a survey without dates is taken to be sent out about then.
_USUAL_DAY = (6, 1)


@dataclass
class Asked:
    """Items by department, in the order of the plan, and what is to be told of them."""

    items: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)


def asked_items(
    items: Sequence[Row],
    item_departments: Iterable[Row],
    register: Sequence[DepartmentContext],
    survey: Survey,
) -> Asked:
    """Which department is asked about which items.

    An item goes to each of its departments. Collective names (各課) get no form; items without any
    other department go to the form of 担当未定, which is the last.

    Args:
        items: rows of ``reform_items`` of the plan that are asked.
        item_departments: rows of the plan.
        register: departments of the municipality; empty where none is kept.
        survey: what is asked.
    """
    of_item: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(item_departments, key=lambda row: row["seq"]):
        of_item[row["item_id"]].append(row)
    names = _Names(register, survey)
    asked, left = Asked(), []
    for item in sorted(items, key=lambda row: row["ordinal"]):
        single = [row for row in of_item[item["item_id"]] if not row.get("is_collective")]
        collective = [row for row in of_item[item["item_id"]] if row.get("is_collective")]
        for name in dict.fromkeys(names.name_of(row) for row in single):
            asked.items[name].append(item)
        if not single:
            left.append(item)
        asked.problems += [_collective(survey, item, row, bool(single)) for row in collective]
    if left:
        asked.items[form_definition().open_department] = left
        asked.problems.append(_open(survey, left))
    asked.problems += names.problems
    return asked


class _Names:
    """Names of departments on the day they are asked."""

    def __init__(self, register: Sequence[DepartmentContext], survey: Survey) -> None:
        self._by_id = {one.department_id: one for one in register}
        self._matcher = DepartmentMatcher(register)
        self._survey = survey
        day = survey.due_on or survey.as_of_on
        self._day = (day or datetime.date(survey.fiscal_year + 1, *_USUAL_DAY)).isoformat()
        self._found: dict[tuple[str | None, str], str] = {}
        self._shown: dict[str, str] = {}
        self.problems: list[Problem] = []

    def name_of(self, row: Row) -> str:
        """The name to put on the form, for a row of ``item_departments``."""
        key = row.get("department_id"), bare_text(row["department_name"])
        if key not in self._found:
            name = self._name(row)
            # 総務課 and 総 務 課 of one plan are one department: the first spelling is shown.
            self._found[key] = self._shown.setdefault(bare_text(name), name)
        return self._found[key]

    def _name(self, row: Row) -> str:
        printed = str(row["department_name"])
        known = self._by_id.get(row.get("department_id") or "")
        first = known or self._matcher.match(printed, None, self._survey.fiscal_year).department
        if first is None:
            return printed
        today = self._successor(first)
        if today is first:
            if self._is_past(first):
                self.problems.append(_ended(self._survey, printed))
            return printed
        self.problems.append(_succeeded(self._survey, printed, today.name))
        return today.name

    def _successor(self, department: DepartmentContext) -> DepartmentContext:
        seen = {department.department_id}
        while self._is_past(department):
            following = self._by_id.get(department.successor_id or "")
            if following is None or following.department_id in seen:
                return department
            seen.add(following.department_id)
            department = following
        return department

    def _is_past(self, department: DepartmentContext) -> bool:
        return department.valid_to is not None and department.valid_to < self._day


def _collective(survey: Survey, item: Row, row: Row, is_asked: bool) -> Problem:
    elsewhere = "ほかの担当課の様式にはあります" if is_asked else "「担当未定」の様式に入れました"
    return _problem(
        survey,
        "warning",
        "form_department_collective",
        f"「{item['title']}」の担当「{row['department_name']}」は多くの課をまとめた名前です。"
        f"この名前の様式は作りません（{elsewhere}）。",
        "どの課に尋ねるかを決め、必要なら計画の訂正（corrections.yaml）で担当を分けてください。",
    )


def _open(survey: Survey, items: Sequence[Row]) -> Problem:
    name = form_definition().open_department
    titles = "、".join(f"「{item['title']}」" for item in items)
    return _problem(
        survey,
        "warning",
        "form_department_open",
        f"担当の課が決まらない項目が{len(items)}件あり、「{name}」の様式に入れました: {titles}。",
        "取りまとめ課が記入するか、担当の課へ送ってください。",
    )


def _succeeded(survey: Survey, printed: str, name: str) -> Problem:
    return _problem(
        survey,
        "info",
        "form_department_succeeded",
        f"計画の担当「{printed}」は今はなく、後を継いだ「{name}」の様式に入れました。",
        "部署の一覧（raw/departments）の後継が正しいか確かめてください。",
    )


def _ended(survey: Survey, printed: str) -> Problem:
    return _problem(
        survey,
        "warning",
        "form_department_ended",
        f"計画の担当「{printed}」は部署の一覧では今はなく、後を継いだ課が書かれていません。",
        "部署の一覧（raw/departments）に後継の課（successor_id）を書いてください。",
    )


def _problem(survey: Survey, severity: str, rule: str, message: str, fix: str) -> Problem:
    finding = CellFinding(severity, rule, message, fix)  # type: ignore[arg-type]
    return finding.problem(f"{survey.plan_id} {survey.fiscal_year}", plan_id=survey.plan_id)
