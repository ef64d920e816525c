"""Rules about values: L2-02, L2-04, L2-05, L3-05 and L3-06."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from pipelines.machine_readability.era_years import ERA_DATE, ISO_DATE, WESTERN_DATE
from pipelines.machine_readability.model import Breach, Column, Table
from pipelines.machine_readability.number_columns import is_number_column
from pipelines.machine_readability.region_codes import fault_of_region_code, lengths_of
from pipelines.machine_readability.rules import word_table, words

#: A column of choices has at most so many different values.
_CHOICES = 20
_OTHER = re.compile(r"その他\s*[（(:：・]\s*\S.*")


def value_breaches(table: Table) -> Iterator[Breach]:
    """What is wrong with values, column by column."""
    for column in table.columns:
        found = (_ditto(column), _other(column), _era(table, column), _not_listed(column))
        yield from (breach for breach in found if breach is not None)
        yield from _variants(column)
        yield from _region_codes(column)
    yield from _omitted(table)


def _ditto(column: Column) -> Breach | None:
    """L2-02: a mark in place of the value above."""
    return column.breach("ditto", [one for one in column.rows_of if one.strip() in words("dittos")])


def _omitted(table: Table) -> Iterator[Breach]:
    """L2-02: the leading columns name a group in its first row only.

    That is so where the column begins with a value, most of its cells are blank, no value stands
    twice, and the next column is filled in those rows. Nullable columns of a schema may be blank,
    and merged cells are told as such.
    """
    merged = {one.first_column for one in table.sheet.merged if one.last_row > one.first_row}
    for column, following in zip(table.columns, table.columns[1:], strict=False):
        if table.has_schema or column.number in merged or not _is_grouped(column, following):
            return
        yield column.breach_at("repeat_omitted", column.blank_rows)


def _is_grouped(column: Column, following: Column) -> bool:
    rows = list(column.cells)
    blank = set(column.blank_rows)
    if not column.name.strip() or not blank or rows[0] in blank:
        return False
    are_alone = all(len(found) == 1 for found in column.rows_of.values())
    is_filled = not blank & set(following.blank_rows)
    return are_alone and is_filled and len(blank) * 2 >= column.filled and len(rows) > 2


def _variants(column: Column) -> Iterator[Breach]:
    """L2-04: one choice in two spellings that differ by width, case or kind of mark."""
    if column.declared is not None or not _is_choice(column):
        return
    spellings: dict[str, str] = {}
    for text in column.rows_of:
        bare = text.strip()
        other = spellings.setdefault(_plain_spelling(bare), bare)
        if other != bare:
            yield column.breach_at("spelling_varies", column.rows_of[text], other=other)


def _plain_spelling(text: str) -> str:
    marks = word_table("same_marks")
    known = "".join(marks.get(one, one) for one in text)
    return re.sub(r"\s", "", normalize("NFKC", known)).casefold()


def _is_choice(column: Column) -> bool:
    """Whether values are picked from a few: they repeat, and are no numbers."""
    texts = column.rows_of
    if not 1 < len(texts) <= _CHOICES or column.filled < 4 or is_number_column(column):
        return False
    repeated = sum(len(rows) for rows in texts.values() if len(rows) > 1)
    return repeated * 2 >= column.filled


def _other(column: Column) -> Breach | None:
    """L2-05: その他 with its detail among choices."""
    if not _is_choice(column):
        return None
    return column.breach("other_with_detail", filter(_OTHER.fullmatch, column.rows_of))


def _not_listed(column: Column) -> Breach | None:
    """L2-04: a value that the schema does not list."""
    declared = column.declared
    if declared is None:
        return None
    listed = ["true", "false"] if declared.type == "boolean" else declared.constraints.get("enum")
    if listed is None:
        return None
    return column.breach("value_not_listed", [one for one in column.rows_of if one not in listed])


def _era(table: Table, column: Column) -> Breach | None:
    """L3-05: years and dates in Western counting, or in both."""
    if column.declared is not None and column.declared.type == "date":
        found = [one for one in column.rows_of if not ISO_DATE.fullmatch(one)]
        return column.breach("date_not_iso", found)
    found = [one for one in column.rows_of if ERA_DATE.fullmatch(one)]
    if not found:
        return None
    western = [one for one in table.columns if _is_western(one)]
    rows = [row for text in found for row in column.rows_of[text]]
    bare = sorted(row for row in rows if all(not one.cells[row].strip() for one in western))
    return column.breach_at("era_only", bare) if bare else None


def _is_western(column: Column) -> bool:
    texts = column.rows_of
    return bool(texts) and all(map(WESTERN_DATE.fullmatch, texts))


def _region_codes(column: Column) -> Iterator[Breach]:
    """L3-06: codes with all of their digits."""
    lengths = lengths_of(column.name, {text.strip() for text in column.rows_of})
    if lengths is None:
        return
    faults: dict[str, list[int]] = {}
    for text, rows in column.rows_of.items():
        why = fault_of_region_code(text.strip(), lengths)
        if why is not None:
            faults.setdefault(why, []).extend(rows)
    for why, rows in faults.items():
        yield column.breach_at("region_code_wrong", sorted(rows), why=why)
