"""Write demo/raw/ anew from demo/content/: ``python -m demo.make``.

The same content gives the same bytes. Everything in it is fictional.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from demo.archives import encrypted_workbook
from demo.facts import Facts
from demo.form_contents import FormMaker
from demo.form_files import form_bytes
from demo.pages import Page
from demo.plan_files import plan_files
from demo.registers import register_files, round_file
from demo.tables import page_of
from demo.writers import csv_bytes, ods_bytes, xls_bytes, xlsx_bytes

HERE = Path(__file__).parent
PLAN = "plans/990019/keiei3"
RESULTS = "results/990019/keiei3"
YEARS = (2023, 2024, 2025)
Story = dict[str, Any]


def content(name: str) -> Any:
    """One file of demo/content/."""
    return yaml.safe_load((HERE / "content" / f"{name}.yaml").read_text(encoding="utf-8"))


def all_files() -> dict[str, bytes]:
    """Path below demo/raw/ -> bytes."""
    told = {name: content(name) for name in ("plan", "departments", "figures")}
    facts = Facts(told["plan"], content("results"), content("council"))
    rounds = content("rounds")
    files = {f"{PLAN}/{name}": data for name, data in plan_files(told["plan"]).items()}
    files |= register_files(told)
    for name, settings in rounds.items():
        files[f"{RESULTS}/{name}/round.yaml"] = round_file(settings)
    files[f"{RESULTS}/profile.yaml"] = round_file(content("profile"))
    maker = FormMaker(facts, rounds, told["figures"]["scale"])
    for year in YEARS:
        files |= _submissions(year, maker)
    return files


def _submissions(year: int, maker: FormMaker) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name, story in content(f"submissions_{year}").items():
        round_name, file = name.split("/")
        place = f"{RESULTS}/{year}/{round_name}"
        if "copy_of" in story:
            files[f"{place}/{file}"] = files[f"{RESULTS}/{year}/{story['copy_of']}"]
        elif "form" in story or "forms" in story:
            files[f"{place}/{file}"] = form_bytes(story, maker, year, round_name)
        else:
            files[f"{place}/{file}"] = _sheet_file(story, maker, year, round_name)
    return files


def _sheet_file(story: Story, maker: FormMaker, year: int, round_name: str) -> bytes:
    """A department's own sheet."""
    file_format = story["format"]
    if file_format["kind"] == "encrypted":
        return encrypted_workbook(f"{year}{round_name}")
    page = page_of(story, maker.facts, year, maker.is_early(year, round_name))
    return _written(file_format, page)


def _written(file_format: dict[str, Any], page: Page) -> bytes:
    kind = file_format["kind"]
    if kind == "csv":
        return csv_bytes(page, file_format["encoding"], file_format.get("delimiter", ","))
    if kind == "xls":
        return xls_bytes([page])
    if kind == "ods":
        return ods_bytes([page])
    return xlsx_bytes([page], file_format.get("author", ""), has_macro=kind == "macro")


def write(raw: Path) -> None:
    """Replace a raw folder by what the content says."""
    shutil.rmtree(raw, ignore_errors=True)
    for name, data in sorted(all_files().items()):
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    write(HERE / "raw")
