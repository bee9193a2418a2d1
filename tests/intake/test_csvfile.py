from __future__ import annotations

import pytest

from hospital.errors import BadInput
from intake.csvfile import read_csv
from intake.limits import MAX_BYTES, MAX_ROWS

HEADER = "id,patient,examination"


def rows(text: str) -> list[tuple[int, list[object]]]:
    return [(number, list(cells)) for number, cells in read_csv("a.csv", text.encode(), "requests").rows]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "，"])
def test_the_delimiter_is_found_from_the_header(mark: str) -> None:
    """Comma, semicolon, tab or a full-width comma: the same three cells."""
    text = mark.join(["申请编号", "患者编号", "检查项目"]) + "\n" + mark.join(["R1", "P1", "CT"]) + "\n"
    assert rows(text) == [(2, ["R1", "P1", "CT"])]


def test_a_full_width_header_over_plain_rows() -> None:
    """Someone typed the header with a Chinese keyboard; the rows from the system have plain commas."""
    assert rows("申请编号，患者编号，检查项目\nR1,P1,头颅，平扫\n") == [(2, ["R1", "P1", "头颅，平扫"])]


def test_a_sep_line_is_obeyed() -> None:
    """Excel's own first line sep=; is no header."""
    assert rows("sep=;\r\nid;patient;examination\r\nR1;P1;a,b\r\n")[0][1] == ["R1", "P1", "a,b"]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    """A note of two lines in one cell is one row; an empty line is a row too."""
    assert rows(HEADER + '\nR1,"two\nlines",CT\n\nR3,P3,CT\n') == [
        (2, ["R1", "two\nlines", "CT"]),
        (4, ["R3", "P3", "CT"]),
    ]


def test_a_title_above_the_header_is_passed_over() -> None:
    """Printed lists begin with the hospital's name; the header is the row that names the columns."""
    sheet = read_csv("a.csv", "某某医院检查申请表,,\n申请编号,患者编号,检查项目\nR1,P1,CT\n".encode(), "requests")
    assert (sheet.header_row, sheet.header) == (2, ("申请编号", "患者编号", "检查项目"))
    assert [number for number, _ in sheet.rows] == [3]


def test_a_broken_quote_costs_one_row() -> None:
    """A stray quote mark sets one row aside and names it; the next row is read."""
    sheet = read_csv("a.csv", (HEADER + '\nR1,"a"b,CT\nR2,P2,CT\n').encode(), "requests")
    assert [(broken.row, broken.text_id, broken.found) for broken in sheet.broken] == [(2, "csv_row", 'R1,"a"b,CT')]
    assert [cells[0] for _, cells in sheet.rows] == ["R2"]


def test_a_quote_that_never_closes_is_told() -> None:
    """An open quote swallows the rest of the file: that is said, never passed over."""
    sheet = read_csv("a.csv", (HEADER + '\nR1,P1,CT\nR2,"open,CT\nR3,P3,CT\n').encode(), "requests")
    assert [(broken.row, broken.text_id, broken.found) for broken in sheet.broken] == [
        (3, "closing_quote", 'R2,"open,CT')
    ]
    assert [cells[0] for _, cells in sheet.rows] == ["R1"]


def test_too_much_is_refused() -> None:
    """A file of more than 25 MB, or of endless rows, is refused before it is worked on."""
    with pytest.raises(BadInput, match="26 MB; at most 25 MB"):
        read_csv("a.csv", b"x" * (MAX_BYTES + 1_000_000), "requests")
    with pytest.raises(BadInput, match="more than 200000 rows"):
        read_csv("a.csv", b"id,patient\n" + b"\n" * MAX_ROWS, "requests")


def test_an_empty_file_is_said_to_be_empty() -> None:
    """Nothing in it: say so."""
    with pytest.raises(BadInput, match="is empty"):
        read_csv("a.csv", b"\n \n", "requests")
