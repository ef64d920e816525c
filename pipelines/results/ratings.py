"""Labels of ratings to what they say, by the plan's own scale; never by a guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.plans.characters import normalised_title
from pipelines.results.cell_words import is_dash
from pipelines.results.findings import finding
from pipelines.sources.workbooks.cell_texts import is_error_text
from pipelines.sources.workbooks.model import CellFinding

_BRACKETS = "()（）[]［］「」『』【】〔〕〈〉《》"
_SEPARATORS = re.compile(r"[、,，/／\n・→⇒]+")
_LETTER = re.compile(r"(?P<letter>[A-Za-z0-9◎○△×])[:：.・\-]?(?P<rest>\D.*)?")
#: Boxes of which one is to be ticked, each before its label: ■順調 □やや遅れ.
_BOX = re.compile(r"([□☐■☑☒✅])\s*([^□☐■☑☒✅\s][^□☐■☑☒✅]*)")
_EMPTY_BOXES = "□☐"
_DEFINITION = re.compile(r"[:：（(\[［「=＝]")


@dataclass(frozen=True, slots=True)
class RatingReading:
    """What a cell says of a rating.

    Attributes:
        label: in the words of the plan's scale where it is one of them, else as submitted.
        rating: what the label says; None where it says nothing, or is none of the scale.
        unrated_reason: why there is no rating; None where there is one.
        finding: what to tell, without place.
    """

    label: str | None
    rating: str | None
    unrated_reason: str | None
    finding: CellFinding | None = None


class RatingReader:
    """Reads labels by one plan's scale; every text is read once."""

    def __init__(self, scale: Mapping[str, str | None], words: Mapping[str, str]) -> None:
        """Take the scale (normalised label -> rating) and ``rating_words`` of the profile."""
        self._scale = dict(scale)
        self._words = {normalised_title(word): label for word, label in words.items()}
        self._folded = _by_folded_form(scale)
        self._letters = _by_part(scale, "letter")
        self._rests = _by_part(scale, "rest")
        self._read: dict[str, RatingReading] = {}

    @property
    def knows_a_scale(self) -> bool:
        """Whether labels can be looked up at all."""
        return bool(self._scale)

    def read(self, text: str | None, is_asked: bool) -> RatingReading:
        """Read one cell; ``is_asked`` says whether the table has a column for it."""
        if not text or (is_dash(text) and normalised_title(text) not in self._scale):
            return RatingReading(None, None, "blank" if is_asked else "not_asked")
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = self._reading(text)
        return found

    def _reading(self, text: str) -> RatingReading:
        boxes = _BOX.findall(text)
        ticked = [label.strip() for mark, label in boxes if mark not in _EMPTY_BOXES]
        if len(boxes) > 1 and not ticked:
            return RatingReading(None, None, "blank")
        submitted = ticked[0] if len(ticked) == 1 else text.strip()
        if is_error_text(submitted):
            return RatingReading(None, None, "blank", self._unknown(submitted))
        if not self._scale:
            return RatingReading(submitted, None, "not_in_scale")
        label = self._label_of(submitted)
        if label is not None:
            rating = self._scale[label]
            return RatingReading(label, rating, None if rating else "label_does_not_say")
        several = self._several(submitted)
        told = self._unknown(submitted)
        if several:
            told = finding("rating_two_labels", submitted, labels="、".join(several))
        return RatingReading(submitted, None, "not_in_scale", told)

    def _label_of(self, text: str) -> str | None:
        """The one label of the scale that a text stands for."""
        declared = self._words.get(normalised_title(text))
        label = self._looked_up(normalised_title(declared if declared else text))
        if label is None and not declared:
            label = self._with_definition(text)
        return label

    def _looked_up(self, bare: str) -> str | None:
        for form in (bare, bare.strip(_BRACKETS)):
            if form in self._scale:
                return form
        bare = bare.strip(_BRACKETS)
        for forms in (self._folded, self._letters, self._rests):
            if forms.get(bare.casefold()):
                return forms[bare.casefold()]
        return None

    def _with_definition(self, text: str) -> str | None:
        """「A:順調」: a label with its definition, unless that names another label (A:Bに近い)."""
        parts = [part for part in _DEFINITION.split(text, maxsplit=1) if part.strip()]
        if len(parts) != 2:
            return None
        first, second = (self._looked_up(normalised_title(part)) for part in parts)
        if first and second and self._scale[first] != self._scale[second]:
            return None
        rest = normalised_title(parts[1])
        others = [label for label in self._scale if label not in (first, second)]
        return None if any(label in rest for label in others) else first

    def _several(self, text: str) -> list[str]:
        """Labels of the scale that a text lists, where each of its parts is one."""
        parts = [part for part in _SEPARATORS.split(text) if part.strip()]
        if len(parts) < 2:
            parts = [part for part in re.split(r"[:：（(）)\s]+", text) if part]
        labels = [self._looked_up(normalised_title(part)) for part in parts]
        found = list(dict.fromkeys(label for label in labels if label))
        return found if len(found) > 1 else []

    def _unknown(self, text: str) -> CellFinding:
        return finding("rating_not_in_scale", text, known="、".join(self._scale))


def _by_folded_form(scale: Mapping[str, str | None]) -> dict[str, str]:
    """Label whatever its case -> label; a scale with both A and a has neither."""
    count = Counter(label.casefold() for label in scale)
    return {label.casefold(): label for label in scale if count[label.casefold()] == 1}


def _by_part(scale: Mapping[str, str | None], part: str) -> dict[str, str]:
    """Part of a label (S, or 計画以上, of S計画以上) -> label, where only one label has it."""
    found: dict[str, list[str]] = {}
    for label in scale:
        match = _LETTER.fullmatch(label)
        if match and match["rest"] and match[part]:
            found.setdefault(match[part].casefold(), []).append(label)
    return {key: labels[0] for key, labels in found.items() if len(labels) == 1}
