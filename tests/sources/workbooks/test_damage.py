"""Whatever happens to a file on its way, reading it ends in a workbook or in a message."""

import random
from io import BytesIO
from zipfile import ZipFile

import pytest

from pipelines.sources.workbooks.model import WorkbookError
from tests.sources.workbooks.books import (
    ods_cell,
    ods_row,
    read,
    with_parts,
    written_ods,
    written_xls,
    written_xlsx,
)


def rich_xlsx():
    def fill(book, sheet):
        struck = book.add_format({"font_strikeout": True})
        sheet.write_rich_string(0, 0, struck, "遅延", "順調")
        sheet.write(1, 0, 0.5, book.add_format({"num_format": "0%"}))
        sheet.write_comment("A3", "内部")
        sheet.merge_range("B1:C2", "結合")
        sheet.write_formula("A5", "=1+1", None, 2)
        sheet.set_row(3, None, None, {"hidden": True})

    return written_xlsx(fill)


def rich_xls():
    def fill(book, sheet):
        for row in range(20):
            sheet.write(row, 0, f"項目{row}")
            sheet.write(row, 1, row / 7)
        sheet.write_merge(0, 1, 3, 4, "結合")

    return written_xls(fill)


def rich_ods():
    def fill(document, table):
        for row in range(5):
            value = ods_cell("50%", valuetype="percentage", value="0.5")
            ods_row(table, f"項目{row}", value, numberrowsrepeated=2)

    return written_ods(fill)


def text():
    return '項目,金額\n窓口,"1,200"\n'.encode("cp932") * 20


def damaged(data, chance):
    """Cut off, bytes changed, a piece left out or doubled."""
    changed = bytearray(data)
    kind = chance.randrange(4)
    at = chance.randrange(len(changed))
    if kind == 0:
        del changed[at:]
    elif kind == 1:
        for _ in range(chance.randint(1, 20)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    elif kind == 2:
        del changed[at : at + chance.randint(1, 200)]
    else:
        changed[at:at] = changed[at : at + chance.randint(1, 200)]
    return bytes(changed)


@pytest.mark.parametrize("make", [rich_xlsx, rich_xls, rich_ods, text])
def test_damage_never_ends_in_anything_but_a_message(make):
    data, chance = make(), random.Random(4)
    read(data)
    for _ in range(300):
        try:
            read(damaged(data, chance))
        except WorkbookError as error:
            assert error.finding.message_ja


@pytest.mark.parametrize("make", [rich_xlsx, rich_ods])
def test_damaged_xml_inside_a_sound_container(make):
    data, chance = make(), random.Random(4)
    parts = {name: ZipFile(BytesIO(data)).read(name) for name in ZipFile(BytesIO(data)).namelist()}
    for _ in range(300):
        name = chance.choice([name for name, part in parts.items() if part])
        try:
            read(with_parts(data, {name: damaged(parts[name], chance)}))
        except WorkbookError as error:
            assert error.finding.message_ja
