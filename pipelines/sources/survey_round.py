"""``round.yaml``: one survey round, in which departments (or a council) were asked for results.

It lies in ``raw/results/<municipality_code>/<plan-slug>/<fy or from-to>/<round>/`` beside the files
that came in. docs/results.ja.md shows every key with an example.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipelines.sources.yaml_lists import require_text

ROUND_FILE = "round.yaml"
ROUND_RULE = "round_invalid"

RoundStatus = Literal["見込み", "確定", "再調査"]
ResultStatus = Literal["provisional", "final"]
#: Rounds of one year follow each other in this order where ``order`` does not say otherwise.
ORDER_OF_STATUS: dict[RoundStatus, int] = {"見込み": 1, "確定": 2, "再調査": 3}


class Receipt(BaseModel):
    """One entry of ``receipts``: when a file came in. The file's own name and time say nothing.

    Attributes:
        file: its name in the round's folder.
        number: receipt number; a higher one came later.
        received_on: the day it came in.
        department: who sent it, where the file does not say.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    file: str
    number: int = Field(ge=1)
    received_on: datetime.date | None = None
    department: str | None = None


class RoundSettings(BaseModel):
    """The checked content of one ``round.yaml``.

    Attributes:
        status: 見込み (before the books close), 確定 (settled) or 再調査 (asked again).
        order: place among the rounds of the year; by status where it is not given.
        result_status: of a 再調査, whether its figures are settled; final where it is not given.
        as_of_on: the day as of which was asked.
        due_on: the day until which the files were to come in.
        assessor: who filled in the files: department, headquarters, council or other.
        held_on: the day of the meeting, of a headquarters or council.
        departments: names of the departments asked; empty where nobody wrote them down.
        receipts: receipt numbers and days of files.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    status: RoundStatus
    order: int | None = Field(default=None, ge=1)
    result_status: ResultStatus | None = None
    as_of_on: datetime.date | None = None
    due_on: datetime.date | None = None
    assessor: Literal["department", "headquarters", "council", "other"] = "department"
    held_on: datetime.date | None = None
    departments: tuple[str, ...] = ()
    receipts: tuple[Receipt, ...] = ()

    @field_validator("departments", "receipts", mode="before")
    @classmethod
    def _is_a_list(cls, value: Any) -> Any:
        """YAML gives lists; the model is frozen and keeps tuples."""
        return tuple(value) if isinstance(value, list) else value

    @field_validator("departments")
    @classmethod
    def _are_names(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(require_text(name) for name in names)

    @property
    def place(self) -> int:
        """Place among the rounds of the year."""
        return self.order if self.order is not None else ORDER_OF_STATUS[self.status]

    @property
    def status_of_results(self) -> ResultStatus:
        """Whether the figures of this round are provisional or settled."""
        if self.result_status is not None:
            return self.result_status
        return "provisional" if self.status == "見込み" else "final"

    def receipt_of(self, file: str) -> Receipt | None:
        """The receipt of a file; None where none is declared."""
        return next((one for one in self.receipts if one.file == file), None)
