"""One plan folder to the rows of every plan table, with everything a person should look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.collector import collector_paused
from pipelines.plans.fields.schedule import read_schedule
from pipelines.plans.front_matter import FrontMatter, document_era, read_front_matter
from pipelines.plans.identity import source_id_of
from pipelines.plans.layouts.ignored import without_ignored_sections
from pipelines.plans.layouts.reading import Finding, LayoutReading
from pipelines.plans.layouts.registry import AUTO, choose_layout, layouts
from pipelines.plans.lines import Line, Removed, Repaired, source_lines
from pipelines.plans.prose.model import ProseReading
from pipelines.plans.prose.read import read_prose
from pipelines.plans.prose_rows import prose_rows
from pipelines.plans.repair.chain import repair_text
from pipelines.plans.rows import (
    Keys,
    Provenance,
    Row,
    municipality_row,
    outline_rows,
    plan_row,
    source_row,
)
from pipelines.plans.target_rows import target_rows
from pipelines.plans.themes import theme_rows
from pipelines.plans.vocabulary import plan_vocabulary
from pipelines.problems import Problem
from pipelines.sources.decoding import DecodingError
from pipelines.sources.discovery import PlanFolder, RawDocument, place_of
from pipelines.sources.documents.text import document_text


@dataclass(frozen=True)
class ExtractedPlan:
    """The rows of one plan by table.

    Attributes:
        plan_id: the plan.
        rows: rows by table name; empty where the plan is not readable.
        problems: everything to look at, of the settings, the text and the reading.
        readable: whether the plan reaches the tables.
        removed: what the text repair took out, for the account of lines.
        set_aside: lines that were understood and give no row, with the reason.
        lines: the document's lines as repaired.
    """

    plan_id: str
    rows: dict[str, list[Row]]
    problems: list[Problem]
    readable: bool
    removed: list[Removed] = field(default_factory=list)
    set_aside: dict[int, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


def extract_plan(folder: PlanFolder) -> ExtractedPlan:
    """Read one plan; a document that no layout reads is refused with the reason.

    Args:
        folder: a usable plan folder; without a document it is a stub known from results only.
    """
    problems = _unstated(folder)
    if folder.document is None:
        rows = {
            "municipalities": [municipality_row(folder)],
            "plans": [plan_row(folder, FrontMatter(), None, None)],
        }
        return ExtractedPlan(folder.plan_id, rows, problems, readable=True)
    try:
        decoded = document_text(
            folder.document.name, folder.document.data, folder.settings.encoding
        )
    except DecodingError as error:
        return _refused(folder, "document_undecodable", str(error))
    return _read_text(folder, folder.document, decoded.text, decoded.encoding, problems)


def _read_text(
    folder: PlanFolder,
    document: RawDocument,
    text: str,
    encoding: str | None,
    problems: list[Problem],
) -> ExtractedPlan:
    with plan_vocabulary(folder.settings.layout_options), collector_paused():
        return _read_lines(folder, document, repair_text(text), encoding, problems)


def _read_lines(
    folder: PlanFolder,
    document: RawDocument,
    repaired: Repaired,
    encoding: str | None,
    problems: list[Problem],
) -> ExtractedPlan:
    name = folder.settings.layout_name
    if name != AUTO and name not in layouts():
        known = "、".join((AUTO, *layouts()))
        message = (
            f"レイアウト「{name}」はありません。{known} のどれかを plan.yaml に書いてください。"
        )
        return _refused(folder, "layout_unknown", message)
    lines, ignored, told_ignored = without_ignored_sections(repaired.lines)
    choice = choose_layout(lines, name)
    if choice is None:
        return _refused(folder, "layout_not_found", _no_items_message(repaired.lines))
    front = read_front_matter(lines)
    source_id = source_id_of(folder.plan_id)
    provenance = Provenance.of(source_id, repaired.lines)
    era = document_era(lines)
    prose = read_prose(lines, choice.reading, front, era)
    keys = Keys.of(folder.plan_id, choice.reading)
    plan = plan_row(folder, front, choice.layout.name, provenance)
    targets, left = target_rows(
        folder.plan_id, choice.reading.items, keys, provenance, era, plan["period_start_fy"]
    )
    rows = {
        "municipalities": [municipality_row(folder)],
        "sources": [source_row(folder, document, encoding, repaired.lines)],
        "plans": [plan],
        **outline_rows(folder.plan_id, choice.reading, keys, provenance, era),
        **targets,
        **prose_rows(folder.plan_id, prose, choice.reading.items, keys, provenance),
    }
    rows["item_themes"] = theme_rows(rows["reform_items"])
    findings = [
        *told_ignored,
        *front.findings,
        *_still_open(choice.reading.findings, prose),
        *prose.findings,
        *left,
        *_unread_cells(choice.reading, era),
        *_not_printed(rows["plans"][0]),
    ]
    told = [*problems, *_problems(findings, folder, source_id)]
    set_aside = {**prose.aside, **ignored}
    return ExtractedPlan(
        folder.plan_id, rows, told, True, repaired.removed, set_aside, repaired.lines
    )


def _still_open(findings: Sequence[Finding], prose: ProseReading) -> Iterable[Finding]:
    """Findings of the layout; what it set aside and the prose found a place for is settled."""
    placed = {number for one in prose.statements for number in one.text.lines}
    return (
        finding
        for finding in findings
        if finding.rule != "text_set_aside" or not placed.issuperset(finding.lines)
    )


def repaired_document(folder: PlanFolder) -> list[Line]:
    """The repaired lines of a plan's document, for looking at what no layout reads.

    Raises:
        DecodingError: the document cannot be decoded.
    """
    if folder.document is None:
        return []
    document = folder.document
    text = document_text(document.name, document.data, folder.settings.encoding).text
    return repair_text(text).lines


def _refused(folder: PlanFolder, rule: str, message: str) -> ExtractedPlan:
    """The plan is left out; its other warnings would only distract from the reason."""
    name = folder.document.name if folder.document else ""
    problem = Problem("error", rule, place_of(folder.path, name), message)
    return ExtractedPlan(folder.plan_id, {}, [problem], readable=False)


def _no_items_message(lines: Sequence[Line]) -> str:
    filled = sum(not line.is_blank for line in lines)
    return (
        f"{filled}行を読みましたが、改革項目を並べた表や箇条書きが見つからず、どのレイアウトでも読めません"
        "（見出しや文章だけの文書、または知らない様式）。項目のある文書に替えるか、"
        "plan.yaml の layout に合うものを指定してください。"
    )


def _unstated(folder: PlanFolder) -> list[Problem]:
    """Keys of ``plan.yaml`` that stay null; each is a warning, because readers will miss it."""
    settings = folder.settings
    wanted = {
        "source_url": "文書の公開URL",
        "license": "文書の利用条件",
        "retrieved_on": "文書を入手した日",
    }
    return [
        Problem(
            "warning",
            "plan_yaml_null",
            place_of(folder.path, "plan.yaml"),
            f"{name}（{key}）が分からないため空のまま公開します。分かれば書き足してください。",
            column_name=key,
            plan_id=folder.plan_id,
            municipality_code=settings.municipality_code,
        )
        for key, name in wanted.items()
        if getattr(settings, key) is None
    ]


def _not_printed(plan: Row) -> Iterable[Finding]:
    """What neither the document nor ``plan.yaml`` says."""
    names = {
        "title": "計画の名称",
        "document_status": "案か確定かの別",
        "period_start_fy": "計画期間",
    }
    for key, name in names.items():
        if plan[key] is None:
            message = f"{name}が文書にも plan.yaml にもないため、空のまま公開します。"
            yield Finding("warning", "plan_not_stated", (), message, key)


def _unread_cells(reading: LayoutReading, era: str | None) -> Iterable[Finding]:
    """Cells whose text is kept but could not be read as a value."""
    for item in reading.items:
        schedule = read_schedule(item.schedule.text, era) if item.schedule else None
        if item.schedule and schedule is None:
            message = (
                f"実施時期「{item.schedule.text}」を年度として読めません。文はそのまま残しました。"
            )
            yield Finding(
                "warning", "schedule_unread", item.schedule.lines, message, "schedule_kind"
            )
        if schedule and schedule.is_inferred:
            message = (
                f"実施時期「{item.schedule.text}」の年号を文書のほかの年から「{era}」と読みました。"
            )
            yield Finding("info", "era_inferred", item.schedule.lines, message, "start_fy")
        if item.department_cells and not item.departments:
            lines = tuple(number for cell in item.department_cells for number in cell.lines)
            title = item.title.text
            message = f"項目「{title}」の所管課の欄を課名に分けられず、文のまま残しました。"
            yield Finding("warning", "departments_unread", lines, message, "department_name")


def _problems(
    findings: Iterable[Finding],
    folder: PlanFolder,
    source_id: str,
) -> Iterable[Problem]:
    """Findings with their place in the document."""
    document = folder.document.name if folder.document else ""
    for finding in findings:
        lines = source_lines(finding.lines)
        place = place_of(folder.path, document) + (f": {lines}行" if lines else "")
        yield Problem(
            finding.severity,
            finding.rule,
            place,
            finding.message_ja,
            finding.column_name,
            finding.value,
            source_id,
            folder.plan_id,
            folder.settings.municipality_code,
        )
