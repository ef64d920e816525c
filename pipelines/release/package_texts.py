"""The words of the package about itself. A change of them is a new patch version."""

from __future__ import annotations

from typing import Any, Final

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
NAME: Final = "gyokaku"
TITLE: Final = "自治体行政改革オープンデータ"
TITLE_EN: Final = "Open data on municipal administrative reform in Japan"
DESCRIPTION: Final = (
    "自治体の行政改革大綱・実施計画などの文書から、計画、体系、改革実施項目、担当部署などを、毎年の"
    "実績の表から、評価、指標の実績、効果額などを、公表された合計とともに表にしたデータです。"
    "各行に出典の文書と行番号（シートでは行）があります。出典の資料を本プロジェクトが加工して作成"
    "したものであり、各自治体が作成したものではありません。空欄は「記載なし・不明」であり、"
    "ゼロではありません。"
)
DESCRIPTION_EN: Final = (
    "Tables made from the administrative-reform plans of Japanese municipalities (plans, their "
    "outline, reform items, departments in charge), from their yearly results (ratings, actual "
    "values of indicators, money effects) and from published totals. Every row tells the document "
    "and the lines, or the sheet and the row, it comes from. The documents were processed by this "
    "project; the municipalities did not make this data. An empty cell means not stated or "
    "unknown, never zero."
)
LICENSES: Final[list[dict[str, Any]]] = [
    {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/deed.ja",
        "title": "クリエイティブ・コモンズ 表示 4.0 国際",
    }
]
LICENSE_NOTE: Final = (
    "データベースとしての本データはCC BY 4.0です。文書から引用した文には、出典ごとの利用条件"
    "（sources を参照）が適用されます。"
)
CONTRIBUTORS: Final[list[dict[str, Any]]] = [
    {"title": "gyokaku プロジェクト", "roles": ["publisher", "wrangler"]}
]
KEYWORDS: Final = [
    "行政改革",
    "行財政改革",
    "行政改革大綱",
    "実施計画",
    "自治体",
    "オープンデータ",
    "administrative reform",
    "municipalities",
    "Japan",
    "open data",
]
SOURCE_KINDS: Final = {
    "plan_text": "計画の本文",
    "submission": "実績の提出資料",
    "published_figures": "公表数値",
    "register": "部署の名簿",
}
