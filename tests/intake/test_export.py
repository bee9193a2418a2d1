from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hospital.errors import BadInput
from intake.cells import quoted, unquoted
from intake.csvfile import read_csv
from intake.excel_export import SheetOut, workbook
from intake.excelfile import read_workbook
from intake.export import people_csv
from intake.values import text_of
from tests.intake.sites import at
from tests.intake.test_charset import NAMES

DANGEROUS = [
    "=1+1",
    "+86 10",
    "-3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "'=1",
    "''=1",
    '=HYPERLINK("x")',
    "'x",
    "−1",
]
SIGNS = st.sampled_from(list("=+-@\t\r\n＝＋－＠'ab1 ,\"中"))
TEXT = st.text(SIGNS, min_size=1, max_size=6).filter(
    lambda text: bool(text.strip()) and text == text.rstrip() and text[0] != " "
)


def from_csv(content: bytes) -> list[str]:
    return [text_of(cells[0]) for _, cells in read_csv("out.csv", content, "requests").rows]


def from_excel(content: bytes) -> list[str]:
    return [text_of(cells[0]) for _, cells in read_workbook("out.xlsx", content)["t"][1:]]


def test_no_cell_of_a_csv_begins_like_a_formula() -> None:
    """Whatever a ward typed, opening our file in Excel calculates nothing; read again it is the same text."""
    content = people_csv(["id"], [[text] for text in DANGEROUS])
    cells = [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    assert [cell for cell in cells if cell[0] in "=+-@\t\r＝＋－＠−"] == []
    assert from_csv(content) == DANGEROUS


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    """In Excel the same texts are text cells with the quote-prefix mark, and read again the same."""
    content = workbook([SheetOut(name="t", header=["id"], rows=[[text] for text in DANGEROUS])])
    assert from_excel(content) == DANGEROUS
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert b"<hyperlink" not in archive.read("xl/worksheets/sheet1.xml")
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s"}


@given(texts=st.lists(TEXT, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_text_leaves_as_text_and_comes_back(texts: list[str]) -> None:
    """Signs, quotes and Chinese in any order survive both kinds of file."""
    rows = [[text] for text in texts]
    assert from_csv(people_csv(["id"], rows)) == texts
    assert from_excel(workbook([SheetOut(name="t", header=["id"], rows=rows)])) == texts


@given(text=st.text(SIGNS, max_size=6))
def test_the_quote_mark_comes_off_again(text: str) -> None:
    """What protects a cell is never taken for part of it, nor the other way round."""
    assert unquoted(quoted(text)) == text


def test_two_hundred_rare_names_survive_every_way_out() -> None:
    """No name loses a character in a CSV, in Excel, or when the CSV is saved again as GB18030."""
    rows = [[name] for name in NAMES]
    content = people_csv(["id"], rows)
    assert from_csv(content) == NAMES
    assert from_csv(content.decode("utf-8-sig").encode("gb18030")) == NAMES
    assert from_excel(workbook([SheetOut(name="t", header=["id"], rows=rows)])) == NAMES


def test_numbers_and_dates_stay_what_they_are() -> None:
    """A sum can be made over minutes; times show the wall clock."""
    content = workbook(
        [SheetOut(name="a/b:c", header=["n", "t", "d", "y", "e"], rows=[[7.5, at(2, 8), date(2026, 3, 2), True, None]])]
    )
    rows = read_workbook("o.xlsx", content)["a b c"]
    assert rows[1][1] == [7.5, at(2, 8).replace(tzinfo=None), at(2, 0).replace(tzinfo=None), True]
    line = people_csv(["n", "t", "y"], [[7.0, at(2, 8, 5), False]]).decode("utf-8-sig").splitlines()[1]
    assert line == "7,2026-03-02 08:05,no"


def test_sheet_names_are_made_to_fit() -> None:
    """Long names, forbidden signs and twins give sheets Excel opens."""
    content = workbook([SheetOut(name=name, header=["a"], rows=[]) for name in ("x" * 40, "x" * 40, "[]", "X" * 40)])
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert names == ["x" * 28, "x" * 28 + " 2", "Sheet", "X" * 28 + " 3"]


def test_a_cell_too_long_for_excel_is_refused() -> None:
    """Nothing is cut off without a word."""
    with pytest.raises(BadInput, match="40000 characters"):
        workbook([SheetOut(name="t", header=["a"], rows=[["x" * 40_000]])])


def test_a_heading_with_a_semicolon_does_not_split_the_table() -> None:
    """Whatever the headings contain, the table comes back with the same columns."""
    sheet = read_csv("a.csv", people_csv(["id; number", "patient"], [["R1", "a;b"]]), "requests")
    assert (sheet.header, [list(cells) for _, cells in sheet.rows]) == (("id; number", "patient"), [["R1", "a;b"]])
