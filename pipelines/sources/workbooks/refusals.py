"""Why a file is refused, and what the clerk can do about it."""

from __future__ import annotations

from pipelines.sources.workbooks.model import WorkbookError

_SAVE_AS_XLSX = "Excelで開き、「名前を付けて保存」で種類を「Excel ブック (*.xlsx)」にして保存し、"
_SEND = "その保存し直したファイルを送ってください。"


def damaged() -> WorkbookError:
    """The file breaks off or does not hold together."""
    return WorkbookError(
        "workbook_damaged",
        "ファイルが壊れていて読めません。",
        f"{_SAVE_AS_XLSX}{_SEND}開けないときは元のファイルから作り直してください。",
    )


def too_large(what_ja: str) -> WorkbookError:
    """More than any yearly result needs; ``what_ja`` says what is too large."""
    return WorkbookError(
        "workbook_too_large",
        f"ファイルが大きすぎるため読みません（{what_ja}）。",
        "報告に使う表だけを新しいブックに写し、表の外の書式や値を消して保存し直してください。",
    )


def encrypted() -> WorkbookError:
    """A password is needed to open it."""
    return WorkbookError(
        "encrypted_file",
        "パスワードで保護（暗号化）されているため読めません。",
        "Excelで開き、「ファイル」→「情報」→「ブックの保護」でパスワードを空にして保存し直し、送ってください。",
    )


def with_macros() -> WorkbookError:
    """It holds macros, or is of a kind made for them."""
    return WorkbookError(
        "macro_file",
        "マクロを含むファイル（またはマクロ有効ブック）のため読みません。",
        f"{_SAVE_AS_XLSX}マクロを外した{_SEND}",
    )


def binary_workbook() -> WorkbookError:
    """The format xlsb."""
    return WorkbookError(
        "binary_workbook",
        "Excelバイナリ ブック（xlsb）は読めません。",
        _SAVE_AS_XLSX + _SEND,
    )


def html_table() -> WorkbookError:
    """A web page under the name of a workbook, as some systems export it."""
    return WorkbookError(
        "html_as_workbook",
        "中身がExcelのブックではなく、HTML（ウェブページ）です。",
        _SAVE_AS_XLSX + _SEND,
    )


def xml_spreadsheet() -> WorkbookError:
    """XML Spreadsheet 2003, flat OpenDocument, or another bare XML file."""
    return WorkbookError(
        "xml_spreadsheet",
        "中身がXML形式の表（XML スプレッドシートなど）のため読めません。",
        _SAVE_AS_XLSX + _SEND,
    )


def other_kind(kind_ja: str) -> WorkbookError:
    """A document of another kind, whatever its name says."""
    return WorkbookError(
        "not_a_workbook",
        f"表計算のファイルではなく、{kind_ja}です。",
        "回答を記入したExcelファイル（xlsx）かCSVファイルを送ってください。",
    )


def empty() -> WorkbookError:
    """No bytes, or nothing but blanks."""
    return WorkbookError(
        "empty_file",
        "ファイルが空です。",
        "回答を記入したファイルを、保存されていることを確かめて送り直してください。",
    )


def unsafe_xml() -> WorkbookError:
    """A document type with entities, which no spreadsheet program writes."""
    return WorkbookError(
        "unsafe_xml",
        "ファイルの中のXMLに、表計算ソフトが書かない定義（DTD）があるため読みません。",
        _SAVE_AS_XLSX + _SEND,
    )


def undecodable(message_ja: str) -> WorkbookError:
    """A text file in no encoding we know; the message says where."""
    return WorkbookError(
        "csv_undecodable",
        message_ja,
        "Excelで「CSV UTF-8（コンマ区切り）」として保存し直してください。",
    )


def open_quote(line: int) -> WorkbookError:
    """A quotation mark that nothing closes would swallow the rest of the file."""
    return WorkbookError(
        "csv_open_quote",
        f'{line}行目より後に、引用符（"）で始まり閉じていないセルがあります。',
        "そのセルの引用符を消すか閉じて、CSVを保存し直してください。",
    )
