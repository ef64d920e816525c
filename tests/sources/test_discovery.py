"""Every bad input that concerns a folder: one clear message each, with the place, all at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.problems import Problem
from pipelines.sources.discovery import Discovery, discover_plans, place_of

from .samples import CODE, DOCUMENT, JAPANESE, SECOND_CODE, THIRD_CODE, settings_text, write_plan

PLACE = f"plans/{CODE}/gyokaku1"


def only_problem(found: Discovery) -> Problem:
    assert len(found.problems) == 1, [one.line_ja() for one in found.problems]
    return found.problems[0]


def plan_ids(found: Discovery) -> list[str]:
    return [folder.plan_id for folder in found.folders]


def test_no_raw_folder_or_no_plans_is_an_empty_discovery(tmp_path: Path) -> None:
    assert discover_plans(tmp_path / "nowhere") == Discovery()
    (tmp_path / "plans").mkdir()
    assert discover_plans(tmp_path) == Discovery()


def test_a_sound_plan(tmp_path: Path) -> None:
    folder = write_plan(tmp_path)
    found = discover_plans(tmp_path)
    assert (found.problems, found.left_out) == ([], {})
    (plan,) = found.folders
    assert (plan.path, plan.relative) == (folder, f"{CODE}/gyokaku1")
    assert (plan.plan_id, plan.prefecture_code) == (f"{CODE}-gyokaku1", "99")
    assert plan.document is not None
    assert (plan.document.name, plan.document.data) == ("plan.txt", DOCUMENT)
    assert plan.document.sha256 == hashlib.sha256(DOCUMENT).hexdigest()


def test_plans_come_in_name_order(tmp_path: Path) -> None:
    for code, slug in [(SECOND_CODE, "b"), (CODE, "b"), (SECOND_CODE, "a"), (CODE, "a")]:
        write_plan(tmp_path, code, slug)
    expected = [f"{CODE}-a", f"{CODE}-b", f"{SECOND_CODE}-a", f"{SECOND_CODE}-b"]
    assert plan_ids(discover_plans(tmp_path)) == expected


@pytest.mark.parametrize("name", ["plan.pdf", "大綱.DOCX"])
def test_a_document_may_be_a_pdf_or_docx(tmp_path: Path, name: str) -> None:
    write_plan(tmp_path, documents={name: b"%PDF-1.7"})
    (plan,) = discover_plans(tmp_path).folders
    assert plan.document is not None and plan.document.name == name


@pytest.mark.parametrize("name", ["plan.txt", "PLAN.TXT", "大綱.md"])
def test_a_text_goes_before_the_pdf_it_comes_from(tmp_path: Path, name: str) -> None:
    write_plan(tmp_path, documents={name: DOCUMENT, "元の文書.pdf": b"%PDF-1.7"})
    (plan,) = discover_plans(tmp_path).folders
    assert plan.document is not None
    assert plan.document.name == name


def test_a_stub_needs_no_document(tmp_path: Path) -> None:
    write_plan(tmp_path, plan_yaml=settings_text(document_kind="stub"), documents={})
    found = discover_plans(tmp_path)
    assert found.problems == []
    (plan,) = found.folders
    assert plan.document is None


def test_plan_yaml_may_have_a_byte_order_mark(tmp_path: Path) -> None:
    write_plan(tmp_path, plan_yaml=settings_text().encode("utf-8-sig"))
    assert plan_ids(discover_plans(tmp_path)) == [f"{CODE}-gyokaku1"]


BadFolder = Callable[[Path], object]
SECOND_DOCUMENT = {"plan.txt": DOCUMENT, "plan2.txt": DOCUMENT}
# name: what is put, the rule, the place, what the message must say.
BAD_FOLDERS: dict[str, tuple[BadFolder, str, str, str]] = {
    "no plan.yaml": (
        lambda raw: write_plan(raw, plan_yaml=None),
        "plan_yaml_missing",
        f"{PLACE}/plan.yaml",
        "plan.yaml を置いてください",
    ),
    "broken YAML": (
        lambda raw: write_plan(raw, plan_yaml="municipality_code: ["),
        "plan_yaml_invalid",
        f"{PLACE}/plan.yaml",
        "YAMLとして読めません",
    ),
    "prose instead of YAML": (
        lambda raw: write_plan(raw, plan_yaml="みほん市の大綱です"),
        "plan_yaml_invalid",
        f"{PLACE}/plan.yaml",
        "「キー: 値」の形",
    ),
    "plan.yaml in cp932": (
        lambda raw: write_plan(raw, plan_yaml=settings_text().encode("cp932")),
        "plan_yaml_encoding",
        f"{PLACE}/plan.yaml",
        "UTF-8で保存し直し",
    ),
    "wrong check digit": (
        lambda raw: write_plan(raw, "990018", plan_yaml=settings_text(municipality_code="990018")),
        "plan_yaml_invalid",
        "plans/990018/gyokaku1/plan.yaml",
        "検査数字",
    ),
    "folder and code disagree": (
        lambda raw: write_plan(raw, SECOND_CODE, plan_yaml=settings_text(municipality_code=CODE)),
        "plan_folder_place",
        f"plans/{SECOND_CODE}/gyokaku1",
        f"「{SECOND_CODE}」と plan.yaml の団体コード「{CODE}」が違います",
    ),
    "a slug in capitals": (
        lambda raw: write_plan(raw, slug="Gyokaku_1"),
        "plan_folder_place",
        f"plans/{CODE}/Gyokaku_1",
        "半角の小文字、数字、ハイフン",
    ),
    "a Japanese slug": (
        lambda raw: write_plan(raw, slug="大綱"),
        "plan_folder_place",
        f"plans/{CODE}/大綱",
        "半角の小文字、数字、ハイフン",
    ),
    "no document": (
        lambda raw: write_plan(raw, documents={}),
        "document_missing",
        PLACE,
        "文書（.txt、.md、.pdf、.docx）がありません",
    ),
    "only a spreadsheet": (
        lambda raw: write_plan(raw, documents={"大綱.xlsx": b"PK"}),
        "document_missing",
        PLACE,
        "文書（.txt、.md、.pdf、.docx）がありません",
    ),
    "several documents": (
        lambda raw: write_plan(raw, documents=SECOND_DOCUMENT),
        "several_documents",
        PLACE,
        "2個あります（plan.txt、plan2.txt）",
    ),
}


@pytest.mark.parametrize("case", BAD_FOLDERS)
def test_a_bad_folder_gets_exactly_one_message_and_is_left_out(tmp_path: Path, case: str) -> None:
    put, rule, place, said = BAD_FOLDERS[case]
    put(tmp_path)
    found = discover_plans(tmp_path)
    problem = only_problem(found)
    assert (problem.severity, problem.rule, problem.place) == ("error", rule, place)
    assert said in problem.message_ja
    assert JAPANESE.search(problem.message_ja)
    assert found.folders == []
    folder = place.removesuffix("/plan.yaml")
    _, code, slug = folder.split("/")
    assert found.left_out == {f"{code}-{slug}": folder}


def test_all_bad_folders_are_told_at_once_and_the_sound_plan_is_kept(tmp_path: Path) -> None:
    write_plan(tmp_path, CODE, "sound")
    write_plan(tmp_path, CODE, "no-settings", plan_yaml=None)
    write_plan(tmp_path, CODE, "no-document", documents={})
    write_plan(tmp_path, CODE, "two-documents", documents=SECOND_DOCUMENT)
    write_plan(tmp_path, SECOND_CODE, "elsewhere", plan_yaml=settings_text())
    (tmp_path / "plans" / THIRD_CODE).mkdir()
    (tmp_path / "plans" / "覚書.txt").write_text("メモ", encoding="utf-8")
    found = discover_plans(tmp_path)
    assert {one.rule for one in found.problems} == {
        "plan_yaml_missing",
        "document_missing",
        "several_documents",
        "plan_folder_place",
        "municipality_folder_empty",
        "stray_file",
    }
    assert len(found.problems) == 6
    assert plan_ids(found) == [f"{CODE}-sound"]
    assert set(found.left_out) == {
        f"{CODE}-no-settings",
        f"{CODE}-no-document",
        f"{CODE}-two-documents",
        f"{SECOND_CODE}-elsewhere",
    }


def test_several_faults_of_one_plan_yaml_are_told_together_with_the_document(
    tmp_path: Path,
) -> None:
    text = settings_text(municipality_code="990018", document_kind="大綱", municipality_name=...)
    write_plan(tmp_path, plan_yaml=text, documents=SECOND_DOCUMENT)
    problems = discover_plans(tmp_path).problems
    assert sorted((one.rule, one.column_name or "") for one in problems) == [
        ("plan_yaml_invalid", "document_kind"),
        ("plan_yaml_invalid", "municipality_code"),
        ("plan_yaml_invalid", "municipality_name"),
        ("several_documents", ""),
    ]


def test_two_well_placed_plans_cannot_share_an_id_but_a_misplaced_copy_can(tmp_path: Path) -> None:
    """A copy in the wrong folder claims the id of the sound plan, which is kept."""
    write_plan(tmp_path)
    write_plan(tmp_path, SECOND_CODE, plan_yaml=settings_text(municipality_code=CODE))
    found = discover_plans(tmp_path)
    assert plan_ids(found) == [f"{CODE}-gyokaku1"]
    assert found.left_out == {f"{SECOND_CODE}-gyokaku1": f"plans/{SECOND_CODE}/gyokaku1"}
    (same,) = [one for one in found.problems if one.rule == "plan_id_not_unique"]
    assert same.severity == "error"
    assert f"「{CODE}-gyokaku1」" in same.message_ja
    assert PLACE in same.message_ja
    assert f"plans/{SECOND_CODE}/gyokaku1" in same.message_ja


@pytest.mark.parametrize("alike", ["ｇｙｏｋａｋｕ１", "Gyokaku1"])
def test_ids_written_alike_are_equal(tmp_path: Path, alike: str) -> None:
    write_plan(tmp_path, slug="gyokaku1")
    write_plan(tmp_path, slug=alike)
    found = discover_plans(tmp_path)
    assert "plan_id_not_unique" in {one.rule for one in found.problems}
    assert plan_ids(found) == [f"{CODE}-gyokaku1"]


def test_one_slug_in_two_municipalities_is_two_plans(tmp_path: Path) -> None:
    write_plan(tmp_path, CODE)
    write_plan(tmp_path, SECOND_CODE)
    found = discover_plans(tmp_path)
    assert found.problems == []
    assert plan_ids(found) == [f"{CODE}-gyokaku1", f"{SECOND_CODE}-gyokaku1"]


def test_a_municipality_folder_without_plans_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "plans" / CODE).mkdir(parents=True)
    problem = only_problem(discover_plans(tmp_path))
    assert (problem.severity, problem.rule) == ("warning", "municipality_folder_empty")
    assert problem.place == f"plans/{CODE}"
    assert "計画のフォルダーが一つもありません" in problem.message_ja


@pytest.mark.parametrize("place", ["plans/一覧.xlsx", f"plans/{CODE}/plan.txt"])
def test_a_stray_file_is_a_warning_with_its_place(tmp_path: Path, place: str) -> None:
    write_plan(tmp_path)
    (tmp_path / place).write_bytes(b"x")
    found = discover_plans(tmp_path)
    problem = only_problem(found)
    assert (problem.severity, problem.rule, problem.place) == ("warning", "stray_file", place)
    assert plan_ids(found) == [f"{CODE}-gyokaku1"]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    write_plan(tmp_path)
    (tmp_path / "plans" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "plans" / CODE / ".trash").mkdir()
    found = discover_plans(tmp_path)
    assert (found.problems, len(found.folders)) == ([], 1)


def test_hidden_documents_are_passed_over(tmp_path: Path) -> None:
    write_plan(tmp_path, documents={"plan.txt": DOCUMENT, "._plan.txt": b"\x00\x05\x16\x07"})
    assert discover_plans(tmp_path).problems == []


def test_a_plan_put_one_folder_too_deep_gets_one_message(tmp_path: Path) -> None:
    write_plan(tmp_path, f"見本県/{CODE}")
    problem = only_problem(discover_plans(tmp_path))
    assert (problem.rule, problem.place) == ("plan_yaml_missing", f"plans/見本県/{CODE}/plan.yaml")


@pytest.mark.parametrize("names", [("plan.yaml",), ("plan.txt",)])
def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path, names: tuple[str, ...]) -> None:
    folder = write_plan(tmp_path)
    for name in names:
        (folder / name).unlink()
        (folder / name).mkdir()
    problem = only_problem(discover_plans(tmp_path))
    assert problem.severity == "error"
    assert problem.place.startswith(PLACE)
    assert "開けません" in problem.message_ja


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, documents={})
    (folder / "plan.txt").symlink_to(tmp_path / "gone.txt")
    problem = only_problem(discover_plans(tmp_path))
    assert (problem.severity, problem.rule) == ("error", "document_unreadable")
    assert problem.place == PLACE


# The administrator may read everything, so the system's refusal is played.
UNREADABLE = [
    (("plans",), "plans", "folder_unreadable"),
    (("plans", CODE), f"plans/{CODE}", "folder_unreadable"),
    (("plans", CODE, "gyokaku1"), PLACE, "document_unreadable"),
]


@pytest.mark.parametrize(("parts", "place", "rule"), UNREADABLE)
def test_an_unreadable_folder_is_told_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    parts: tuple[str, ...],
    place: str,
    rule: str,
) -> None:
    write_plan(tmp_path)
    closed, real = tmp_path.joinpath(*parts), Path.iterdir

    def refuse(self: Path) -> object:
        if self == closed:
            raise PermissionError(13, os.strerror(13), str(self))
        return real(self)

    monkeypatch.setattr(Path, "iterdir", refuse)
    found = discover_plans(tmp_path)
    problem = only_problem(found)
    assert (problem.severity, problem.rule, problem.place) == ("error", rule, place)
    assert "権限" in problem.message_ja
    assert found.folders == []


@pytest.mark.parametrize(
    "parts",
    [
        ("plans",),
        ("plans", CODE),
        ("plans", CODE, "gyokaku1"),
    ],
)
def test_a_folder_whose_entries_cannot_be_looked_at_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: tuple[str, ...]
) -> None:
    """A folder with the right to list but not to enter (mode 644): every stat in it is refused."""
    write_plan(tmp_path)
    closed, real = tmp_path.joinpath(*parts), Path.stat

    def refuse(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if self.parent == closed:
            raise PermissionError(13, os.strerror(13), str(self))
        return real(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)
    found = discover_plans(tmp_path)
    assert found.problems
    assert all(one.severity == "error" for one in found.problems)


@pytest.mark.parametrize(
    ("name", "rule"), [("plan.yaml", "plan_yaml_unreadable"), ("plan.txt", "document_unreadable")]
)
def test_an_unreadable_file_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, rule: str
) -> None:
    write_plan(tmp_path)
    real = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.name == name:
            raise PermissionError(13, os.strerror(13), str(self))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    problem = only_problem(discover_plans(tmp_path))
    assert (problem.severity, problem.rule) == ("error", rule)
    assert "権限" in problem.message_ja


def test_bytes_are_left_as_they_are(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf\r\n\x0c\xff\x00"
    write_plan(tmp_path, documents={"plan.txt": data})
    (plan,) = discover_plans(tmp_path).folders
    assert plan.document is not None
    assert plan.document.data == data


def test_place_of_names_a_file_in_the_folder() -> None:
    assert place_of(Path("raw") / "plans" / CODE / "x", "plan.yaml") == f"plans/{CODE}/x/plan.yaml"


def edition(of: str) -> str:
    return settings_text() + f"edition_of: {CODE}-{of}\n"


def test_an_edition_of_a_plan_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    write_plan(tmp_path)
    write_plan(tmp_path, slug="gyokaku1-final", plan_yaml=edition("gyokaku1"))
    write_plan(tmp_path, slug="gyokaku2", plan_yaml=edition("gyokaku9"))
    write_plan(tmp_path, slug="gyokaku2-final", plan_yaml=edition("gyokaku2"))
    found = discover_plans(tmp_path)
    assert [one.path.name for one in found.folders] == ["gyokaku1", "gyokaku1-final"]
    assert [one.rule for one in found.problems] == ["edition_of_unknown"] * 2
    assert set(found.left_out) == {f"{CODE}-gyokaku2", f"{CODE}-gyokaku2-final"}
