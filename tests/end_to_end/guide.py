"""The analysts' guide: its blocks, what they give on a release, and writing that into the guide.

After the data changed:

    python -m tests.end_to_end.guide outputs demo-out/outputs

runs every block on the newest release of both folders and rewrites the answers shown in the guide.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipelines.release.query import as_markdown, ask

ROOT = Path(__file__).resolve().parents[2]
GUIDES = (ROOT / "docs" / "analysts.ja.md", ROOT / "docs" / "analysts.md")
MOST_LINES = 12

_QUESTION = re.compile(
    r"<!-- release: (?P<release>real|demo) -->\n\n```sql\n(?P<code>.*?)```\n\n"
    r"(?P<answer>(?:\|[^\n]*\n)*)",
    re.DOTALL,
)
_SNIPPET = re.compile(
    r"<!-- run: (?P<tool>\w+) -->\n\n```\w+\n(?P<code>.*?)```\n\n```text\n(?P<answer>.*?)```\n",
    re.DOTALL,
)
_TOOLS = {"python": (sys.executable, "-"), "Rscript": ("Rscript", "-"), "duckdb": ("bash", "-s")}


@dataclass(frozen=True)
class Question:
    """SQL, the release it is asked of (real or demo), and the Markdown table shown in the guide."""

    release: str
    code: str
    answer: str


@dataclass(frozen=True)
class Snippet:
    """A program of a quick start, the tool that runs it, and what the guide says it prints."""

    tool: str
    code: str
    answer: str


def questions(guide: Path) -> list[Question]:
    """Every question of a guide, in its order."""
    found = _QUESTION.finditer(guide.read_text("utf-8"))
    return [Question(one["release"], one["code"], one["answer"]) for one in found]


def snippets(guide: Path) -> list[Snippet]:
    """Every program of the quick starts."""
    found = _SNIPPET.finditer(guide.read_text("utf-8"))
    return [Snippet(one["tool"], one["code"], one["answer"]) for one in found]


def answer(code: str, outputs: Path) -> str:
    """What a question gives on the newest release of a folder."""
    return as_markdown(ask(outputs / "latest" / "gyokaku.duckdb", code))


def is_there(tool: str) -> bool:
    """Whether this machine has the tool."""
    return tool == "python" or shutil.which(tool) is not None


def printed(tool: str, code: str, outputs: Path, tools: Path | None = None) -> str:
    """What a program prints in a folder that has the release at ``outputs/latest``.

    Args:
        tool: that runs it.
        code: the program.
        outputs: the folder of releases.
        tools: a folder with commands that go before those of the machine.
    """
    path = os.environ.get("PATH", os.defpath)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "outputs").symlink_to(outputs.resolve())
        result = subprocess.run(
            _TOOLS[tool],
            input=code,
            cwd=folder,
            env={
                **os.environ,
                "PATH": os.pathsep.join([str(tools), path]) if tools else path,
                "PYTHONUTF8": "1",
                "LC_ALL": "C.UTF-8",
            },
            capture_output=True,
            text=True,
            check=False,
        )
    if result.returncode or result.stderr:
        raise RuntimeError(result.stderr or result.stdout)
    return result.stdout


def refreshed(text: str, outputs: dict[str, Path]) -> str:
    """A guide's text with the answers of these releases; those of a missing tool stay."""

    def answered(block: re.Match[str]) -> str:
        return _with_answer(block, answer(block["code"], outputs[block["release"]]))

    def run(block: re.Match[str]) -> str:
        if not is_there(block["tool"]):
            return block[0]
        return _with_answer(block, printed(block["tool"], block["code"], outputs["real"]))

    return _SNIPPET.sub(run, _QUESTION.sub(answered, text))


def _with_answer(block: re.Match[str], new: str) -> str:
    start = block.start("answer") - block.start()
    end = block.end("answer") - block.start()
    return block[0][:start] + new + block[0][end:]


def main() -> None:
    """Rewrite the answers of both guides."""
    outputs = dict(zip(("real", "demo"), map(Path, sys.argv[1:]), strict=True))
    for guide in GUIDES:
        guide.write_text(refreshed(guide.read_text("utf-8"), outputs), "utf-8")


if __name__ == "__main__":
    main()
