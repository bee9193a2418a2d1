from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from hospital.errors import BadInput
from hospital.sites import SiteSettings
from intake import excelfile
from intake.excel_export import SheetOut, workbook
from intake.excelfile import read_workbook
from intake.upload import TableBatch, read_table
from tests.intake.sites import at

HEADER = ("id", "patient", "examination", "class", "requested", "earliest")
ROW: list[Any] = ["R1", "P1", "CT-HEAD", "门诊", datetime(2026, 3, 1, 16, 20), datetime(2026, 3, 2, 8)]  # noqa: DTZ001


def book(*rows: list[Any], name: str = "requests") -> bytes:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = name
    for row in (list(HEADER), *rows):
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(content: bytes) -> TableBatch:
    return read_table("requests", "book.xlsx", content, settings=SiteSettings())


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """The workbook with one part put in or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, data)
    return out.getvalue()


def test_dates_and_numbers_are_read_as_what_they_are() -> None:
    """Excel's dates become the site's times; an id that Excel made a number is 1, not 1.0."""
    batch = read(book([1.0, 20260001, *ROW[2:]]))
    assert batch.refused == ()
    request = batch.rows[0]
    assert (request.id, request.patient, request.earliest) == ("1", "20260001", at(2, 8))


def test_an_id_whose_digits_excel_lost_is_refused() -> None:
    """Eighteen digits typed into a number cell end in zeros: better refused than taken for another patient."""
    batch = read(book(["R1", 430102199001011234, *ROW[2:]]))
    assert [(row.row, row.field, row.text_id) for row in batch.refused] == [(2, "patient", "all_digits")]


def test_a_formula_never_calculated_is_refused() -> None:
    """A formula cell without a stored result is not taken for an empty cell, and is not calculated here."""
    batch = read(book(ROW, ["R2", '=CONCATENATE("P",2)', *ROW[2:]]))
    assert [(row.row, row.field, row.text_id, row.found) for row in batch.refused] == [
        (3, "patient", "stored_value", '=CONCATENATE("P",2)')
    ]
    assert len(batch.rows) == 1


def test_a_calculated_formula_gives_its_stored_value() -> None:
    """What the clerk saw on the screen is what is read."""
    content = book(ROW)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    cell = page[page.index('<c r="B2"') : page.index("</c>", page.index('<c r="B2"')) + 4]
    formula = '<c r="B2" t="str"><f>CONCATENATE("P",7)</f><v>P7</v></c>'
    batch = read(with_part(content, "xl/worksheets/sheet1.xml", page.replace(cell, formula).encode()))
    assert [request.patient for request in batch.rows] == ["P7"]


def test_an_error_cell_is_refused() -> None:
    """#N/A is not a ward."""
    batch = read(book(["R1", "#N/A", *ROW[2:]]))
    assert [(row.field, row.text_id) for row in batch.refused] == [("patient", "no_error_value")]


@pytest.mark.parametrize("name", ["requests", "检查申请", "Tabelle1"])
def test_the_sheet_is_found_by_name_or_by_its_headings(name: str) -> None:
    """A sheet called 检查申请 or anything else is found; hidden sheets are left alone."""
    assert [request.id for request in read(book(ROW, name=name)).rows] == ["R1"]


def test_the_file_named_in_a_refusal_says_which_sheet() -> None:
    """In a workbook of ten sheets the place must name the sheet."""
    refused = read(book(["R1", None, *ROW[2:]])).refused
    assert [(row.file, row.row, row.field) for row in refused] == [("book.xlsx [requests]", 2, "patient")]


def test_an_old_workbook_is_told_apart() -> None:
    """An .xls or a workbook with a password cannot be read: the sentence says what to do."""
    with pytest.raises(BadInput, match=r"old \.xls workbook or has a password"):
        read(b"\xd0\xcf\x11\xe0" + b"x" * 600)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """A small file that would unpack to hundreds of megabytes is not unpacked."""
    with pytest.raises(BadInput, match="would unpack to 240 MB"):
        read(with_part(book(ROW), "xl/huge.bin", b"0" * 240_000_000))
    with pytest.raises(BadInput, match="far too dense"):
        read(with_part(book(ROW), "xl/dense.bin", b"0" * 30_000_000))


def test_a_workbook_of_a_thousand_parts_is_refused() -> None:
    """No workbook of a hospital has more than a thousand parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(1001):
            archive.writestr(f"xl/{number}.xml", b"<a/>")
    with pytest.raises(BadInput, match="has 1001 parts"):
        read(out.getvalue())


@pytest.mark.parametrize(
    "markup",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "lol">]><a>&x;</a>',
        b'<?xml version="1.0"?>' + b" " * (1 << 20) + b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY x "lol">]><a>&x;</a>'.encode("utf-16"),
    ],
)
def test_entities_are_never_followed(markup: bytes) -> None:
    """A workbook that declares entities, to be multiplied or fetched from elsewhere, is refused."""
    with pytest.raises(BadInput, match="not a sound Excel workbook"):
        read(with_part(book(ROW), "xl/sharedStrings.xml", markup))


@pytest.mark.parametrize("name", ["../outside.xml", "/etc/outside.xml"])
def test_names_that_point_outside_are_refused(name: str) -> None:
    """A workbook's part never leaves its workbook."""
    with pytest.raises(BadInput, match="not a sound Excel workbook"):
        read(with_part(book(ROW), name, b"<a/>"))


def test_endless_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One cell in the million-and-first row does not keep the server busy."""
    monkeypatch.setattr(excelfile, "MAX_ROWS", 50)
    content = book(ROW)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    far = page.replace("</sheetData>", '<row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData>')
    with pytest.raises(BadInput, match="more than 50 rows"):
        read(with_part(content, "xl/worksheets/sheet1.xml", far.encode()))


def test_too_many_columns_are_refused() -> None:
    """A cell in the last of Excel's columns is a mistake, not a table."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.cell(row=1, column=16_384, value="x")
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(BadInput, match="more than 500 columns"):
        read(out.getvalue())


def test_each_sheet_of_our_own_workbook_comes_back() -> None:
    """Two tables written, two tables read, in order and with their rows' numbers."""
    content = workbook(
        [SheetOut(name="一", header=("a",), rows=[["x"]]), SheetOut(name="二", header=("b",), rows=[[7]])]
    )
    assert read_workbook("b.xlsx", content) == {"一": [(1, ["a"]), (2, ["x"])], "二": [(1, ["b"]), (2, [7])]}


def test_a_damaged_workbook_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Commands whose output is read by programs stay clean, whatever is wrong with a file."""
    content = book(ROW)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        styles = archive.read("xl/styles.xml").decode()
    broken = re.sub(r'(<cellStyle [^>]*xfId=)"\d+"', r'\1"99"', styles)
    assert broken != styles
    with suppress(BadInput):
        read(with_part(content, "xl/styles.xml", broken.encode()))
    assert capsys.readouterr().out == ""
