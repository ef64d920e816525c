"""Whether the departments that report are those that the plan gives its items to."""

from __future__ import annotations

from pipelines.results.departments import DepartmentMatcher, is_in_charge, may_be_one_of
from pipelines.results.findings import finding
from pipelines.results.matching import ItemMatch
from pipelines.results.model import PlanContext, Record
from pipelines.results.rows.told import Told
from pipelines.sources.workbooks.model import CellFinding


class DepartmentsInCharge:
    """Compares the departments of one file with the plan's."""

    def __init__(self, plan: PlanContext, matcher: DepartmentMatcher) -> None:
        self._register, self._matcher = plan.departments, matcher
        self._items = {item.item_id: item for item in plan.items}
        self._answered: set[str] = set()
        self._doubted: list[tuple[str, CellFinding, Record]] = []

    def is_of_others(self, match: ItemMatch, department: str, department_id: str | None) -> bool:
        """Whether the plan gives the item that a mere number names to other departments."""
        named = match.item.departments if match.item else ()
        if not named:
            return False
        if department_id:
            in_charge = is_in_charge(department_id, named, self._register, self._matcher)
            if in_charge is not None:
                return not in_charge
        return not may_be_one_of(department, named)

    def note(self, item_id: str, department_id: str, record: Record) -> None:
        """Remember whether the department is one that the plan gives the item to."""
        named = self._items[item_id].departments
        in_charge = is_in_charge(department_id, named, self._register, self._matcher)
        if in_charge:
            self._answered.add(item_id)
        elif in_charge is False:
            name = record.texts["department"]
            doubt = finding("department_not_in_charge", name, named="、".join(named))
            self._doubted.append((item_id, doubt, record))

    def tell(self, told: Told) -> None:
        """Tell of departments that the plan does not name for their items.

        Others may report beside the one in charge (全庁の取組): then nothing is told.
        """
        for item_id, doubt, record in self._doubted:
            if item_id not in self._answered:
                told.tell_field(doubt, record, "department")


def of_other_department(match: ItemMatch, department: str) -> CellFinding:
    """A running number is no item's number: nothing is published of an item by it alone."""
    item = match.item
    return finding(
        "item_number_of_other_department",
        match.by_number,
        title=item.title if item else "",
        in_charge="、".join(item.departments) if item else "",
        department=department,
    )
