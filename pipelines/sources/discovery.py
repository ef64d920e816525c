"""The plan folders of ``raw/plans/``, and everything that is wrong with them, at once."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.problems import Problem
from pipelines.sources.corrections import CORRECTIONS, Correction
from pipelines.sources.documents.kinds import ADVICE, MEDIA_TYPES, TEXT_SUFFIXES
from pipelines.sources.item_changes import ITEM_CHANGES, ItemChange
from pipelines.sources.plan_settings import PlanSettings, SettingsFault, parse_plan_settings
from pipelines.sources.yaml_lists import Entry, ListFile, misnamed, read_list

DOCUMENT_SUFFIXES = tuple(MEDIA_TYPES)
SETTINGS_NAME = "plan.yaml"


@dataclass(frozen=True)
class RawDocument:
    """A document as received: its file name, bytes and SHA-256 (hexadecimal)."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Hash of the untouched bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class PlanFolder:
    """One usable ``raw/plans/<municipality_code>/<plan-slug>/``.

    ``corrections`` and ``item_changes`` are entries by their number in the file.
    """

    path: Path
    relative: str
    settings: PlanSettings
    document: RawDocument | None
    corrections: Mapping[int, Correction] = field(default_factory=dict)
    item_changes: Mapping[int, ItemChange] = field(default_factory=dict)

    @property
    def plan_id(self) -> str:
        """``<municipality_code>-<plan-slug>``."""
        return f"{self.settings.municipality_code}-{self.path.name}"

    @property
    def prefecture_code(self) -> str:
        """The partition this plan belongs to."""
        return self.settings.prefecture_code


@dataclass(frozen=True)
class Discovery:
    """All plan folders: usable ones, those left out (plan_id to place), and the problems."""

    folders: list[PlanFolder] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def discover_plans(raw: Path) -> Discovery:
    """Read every plan folder below ``raw/plans``; nothing is raised for a faulty one.

    Args:
        raw: the raw folder; a missing ``plans`` folder in it gives an empty discovery.
    """
    discovery = Discovery()
    candidates = [
        (folder, read_plan_folder(folder, discovery.problems))
        for folder in _plan_directories(raw / "plans", discovery.problems)
    ]
    claims: dict[str, list[str]] = {}
    for folder, plan in candidates:
        if plan is not None:
            claims.setdefault(_alike(plan.plan_id), []).append(place_of(folder))
    discovery.problems.extend(_report_equal_ids(claims))
    for folder, plan in candidates:
        placed = plan is not None and not _place_fault(folder, plan.settings)
        rivals = [] if plan is None else _placed_rivals(plan, candidates)
        if plan is not None and placed and not rivals:
            discovery.folders.append(plan)
        else:
            discovery.left_out[f"{folder.parent.name}-{folder.name}"] = place_of(folder)
    return _without_unknown_editions(discovery)


def _without_unknown_editions(discovery: Discovery) -> Discovery:
    """An edition of a plan that is not there would point to nothing: it is left out and told."""
    known = {folder.plan_id for folder in discovery.folders}
    faults = {one.plan_id: _edition_fault(one, known) for one in discovery.folders}
    lost = [one for one in discovery.folders if faults[one.plan_id]]
    if not lost:
        return discovery
    problems = [
        Problem(
            "error",
            "edition_of_unknown",
            place_of(one.path, SETTINGS_NAME),
            f"{faults[one.plan_id]}"
            "<団体コード>-<計画のフォルダー名> の形で、置いてある計画を書いてください。",
            "edition_of",
        )
        for one in lost
    ]
    kept = [one for one in discovery.folders if one not in lost]
    left_out = discovery.left_out | {one.plan_id: place_of(one.path) for one in lost}
    remaining = Discovery(kept, left_out, [*discovery.problems, *problems])
    return _without_unknown_editions(remaining)


def _edition_fault(folder: PlanFolder, known: set[str]) -> str | None:
    """Why a folder cannot be an edition of the plan that it names; None if it can."""
    named = folder.settings.edition_of
    if named is None or named == folder.plan_id:
        return None  # an edition of itself is told with the other editions, and harms nothing
    if named not in known:
        return f"edition_of の計画「{named}」がありません。"
    if not named.startswith(f"{folder.settings.municipality_code}-"):
        return f"edition_of の計画「{named}」は別の団体のものです。"
    return None


def _alike(plan_id: str) -> str:
    return unicodedata.normalize("NFKC", plan_id).casefold()


def _placed_rivals(
    plan: PlanFolder, candidates: list[tuple[Path, PlanFolder | None]]
) -> list[Path]:
    """Other well-placed folders that claim the same identity: nobody can say which is meant."""
    return [
        folder
        for folder, other in candidates
        if other is not None
        and folder != plan.path
        and _alike(other.plan_id) == _alike(plan.plan_id)
        and not _place_fault(folder, other.settings)
    ]


def place_of(folder: Path, *names: str) -> str:
    """A folder's place as people see it: ``plans/<municipality_code>/<plan-slug>/…``."""
    return "/".join(("plans", folder.parent.name, folder.name, *names))


def read_plan_folder(folder: Path, problems: list[Problem]) -> PlanFolder | None:
    """One plan folder with its settings and document; None where it cannot be used."""
    settings = _read_settings(folder, problems)
    document = _read_document(folder, settings, problems)
    corrections = _read_list(folder, CORRECTIONS, Correction, problems)
    item_changes = _read_list(folder, ITEM_CHANGES, ItemChange, problems)
    problems.extend(_misnamed_lists(folder))
    if settings is None:
        return None
    fault = _place_fault(folder, settings)
    if fault:
        problems.append(
            Problem("error", "plan_folder_place", place_of(folder), fault, "municipality_code")
        )
    if document is None and settings.document_kind != "stub":
        return None
    relative = f"{folder.parent.name}/{folder.name}"
    return PlanFolder(folder, relative, settings, document, corrections, item_changes)


