"""The kinds of documents that can be read, by the ending of the file's name."""

from __future__ import annotations

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

TEXT_SUFFIXES = (".txt", ".md")

# Between the lines of one cell of a table; the cells themselves are set apart by TAB.
CELL_BREAK = "\v"
