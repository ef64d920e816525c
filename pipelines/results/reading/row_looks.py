"""What a row looks like, before anything is read of it: data, a line of a form, a heading."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.results.reading.columns import TablePlan
from pipelines.results.reading.header_model import RESULT_FIELDS
from pipelines.results.reading.item_lines import is_line_of_results, item_of
from pipelines.results.reading.lines import (
    is_note,
    is_unit_line,
    number_style,
    read_line,
    stated_amount,
)
from pipelines.results.reading.stamps import is_date
from pipelines.results.reading.totals import RowWords
from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.sheet_profile import SectionRule

#: Labels of which a form holds one line each; a row that begins so is no row of a list.
LABELS_OF_FORMS = (RESULT_FIELDS - {"content", "city_response"}) | {"item", "indicator"}
#: Column and text of the cells of a row that are not blank.
Filled = list[tuple[int, str]]


def is_amount(text: str) -> bool:
    """Whether a cell is a number, with a sign or a unit perhaps."""
    plain = bare(text).strip("△▲-+()約")
    head = plain.rstrip("円千百万億%件人")
    return bool(head) and head.replace(",", "").replace(".", "", 1).isdigit()


def is_labelled(texts: Sequence[str]) -> bool:
    """取組実績 | 研修を行った: a line of a form beside a table, which nothing reads."""
    if is_line_of_results(texts):
        return True
    if len(texts) < 2 or len(texts) > 4:
        return False
    field_name = sheet_vocabulary().headings.get(bare(texts[0]))
    return field_name in LABELS_OF_FORMS


def looks_like_data(texts: Sequence[str], rules: Sequence[SectionRule]) -> bool:
    """Whether a row outside of every table looks like a row of one."""
    if len(texts) < 2 or stated_amount(texts) or is_note(texts):
        return False
    line = read_line(0, texts, rules)
    if line.by_rule or line.department or (line.unit and len(texts) == 2):
        return False
    numbers = sum(is_amount(text) for text in texts)
    return numbers > 0 or len(texts) > 3


def is_line(filled: Filled, plan: TablePlan, words: RowWords, rules: Sequence[SectionRule]) -> bool:
    """Whether a row inside a table is a heading: alone, and not a blank department's row."""
    filled, has_unit = _without_asides(filled, plan)
    if not filled:
        return has_unit
    texts = [text for _, text in filled]
    if item_of(texts):
        return True
    values = {at for _, at in plan.values}
    if any(at in values for at, _ in filled):
        return False
    if len(filled) == 2:
        return stated_amount(texts) is not None
    if len(filled) > 1 or is_note(texts):
        return False
    if words.level(texts[0], is_alone=False) is not None:
        return False
    return filled[0][0] <= _last_name_column(plan) or _is_marked(texts, rules)


def _without_asides(filled: Filled, plan: TablePlan) -> tuple[Filled, bool]:
    """A row without units and, right of a numbered heading, days; whether there was a unit."""
    rest = [(at, text) for at, text in filled if not is_unit_line(text)]
    has_unit = len(rest) < len(filled)
    if rest and number_style(rest[0][1])[0] != "plain":
        texts = {at + 1 for _, at in plan.texts}
        rest = rest[:1] + [one for one in rest[1:] if one[0] in texts or not is_date(one[1])]
    return rest, has_unit


def _last_name_column(plan: TablePlan) -> int:
    columns = [plan.columns[key] for key in plan.keys[:1]]
    return max(columns, default=plan.first_column)


def _is_marked(texts: Sequence[str], rules: Sequence[SectionRule]) -> bool:
    line = read_line(0, texts, rules)
    return line.style != "plain" or line.by_rule or line.is_unit_only or line.amount is not None


def text_columns(plan: TablePlan) -> set[int]:
    """Columns (from 1) of a table's texts."""
    joined = {at + 1 for _, columns in plan.joined for at in columns}
    return joined | {at + 1 for _, at in plan.texts}


def names_of(padded: Sequence[str], plan: TablePlan) -> list[str]:
    """The cells of a row that say what it is about.

    Args:
        padded: the row, with blank cells up to the table's last column.
        plan: of the table.
    """
    named = (*plan.keys, "category", "internal_note")
    return [padded[at] for name, at in plan.texts if name in named and padded[at]]


def has_departments(plan: TablePlan) -> bool:
    """Whether a table says of its rows who did it, or numbers them."""
    return any(name in ("department", "item_number") for name, _ in plan.texts)
