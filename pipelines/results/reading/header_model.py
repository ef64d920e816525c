"""A table's headings as found: its columns, what they mean, and which of them name rows."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.results.reading.headings import Meaning
from pipelines.sources.sheet_fields import VALUE_FIELDS

RATING_MARK = "rating_mark"
#: A column of a year in which each row says what its text is.
ROW_TEXT = "row_text"
KEY_FIELDS = (
    "item_id", "item_number", "item", "measure", "content", "indicator_id", "indicator", "category",
)  # fmt: skip
RESULT_FIELDS = frozenset(
    {
        *VALUE_FIELDS,
        "activity",
        "content",
        "progress",
        "outcome",
        "rating",
        "headquarters_rating",
        "council_rating",
        "headquarters_opinion",
        "council_opinion",
        "city_response",
        "shortfall_reason",
        "next_action",
        "not_computable_reason",
        "row_kind",
        RATING_MARK,
    }
)


#: Texts of what was done in a year; a heading that names their year speaks for its row.
DONE_FIELDS = frozenset({"activity", "outcome", "progress", "rating"})


@dataclass(frozen=True)
class HeadColumn:
    """One column of a table.

    Attributes:
        column: its number.
        parts: of its heading, top first.
        meaning: what they mean.
        from_title: whether a line above the table says what its values are.
        shares_unit: whether its unit stands only once, below the table's last heading.
        from_day: whether its year is that of the day in its heading (R3.4.1).
        era_inferred: whether its year stands without its era, which the round says.
        is_between: whether it holds actual values as it stands between a baseline and a target.
        is_by_row: whether each row says if its value is a plan or an actual one.
    """

    column: int
    parts: tuple[str, ...]
    meaning: Meaning
    from_title: bool = False
    shares_unit: bool = False
    is_by_row: bool = False
    from_day: bool = False
    era_inferred: bool = False
    is_between: bool = False

    @property
    def text(self) -> str:
        """The heading as one line, for messages."""
        return " ".join("".join(part.split()) for part in self.parts if part.strip())


@dataclass(frozen=True)
class Header:
    """The rows of headings of one table (or of several side by side: ``columns`` are one's own).

    ``first_row`` is 0 for a table without headings.

    Attributes:
        stacked: fields of the upper and the lower of two rows of each item; None where an item has
            one row.
        stacked_words: the words of the sheet that say which value stands above which.
        bracket_words: the words that say what the second of two values in a cell is.
        row_texts: texts that the rows give in turn (実績, 評価), where each row says which.
    """

    first_row: int
    last_row: int
    columns: tuple[HeadColumn, ...]
    stacked: tuple[str, str] | None = None
    stacked_words: str = ""
    bracket_words: str = ""
    row_texts: frozenset[str] = frozenset()

    @property
    def signature(self) -> tuple[str, ...]:
        """What tells whether another table has the same headings in the same columns."""
        first = self.columns[0].column if self.columns else 0
        said = (self.stacked_words, *(self.stacked or ())) if self.stacked_words else ()
        said += (self.bracket_words,) if self.bracket_words else ()
        said += tuple(sorted(self.row_texts))
        return (str(first), *(column.text for column in self.columns), *said)
