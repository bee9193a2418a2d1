"""A dialysis folder or workbook: what is written is read again, Chinese headings and words too, and a bad row is set aside by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from hospital.dialysis import DialysisSite
from hospital.errors import BadInput, BadSettings
from hospital.plans import Appointment, AppointmentStatus, Booking
from hospital.requests import Mobility
from intake.areas import files_of
from intake.dialysis import read_settings
from intake.excel_export import SheetOut, workbook
from intake.export import table_rows, write_site
from intake.fields import label
from intake.folder import read_site
from intake.schema import tables_of
from intake.templates import template_xlsx
from intake.upload import guess_kind, read_table
from simulations.dialysis.unit import unit


def small() -> DialysisSite:
    """Six stations and thirty patients."""
    return unit(4, num_stations=6, num_patients=30)


def promised(site: DialysisSite) -> Booking:
    """The first patient's session on the first Monday, late and locked."""
    first = site.settings.first_day
    zone = files_of("dialysis").read_settings(b"").timezone
    sheet = f"request,session,resource,start,end,is_locked,status,late_min\nP001,20260601,S01,{first} 07:00,{first} 11:00,yes,late,25\n"
    rows = read_table("booked_dialysis", "booked.csv", sheet.encode(), settings=site.settings).rows
    assert zone == site.settings.timezone
    found = rows[0]
    assert isinstance(found, Booking)
    return found


def test_a_unit_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Nothing of a unit and of what is booked there is lost on the way to files and back."""
    site = DialysisSite(**{**{name: getattr(small(), name) for name in small().__dataclass_fields__}})
    site = type(site)(**{**vars(site), "bookings": (promised(site),)})
    write_site(tmp_path, site, "dialysis")
    batch = read_site(tmp_path, area="dialysis")
    assert batch.value == site
    assert batch.refused == ()
    booking = batch.value.bookings[0]
    assert isinstance(booking.appointment, Appointment)
    assert (booking.is_locked, booking.status, booking.late_min) == (True, AppointmentStatus.LATE, 25)


def test_a_chinese_workbook_is_the_same_unit(tmp_path: Path) -> None:
    """One workbook with Chinese sheet names and headings beside the settings gives the unit that the folder gives."""
    site = small()
    write_site(tmp_path / "csv", site, "dialysis")
    sheets = [
        SheetOut(
            name=table.aliases[0],
            header=tuple(label(kind, name, "zh") for name in table.names),
            rows=table_rows(kind, getattr(site, table.attribute)),
        )
        for kind, table in tables_of("dialysis").items()
    ]
    place = tmp_path / "book"
    place.mkdir()
    (place / "unit.xlsx").write_bytes(workbook(sheets, is_text_only=True))
    (place / "site.toml").write_bytes((tmp_path / "csv" / "site.toml").read_bytes())
    batch = read_site(place, area="dialysis")
    assert batch.refused == ()
    assert batch.value == site


def test_chinese_words_mean_the_same(tmp_path: Path) -> None:
    """A nurse's own list in Chinese is read: zone, shift, weekdays, mobility, yes and no."""
    head = "患者编号,每周次数,透析时长（分钟）,透析日,固定班次,固定机位,分区,血液透析滤过,行动方式,接送组,病情不稳,新患者\n"
    rows = "T7,3,4小时,周一 周三 周五,早班,J3,乙肝,是,轮椅,,否,是\nT8,2,210,周二、周六,夜班,,丙肝,否,平车,甲组,是,否\n"
    batch = read_table("patients", "患者.csv", (head + rows).encode("gb18030"), settings=small().settings)
    first, second = batch.rows
    assert (first.pattern, first.shift, first.zone, first.is_hdf, first.session_min) == (
        (0, 2, 4), "morning", "HBV", True, 240,
    )  # fmt: skip
    assert (second.pattern, second.shift, second.zone, second.mobility) == ((1, 5), "evening", "HCV", Mobility.BED)
    assert (first.is_new, second.is_unstable) == (True, True)
    assert guess_kind("名单.csv", (head + rows).encode(), "dialysis") == "patients"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("P999,3,240,Mo Wed,,,clean", "pattern"),
        ("P999,3,240,Mon Wed,,,clean", "pattern"),
        ("P999,9,240,,,,clean", "per_week"),
        ("P999,3,5,,,,clean", "session_min"),
        ("P999,3,240,,,S99,clean", "station"),
        ("P001,3,240,,,,clean", "id"),
    ],
)
def test_a_bad_row_is_set_aside_and_named(tmp_path: Path, row: str, field: str) -> None:
    """A patient who is to come on 'Mo', three times on two days or on a station there is not is set aside by row and column; the others are
    read."""
    write_site(tmp_path, small(), "dialysis")
    (tmp_path / "patients.csv").write_text(
        f"id,per_week,session_min,pattern,shift,station,zone\nP001,3,240,,,,clean\n{row}\n", encoding="utf-8"
    )
    batch = read_site(tmp_path, area="dialysis")
    assert [patient.id for patient in batch.value.patients] == ["P001"]
    found = [(line.file, line.row, line.field) for line in batch.refused if line.file == "patients.csv"]
    assert found == [("patients.csv", 3, field)]
    assert "3" in batch.refused[0].sentence("zh")


def test_a_row_against_itself_is_set_aside(tmp_path: Path) -> None:
    """An absence that ends before it begins and a closure of no length are refused; a shift ends after it begins."""
    settings = small().settings
    absence = read_table(
        "absences", "a.csv", b"patient,first_day,last_day\nP1,2026-06-05,2026-06-04\n", settings=settings
    )
    closure = b"resource,start,end\nS1,2026-06-05 08:00,2026-06-05 08:00\n"
    closed = read_table("station_closures", "c.csv", closure, settings=settings)
    shift = read_table("unit_shifts", "s.csv", b"name,weekday,from,to\nearly,Mon,12:00,08:00\n", settings=settings)
    assert [batch.refused[0].field for batch in (absence, closed, shift)] == ["last_day", "end", "to"]


def test_what_cannot_work_is_told(tmp_path: Path) -> None:
    """A patient whom no station suits and a closure of nothing are read, but a person is told."""
    site = small()
    write_site(tmp_path, site, "dialysis")
    (tmp_path / "patients.csv").write_text("id,zone\nP001,COVID\n", encoding="utf-8")
    (tmp_path / "closures.csv").write_text("resource,start,end\nS99,2026-06-05,2026-06-06\n", encoding="utf-8")
    told = {warned.text_id for warned in read_site(tmp_path, area="dialysis").warnings}
    assert {"no_station", "no_such_station"} <= told


def test_settings_that_mean_nothing_are_refused_by_name() -> None:
    """An unknown setting, a zone of no place and a ratio of nought are named."""
    for text in (
        b"nurse_ratio = 4",
        b'timezone = "Mars"',
        b"ratio = 0",
        b'first_day = "June"',
        b"[weights]\nshift = true",
    ):
        with pytest.raises(BadSettings):
            read_settings(text)


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    """Without any table there is no unit."""
    with pytest.raises(BadInput):
        read_site(tmp_path, area="dialysis")


def test_the_template_has_a_sheet_for_each_table(tmp_path: Path) -> None:
    """The template comes back empty: its meanings and examples are skipped."""
    (tmp_path / "unit.xlsx").write_bytes(template_xlsx("zh", area="dialysis"))
    batch = read_site(tmp_path, area="dialysis")
    assert batch.refused == ()
    assert batch.value == DialysisSite()
