"""The kinds of documents that can be read, by the ending of the file's name."""

from __future__ import annotations

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

TEXT_SUFFIXES = (".txt", ".md")

# Documents of other programs, and what to do with them.
ADVICE = {
    ".doc": "Word で開いて .docx か PDF で保存し直してください",
    ".rtf": "Word で開いて .docx か PDF で保存し直してください",
    ".odt": "Word か LibreOffice で開いて .docx か PDF で保存し直してください",
    ".jtd": "一太郎で開いて PDF で保存し直してください",
    ".xls": "表計算のファイルは計画の文書として読めません。PDF で保存し直してください",
    ".xlsx": "表計算のファイルは計画の文書として読めません。PDF で保存し直してください",
    ".pptx": "PDF で保存し直してください",
    ".html": "文字だけを .txt で保存し直すか、ブラウザーから PDF に印刷してください",
    ".zip": "圧縮を解いて、中の文書を置いてください",
    ".png": "文字認識（OCR）をかけて確かめた PDF か文字のファイルに替えてください",
    ".jpg": "文字認識（OCR）をかけて確かめた PDF か文字のファイルに替えてください",
    ".tif": "文字認識（OCR）をかけて確かめた PDF か文字のファイルに替えてください",
}

# Between the lines of one cell of a table; the cells themselves are set apart by TAB.
CELL_BREAK = "\v"
