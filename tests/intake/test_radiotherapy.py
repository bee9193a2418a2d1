"""A radiotherapy department read from its folder or workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hospital.errors import BadInput
from hospital.plans import AppointmentStatus
from hospital.radiotherapy import LinacHours, RadiotherapySite
from hospital.texts import LANGUAGES
from intake.excel_export import SheetOut, workbook
from intake.export import table_rows, write_site
from intake.fields import label
from intake.folder import read_site
from intake.schema import tables_of
from intake.templates import template_xlsx
from intake.upload import guess_kind, read_table

SAMPLE = Path(__file__).parents[2] / "data_samples" / "radiotherapy"


@pytest.fixture(scope="module")
def site() -> RadiotherapySite:
    """The shipped sample."""
    batch = read_site(SAMPLE, area="radiotherapy")
    assert batch.refused == ()
    found: RadiotherapySite = batch.value
    return found


def test_the_sample_is_read_whole_and_written_back_equal(tmp_path: Path, site: RadiotherapySite) -> None:
    """Nothing is lost between the files and what the planner works with."""
    assert (len(site.linacs), len(site.protocols)) == (4, 12)
    write_site(tmp_path, site, "radiotherapy")
    assert read_site(tmp_path, area="radiotherapy").value == site
    for file in tmp_path.iterdir():
        assert file.read_bytes() == (SAMPLE / file.name).read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_in_either_language_is_the_same_department(
    tmp_path: Path, site: RadiotherapySite, language: str
) -> None:
    """One workbook with sheets and headings in the hospital's words beside the settings gives what the folder gives."""
    sheets = [
        SheetOut(
            name=table.aliases[0] if language == "zh" else table.file_name,
            header=tuple(label(kind, name, language) for name in table.names),
            rows=table_rows(kind, getattr(site, table.attribute)),
        )
        for kind, table in tables_of("radiotherapy").items()
    ]
    (tmp_path / "department.xlsx").write_bytes(workbook(sheets, is_text_only=True))
    (tmp_path / "site.toml").write_bytes((SAMPLE / "site.toml").read_bytes())
    batch = read_site(tmp_path, area="radiotherapy")
    assert batch.refused == ()
    assert batch.value == site


def test_a_hospital_s_own_words_are_understood() -> None:
    """Chinese headings, codes and weekdays; hours of one Saturday; a session nobody came to."""
    settings = read_site(SAMPLE, area="radiotherapy").value.settings
    linacs = read_table(
        "linacs", "加速器.csv", "加速器编号,技术,束流匹配组\n1号机,调强 容积调强,甲\n".encode(), settings=settings
    )
    assert (linacs.rows[0].techniques, linacs.rows[0].matched) == (frozenset({"IMRT", "VMAT"}), "甲")
    hours = read_table(
        "linac_hours",
        "hours.csv",
        "设备,weekdays,日期,开始,结束\nLA1,周一至周五,,8:00,15:30\nLA1,,2026-06-06,08:00,10:00\n".encode(),
        settings=settings,
    )
    assert [row.weekday for row in hours.rows] == [0, 1, 2, 3, 4, None]
    assert hours.rows[-1] == LinacHours(linac="LA1", day=hours.rows[-1].day, from_min=480, to_min=600)
    booked = read_table(
        "booked_sessions",
        "booked.csv",
        "疗程编号,第几次,加速器编号,开始时间,结束时间,状态\nC-1,3,LA1,2026-06-01 09:00,2026-06-01 09:15,爽约\n".encode(),
        settings=settings,
    )
    assert booked.rows[0].status is AppointmentStatus.NO_SHOW


@pytest.mark.parametrize(
    ("kind", "line", "field"),
    [
        ("courses", "C-9,P-9,NO-SUCH,2026-06-01,,,,,,no", "protocol"),
        ("courses", "C-9,P-9,BONE-1,tomorrow,,,,,,no", "requested"),
        ("courses", "C-9,P-9,BONE-1,2026-06-01,,,,11:30-08:00,,no", "hours"),
        ("courses", "C-0504,P-9,BONE-1,2026-06-01,,,,,,no", "id"),
        ("courses", "C-9,,BONE-1,2026-06-01,,,,,,no", "patient"),
        ("protocols", "X,4,1,20,20,,,,,,,,,,", "priority"),
        ("protocols", "X,1,1,20,20,,,,,Someday,,,,,", "start_weekdays"),
        ("protocols", "X,1,1,20,20,4,3,,,,,,,,", "most_a_week"),
        ("protocols", "X,1,1,20,20,,,,,,,,,LA1 LA9,", "allowed"),
        ("protocols", "X,1,1,20,20,,,,,,,,,LA1,LA2", "preferred"),
        ("hours", "LA9,Mon,,08:00,15:30", "linac"),
        ("hours", "LA1,Mon,,15:30,08:00", "to"),
        ("closures", "LA1,2026-06-12T08:00,2026-06-12T07:00,QA", "end"),
    ],
)
def test_a_row_that_cannot_be_read_is_set_aside_and_the_others_go_on(
    tmp_path: Path, site: RadiotherapySite, kind: str, line: str, field: str
) -> None:
    """Whoever made a slip in one row hears file, row and column; the rest of the department is there."""
    write_site(tmp_path, site, "radiotherapy")
    path = tmp_path / f"{kind}.csv"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    batch = read_site(tmp_path, area="radiotherapy")
    num_rows = len(path.read_text(encoding="utf-8").splitlines())
    assert [(row.file, row.row, row.field) for row in batch.refused] == [(f"{kind}.csv", num_rows, field)]
    for language in LANGUAGES:
        assert f"{kind}.csv" in batch.refused[0].sentence(language)
    assert len(batch.value.courses) == len(site.courses)


def test_a_file_without_its_columns_is_refused_as_a_whole(tmp_path: Path, site: RadiotherapySite) -> None:
    """A list of linacs without ids is no list of linacs."""
    write_site(tmp_path, site, "radiotherapy")
    (tmp_path / "linacs.csv").write_text("name,site\nA,main\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"linacs\.csv"):
        read_site(tmp_path, area="radiotherapy")


def test_what_cannot_work_is_told_though_it_is_read(tmp_path: Path, site: RadiotherapySite) -> None:
    """A linac without hours, a protocol nobody can give, a course after one that is not there, a patient named openly."""
    odd = replace(
        site,
        hours=tuple(row for row in site.hours if row.linac != "LA4"),
        protocols=(*site.protocols, replace(site.protocols[0], id="PROTON", energies=frozenset({"230P"}))),
        courses=(*site.courses, replace(site.courses[-1], id="C-9", patient="王小明", follows="C-0")),
    )
    write_site(tmp_path, odd, "radiotherapy")
    told = {warned.text_id for warned in read_site(tmp_path, area="radiotherapy").warnings}
    assert told == {"linac_never_open", "no_linac", "follows_nobody", "not_pseudonym"}


def test_a_template_comes_back_empty_and_files_are_known_by_their_headings() -> None:
    """What is downloaded can be uploaded again; a file of courses is known as one."""
    assert template_xlsx("zh", area="radiotherapy")
    rows = "疗程编号,患者编号,治疗方案,申请日期\nC-1,P-1,BONE-1,2026-06-01\n".encode()
    assert guess_kind("export-0601.csv", rows, "radiotherapy") == "courses"
