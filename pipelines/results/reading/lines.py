"""Lines above and between tables: headings and their numbers, years, units, amounts, notes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.results.reading.departments_named import department_of
from pipelines.results.reading.heading_years import LineYears, year_that_ended, years_of_line
from pipelines.results.reading.item_lines import item_of
from pipelines.results.reading.line_kinds import kind_of_line
from pipelines.results.vocabulary import bare, sheet_vocabulary
from pipelines.sources.sheet_fields import EffectBasis, EffectKind
from pipelines.sources.sheet_profile import SectionRule

# Numbers of headings, by style; the order in which a document nests them is found, not assumed.
_STYLES = (
    ("chapter", re.compile(r"^第[\d一二三四五六七八九十]+[章節編部]?(?![次期回])[\s:.、]*")),
    ("roman", re.compile(r"^[IVXⅠ-Ⅻ]{1,4}[\s:.、)]+")),
    ("bracket_number", re.compile(r"^\(\d{1,2}\)\s*")),
    ("half_bracket", re.compile(r"^\d{1,2}\)\s*")),
    ("dashed", re.compile(r"^\d{1,2}(?:[-－.]\d{1,2})+[\s.:)]*(?=\D)")),
    ("number", re.compile(r"^\d{1,2}(?:[.、:]\s*|\s+)(?=\D)")),
    ("circled", re.compile(r"^[①-⑳]\s*")),
    ("bracket_kana", re.compile(r"^\([ア-ンｱ-ﾝa-z]\)\s*")),
    ("kana", re.compile(r"^[ア-ン][.、:\s]\s*")),
    ("kanji", re.compile(r"^[一二三四五六七八九十]+[.、:\s]\s*")),
    ("square", re.compile(r"^[■□◆◇▼▽]\s*")),
    ("round", re.compile(r"^[●○◎・]\s*")),
    ("lenticular", re.compile(r"^【(?=.*】$)")),
)
_FLAT = str.maketrans("（）．：　０１２３４５６７８９－", "().: 0123456789-")
_MONEY = r"(?:約|およそ)?[▲△\-]?\s?\d[\d,.]*(?:[億憶万千百]+\d[\d,.]*)*\s?[億憶万千百]*円"
_MONEY_AT_END = re.compile(rf"(?P<label>.*?)[:：]?(?P<amount>{_MONEY})[)）]?$", re.S)
_ANY_MONEY = re.compile(_MONEY)
_MONEY_ONLY = re.compile(rf"^{_MONEY}$")
_NUMBER_ONLY = re.compile(r"^[▲△\-]?\d[\d,]*(?:\.\d+)?$")
_UNIT_LINE = re.compile(
    r"^[(\[【〔]?(?:[△▲][^()、,;]{1,8}[、,;])?単位[:：=]?([^()\[\]【】〔〕]{1,20})[)\]】〕]?$"
)
_UNIT_INSIDE = re.compile(
    r"[(\[【〔](?:(?:[△▲][^()、,;]{1,8}[、,;])?単位[:：=]?(?P<named>[^()\[\]【】〔〕]{1,20})"
    r"|(?P<money>千円|百万円|万円|億円|円))[)\]】〕]"
    r"|単位[:：=](?P<tail>[^()\[\]【】〔〕]{1,20})$"
)
# （単位：千円、△は減）: what stands behind the unit says how amounts are written.
_BEHIND_UNIT = re.compile(r"[、,;・]?[△▲].*$|[、,;][^、,;]*(?:端数|四捨五入|切捨て|税込|税抜).*$")

# ◎：計画を上回る, A=達成, 5…十分: a mark of a rating and what it means.
_LEGEND_PAIR = re.compile(r"(?:^|[\s、,/|)\]】:])([◎○〇◯●△▲×✕☆★SA-E1-5])\s?(?:[:=]|\.{2,}|…)")
_LEGEND_ALONE = re.compile(
    r"^\s*(?:[◎○〇◯●△▲×✕☆★]\s?[:：=＝…]"
    r"|[SA-EＳＡ-Ｅ]\s?[:：=＝…].*(?:達成|順調|遅れ|完了|未実施|どおり|通り|上回|下回))"
)
_MOST_CELLS_OF_LEGEND = 8


@dataclass(frozen=True)
class Line:
    """A line that is no row of data.

    Attributes:
        row: where it stands.
        text: its cells, with spaces between.
        label: without number, stated amount and unit.
        style: of its number; ``plain`` where it has none.
        fiscal_year, period: what it names.
        effect_kind, effect_basis: what it says of amounts.
        unit: of values.
        department: for all rows below.
        amount: a total that it states.
        skip: whether the profile leaves out the rows below.
        by_rule: whether a rule of the profile says what it means.
        item: the one item of all rows below.
        ended_year: the fiscal year at whose end it speaks (令和6年3月31日現在).
    """

    row: int
    text: str
    label: str
    style: str = "plain"
    fiscal_year: int | None = None
    period: tuple[int, int] | None = None
    effect_kind: EffectKind | None = None
    effect_basis: EffectBasis | None = None
    unit: str | None = None
    department: str | None = None
    amount: str | None = None
    skip: bool = False
    by_rule: bool = False
    item: str | None = None
    ended_year: int | None = None

    @property
    def is_unit_only(self) -> bool:
        """（単位：千円） and nothing else."""
        return bool(self.unit) and not self.label


def is_note(cells: Sequence[str]) -> bool:
    """Whether a line is a note: ※, 注）, a source, a key of ratings, an end mark, or sentences."""
    if not cells:
        return False
    first = bare(cells[0])
    if is_legend(cells) or (len(cells) == 1 and is_end_mark(first)):
        return True
    if first.startswith(sheet_vocabulary().words("note_marks")):
        return len(cells) <= 3
    return len(cells) == 1 and first.endswith("。")


def is_unit_line(text: str) -> bool:
    """Whether a cell is nothing but a unit for all values: （単位：千円）."""
    plain = bare(text)
    return plain != "単位" and _UNIT_LINE.match(plain) is not None


def is_end_mark(plain: str) -> bool:
    """Whether a bare text says that nothing follows: 以下余白, -以上-."""
    return plain.strip("-―ー—~【】()[]・*=。") in sheet_vocabulary().words("end_marks")


def is_legend(cells: Sequence[str]) -> bool:
    """Whether a line explains the marks of ratings: 【評価】◎：計画を上回る ○：計画どおり."""
    if not cells or len(cells) > _MOST_CELLS_OF_LEGEND:
        return False
    is_titled = bare(cells[0]).strip("【】()[]<>《》:※■") in sheet_vocabulary().words(
        "legend_words"
    )
    if len(cells) == 1 or is_titled:
        text = unicodedata.normalize("NFKC", " ".join(cells))
        marks = set(_LEGEND_PAIR.findall(text))
        return len(marks) > 1 or _LEGEND_ALONE.match(text) is not None
    return all(map(_LEGEND_ALONE.match, cells))


def number_style(text: str) -> tuple[str, str]:
    """The style of a heading's number and the text behind it; ``plain`` without a number."""
    flat = text.translate(_FLAT).strip()
    for style, pattern in _STYLES:
        match = pattern.match(flat)
        if match and flat[match.end() :]:
            rest = text.strip()[match.end() :].strip()
            return style, rest.rstrip("】") if style == "lenticular" else rest
    return "plain", text.strip()


