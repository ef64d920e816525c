"""The files in ``schemas/`` themselves: valid, complete, and of one voice."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from frictionless import Schema

from pipelines.tables.schema import Field, TableSchema

from .samples import REAL_SCHEMAS, SCHEMA_FOLDER

# The columns of the release contract, in its order; "?" where null is allowed.
PROVENANCE = "source_id source_lines page?"
SHEET_PROVENANCE = "source_id sheet? row"
CONTRACT = {
    "municipalities": "municipality_code standard_area_code name prefecture_code prefecture_name",
    "sources": "source_id source_kind municipality_code? plan_id? path? sha256 bytes media_type "
    "encoding? page_count? line_count? source_url? license? retrieved_on?",
    "plans": "plan_id municipality_code title? generation? document_kind document_status? "
    "edition_of? is_current period_start_fy? period_end_fy? published_on? layout? source_url? "
    "license? source_id? source_lines? page?",
    "policy_nodes": "node_id plan_id parent_node_id? depth ordinal number_label? kind_label? title "
    f"statement? {PROVENANCE}",
    "reform_items": "item_id plan_id node_id ordinal number_label? title continuity? description? "
    "goal_text? schedule_text? schedule_kind? start_fy? end_fy? department_text? is_repost "
    f"repost_ref? confidence {PROVENANCE}",
    "item_departments": "item_id seq department_id? department_name branch_name? scope? "
    f"is_collective role? {PROVENANCE}",
    "item_viewpoints": f"item_id viewpoint_code viewpoint_label viewpoint_text? {PROVENANCE}",
    "plan_periods": "plan_id seq period_kind label start_fy? end_fy? start_on? end_on? "
    f"is_inferred {PROVENANCE}",
    "item_targets": "target_id item_id seq indicator_id indicator target_text comparator value "
    "value_upper? unit per? is_approximate equivalent_text? due_fy? due_on? baseline_value? "
    f"baseline_fy? baseline_on? direction? {PROVENANCE}",
    "item_themes": f"item_id theme theme_label matched_words {PROVENANCE}",
    "item_lineage": "lineage_id from_item_id? to_item_id? relation similarity? changed_on? reason",
    "plan_statements": "statement_id plan_id node_id? seq statement_kind section_path? "
    f"number_label? heading? text {PROVENANCE} heading_lines?",
    "stated_figures": "figure_id plan_id node_id? indicator figure_text comparator value unit "
    f"is_approximate fiscal_year? {PROVENANCE}",
    "glossary_terms": f"plan_id seq mark? term full_form? definition page_ref? {PROVENANCE}",
    "control_totals": "plan_id seq node_id? label stated_count extracted_count matches "
    f"{PROVENANCE}",
    "indicators": "indicator_id plan_id item_id? name unit direction? source_id "
    "source_lines? page? sheet? row?",
    "departments": "department_id municipality_code bureau? name valid_from? valid_to? "
    "successor_id? source_id row",
    "rating_scales": "scale_id municipality_code plan_id? plan_label? ordinal rating_label rating? "
    "definition? source_url? source_id row",
    "yearly_results": "result_id plan_id item_id? category_label? section_label? measure_text "
    "fiscal_year department_id? department_name activity_text? rating_label? rating? "
    "unrated_reason? shortfall_reason? next_action? internal_note? result_status round? as_of_on? "
    f"revision is_current submitted_on? {SHEET_PROVENANCE}",
    "item_assessments": "assessment_id plan_id item_id fiscal_year assessor rating_label? rating? "
    f"opinion? city_response? held_on? round? revision is_current {SHEET_PROVENANCE}",
    "indicator_results": "indicator_result_id plan_id item_id? indicator_id fiscal_year as_of_on? "
    "department_name? planned_value? planned_text? actual_value? actual_text? "
    "final_target_value? final_target_text? due_fy? due_text? is_approximate missing_reason? "
    f"result_status round? revision is_current {SHEET_PROVENANCE}",
    "financial_effects": "effect_id plan_id item_id? category_label? section_label? measure_text? "
    "fiscal_year? period_start_fy? period_end_fy? department_id? department_name? effect_kind "
    "effect_basis planned_yen? actual_yen? amount_text planned_text? not_computable_reason? "
    f"baseline_fy? result_status round? revision is_current {SHEET_PROVENANCE}",
    "published_figures": "figure_id municipality_code plan_id? plan_label period_start_fy? "
    "period_end_fy? fiscal_year? metric basis? unit value value_normalized unit_normalized "
    "is_derived derived_from? result_status published_as source_url source_id row?",
    "figure_checks": "check_id municipality_code check_kind label figure_ids? plan_id? "
    "fiscal_year? unit expected found difference outcome explanation? source_id? sheet? row?",
    "applied_corrections": "correction_id plan_id table_name row_key column_name old_value? "
    "new_value? reason corrected_on",
    "extraction_issues": "issue_id source_id? plan_id? municipality_code? severity rule place "
    "column_name? value? message_ja",
}
KEYS = {
    "municipalities": ("municipality_code",),
    "sources": ("source_id",),
    "plans": ("plan_id",),
    "policy_nodes": ("node_id",),
    "reform_items": ("item_id",),
    "item_departments": ("item_id", "seq"),
    "item_viewpoints": ("item_id", "viewpoint_code"),
    "plan_periods": ("plan_id", "seq"),
    "item_targets": ("target_id",),
    "item_themes": ("item_id", "theme"),
    "item_lineage": ("lineage_id",),
    "plan_statements": ("statement_id",),
    "stated_figures": ("figure_id",),
    "glossary_terms": ("plan_id", "seq"),
    "control_totals": ("plan_id", "seq"),
    "indicators": ("indicator_id",),
    "departments": ("department_id",),
    "rating_scales": ("scale_id",),
    "yearly_results": ("result_id",),
    "item_assessments": ("assessment_id",),
    "indicator_results": ("indicator_result_id",),
    "financial_effects": ("effect_id",),
    "published_figures": ("figure_id",),
    "figure_checks": ("check_id",),
    "applied_corrections": ("correction_id",),
    "extraction_issues": ("issue_id",),
}
# What they say of another thing in each table.
DIFFERENT_THINGS = {
    "title", "seq", "label", "name", "value", "indicator", "node_id", "item_id", "column_name",
    "start_fy", "end_fy", "due_on", "published_on", "similarity", "reason",
    "is_inferred", "heading",
    "fiscal_year", "period_start_fy", "period_end_fy", "unit", "planned_text", "is_current",
    "definition", "ordinal", "figure_id", "plan_label",
}  # fmt: skip
# The contract names a text found faulty like the values of targets, which are numbers, and what a
# check compares like what a document prints.
NAMED_BY_THE_CONTRACT = {("extraction_issues", "value"), ("figure_checks", "label")}

TABLES = [schema for name, schema in REAL_SCHEMAS.items() if name in CONTRACT]


def all_fields() -> Iterator[tuple[TableSchema, Field]]:
    for schema in REAL_SCHEMAS.values():
        for field in schema.fields:
            yield schema, field


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_and_key_are_those_of_the_contract(name: str) -> None:
    schema = REAL_SCHEMAS[name]
    found = [field.name + ("" if field.required else "?") for field in schema.fields]
    assert found == CONTRACT[name].split()
    assert schema.primary_key == KEYS[name]


@pytest.mark.parametrize("path", sorted(SCHEMA_FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_a_file_is_a_valid_table_schema(path: Path) -> None:
    descriptor = json.loads(path.read_bytes())
    assert list(Schema.metadata_validate(descriptor)) == []
    read = Schema.from_descriptor(descriptor)
    assert read.field_names == [field["name"] for field in descriptor["fields"]]
    assert read.primary_key == descriptor["primaryKey"]


def test_columns_of_one_name_are_one_thing() -> None:
    meanings = defaultdict(set)
    for schema, field in all_fields():
        limits = {key: value for key, value in field.constraints.items() if key != "required"}
        meaning = [field.type, field.unit, field.disclosure, field.verbatim, limits]
        if field.name not in DIFFERENT_THINGS:
            meaning += [field.title, field.title_en, field.description, field.description_ja]
        if (schema.name, field.name) in NAMED_BY_THE_CONTRACT:
            continue
        meanings[field.name].add(json.dumps(meaning, ensure_ascii=False, sort_keys=True))
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}


def test_every_reference_has_its_table() -> None:
    for schema, field in all_fields():
        is_reference = re.search(r"_id$|^municipality_code$|^edition_of$", field.name)
        own = schema.primary_key == (field.name,)
        if is_reference and not own:
            keys = [key.fields for key in schema.foreign_keys]
            assert (field.name,) in keys, f"{schema.name}.{field.name}"


def test_only_values_found_faulty_and_replaced_are_internal() -> None:
    internal = {
        (schema.name, field.name)
        for schema, field in all_fields()
        if schema.name in CONTRACT and field.disclosure == "internal"
    }
    assert internal == {
        ("extraction_issues", "value"),
        ("applied_corrections", "old_value"),
        ("yearly_results", "internal_note"),
    }


def test_descriptions_say_what_null_means() -> None:
    for schema, field in all_fields():
        if not field.required and schema.name in CONTRACT:
            assert re.search(r"\bnull\b", field.description, re.I), f"{schema.name}.{field.name}"
            assert "空" in field.description_ja, f"{schema.name}.{field.name}"


def test_closed_values_are_explained_in_both_languages() -> None:
    for schema, field in all_fields():
        for value in field.constraints.get("enum", []):
            for text in (field.description, field.description_ja):
                assert str(value) in text, f"{schema.name}.{field.name}: {value}"


def test_years_and_counts_have_their_bounds() -> None:
    for schema, field in all_fields():
        place = f"{schema.name}.{field.name}"
        if field.name.endswith("_fy"):
            assert field.constraints["minimum"] == 1950, place
            assert field.constraints["maximum"] == 2100, place
            assert field.unit == "年度", place
        elif field.name == "fiscal_year":
            assert field.constraints["minimum"] == 1950, place
        elif field.name.endswith("_yen"):
            assert field.unit == "円", place
        elif field.type == "integer" and schema.name in CONTRACT:
            assert field.constraints["minimum"] in (0, 1), place


@pytest.mark.parametrize(
    ("table", "column", "good", "bad"),
    [
        ("plans", "municipality_code", "032093", "32093"),
        ("municipalities", "prefecture_code", "03", "3"),
        ("municipalities", "standard_area_code", "03209", "032093"),
        ("plans", "plan_id", "032093-大綱_4", "032093/x"),
        ("plans", "source_lines", "785-786;813", "785-;813"),
        ("plans", "source_lines", "1", "0"),
        ("plans", "source_lines", "1;2-3", "1,2"),
        ("sources", "sha256", "0a" * 32, "0A" * 32),
        ("plans", "source_url", "https://example.jp/大綱.pdf", "ftp://example.jp"),
    ],
)
def test_patterns(table: str, column: str, good: str, bad: str) -> None:
    pattern = REAL_SCHEMAS[table].field(column).constraints["pattern"]
    assert re.fullmatch(pattern, good)
    assert not re.fullmatch(pattern, bad)
