"""Statements, terms, periods, figures and counts as rows; the columns are those of ``schemas/``."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.plans.layouts.reading import ItemReading, StatementReading, TermReading
from pipelines.plans.lines import source_lines
from pipelines.plans.prose.counts import items_under
from pipelines.plans.prose.model import CountReading, FigureReading, PeriodReading, ProseReading
from pipelines.plans.rows import Keys, Provenance, Row

SEPARATOR = " > "


def prose_rows(
    plan_id: str,
    prose: ProseReading,
    items: Sequence[ItemReading],
    keys: Keys,
    provenance: Provenance,
) -> dict[str, list[Row]]:
    """Rows of plan_statements, glossary_terms, plan_periods, stated_figures, control_totals.

    Args:
        plan_id: the plan.
        prose: what was read.
        items: the plan's items, to hold its own counts against.
        keys: ids of headings.
        provenance: where lines stand.
    """
    plan = {"plan_id": plan_id}
    return {
        "plan_statements": [
            {**plan, "seq": seq, **_statement(one, keys), **provenance.columns(one.text.lines)}
            for seq, one in enumerate(prose.statements, start=1)
        ],
        "glossary_terms": [
            {**plan, "seq": seq, **_term(one), **provenance.columns(one.lines)}
            for seq, one in enumerate(prose.terms, start=1)
        ],
        "plan_periods": [
            {**plan, "seq": seq, **_period(one), **provenance.columns(one.lines)}
            for seq, one in enumerate(prose.periods, start=1)
        ],
        "stated_figures": [
            {**plan, **_figure(one, keys), **provenance.columns(one.lines)} for one in prose.figures
        ],
        "control_totals": [
            {**plan, "seq": seq, **_count(one, items, keys), **provenance.columns(one.lines)}
            for seq, one in enumerate(prose.counts, start=1)
        ],
    }


def _statement(one: StatementReading, keys: Keys) -> Row:
    return {
        "statement_id": keys.identities.row_id("s", one.kind, *one.path, one.text.text),
        "node_id": keys.node_id(one.node),
        "statement_kind": one.kind,
        "section_path": SEPARATOR.join(one.path) or None,
        "number_label": one.number_label,
        "heading": one.heading.text or None,
        "text": one.text.text,
        "heading_lines": source_lines(one.heading_lines),
    }


def _term(one: TermReading) -> Row:
    return {
        "mark": one.mark,
        "term": one.term,
        "full_form": one.full_form,
        "definition": one.definition,
        "page_ref": one.page_ref,
    }


def _period(one: PeriodReading) -> Row:
    return {
        "period_kind": one.kind,
        "label": one.label,
        "start_fy": one.start_fy,
        "end_fy": one.end_fy,
        "start_on": one.start_on,
        "end_on": one.end_on,
        "is_inferred": one.is_inferred,
    }


def _figure(one: FigureReading, keys: Keys) -> Row:
    return {
        "figure_id": keys.identities.row_id("f", one.indicator, one.figure_text),
        "node_id": keys.node_id(one.node),
        "indicator": one.indicator,
        "figure_text": one.figure_text,
        "comparator": one.comparator,
        "value": one.value,
        "unit": one.unit,
        "is_approximate": one.is_approximate,
        "fiscal_year": one.fiscal_year,
    }


def _count(one: CountReading, items: Sequence[ItemReading], keys: Keys) -> Row:
    extracted = items_under(items, one.node)
    return {
        "node_id": keys.node_id(one.node),
        "label": one.label,
        "stated_count": one.stated,
        "extracted_count": extracted,
        "matches": extracted == one.stated,
    }
