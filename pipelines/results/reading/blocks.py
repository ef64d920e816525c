"""Sheets without any table: one item per block, a label and its value beside it.

::

    取組項目 | 窓口の改善
    担当課   | 見本課     | 評価 | A
    取組実績 | 研修を行った

A block begins where the first of its labels comes again. Only a label with exactly one value beside
it is read, or with one below it (labels_above.py) or one for each of the years above it
(block_years.py); everything else is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.messages import At
from pipelines.results.model import ColumnRole, Record, Section, ValueCell
from pipelines.results.reading.block_model import (
    Block,
    Pair,
    beside,
    decided,
    is_sound,
    role_of_block,
    year_of_labels,
)
from pipelines.results.reading.block_years import is_unclear, values_of_years, years_across
from pipelines.results.reading.grid import Grid
from pipelines.results.reading.headings import IGNORED, HeadingReader, Meaning
from pipelines.results.reading.items_across import items_across
from pipelines.results.reading.labels_above import labels_above
from pipelines.results.reading.lines import read_line
from pipelines.results.reading.messages import told
from pipelines.results.reading.outcome import SheetOutcome
from pipelines.results.reading.outline import Outline
from pipelines.results.reading.sentences import are_sentences
from pipelines.results.reading.stamps import is_stamp_row, without_stamps
from pipelines.results.reading.year_records import OF_ALL_YEARS, records_by_year
from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.sheet_fields import VALUE_FIELDS
from pipelines.sources.sheet_profile import SheetProfile

_LABELLED = re.compile(r"^([^:：\n]{1,20})[:：]\s*(\S.*)$", re.S)
#: What divides an amount: 効果額 | 計画 | 6,000 | 実績 | 2,850.
_PARTS = ("planned", "outcome", "actual")
#: What may stand before a line of years.
_OF_YEARS = ("fiscal_year", "category")
#: What a line below years may hold once for each year.
_MAY_BE_YEARLY = frozenset({*VALUE_FIELDS, "outcome", "rating", "activity", "progress"})


#: Column, text and meaning of a label, and the cells behind it.
_Group = tuple[int, str, Meaning, list[tuple[int, str]]]


class BlockReader:
    """Reads one sheet of labels and values.

    Args of the constructor:
        grid: the sheet.
        reader: reads labels as it reads headings.
        profile: of the round.
    """

    def __init__(self, grid: Grid, reader: HeadingReader, profile: SheetProfile) -> None:
        self._grid = grid
        self._reader = reader
        self._outline = Outline(profile, grid.sheet.name)
        self._profile = profile
        self._outcome = SheetOutcome()
        self._unread: list[tuple[int, int, str]] = []
        self._sentences: set[tuple[str, str | None]] = set()
        self._years: dict[int, int] = {}
        self._whole: tuple[int, str] = (0, "")
        self._below = labels_above(grid, reader)
        self._label_columns = {
            at
            for row in range(1, len(grid.rows) + 1)
            for at, text in grid.filled(row)
            if reader.is_word(text)
        }

    def read(self) -> SheetOutcome | None:
        """The records of the blocks; None where the sheet is not made of them."""
        blocks = self._across() or self._blocks()
        if not blocks or not all(map(is_sound, blocks)):
            return None
        cells: dict[tuple[str, str | None], list[str]] = {}
        for pair in (one for block in blocks for one in block.pairs):
            cells.setdefault(pair.heading, []).append(pair.text)
        self._sentences = {heading for heading, texts in cells.items() if are_sentences(texts)}
        for block in blocks:
            self._record(block)
        self._tell(blocks)
        return self._outcome

    def _across(self) -> list[Block]:
        """One block for each item where they stand side by side; the lines around them."""
        blocks = items_across(self._grid, self._reader)
        for row in range(1, len(self._grid.rows) + 1 if blocks else 1):
            if row not in blocks[0].rows:
                self._above_or_note(row, is_above=row < blocks[0].rows[0])
        return blocks

    def _above_or_note(self, row: int, *, is_above: bool) -> None:
        filled = self._grid.filled(row)
        if is_above or not filled:
            self._above(row, filled)
        else:
            self._outcome.aside[row] = "note"

    def _blocks(self) -> list[Block]:
        blocks: list[Block] = []
        covered = 0
        for row in range(1, len(self._grid.rows) + 1):
            if row <= covered:
                blocks[-1].rows.append(row)
                continue
            if row in self._below:
                self._add(blocks, row, self._pairs_below(row))
                covered = max(one.last_row for one in self._below[row])
                continue
            filled = self._without_other_labels(row, self._grid.filled(row))
            if is_stamp_row(filled):
                self._outcome.aside[row] = "heading" if blocks else "title"
                continue
            if blocks and self._begins_years(filled):
                self._outcome.aside[row] = "header"
                continue
            told = len(self._unread)
            of_years = self._pairs_of_years(row, filled)
            pairs = list(self._pairs(row, filled)) if of_years is None else of_years
            if blocks and not pairs and filled:
                self._outcome.aside[row] = "note"
            elif not pairs:
                del self._unread[told:]
                self._above(row, filled)
            else:
                self._add(blocks, row, pairs)
        return blocks

    def _pairs_below(self, row: int) -> list[Pair]:
        """The labels of a row with what stands below them."""
        return [
            Pair(row + 1, one.column, one.label, self._reader.one(one.label), one.text)
            for one in self._below[row]
        ]

    def _without_other_labels(
        self, row: int, filled: list[tuple[int, str]]
    ) -> list[tuple[int, str]]:
        """A row without labels that are no field of ours (関係課) and the one value of each."""
        others = sheet_vocabulary().words("other_labels")
        kept: list[tuple[int, str]] = []
        is_other = False
        for at, text in filled:
            if bare(text) in others:
                is_other = True
                self._outcome.findings.append(
                    told("label_left_out", At(self._grid.sheet.name, row, at), text)
                )
            elif is_other and self._reader.one(self._split(text)[0]).field is None:
                is_other = False
            else:
                is_other = False
                kept.append((at, text))
        return kept

    def _above(self, row: int, filled: list[tuple[int, str]]) -> None:
        """A title or a blank row."""
        if row in self._grid.sheet.hidden_rows:
            self._outcome.aside[row] = "hidden"
            return
        self._outcome.aside[row] = "title" if filled else "blank"
        if filled:
            texts = without_stamps(filled)
            self._outline.add(read_line(row, texts, self._profile.sections))

    def _add(self, blocks: list[Block], row: int, pairs: list[Pair]) -> None:
        anchor = blocks[0].pairs[0].meaning.field if blocks else None
        if not blocks or any(pair.meaning.field == anchor for pair in pairs):
            blocks.append(Block())
            self._years = {}
        blocks[-1].pairs += pairs
        blocks[-1].rows.append(row)

    def _begins_years(self, filled: list[tuple[int, str]]) -> bool:
        """Whether a row names the years of the columns below it: 年度 | R3 | R4."""
        years = years_across(filled)
        at, label = filled[0] if filled else (0, "")
        if not years or not (at in years or self._reader.one(label).field in _OF_YEARS):
            return False
        self._years, self._whole = years, (0, "")
        return True

    def _pairs_of_years(self, row: int, filled: list[tuple[int, str]]) -> list[Pair] | None:
        """The values of one label below years; None where the row is an ordinary line."""
        parted = values_of_years(row, filled, self._years, self._grid) if self._years else None
        if parted is None:
            return None
        labels, values = parted
        label, meaning = self._label(labels)
        if meaning.field not in _MAY_BE_YEARLY:
            return None
        if is_unclear(values, self._years):
            self._unread.append((row, values[0][0], f"{label} {values[0][1]}"))
            values = ()
        found = [
            Pair(row, at, label, replace(meaning, fiscal_year=year), text, year)
            for at, text in values
            for year in (self._years[at],)
        ]
        return found

    def _label(self, labels: Sequence[tuple[int, str]]) -> tuple[str, Meaning]:
        """The label of a row and what it means; 実績 below 効果額 | 計画 is one of 効果額."""
        at, label = labels[-1]
        if len(labels) > 1:
            self._whole = (at, labels[0][1])
        whole = self._whole[1] if self._whole[0] == at else ""
        if not whole:
            return label, self._reader.one(label)
        return f"{whole} {label}", self._reader.column((whole, label), None)

    def _pairs(self, row: int, filled: list[tuple[int, str]]) -> Iterator[Pair]:
        """The labels of a row that have exactly one value before the next label."""
        whole = ""  # What stands in a column of labels is one, though nobody knows it.
        for at, label, meaning, values in self._groups(row, filled):
            if not values and meaning.field in ("amount", "planned_amount"):
                whole = label
            elif whole and meaning.field in _PARTS:
                meaning = self._reader.column((whole, label), None)
            if len(values) > 1 and values[1][0] in self._label_columns:
                self._unread += [(row, *one) for one in values[1:]]
                values = values[:1]
            if len(values) == 1:
                yield Pair(row, values[0][0], label, meaning, values[0][1])
            elif values:
                self._unread += [(row, at, f"{label} …"), *((row, *one) for one in values)]

    def _groups(self, row: int, filled: list[tuple[int, str]]) -> list[_Group]:
        """Every label of a row with what stands before the next one."""
        groups: list[_Group] = []
        for at, text in filled:
            label, value = self._split(text)
            meaning = self._reader.one(label)
            if meaning.field is not None:
                groups.append((at, label, meaning, [(at, value)] if value else []))
            elif groups:
                groups[-1][3].append((at, text))
            else:
                self._unread.append((row, at, text))
        return groups

    def _split(self, text: str) -> tuple[str, str]:
        match = _LABELLED.match(text)
        if match and self._reader.is_word(match[1]):
            return match[1], match[2].strip()
        return text, ""

    def _record(self, block: Block) -> None:
        first, name = block.rows[0], self._grid.sheet.name
        for row in block.rows[1:]:
            self._outcome.aside[row] = "header"
        texts = self._year_of_labels(block)
        yearly: dict[int, dict[str, str]] = {}
        values: list[ValueCell] = []
        columns: dict[str, int] = {}
        names = {pair.meaning.field for pair in block.pairs}
        says_done = any(map(self._says_done, block.pairs)) and "activity" not in names
        for pair in block.pairs:
            field_name = decided(pair, names, beside(pair, block))
            if self._is_of_the_plan(pair, names, says_done):
                self._outcome.findings.append(
                    told("plan_left_out", At(name, pair.row, pair.column), pair.label)
                )
                continue
            if field_name is None or field_name == IGNORED:
                self._unread.append((pair.row, pair.column, pair.label))
                continue
            role = role_of_block(pair.meaning, field_name)
            own = texts if pair.year is None else yearly.setdefault(pair.year, {})
            known = own.keys() | {cell.role for cell in values}
            if (role if field_name in VALUE_FIELDS else field_name) in known:
                finding = told("label_twice", At(name, pair.row, pair.column), pair.label)
                self._outcome.quarantined[first] = finding
                return
            columns.setdefault(field_name, pair.column)
            if field_name in VALUE_FIELDS:
                values.append(self._value(role, pair))
            else:
                own[field_name] = pair.text
        self._keep(self._new_record(first, texts, values, columns), yearly)

    def _year_of_labels(self, block: Block) -> dict[str, str]:
        """The year that labels name, where the lines above do not say the same; told if another."""
        year, above = year_of_labels(block), self._outline.section.fiscal_year
        if year is None or year == above:
            return {}
        if above:
            name, row = self._grid.sheet.name, block.rows[0]
            conflict = told("year_conflict", At(name, row), str(year), above=above)
            self._outcome.findings.append(conflict)
        return {"fiscal_year": f"{year}年度"}

    def _says_done(self, pair: Pair) -> bool:
        return pair.meaning.field == "outcome" and pair.heading in self._sentences

    def _is_of_the_plan(self, pair: Pair, names: set[str | None], says_done: bool) -> bool:
        """Whether a text says what was planned: 目標 in sentences, 取組内容 beside 実績."""
        if pair.meaning.field == "content":
            is_later = (pair.meaning.fiscal_year or 0) > (self._outline.section.fiscal_year or 9999)
            return is_later or (says_done and bool(names & {"item", "item_number"}))
        is_plan = pair.meaning.field in ("planned", "final_target")
        return is_plan and pair.heading in self._sentences and "indicator" not in names

    def _value(self, role: ColumnRole, pair: Pair) -> ValueCell:
        marks = self._grid.sheet.marks.get((pair.row, pair.column), ())
        return ValueCell(role, pair.text, pair.column, marks)

    def _keep(self, record: Record, yearly: dict[int, dict[str, str]]) -> None:
        """Keep the record of a block, or one for each year where texts are of several years."""
        filled = {year: texts for year, texts in yearly.items() if texts}
        records = records_by_year(record, filled) if filled else [record]
        if records is None:
            records = records_by_year(self._without_undated(record), filled)
        self._outcome.records += records or []

    def _without_undated(self, record: Record) -> Record:
        """A block without what names no year, beside texts of several; told."""
        undated = [name for name in record.texts if name not in OF_ALL_YEARS]
        gone = [(record.columns[name], record.texts[name]) for name in undated]
        gone += [(cell.column, cell.text) for cell in record.values if not cell.role.fiscal_year]
        for column, text in gone:
            finding = told("text_of_unclear_year", At(record.sheet, record.row, column), text)
            self._outcome.findings.append(finding)
        texts = {name: text for name, text in record.texts.items() if name not in undated}
        values = tuple(cell for cell in record.values if cell.role.fiscal_year)
        return replace(record, texts=texts, values=values)

    def _new_record(
        self, row: int, texts: dict[str, str], values: list[ValueCell], columns: dict[str, int]
    ) -> Record:
        section: Section = self._outline.section
        roles = tuple(cell.role for cell in values)
        return Record(
            self._grid.sheet.name,
            row,
            texts,
            tuple(values),
            columns,
            section,
            roles,
            frozenset(texts),
        )

    def _tell(self, blocks: list[Block]) -> None:
        name = self._grid.sheet.name
        self._outcome.findings.append(told("read_as_blocks", At(name), count=len(blocks)))
        for row, column, text in self._unread:
            self._outcome.findings.append(told("text_not_read", At(name, row, column), text))
