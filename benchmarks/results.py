"""How fast departmental results are read, on one core.

Two figures: the reader alone (bytes of a sheet to records, every row accounted for), and the whole
way (to typed rows of every table with ids, revisions, checks and what to tell the department). The
first run of the whole way is printed, too: later ones find known texts in caches.

The real measure is the 79,011 indicator results of the national 行政事業レビュー (2015-2018, from
JUDGIT!, CC BY 4.0). They are not part of this repository: ``GYOKAKU_REVIEW`` names the file
(CSV, or CSV compressed by xz), ``../shared/review/outcomes_2015_2018.csv.xz`` where it is not set.
Without that file an invented sheet of the same shape is read, and the output says so.
"""

from __future__ import annotations

import csv
import io
import lzma
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.copies import ROOT
from pipelines.results.model import PlanContext, SheetReading
from pipelines.results.reading.sheets import read_sheets
from pipelines.results.submissions import PlanResults, plan_results
from pipelines.sources.result_rounds import RoundFolder, SubmittedFile
from pipelines.sources.sheet_profile import SheetProfile
from pipelines.sources.submission_source import SubmissionOrigin
from pipelines.sources.survey_round import RoundSettings
from pipelines.sources.workbooks.reading import read_workbook
from pipelines.sources.yaml_text import load_yaml

Result = TypeVar("Result")

REVIEW = ROOT.parent / "shared" / "review" / "outcomes_2015_2018.csv.xz"
PROFILE = Path(__file__).with_name("review_profile.yaml")
ROWS = 79_011
REPEATS = 5
_HEADER = (
    "公開年度", "府省庁", "担当部局庁", "担当課室", "事業番号", "事業名", "成果番号", "成果目標",
    "成果指標", "単位", "最終目標値", "目標最終年度", "年度", "当該年度の目標値", "成果実績",
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """What is read: where it comes from, in words, and its bytes."""

    origin: str
    data: bytes


def review_sheet() -> Sheet:
    """The real sheet where it is at hand, else an invented one of its shape."""
    path = Path(os.environ.get("GYOKAKU_REVIEW", REVIEW))
    if not path.is_file():
        return Sheet(f"invented rows, as {path.name} is not here", invented_sheet(ROWS))
    data = path.read_bytes()
    return Sheet(path.name, lzma.decompress(data) if path.suffix == ".xz" else data)


def invented_sheet(rows: int) -> bytes:
    """A CSV file with the columns of the review, and odd values as often as there."""
    chance = random.Random(rows)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_HEADER)
    for number in range(rows):
        program, year = divmod(number, 3)
        actual = chance.choice(("", f"{chance.uniform(0, 200):.1f}", f"{chance.randrange(9999)}.0"))
        due = chance.choices(("", str(2016 + program % 9), "4010"), (30, 69, 1))[0]
        final = chance.choices(("", "90", "696～890", "精査中"), (30, 68, 1, 1))[0]
        writer.writerow(
            (
                *("2018", f"見本{program % 20}省", f"第{program % 55}局", f"第{program % 235}課"),
                *(f"{program % 900:04d}", f"見本事業その{program // 3}", program % 3 + 1),
                *(f"見本の目標{program}", f"見本の指標{program}の件数", "％件人回"[program % 4]),
                *(final, due, 2014 + year, chance.choice(("", "80.0", "100.0")), actual),
            )
        )
    return buffer.getvalue().encode("utf-8-sig")


def _profile() -> SheetProfile:
    return SheetProfile.model_validate(load_yaml(PROFILE.read_text(encoding="utf-8")))


def records(sheet: Sheet) -> SheetReading:
    """The reader alone."""
    return read_sheets(read_workbook("review.csv", sheet.data), _profile())


def read(sheet: Sheet) -> PlanResults:
    """Read the sheet as a round of a plan that is known from its results only."""
    profile = _profile()
    folder = RoundFolder(
        municipality_code="990019",
        plan_slug="review",
        fiscal_year=None,
        period=(2012, 2018),
        name="1-published",
        place="results/990019/review/2012-2018/1-published",
        settings=RoundSettings(status="確定"),
        profile=profile,
        origin=SubmissionOrigin(),
        files=(SubmittedFile("review.csv", sheet.data),),
    )
    return plan_results([folder], PlanContext("990019-review", "990019"))


def _timed(work: Callable[[Sheet], Result], sheet: Sheet) -> tuple[Result, list[float]]:
    """What the last of several runs gave, and the processor time of each."""
    seconds = []
    for _ in range(REPEATS):
        start = time.process_time()
        found = work(sheet)
        seconds.append(time.process_time() - start)
    return found, seconds


def main() -> None:
    """Print rows a second, and where every row went."""
    sheet = review_sheet()
    found, whole = _timed(read, sheet)
    _, alone = _timed(records, sheet)
    account = next(one.account for one in found.files if one.account)
    rows = account.read - 1
    print(f"\nresults: {sheet.origin}, {len(sheet.data) / 1e6:.1f} MB, {rows:,} rows, one core")
    for name, seconds in (("read to records", alone), ("read to rows of tables", whole)):
        best = min(seconds)
        print(
            f"{name}: {rows / best:,.0f} rows a second ({best:.2f} s of processor time, best of "
            f"{REPEATS}; all: {', '.join(f'{one:.2f}' for one in seconds)})"
        )
    aside = ", ".join(f"{reason} {count:,}" for reason, count in account.set_aside.items())
    print(
        f"rows read {account.read:,} = published {account.published:,} + set aside ({aside}) "
        f"+ quarantined {account.quarantined:,}; balances: {account.balances}"
    )
    told = Counter(finding.rule for finding in found.files[0].feedback.findings)
    print("told: " + ", ".join(f"{rule} {count:,}" for rule, count in sorted(told.items())))
