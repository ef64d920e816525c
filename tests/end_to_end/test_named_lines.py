"""Every row names exactly the lines its texts come from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.end_to_end.five_plans import CODES, Row, bare, numbers_of, original, repaired_lines

TEXTS = {
    "plans": ("title",),
    "policy_nodes": ("number_label", "kind_label", "title", "statement"),
    "reform_items": (
        "number_label", "title", "description", "goal_text", "schedule_text",
    ),
    "item_departments": ("department_name", "scope"),
    "item_viewpoints": ("viewpoint_code", "viewpoint_label", "viewpoint_text"),
    "plan_statements": ("text",),
    "glossary_terms": ("mark", "term", "full_form", "definition", "page_ref"),
    "plan_periods": ("label",),
    "stated_figures": ("figure_text", "unit"),
    "control_totals": ("label", "stated_count"),
    "item_targets": ("target_text", "unit", "equivalent_text"),
}  # fmt: skip
MARKS_OF_CONTINUITY = {"new": "(新規)", "continuing": "(継続)"}


def rows_with_lines(code: str) -> Iterator[tuple[str, Row]]:
    for table in TEXTS:
        for row in original(code).rows.get(table, []):
            if row["source_lines"]:
                yield table, row


def parts(table: str, row: Row) -> list[str]:
    """The row's texts that its lines must hold, one after the other."""
    texts = [bare(str(row[column])) for column in TEXTS[table] if row[column] is not None]
    texts += [bare(cell) for cell in str(row.get("department_text") or "").split(" ")]
    if table == "reform_items" and row["continuity"]:
        texts.append(MARKS_OF_CONTINUITY[row["continuity"]])
    return [text for text in texts if text]


def holds(text: str, wanted: str) -> bool:
    return wanted in text or wanted.replace("·", "・") in text


@pytest.mark.parametrize("code", CODES)
def test_the_lines_hold_every_text_of_the_row(code: str) -> None:
    lines = repaired_lines(code)
    for table, row in rows_with_lines(code):
        text = "".join(lines[number] for number in numbers_of(row["source_lines"]))
        missing = [part for part in parts(table, row) if not holds(text, part)]
        assert not missing, (table, row, missing)


@pytest.mark.parametrize("code", CODES)
def test_no_line_could_be_left_out(code: str) -> None:
    lines = repaired_lines(code)
    for table, row in rows_with_lines(code):
        if table in ("plans", "plan_periods") or row.get("branch_name") or row.get("baseline_fy"):
            continue  # years are no text of their own; a branch's name comes from several places
        numbers = numbers_of(row["source_lines"])
        for left_out in numbers:
            text = "".join(lines[number] for number in numbers if number != left_out)
            pieces = lines[left_out]
            kept = all(holds(text, part) for part in parts(table, row))
            assert not kept or is_repeated(pieces, text), (table, row, left_out)


def is_repeated(piece: str, text: str) -> bool:
    """A number such as １, or a text that the row's other lines say again."""
    return piece in text


@pytest.mark.parametrize("code", CODES)
def test_no_item_names_a_line_of_another(code: str) -> None:
    seen: dict[int, str] = {}
    for row in original(code).rows["reform_items"]:
        for number in numbers_of(row["source_lines"]):
            assert seen.setdefault(number, row["item_id"]) == row["item_id"]


@pytest.mark.parametrize("code", CODES)
def test_every_row_of_a_document_names_its_source(code: str) -> None:
    (source,) = original(code).rows["sources"]
    for table in TEXTS:
        for row in original(code).rows.get(table, []):
            assert row["source_id"] == source["source_id"]
            assert row["source_lines"] or table == "plans"
