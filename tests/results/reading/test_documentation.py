"""docs/results-profile.ja.md says all there is, and what it shows can be used."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from pipelines.results.vocabulary import sheet_vocabulary
from pipelines.sources.sheet_fields import TEXT_FIELDS, VALUE_FIELDS
from pipelines.sources.sheet_profile import SectionRule, SheetProfile

TEXT = (Path(__file__).parents[3] / "docs" / "results-profile.ja.md").read_text(encoding="utf-8")


def test_every_key_and_every_field_is_explained() -> None:
    names = {*SheetProfile.model_fields, *SectionRule.model_fields, *TEXT_FIELDS, *VALUE_FIELDS}
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", TEXT)] == []


def test_every_example_is_a_profile() -> None:
    examples = re.findall(r"```yaml\n(.*?)```", TEXT, re.S)
    assert len(examples) > 15
    for example in examples:
        SheetProfile.model_validate(yaml.safe_load(example))


def test_every_heading_of_the_vocabulary_names_a_field() -> None:
    undecided = {"content", "progress", "outcome"}
    known = {*TEXT_FIELDS, *VALUE_FIELDS, *undecided}
    assert set(sheet_vocabulary().headings.values()) <= known


def test_no_heading_stands_for_two_fields() -> None:
    content = sheet_vocabulary().content["headings"]
    words = [word for group in content.values() for word in set(map(str, group))]
    assert sorted({word for word in words if words.count(word) > 1}) == []
