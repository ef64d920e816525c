"""Whatever a sheet holds, every record is published, set aside or quarantined."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.results.model import ColumnRole, Section, SheetReading
from pipelines.results.revisions import revise
from pipelines.results.rows import result_rows
from pipelines.results.rows.model import TABLES
from pipelines.sources.sheet_fields import TEXT_FIELDS, VALUE_FIELDS
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.tables.schemas import load_schemas
from tests.results.samples import PLAN_ID, STUB, department, plan, record, source

CELLS = st.one_of(
    st.sampled_from(
        [
            "", "-", "0", "△16,565", "4,610千円", "1億05", "93.1%", "50 (61)", "950\n(9500)",
            "精査中", "順調", "遅延→順調", "令和5年度", "R5", "4010", "窓口業務の見直し", "財政課",
            "補助台数:103台、普及率:21.2%", "歳出削減", "累計", f"{PLAN_ID}-1", f"{PLAN_ID}-k1",
            "1-1", "2023/3/31", "令和元年度～令和4年度", "件", "(5)",
        ]
    ),
    st.text(max_size=8),
)  # fmt: skip
ROLES = st.builds(
    ColumnRole,
    field=st.sampled_from(VALUE_FIELDS),
    fiscal_year=st.sampled_from([None, None, 2022, 4010]),
    unit=st.sampled_from([None, "千円", "%", "人"]),
    effect_kind=st.sampled_from([None, "cost_reduction", "revenue_increase"]),
    effect_basis=st.sampled_from([None, "cumulative"]),
    indicator=st.sampled_from([None, "甲"]),
    pair=st.sampled_from([None, None, "actual"]),
)
SECTIONS = st.builds(
    Section,
    label=st.sampled_from([None, "削減効果"]),
    fiscal_year=st.sampled_from([None, 2021]),
    period=st.sampled_from([None, (2019, 2022)]),
    department=st.sampled_from([None, "総務課"]),
    unit=st.sampled_from([None, "千円"]),
)
TEXTS = st.dictionaries(st.sampled_from(TEXT_FIELDS), CELLS, max_size=10)
RECORDS = st.lists(st.tuples(TEXTS, st.lists(st.tuples(ROLES, CELLS), max_size=4), SECTIONS))
PLANS = [plan(), STUB, plan(departments=(department("財政課"),), period=(2020, 2024))]
PROFILES = [SheetProfile(), SheetProfile(amount_sign="negative_is_saving", fiscal_year=2020)]


SCHEMAS = load_schemas(Path(__file__).parents[3] / "schemas")


@settings(max_examples=150)
@given(
    RECORDS,
    st.sampled_from(PLANS),
    st.sampled_from(PROFILES),
    st.sampled_from(["department", "council", "other"]),
    st.sampled_from([2023, None]),
)
def test_every_record_ends_somewhere(
    drawn: Any, context: Any, profile: Any, assessor: Any, year: int | None
) -> None:
    records = [
        record(at, *values, section=section, **texts)
        for at, (texts, values, section) in enumerate(drawn, start=5)
    ]
    result = result_rows(
        SheetReading(records=records),
        source(assessor=assessor, fiscal_year=year),
        context,
        profile,
    )
    places = [result.published(), set(result.quarantined), set(result.aside)]
    assert set.union(*places) == {(one.sheet, one.row) for one in records}
    assert sum(map(len, places)) == len(records)
    revised = revise([result])
    assert not revised.quarantined
    _fits_the_schemas(revised.rows)


def _fits_the_schemas(rows: dict[str, list[dict[str, Any]]]) -> None:
    """Columns, keys, nulls, value lists and limits of each table."""
    for name in TABLES:
        schema = SCHEMAS[name]
        for row in rows[name]:
            assert row.keys() == set(schema.field_names)
            for field in schema.fields:
                value = row[field.name]
                assert value is not None or not field.required, (name, field.name)
                assert value is None or _is_within(value, field.constraints), (name, field.name)
        keys = [tuple(row[key] for key in schema.primary_key) for row in rows[name]]
        assert len(keys) == len(set(keys))


def _is_within(value: Any, constraints: dict[str, Any]) -> bool:
    if "enum" in constraints and value not in constraints["enum"]:
        return False
    if "pattern" in constraints and not re.search(constraints["pattern"], value):
        return False
    return bool(constraints.get("minimum", value) <= value <= constraints.get("maximum", value))