def _read_list(
    folder: Path, file: ListFile, model: type[Entry], problems: list[Problem]
) -> dict[int, Entry]:
    entries, faults = read_list(folder / file.name, place_of(folder, file.name), file, model)
    problems.extend(faults)
    return entries


def _misnamed_lists(folder: Path) -> list[Problem]:
    try:
        return misnamed(folder, (CORRECTIONS, ITEM_CHANGES), place_of(folder))
    except OSError:
        return []  # _read_document tells that the folder cannot be listed


def _plan_directories(plans: Path, problems: list[Problem]) -> Iterator[Path]:
    """Every ``<municipality_code>/<plan-slug>`` below ``plans``, in name order."""
    for municipality in _subdirectories(plans, "plans", problems):
        place = f"plans/{municipality.name}"
        folders = _subdirectories(municipality, place, problems)
        if not folders and not _mentions(problems, place):
            message = (
                "計画のフォルダーが一つもありません。<計画の短い名前>/plan.yaml を置いてください。"
            )
            problems.append(Problem("warning", "municipality_folder_empty", place, message))
        yield from folders


def _mentions(problems: list[Problem], place: str) -> bool:
    return any(problem.place == place for problem in problems)


def _subdirectories(folder: Path, place: str, problems: list[Problem]) -> list[Path]:
    try:
        if not folder.exists():
            return []
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        folders = [entry for entry in visible if entry.is_dir()]
    except OSError as error:
        message = f"フォルダーを開けません（{error.strerror}）。読み取りの権限を確かめてください。"
        problems.append(Problem("error", "folder_unreadable", place, message))
        return []
    for stray in visible:
        if stray not in folders:
            message = (
                "ここにはフォルダーだけを置きます。このファイルは読みませんでした。移してください。"
            )
            problems.append(Problem("warning", "stray_file", f"{place}/{stray.name}", message))
    return folders


def _read_settings(folder: Path, problems: list[Problem]) -> PlanSettings | None:
    place = place_of(folder, SETTINGS_NAME)
    path = folder / SETTINGS_NAME
    try:
        if not path.exists():
            message = "plan.yaml がありません。団体コードなどを書いた plan.yaml を置いてください。"
            problems.append(Problem("error", "plan_yaml_missing", place, message))
            return None
        return parse_plan_settings(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        message = "plan.yaml がUTF-8ではありません。UTF-8で保存し直してください。"
        problems.append(Problem("error", "plan_yaml_encoding", place, message))
    except OSError as error:
        message = f"plan.yaml を開けません（{error.strerror}）。読み取りの権限を確かめてください。"
        problems.append(Problem("error", "plan_yaml_unreadable", place, message))
    except SettingsFault as faults:
        problems.extend(
            Problem("error", "plan_yaml_invalid", place, message, column_name=key)
            for key, message in faults.faults
        )
    return None


def _read_document(
    folder: Path, settings: PlanSettings | None, problems: list[Problem]
) -> RawDocument | None:
    """The one document of a folder; None for a stub, or with a problem."""
    try:
        documents = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in DOCUMENT_SUFFIXES and not path.name.startswith(".")
        )
        # A PDF or DOCX beside a text file is where the text comes from; the text is what is read.
        texts = [path for path in documents if path.suffix.lower() in TEXT_SUFFIXES]
        documents = texts or documents
        if len(documents) == 1:
            return RawDocument(documents[0].name, documents[0].read_bytes())
    except OSError as error:
        message = (
            f"フォルダーか文書を開けません（{error.strerror}）。読み取りの権限を確かめてください。"
        )
        problems.append(Problem("error", "document_unreadable", place_of(folder), message))
        return None
    if documents:
        names = "、".join(path.name for path in documents)
        message = (
            f"文書が{len(documents)}個あります（{names}）。1つの版につき1つだけ置いてください。"
        )
        problems.append(Problem("error", "several_documents", place_of(folder), message))
    elif settings is not None and settings.document_kind != "stub":
        problems.append(_missing_document(folder))
    return None


def _missing_document(folder: Path) -> Problem:
    """No document of a kind that can be read; of other kinds it is said what to do with them."""
    others = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in ADVICE]
    advice = "".join(f"{one.name} は読めません。{ADVICE[one.suffix.lower()]}。" for one in others)
    message = (
        f"文書（.txt、.md、.pdf、.docx）がありません。{advice}受け取った文書を置くか、"
        "実績だけの計画なら document_kind: stub と書いてください。"
    )
    return Problem("error", "document_missing", place_of(folder), message)


def _place_fault(folder: Path, settings: PlanSettings) -> str | None:
    """The folder's names must agree with ``plan.yaml``: they make the plan's identity."""
    if folder.parent.name != settings.municipality_code:
        return (
            f"フォルダー名「{folder.parent.name}」と plan.yaml の団体コード"
            f"「{settings.municipality_code}」が違います。どちらかを直してください。"
        )
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folder.name):
        return (
            f"計画のフォルダー名「{folder.name}」は半角の小文字、数字、ハイフンだけにしてください"
            "（例 gyokaku4-draft）。"
        )
    return None


def _report_equal_ids(claims: dict[str, list[str]]) -> Iterator[Problem]:
    """Folders that claim one identity; written alike (width, case) counts as equal."""
    for plan_id, places in sorted(claims.items()):
        if len(places) > 1:
            message = (
                f"同じ計画ID「{plan_id}」になるフォルダーが{len(places)}個あります"
                f"（{'、'.join(places)}）。一つを残すか、plan.yaml とフォルダー名を直してください。"
            )
            yield Problem("error", "plan_id_not_unique", places[-1], message)
