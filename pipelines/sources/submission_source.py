"""``source.yaml``: where the files of a round come from, where they were published."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

SOURCE_FILE = "source.yaml"
SOURCE_RULE = "source_invalid"


class SubmissionOrigin(BaseModel):
    """The checked content of one ``source.yaml``; every key may be left out.

    Attributes:
        source_url: the page on which the files were published; null for what departments sent.
        license: terms of use of the files.
        retrieved_on: the day they were fetched.
        published_on: the day the city published them.
        partial_reason: why the files hold only a part of what was published, in Japanese; told
            where published totals are compared with our rows. Null where they hold everything.
        note: for people; internal.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    source_url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    license: str | None = None
    retrieved_on: datetime.date | None = None
    published_on: datetime.date | None = None
    partial_reason: str | None = None
    note: str | None = None

    @field_validator("license", "partial_reason", "note", mode="before")
    @classmethod
    def _is_text(cls, value: Any) -> Any:
        return value.strip() or None if isinstance(value, str) else value
