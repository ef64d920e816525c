"""Comments and text boxes of an xlsx sheet: what is written on it but not in its cells."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from pipelines.sources.workbooks.archive import Archive
from pipelines.sources.workbooks.grid import Grid
from pipelines.sources.workbooks.model import Mark
from pipelines.sources.workbooks.safe_xml import child, descendants, local_name, parse
from pipelines.sources.workbooks.xlsx_parts import Relation, targets
from pipelines.sources.workbooks.xlsx_sheets import place
from pipelines.sources.workbooks.xlsx_texts import run_text


def read_notes(archive: Archive, links: dict[str, Relation], grid: Grid) -> None:
    """Mark the cells that bear comments, and collect the texts of shapes."""
    comments = _plain_comments(archive, targets(links, "comments"))
    # A threaded comment leaves a plain one beside it that only says so to older programs.
    comments.update(_threaded_comments(archive, targets(links, "threadedComment")))
    for at, text in comments.items():
        grid.mark(*at, Mark("comment", text.strip()))
    for part in targets(links, "drawing"):
        data = archive.get(part)
        if data is not None:
            grid.text_boxes.extend(_shape_texts(parse(data)))


def _plain_comments(archive: Archive, parts: list[str]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for part in parts:
        data = archive.get(part)
        for one in descendants(parse(data), "comment") if data is not None else []:
            at, text = place(one.get("ref", "")), child(one, "text")
            if at is not None and text is not None:
                found[at] = "".join(run_text(text).parts(False))
    return found


def _threaded_comments(archive: Archive, parts: list[str]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], list[str]] = {}
    for part in parts:
        data = archive.get(part)
        for one in descendants(parse(data), "threadedComment") if data is not None else []:
            at, text = place(one.get("ref", "")), child(one, "text")
            if at is not None and text is not None:
                found.setdefault(at, []).append(text.text or "")
    return {at: "\n".join(texts) for at, texts in found.items()}


def _shape_texts(root: Element) -> list[str]:
    """One text for every shape; the fallback for older programs repeats what it stands for."""
    texts: list[str] = []
    for one in root:
        name = local_name(one.tag)
        if name == "txBody":
            paragraphs = [one for one in one if local_name(one.tag) == "p"]
            texts.append("\n".join(_paragraph(paragraph) for paragraph in paragraphs).strip())
        elif name != "Fallback":
            texts.extend(_shape_texts(one))
    return texts


def _paragraph(paragraph: Element) -> str:
    return "".join(
        "\n" if local_name(one.tag) == "br" else one.text or ""
        for one in paragraph.iter()
        if local_name(one.tag) in {"t", "br"}
    )
