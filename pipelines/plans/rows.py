"""What was read, as rows of the tables; the columns are those of ``schemas/``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.plans.fields.schedule import Schedule, read_schedule
from pipelines.plans.front_matter import FrontMatter
from pipelines.plans.identity import Identities, source_id_of
from pipelines.plans.layouts.reading import ItemReading, LayoutReading, NodeReading
from pipelines.plans.lines import Line, source_lines
from pipelines.sources.discovery import PlanFolder, RawDocument
from pipelines.sources.documents.kinds import MEDIA_TYPES
from pipelines.sources.prefectures import prefecture_names

Row = dict[str, Any]


@dataclass(frozen=True)
class Provenance:
    """Says for lines where they stand: source, source_lines and page."""

    source_id: str
    pages: dict[int, int | None]

    @classmethod
    def of(cls, source_id: str, lines: Sequence[Line]) -> Provenance:
        """The provenance of one document's repaired lines."""
        return cls(source_id, {line.number: line.page for line in lines})

    def columns(self, numbers: Iterable[int]) -> Row:
        """source_id, source_lines and page (of the first line) for a row of these lines."""
        ordered = sorted(set(numbers))
        return {
            "source_id": self.source_id,
            "source_lines": source_lines(ordered),
            "page": self.pages.get(ordered[0]) if ordered else None,
        }


def municipality_row(folder: PlanFolder) -> Row:
    """The row of ``municipalities`` for a plan's municipality."""
    settings = folder.settings
    return {
        "municipality_code": settings.municipality_code,
        "standard_area_code": settings.municipality_code[:5],
        "name": settings.municipality_name,
        "prefecture_code": settings.prefecture_code,
        "prefecture_name": prefecture_names()[settings.prefecture_code],
    }


def source_row(
    folder: PlanFolder, document: RawDocument, encoding: str | None, lines: Sequence[Line]
) -> Row:
    """The row of ``sources`` for a plan's document."""
    settings = folder.settings
    suffix = folder.path.joinpath(document.name).suffix.lower()
    pages = [line.page for line in lines if line.page is not None]
    return {
        "source_id": source_id_of(folder.plan_id),
        "source_kind": "plan_text",
        "municipality_code": settings.municipality_code,
        "plan_id": folder.plan_id,
        "path": f"plans/{folder.relative}/{document.name}",
        "sha256": document.sha256,
        "bytes": len(document.data),
        "media_type": MEDIA_TYPES[suffix],
        "encoding": encoding,
        "page_count": max(pages) if pages else None,
        "line_count": max((line.number for line in lines), default=0),
        "source_url": settings.source_url,
        "license": settings.license,
        "retrieved_on": settings.retrieved_on,
    }


def plan_row(
    folder: PlanFolder, front: FrontMatter, layout: str | None, provenance: Provenance | None
) -> Row:
    """The row of ``plans``; what the document prints goes before ``plan.yaml``."""
    settings = folder.settings
    printed = provenance.columns(front.lines) if provenance else {}
    return {
        "plan_id": folder.plan_id,
        "municipality_code": settings.municipality_code,
        "title": front.title.text or settings.title,
        "generation": front.generation,
        "document_kind": settings.document_kind,
        "document_status": front.document_status or settings.document_status,
        "edition_of": settings.edition_of,
        "is_current": True,
        "period_start_fy": front.period_start_fy or settings.period_start_fy,
        "period_end_fy": front.period_end_fy or settings.period_end_fy,
        "published_on": settings.published_on,
        "layout": layout,
        "source_url": settings.source_url,
        "license": settings.license,
        **printed,
    }