def stated_amount(cells: Sequence[str]) -> tuple[str, str] | None:
    """Label and amount of a line that states a total in its text or in its second cell."""
    if len(cells) == 2:
        return _amount_beside(cells[0], cells[1])
    if len(cells) != 1:
        return None
    match = _MONEY_AT_END.match(cells[0].translate(_FLAT))
    if match is None or not _speaks_of_an_amount(bare(match["label"])):
        return None
    at = match.start("amount")
    if _ANY_MONEY.search(match["label"]):
        return None  # two amounts in one line
    return cells[0][:at].rstrip(":：(（ 　\n"), cells[0][at : match.end("amount")]


def _amount_beside(label: str, text: str) -> tuple[str, str] | None:
    flat = bare(text)
    if not _speaks_of_an_amount(bare(label)):
        return None
    is_amount = _MONEY_ONLY.match(flat) or _NUMBER_ONLY.match(flat)
    return (label, text) if is_amount else None


def _speaks_of_an_amount(label: str) -> bool:
    return any(word in label for word in sheet_vocabulary().words("amount_words"))


def read_line(row: int, cells: Sequence[str], rules: Sequence[SectionRule] = ()) -> Line:
    """What a line says; the profile's rules win over what its words say."""
    text = " ".join(" ".join(cell.split()) for cell in cells)
    unit, rest = _unit_of(cells)
    named = item_of(rest)
    if named is not None:
        label = " ".join(named.item.split())
        line = Line(row, text, label, unit=unit, department=named.department, item=label)
        return _by_rules(line, rules)
    stated = stated_amount(rest)
    label_text = stated[0] if stated else " ".join(" ".join(cell.split()) for cell in rest)
    style, label = number_style(label_text)
    years = years_of_line(label_text)
    line = Line(
        row,
        text,
        label,
        style,
        years.fiscal_year,
        years.period,
        kind_of_line(label),
        _basis_of(label),
        unit,
        department_of(rest, label),
        stated[1] if stated else None,
        ended_year=year_that_ended(label_text),
    )
    return _by_rules(line, rules)


