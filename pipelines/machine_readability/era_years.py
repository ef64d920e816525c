"""Years and dates in Japanese eras and in Western counting, as cells and headers hold them."""

from __future__ import annotations

import re

_NUMBER = r"(?:元|[0-9０-９]{1,2})"
_ERA = (
    rf"(?:(?:令和|平成|昭和|大正|明治)\s*{_NUMBER}|(?<![A-Za-z])[RHS]\.?{_NUMBER}(?![0-9A-Za-z]))"
)
_DAY = r"[./．／\-年]\s*[0-9０-９]{1,2}\s*[./．／\-月]\s*[0-9０-９]{1,2}日?"
_REST = rf"(?:{_DAY}|年度末?|年[0-9０-９]{{1,2}}月末?|年)?"

#: An era year somewhere in a text: 令和5, R5.
ERA_YEAR = re.compile(_ERA + r"(?:年度|年)?")
#: A cell that is an era year or date and nothing else.
ERA_DATE = re.compile(rf"\s*{_ERA}{_REST}\s*(?:[～〜~\-－]\s*{_ERA}{_REST}\s*)?")
#: A Western year somewhere in a text.
WESTERN_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])(?:年度|年|FY)?")
#: A cell that is a Western year or date.
WESTERN_DATE = re.compile(
    r"\s*(?:19|20)[0-9]{2}(?:年度?|[-/.年](?:0?[1-9]|1[0-2])(?:月|[-/.月](?:[0-2]?[0-9]|3[01])日?)?)?\s*"
)
ISO_DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
