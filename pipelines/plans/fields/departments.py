"""Department cells: wrapped names, branches in brackets, scopes, collective names.

``支所地域振興課（北・南）`` means the 地域振興課 of two branches; ``①職員課 ②～⑤財政課`` gives each
its scope; in ``北支所地域振興課・市民課`` the second is of the same branch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipelines.plans.lines import Line, Passage, join_passages, passage
from pipelines.plans.vocabulary import vocabulary, words

_SCOPE = re.compile(r"^(?P<scope>[①-⑳](?:\s*[～~〜・、,]\s*[①-⑳])*)\s*(?P<rest>.*)$", re.S)
# Where one unit ends and the scope of the next begins: ①職員課・②財政課.
_BEFORE_SCOPE = re.compile(r"(?<=[^①-⑳～~〜・、,\s])\s*[・、,]?\s*(?=[①-⑳])")
_BRACKETED = re.compile(r"^(?P<name>[^（(]+)[（(](?P<inside>[^）)]*)[）)]$")
# Without any of these no role is marked.
_MAY_HAVE_ROLE = re.compile(r"[◎○：:）)]")
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
        complete, rest = ([], line) if parts else _complete_names(line)
        cells += complete
        if complete and rest.is_blank:
            used = index + 1
        if rest.is_blank:
            continue
        parts.append(rest)
        joined = _continued(cells, parts)
        if _is_balanced(joined.text) and is_department_text(joined.text):
            cells = [*cells[:-1], joined] if _goes_on(cells, parts) else [*cells, joined]
            parts, used = [], index + 1
    return cells[: _cells_within(cells, lines, used)], used


LONGEST_WRAP = 6
LONGEST_NAME = 80
WIDEST_PART = 24


def _may_continue(parts: list[Line], line: Line) -> bool:
    """No sentence, and no more lines and characters than a wrapped name has."""
    if "。" in line.text or len(parts) >= LONGEST_WRAP:
        return False
    length = sum(len(part.plain) for part in parts) + len(line.plain)
    return not parts or (length <= LONGEST_NAME and len(line.plain) <= WIDEST_PART)


def _complete_names(line: Line) -> tuple[list[Passage], Line]:
    """Names set apart by spaces on one line: the complete ones, and what is wrapped."""
    names = re.sub(r"([①-⑳])[\s\u3000]+", r"\1", line.text).split()
    complete: list[Passage] = []
    while len(names) > 1 and is_department_text(names[0]) and _is_balanced(names[0]):
        complete.append(passage([line.with_text(names.pop(0))]))
    return complete, line.with_text(" ".join(names))


def _goes_on(cells: list[Passage], parts: list[Line]) -> bool:
    """A cell that opens with a separator or a bracket goes on with the one before."""
    return bool(cells) and re.match(r"^\s*[・･、，,（(／/]", parts[0].text) is not None


def _continued(cells: list[Passage], parts: list[Line]) -> Passage:
    own = passage(parts)
    return join_passages([cells[-1], own]) if _goes_on(cells, parts) else own


def _cells_within(cells: list[Passage], lines: Sequence[Line], used: int) -> int:
    """How many cells stand on the lines that count: a name whose rest never came is given up."""
    numbers = {line.number for line in lines[:used]}
    return sum(numbers.issuperset(cell.lines) for cell in cells)


def _is_balanced(text: str) -> bool:
    opening, closing = text.count("（") + text.count("("), text.count("）") + text.count(")")
    return opening == closing


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
    """Every unit of a cell; a scope holds for the units up to the next scope."""
    found: list[Department] = []
    for piece in _BEFORE_SCOPE.split(text):
        match = _SCOPE.match(piece)
        scope = "".join(match["scope"].split()) if match else None
        rest = match["rest"] if match else piece
        units = _read_names(rest)
        found += [replace(one, scope=scope) for one in units] if scope else units
    return found


def _role(text: str) -> tuple[str | None, str]:
    """A role mark in front (◎財政課, 主管：財政課) or in brackets behind (財政課（主）)."""
    if not _MAY_HAVE_ROLE.search(text):
        return None, text
    for role, marks in vocabulary()["role_words"].items():
        for mark in marks:
            if text[-1:] in ("）", ")") and text[:-1].endswith((f"（{mark}", f"({mark}")):
                head = text[: -len(mark) - 2]
                return (role, head) if head else (None, text)
            if text.startswith((f"{mark}：", f"{mark}:")) or (
                mark in "◎○" and text.startswith(mark)
            ):
                return role, text[len(mark) :].lstrip(":：")
    return None, text


def _read_names(text: str) -> list[Department]:
    role, rest = _role(text)
    bracket = _BRACKETED.match(rest)
    if bracket:
        branches = _bracketed_branches(bracket["name"].strip(), bracket["inside"])
        return [replace(one, role=role) for one in branches or [_department(rest, None)]]
    found: list[Department] = []
    branch: str | None = None
    for name in filter(None, _SEPARATORS.split(text)):
        role, own = _role(name)
        own_branch, unit = _split_branch(own)
        branch = own_branch or branch
        department = _department(unit, branch)
        found.append(replace(department, role=role) if role else department)
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


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _department(name: str, branch: str | None) -> Department:
    pattern = _any_of(words("collective_patterns"))
    collective = bool(pattern.match(name) or pattern.match(branch or ""))
    return Department(unicodedata.normalize("NFC", name), branch, is_collective=collective)