def _unit_of(cells: Sequence[str]) -> tuple[str | None, list[str]]:
    """The unit that a line names, and its cells without it."""
    rest = []
    unit: str | None = None
    for cell in cells:
        plain = bare(cell)
        alone, inside = _UNIT_LINE.match(plain), _UNIT_INSIDE.search(plain)
        if alone:
            unit = _BEHIND_UNIT.sub("", alone[1])
        elif inside:
            named = inside["named"] or inside["money"] or inside["tail"]
            unit = _BEHIND_UNIT.sub("", named)
        if not alone:
            rest.append(_UNIT_INSIDE.sub("", plain) if inside else cell)
    return unit, rest


def _basis_of(label: str) -> EffectBasis | None:
    plain = bare(label)
    if any(word in plain for word in sheet_vocabulary().words("negated")):
        return None
    words = sheet_vocabulary().line_words("line_basis")
    is_cumulative = any(word in plain for word in words["cumulative"])
    is_single = any(word in plain for word in words["single_year"])
    if is_cumulative == is_single:
        return None
    return "cumulative" if is_cumulative else "single_year"


def _by_rules(line: Line, rules: Sequence[SectionRule]) -> Line:
    plain = bare(line.text)
    for rule in rules:
        match = _compiled(rule.match).search(plain)
        if match:
            return _with_rule(line, rule, match)
    return line


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _with_rule(line: Line, rule: SectionRule, match: re.Match[str]) -> Line:
    groups = match.groupdict()
    years = LineYears(rule.fiscal_year)
    if years.fiscal_year is None and groups.get("fiscal_year"):
        years = years_of_line(_as_year(groups["fiscal_year"]))
    period = line.period
    if rule.period_start_fy and rule.period_end_fy:
        period = (rule.period_start_fy, rule.period_end_fy)
    has_period = rule.period_start_fy is not None
    return replace(
        line,
        fiscal_year=years.fiscal_year or (None if has_period else line.fiscal_year),
        period=None if years.fiscal_year else period,
        effect_kind=rule.effect_kind or line.effect_kind,
        effect_basis=rule.effect_basis or line.effect_basis,
        amount=groups.get("amount") or line.amount,
        skip=rule.skip,
        by_rule=True,
    )


def _as_year(text: str) -> str:
    return text if text.endswith("度") else f"{text.removesuffix('年')}年度"
