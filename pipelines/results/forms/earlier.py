"""What a department answered in an earlier round of the year that is asked again (見込み, 確定)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipelines.plans.characters import bare_text
from pipelines.results.departments import current_successor
from pipelines.results.forms.content import EarlierAnswer, Survey
from pipelines.results.forms.definition import form_definition
from pipelines.results.forms.target_texts import plain_number
from pipelines.results.model import DepartmentContext, Row

Rows = Mapping[str, Sequence[Row]]


class EarlierAnswers:
    """The newest answers of the rounds before the one that is asked.

    A department that was renamed or merged between the rounds finds the answers of those whose
    work it took over.
    """

    def __init__(self, rows: Rows, survey: Survey, register: Sequence[DepartmentContext]) -> None:
        self._survey = survey
        self._names = _Names(register)
        self._results = self._by_id(rows.get("yearly_results", ()), "item_id")
        self._values = self._by_id(rows.get("indicator_results", ()), "indicator_id")
        self._effects = self._by_id(rows.get("financial_effects", ()), "item_id")

    def _by_id(self, rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if (
                row.get(key)
                and row["fiscal_year"] == self._survey.fiscal_year
                and row.get("round") in self._survey.earlier_rounds
            ):
                found[row[key]].append(row)
        return found

    def _newest(self, rows: Iterable[Row], department: str) -> list[Row]:
        """The department's rows of the last round in which it said anything, newest revisions."""
        own = [row for row in rows if self._names.is_one(row.get("department_name"), department)]
        order = {name: at for at, name in enumerate(self._survey.earlier_rounds)}
        last = max((order[row["round"]] for row in own), default=None)
        of_round = [row for row in own if order[row["round"]] == last]
        newest: dict[tuple[Any, ...], Row] = {}
        for row in sorted(of_round, key=lambda row: row.get("revision") or 0):
            newest[tuple(row.get(name) for name in _KEYS)] = row
        return list(newest.values())

    def answer(self, item_id: str, department: str) -> EarlierAnswer | None:
        """What was done, rating and reasons; several rows of one item are joined."""
        rows = self._newest(self._results[item_id], department)
        answer = EarlierAnswer(
            *(_joined(row.get(name) for row in rows) for name in _ANSWER_COLUMNS)
        )
        return answer if answer != EarlierAnswer() else None

    def value(self, indicator_id: str, department: str) -> str | None:
        """The actual value as submitted, or why there was none; different ones one a line."""
        return _joined(map(_value, self._newest(self._values[indicator_id], department)))

    def amounts(self, item_id: str, department: str) -> dict[tuple[str, str], str]:
        """Effects by kind and basis. What the form has no row for stands with the kind's first."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        bases = list(form_definition().effect_bases)
        for row in self._newest(self._effects[item_id], department):
            kind, basis = row.get("effect_kind"), row.get("effect_basis")
            amount = _amount(row)
            if kind not in form_definition().effect_kinds or amount is None:
                continue
            if basis not in bases:
                amount, basis = f"{amount}（算定方法の記載なし）", bases[0]
            found[kind, basis].append(amount)
        return {key: "\n".join(dict.fromkeys(amounts)) for key, amounts in found.items()}


_ANSWER_COLUMNS = ("activity_text", "rating_label", "shortfall_reason", "next_action")
#: What tells rows of one item, department and round apart; later revisions replace earlier ones.
_KEYS = ("section_label", "category_label", "measure_text", "effect_kind", "effect_basis")


class _Names:
    """Which names of departments mean the same department today."""

    def __init__(self, register: Sequence[DepartmentContext]) -> None:
        self._today: dict[str, set[str]] = defaultdict(set)
        for one in register:
            self._today[bare_text(one.name)].add(current_successor(one.department_id, register))

    def is_one(self, name: str | None, department: str) -> bool:
        if not name:
            return False
        one, other = bare_text(name), bare_text(department)
        return one == other or bool(self._today[one] & self._today[other])


def answer_text(answer: EarlierAnswer) -> str:
    """An answer in one cell: rating, what was done, reason, what comes next."""
    parts = (
        ("評価", answer.rating),
        ("実施した内容", answer.activity),
        ("未達成の理由", answer.shortfall_reason),
        ("今後の対応", answer.next_action),
    )
    return "\n".join(f"［{label}］{text}" for label, text in parts if text)


def _value(row: Row) -> str | None:
    reasons: dict[Any, str] = dict(form_definition().missing_reasons.items())
    return row.get("actual_text") or reasons.get(row.get("missing_reason"))


def _amount(row: Row) -> str | None:
    yen, reason = row.get("actual_yen"), row.get("not_computable_reason")
    shown = f"{plain_number(yen)}円" if yen is not None else row.get("amount_text")
    return _joined([shown, f"［算定不能の理由］{reason}" if reason else None])


def _joined(texts: Iterable[str | None]) -> str | None:
    return "\n".join(dict.fromkeys(text for text in texts if text)) or None
