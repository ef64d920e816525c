from __future__ import annotations

from hypothesis import given

from pipelines.plans.lines import Line
from pipelines.plans.repair.chain import repair_text

from ..samples import documents, filled_numbers

TEXT = """\
「「「「市政改革市政改革市政改革市政改革プランプランプランプラン」」」」

窓 口 の 改 善 を 進 め る

ICT
アイシーティ

手続を改めます。

- 1 -

施 設 の 再 編 を 進 め ま す。

財政を健全にします。

- 2 -

施設の再編を進めます。

財政を健全にします。

- 3 -
"""


def test_every_step_does_its_part_in_order() -> None:
    """The third page is found to repeat the second only after the spaces between letters went."""
    result = repair_text(TEXT)
    left = {line.number: line.text for line in result.lines if not line.is_blank}
    assert left == {
        1: "「市政改革プラン」",
        3: "窓口の改善を進める",
        5: "ICT",
        8: "手続を改めます。",
        12: "施設の再編を進めます。",
        14: "財政を健全にします。",
    }
    assert [(one.number, one.step) for one in result.removed] == [
        (1, "fake_bold"),
        (3, "letter_spacing"),
        (12, "letter_spacing"),
        (6, "ruby"),
        (10, "page_number"),
        (16, "page_number"),
        (22, "page_number"),
        (18, "duplicate_page"),
        (20, "duplicate_page"),
    ]


@given(documents(pages=False))
def test_line_numbers_survive_the_whole_chain(lines: list[Line]) -> None:
    text = "\n".join(line.text for line in lines)
    result = repair_text(text)
    raw = text.split("\n")
    assert [line.number for line in result.lines] == list(range(1, len(raw) + 1))
    touched = {one.number for one in result.removed}
    for line in result.lines:
        before = raw[line.number - 1]
        assert line.text == before or not before.strip() or line.number in touched
    filled = {number for number, row in enumerate(raw, start=1) if row.strip()}
    assert filled_numbers(result.lines) | touched == filled
