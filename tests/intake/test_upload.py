from __future__ import annotations

import pytest

from hospital.errors import BadInput
from hospital.sites import ImagingSite, SiteSettings
from intake.export import table_csv, table_rows
from intake.header import Fit
from intake.schema import TABLES
from intake.upload import guess_kind, read_table
from tests.intake.sites import GOOD_ROW, at, request_csv

SETTINGS = SiteSettings()


def test_a_chinese_file_is_understood_without_help() -> None:
    """The hospital's own headings and words, in GB18030 as its system writes them."""
    text = (
        "申请单号,病人编号,检查项目,就诊类型,申请科室,开单时间,最早时间,转运方式,是否隔离\n"
        "0012,P7,CT-HEAD,急诊,急诊科,2026年3月1日 16:20,2026/3/2,平车,是\n"
    )
    batch = read_table("requests", "门诊申请.csv", text.encode("gb18030"), settings=SETTINGS)
    assert (batch.missing, batch.refused, batch.warnings) == ((), (), ())
    request = batch.rows[0]
    assert (request.id, request.rclass, request.mobility, request.is_isolated) == ("0012", "emergency", "bed", True)
    assert (request.ward, request.requested, request.earliest) == ("急诊科", at(1, 16, 20), at(2, 0))


def test_times_without_offset_are_the_sites_own() -> None:
    """A hospital in another zone reads its own wall clock."""
    batch = read_table("requests", "a.csv", request_csv([GOOD_ROW]), settings=SiteSettings(timezone="Asia/Urumqi"))
    assert batch.rows[0].earliest == at(2, 10)


def test_five_rows_are_shown_beside_their_columns() -> None:
    """The person who maps the columns sees what stands in them."""
    rows = [[f"R{number}", *GOOD_ROW[1:]] for number in range(7)]
    batch = read_table("requests", "a.csv", request_csv(rows), settings=SETTINGS)
    assert [row[0] for row in batch.sample_rows] == ["R0", "R1", "R2", "R3", "R4"]
    assert [(column.field, column.fit) for column in batch.columns][:2] == [("id", Fit.EXACT), ("patient", Fit.EXACT)]
    assert (batch.num_rows, len(batch.rows)) == (7, 7)


def test_a_file_without_a_needed_column_waits_for_a_person() -> None:
    """Nothing is read while the patient column is unknown; with the person's choice all is read, and the choice can be kept."""
    content = request_csv([GOOD_ROW], header="id,whoever,examination,class,requested,earliest")
    batch = read_table("requests", "a.csv", content, settings=SETTINGS)
    assert (batch.is_readable, batch.missing, batch.rows, batch.refused) == (False, ("patient",), (), ())
    assert batch.sample_rows[0] == tuple(GOOD_ROW)
    chosen = {**batch.mapping, "whoever": "patient"}
    again = read_table("requests", "a.csv", content, settings=SETTINGS, mapping=chosen)
    assert [request.patient for request in again.rows] == ["P1"]
    next_file = read_table("requests", "b.csv", content, settings=SETTINGS, mapping=again.mapping)
    assert next_file.rows == again.rows


def test_columns_that_are_not_read_are_told() -> None:
    """A column nobody asked for is not dropped in silence."""
    content = request_csv([[*GOOD_ROW, "x"]], header="id,patient,examination,class,requested,earliest,胶片")
    batch = read_table("requests", "a.csv", content, settings=SETTINGS)
    assert [warned.text_id for warned in batch.warnings] == ["columns_not_read"]
    assert "胶片" in batch.warnings[0].sentence("zh")


def test_two_columns_of_one_name_can_be_told_apart() -> None:
    """The second of two columns 备注 gets a number, so that a person can choose it; a nameless column with cells is told."""
    header = "id,patient,examination,class,requested,earliest,备注,备注,,"
    content = request_csv([[*GOOD_ROW, "x", "W7", "", ""]], header=header)
    batch = read_table("requests", "a.csv", content, settings=SETTINGS, mapping={"备注 (2)": "ward"})
    assert [column.heading for column in batch.columns][6:] == ["备注", "备注 (2)"]
    assert batch.rows[0].ward == "W7"
    content = request_csv([[*GOOD_ROW, "", "W7"]], header="id,patient,examination,class,requested,earliest,,ward")
    assert read_table("requests", "a.csv", content, settings=SETTINGS).warnings == ()
    content = request_csv([[*GOOD_ROW, "y", "W7"]], header="id,patient,examination,class,requested,earliest,,ward")
    told = read_table("requests", "a.csv", content, settings=SETTINGS)
    assert [warned.values["columns"] for warned in told.warnings] == ["#7"]
    assert told.rows[0].ward == "W7"


def test_references_are_checked_against_the_known_site(site: ImagingSite) -> None:
    """A request for an examination the catalogue does not have is refused; without a site nobody can tell."""
    content = request_csv([GOOD_ROW, ["R2", "P2", "PET-X", *GOOD_ROW[3:]]])
    assert [row.found for row in read_table("requests", "a.csv", content, settings=SETTINGS, known=site).refused] == [
        "PET-X"
    ]
    assert len(read_table("requests", "a.csv", content, settings=SETTINGS).rows) == 2


def test_requests_no_scanner_can_take_are_told_at_upload(site: ImagingSite) -> None:
    """The clerk hears at once that no scanner supports sedation."""
    content = request_csv([[*GOOD_ROW, "是"]], header="id,patient,examination,class,requested,earliest,镇静")
    batch = read_table("requests", "a.csv", content, settings=SETTINGS, known=site)
    assert [warned.text_id for warned in batch.warnings] == ["no_scanner_sedated"]
    assert len(batch.rows) == 1


@pytest.mark.parametrize("kind", TABLES)
def test_the_kind_of_a_file_is_guessed(kind: str, site: ImagingSite) -> None:
    """A file with any name is known by its headings."""
    table = TABLES[kind]
    content = table_csv(table.names, table_rows(kind, getattr(site, table.attribute))).encode()
    assert guess_kind("export (3).csv", content) == kind
    assert guess_kind(f"C:\\files\\{table.aliases[0]}.csv", b"x") == kind


def test_what_cannot_be_guessed_is_not() -> None:
    """Columns of nothing we know, or of two tables at once, are left to the person."""
    assert guess_kind("a.csv", b"apples,pears\n1,2\n") is None
    assert guess_kind("a.csv", b"scanner,weekday,from,to\nCT1,Mon,08:00,12:00\n") is None


def test_an_unknown_kind_is_refused() -> None:
    """Asking for a table that does not exist names those that do."""
    with pytest.raises(BadInput, match=r"no kind of table beds\. Known kinds: scanners"):
        read_table("beds", "a.csv", b"id\n1\n", settings=SETTINGS)
