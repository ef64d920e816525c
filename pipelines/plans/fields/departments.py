"""Department cells: wrapped names, branches in brackets, scopes, collective names.

``支所地域振興課（北・南）`` means the 地域振興課 of two branches; ``①職員課 ②～⑤財政課`` gives each
its scope; in ``北支所地域振興課・市民課`` the second is of the same branch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.plans.lines import Line, Passage, join_passages, passage
from pipelines.plans.vocabulary import vocabulary, words

_SCOPE = re.compile(r"^(?P<scope>[①-⑳](?:\s*[～~〜・、,]\s*[①-⑳])*)\s*(?P<rest>.*)$", re.S)
_BRACKETED = re.compile(r"^(?P<name>[^（(]+)[（(](?P<inside>[^）)]*)[）)]$")
_SEPARATORS = re.compile(r"\s*[・･、，,／/]\s*")


@dataclass(frozen=True)
class Department:
    """One department of an item; see ``schemas/item_departments.json`` for the columns."""

    department_name: str
    branch_name: str | None = None
    scope: str | None = None
    is_collective: bool = False
    role: str | None = None
    lines: tuple[int, ...] = ()


def is_department_text(text: str) -> bool:
    """Whether a text can be a department cell: ends like a unit's name, and is no sentence."""
    bare = text.strip()
    if not bare or "。" in bare:
        return False
    bracket = _BRACKETED.match(bare)
    name = bracket["name"] if bracket else bare
    scope = _SCOPE.match(name)
    return _ends_like_unit((scope["rest"] if scope else name).strip())


def _ends_like_unit(name: str) -> bool:
    return bool(name) and name.endswith(words("department_suffixes"))


def department_cells(lines: Sequence[Line]) -> tuple[list[Passage], int]:
    """Join the wrapped lines of a department column to one passage per cell.

    Args:
        lines: the lines from the first department on, blank ones included.

    Returns:
        The cells, and how many of ``lines`` they took: reading stops at the first line that
        cannot belong to a department any more.
    """
    cells: list[Passage] = []
    parts: list[Line] = []
    used = 0
    for index, line in enumerate(lines):
        if line.is_blank:
            continue
        if not _may_continue(parts, line):
            break
        names = line.text.split()
        if not parts and len(names) > 1 and all(map(is_department_text, names)):
            cells, used = cells + [passage([line.with_text(name)]) for name in names], index + 1
            continue
        parts.append(line)
        joined = passage(parts)
        if _is_balanced(joined.text) and is_department_text(joined.text):
            cells, parts, used = _add_cell(cells, joined), [], index + 1
    return cells, used


LONGEST_WRAP = 4


def _may_continue(parts: list[Line], line: Line) -> bool:
    """No sentence, and not more lines than a wrapped name has."""
    return "。" not in line.text and len(parts) < LONGEST_WRAP


def _add_cell(cells: list[Passage], cell: Passage) -> list[Passage]:
    """A cell that opens with a separator or a bracket goes on with the one before."""
    if cells and re.match(r"^[・･、，,（(]", cell.text):
        return [*cells[:-1], join_passages([cells[-1], cell])]
    return [*cells, cell]


def _is_balanced(text: str) -> bool:
    return len(re.findall(r"[（(]", text)) == len(re.findall(r"[）)]", text))


def read_departments(cells: Sequence[Passage]) -> list[Department]:
    """Every department of an item, in printed order.

    Args:
        cells: one passage per cell of the department column, as ``department_cells`` joins them.
    """
    found: list[Department] = []
    for cell in cells:
        found.extend(replace(one, lines=cell.lines) for one in _read_cell(cell.text))
    return found


def _read_cell(text: str) -> list[Department]:
    match = _SCOPE.match(text)
    scope = "".join(match["scope"].split()) if match else None
    role, rest = _role(match["rest"] if match else text)
    return [replace(one, scope=scope, role=role) for one in _read_names(rest)]


def _role(text: str) -> tuple[str | None, str]:
    """A role mark in front (◎財政課) or in brackets behind (財政課（主）)."""
    for role, marks in vocabulary()["role_words"].items():
        for mark in marks:
            bracketed = re.match(rf"^(.+)[（(]{re.escape(mark)}[）)]$", text)
            if bracketed:
                return role, bracketed.group(1)
            if text.startswith(f"{mark}:") or (mark in "◎○" and text.startswith(mark)):
                return role, text[len(mark) :].lstrip(":")
    return None, text


def _read_names(text: str) -> list[Department]:
    bracket = _BRACKETED.match(text)
    if bracket:
        branches = _bracketed_branches(bracket["name"].strip(), bracket["inside"])
        if branches:
            return branches
        return [_department(text, None)]
    found: list[Department] = []
    branch: str | None = None
    for name in _SEPARATORS.split(text):
        own_branch, unit = _split_branch(name)
        branch = own_branch or branch
        found.append(_department(unit, branch))
    return found


def _bracketed_branches(name: str, inside: str) -> list[Department]:
    """``支所産業建設課（北・南）``: the unit of each branch; none where no branch word leads."""
    for word in words("branch_words"):
        if name.startswith(word) and name != word:
            unit = name[len(word) :]
            return [_department(unit, place + word) for place in _SEPARATORS.split(inside.strip())]
    return []


def _split_branch(name: str) -> tuple[str | None, str]:
    """``各支所地域振興課`` to branch and unit; no branch where the name is the branch itself."""
    for word in words("branch_words"):
        head, found, unit = name.partition(word)
        if found and unit and head:
            return head + word, unit
    return None, name


def _department(name: str, branch: str | None) -> Department:
    prefixes = words("collective_prefixes")
    collective = name.startswith(prefixes) or (branch or "").startswith(prefixes)
    return Department(unicodedata.normalize("NFC", name), branch, is_collective=collective)