@dataclass(frozen=True)
class Keys:
    """The ids of a plan's headings and items, by the identity of their readings."""

    identities: Identities
    node_ids: dict[int, str]
    item_ids: dict[int, str]

    @classmethod
    def of(cls, plan_id: str, reading: LayoutReading) -> Keys:
        """Give every heading and every item of a plan its id."""
        identities = Identities(plan_id)
        node_ids = {id(node): identities.node_id(node.path) for node in reading.nodes}
        item_ids = {id(item): identities.item_id(item.title.text) for item in reading.items}
        return cls(identities, node_ids, item_ids)

    def node_id(self, node: NodeReading | None) -> str | None:
        """The id of a heading; None for none, or for one that no row holds."""
        return self.node_ids.get(id(node)) if node else None


def outline_rows(
    plan_id: str, reading: LayoutReading, keys: Keys, provenance: Provenance, era: str | None
) -> dict[str, list[Row]]:
    """Rows of policy_nodes, reform_items, item_departments and item_viewpoints."""
    rows: dict[str, list[Row]] = {
        "policy_nodes": _node_rows(plan_id, reading.nodes, keys.node_ids, provenance),
        "reform_items": [],
        "item_departments": [],
        "item_viewpoints": [],
    }
    for ordinal, item in enumerate(reading.items, start=1):
        item_id = keys.item_ids[id(item)]
        ids = {"item_id": item_id, "plan_id": plan_id, "node_id": keys.node_ids[id(item.node)]}
        rows["reform_items"].append({**ids, **_item_row(item, ordinal, provenance, era)})
        rows["item_departments"] += _department_rows(item_id, item, provenance)
        rows["item_viewpoints"] += _viewpoint_rows(item_id, item, provenance)
    return rows


def _node_rows(
    plan_id: str, nodes: Sequence[NodeReading], node_ids: dict[int, str], provenance: Provenance
) -> list[Row]:
    return [
        {
            "node_id": node_ids[id(node)],
            "plan_id": plan_id,
            "parent_node_id": node_ids[id(node.parent)] if node.parent else None,
            "depth": node.depth,
            "ordinal": ordinal,
            "number_label": node.number_label,
            "kind_label": node.kind_label,
            "title": node.title.text,
            "statement": node.statement.text or None,
            **provenance.columns(node.lines),
        }
        for ordinal, node in enumerate(nodes, start=1)
    ]


def _item_row(item: ItemReading, ordinal: int, provenance: Provenance, era: str | None) -> Row:
    schedule = _schedule_of(item, era)
    return {
        "ordinal": ordinal,
        "number_label": item.number_label,
        "title": item.title.text,
        "continuity": item.continuity,
        "description": item.description.text or None,
        "goal_text": item.goal.text or None,
        "schedule_text": item.schedule.text or None,
        "schedule_kind": schedule.kind if schedule else None,
        "start_fy": schedule.start_fy if schedule else None,
        "end_fy": schedule.end_fy if schedule else None,
        "department_text": " ".join(cell.text for cell in item.department_cells) or None,
        "is_repost": item.is_repost,
        "repost_ref": item.repost_ref,
        "confidence": item.confidence,
        **provenance.columns(item.lines),
    }


def _schedule_of(item: ItemReading, era: str | None) -> Schedule | None:
    return read_schedule(item.schedule.text, era) if item.schedule else None


def _department_rows(item_id: str, item: ItemReading, provenance: Provenance) -> list[Row]:
    return [
        {
            "item_id": item_id,
            "seq": seq,
            "department_id": None,
            "department_name": one.department_name,
            "branch_name": one.branch_name,
            "scope": one.scope,
            "is_collective": one.is_collective,
            "role": one.role,
            **provenance.columns(one.lines),
        }
        for seq, one in enumerate(item.departments, start=1)
    ]


def _viewpoint_rows(item_id: str, item: ItemReading, provenance: Provenance) -> list[Row]:
    return [
        {
            "item_id": item_id,
            "viewpoint_code": one.code,
            "viewpoint_label": one.label,
            "viewpoint_text": one.text,
            **provenance.columns(one.lines),
        }
        for one in item.viewpoints
    ]
