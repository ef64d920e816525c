"""Files of a plan folder that hold a list of entries: ``corrections.yaml``, ``item_changes.yaml``.

A fault in one of them is no reason to leave the list aside: what a person decided would silently
not happen. So every fault is an error under one rule per file, and the build stops at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from pipelines.problems import Problem
from pipelines.sources.yaml_text import YamlFault, key_fault, load_yaml


class ListEntry(BaseModel):
    """An entry of such a list; unknown keys and values of another type are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ListFile(NamedTuple):
    """A list's file: its name, and the rule under which its faults are told."""

    name: str
    rule: str


Entry = TypeVar("Entry", bound=ListEntry)


def entry_fault(message: str, key: str = "entry") -> PydanticCustomError:
    """What a validator of an entry raises: the fault in Japanese, for the entry or one key."""
    return PydanticCustomError(key, "{fault}", {"fault": message})


def require_text(text: str) -> str:
    """A text without white space around it; a blank one is a fault."""
    if not text.strip():
        raise entry_fault("値が空白だけです。文を書いてください。")
    return text.strip()


def read_list(
    path: Path, place: str, file: ListFile, model: type[Entry]
) -> tuple[dict[int, Entry], list[Problem]]:
    """The entries of a list's file by number, and everything that is wrong with it, at once.

    Args:
        path: the file; one that is not there holds no entries.
        place: the file as people see it.
        file: its name and rule.
        model: what an entry must be.
    """
    try:
        if not path.exists():
            return {}, []
        entries, faults = parse_list(path.read_bytes().decode("utf-8-sig"), model)
    except UnicodeDecodeError:
        faults = [(None, None, f"{file.name} がUTF-8ではありません。UTF-8で保存し直してください。")]
        entries = {}
    except OSError as error:
        reason = f"{file.name} を開けません（{error.strerror}）。"
        faults = [(None, None, f"{reason}ファイルか、読み取りの権限を確かめてください。")]
        entries = {}
    return entries, [
        Problem("error", file.rule, entry_place(place, number), message, column_name=key)
        for number, key, message in faults
    ]


def entry_place(place: str, number: int | None) -> str:
    """The place of an entry in its file; the file itself without a number."""
    return place if number is None else f"{place}: {number}番目"


Fault = tuple[int | None, str | None, str]


def parse_list(text: str, model: type[Entry]) -> tuple[dict[int, Entry], list[Fault]]:
    """The sound entries of a YAML list by number, and the faults as (number, key, message).

    Entries are counted from 1, faulty ones too, so that a number means the same in every message.
    """
    try:
        content = load_yaml(text)
    except YamlFault as fault:
        return {}, [(None, None, str(fault))]
    if content is None:
        return {}, []
    if not isinstance(content, list):
        return {}, [(None, None, "一覧の形になっていません。各件を「- 」で始めてください。")]
    entries: dict[int, Entry] = {}
    faults: list[Fault] = []
    for number, value in enumerate(content, start=1):
        try:
            entries[number] = model.model_validate(_mapping(value))
        except (ValidationError, PydanticCustomError) as error:
            faults += [(number, *told) for told in _faults(error, model)]
    return entries, faults


def _mapping(value: Any) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise entry_fault("「キー: 値」の形になっていません。見本に合わせて書き直してください。")
    return value


def _faults(
    error: ValidationError | PydanticCustomError, model: type[ListEntry]
) -> Iterable[tuple[str | None, str]]:
    if isinstance(error, PydanticCustomError):
        return [(None, error.message())]
    return [key_fault(dict(one), model.model_fields) for one in error.errors()]


def misnamed(folder: Path, files: Iterable[ListFile], place: str) -> list[Problem]:
    """Files that are surely meant as one of the lists and bear another name: they are not read."""
    stems = {Path(one.name).stem.rstrip("s"): one for one in files}
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()):
        stem = path.stem.lower().replace("-", "_").rstrip("s")
        meant = stems.get(stem) if path.suffix.lower() in (".yaml", ".yml") else None
        if meant is not None and path.name != meant.name:
            message = (
                f"ファイル名「{path.name}」では読み込まれません。「{meant.name}」に変えてください。"
            )
            problems.append(Problem("error", meant.rule, f"{place}/{path.name}", message))
    return problems
