"""Why a line of a document gives no row, in words; and which of these lines nothing used."""

from __future__ import annotations

from collections.abc import Mapping

REASONS_JA: dict[str, str] = {
    "blank": "空行",
    "ruby": "ルビ",
    "page_number": "ページ番号",
    "running_header": "柱（ヘッダー・フッター）",
    "margin": "余白の見出し",
    "duplicate_page": "重複するページ",
    "contents": "目次",
    "table_header": "表の見出し行",
    "cell_label": "欄の見出し（【目標】など）",
    "form_label": "様式の見出し",
    "repeated_title": "見出しの繰り返し",
    "sheet_repeated": "同じ様式の繰り返し",
    "example_sheet_excluded": "様式の記入例",
    "closing_word": "文末の「など」",
    "ignored_section": "plan.yaml で対象外とした章",
    "cover": "表紙",
    "drawing": "図の中の語",
    "pointer": "参照先の案内",
    "heading_without_text": "本文のない見出し",
    "told_as_issue": "確認事項に載せた行",
    "unused": "どこにも使わなかった行",
}
#: Lines that say something and stand in no row; the others are furniture of the page.
UNUSED_REASONS = (
    "cover",
    "drawing",
    "pointer",
    "heading_without_text",
    "told_as_issue",
    "unused",
)


def unused_count(set_aside: Mapping[str, int]) -> int:
    """How many lines nothing used; a reason that this module does not know counts too."""
    return sum(
        count
        for reason, count in set_aside.items()
        if reason in UNUSED_REASONS or reason not in REASONS_JA
    )


def account_ja(read: int, published: int, set_aside: Mapping[str, int]) -> str:
    """One line for people: read, used by rows, furniture, used by nothing with its reasons."""
    unused = {
        reason: count
        for reason, count in set_aside.items()
        if reason in UNUSED_REASONS or reason not in REASONS_JA
    }
    rest = sum(set_aside.values()) - sum(unused.values())
    told = "、".join(f"{REASONS_JA.get(one, one)}{count}" for one, count in sorted(unused.items()))
    reasons = f"（{told}）" if told else ""
    return (
        f"{read:,}行 = 表に使った{published:,} + 空行・体裁{rest:,} "
        f"+ 使わなかった{sum(unused.values()):,}{reasons}"
    )
