from __future__ import annotations

from hospital.sites import SiteSettings
from hospital.texts import LANGUAGES
from intake.quarantine import RefusedRow, Warned
from intake.upload import TableBatch, read_table
from tests.intake.sites import GOOD_ROW, at, request_csv


def read(kind: str, text: str) -> TableBatch:
    return read_table(kind, f"{kind}.csv", text.encode(), settings=SiteSettings())


def refusals(batch: TableBatch) -> list[tuple[int, str, str, str]]:
    return [(row.row, row.field, row.text_id, row.found) for row in batch.refused]


def test_good_rows_go_on_beside_bad_ones() -> None:
    """One wrong class does not keep the others waiting, and is told with its place."""
    rows = [GOOD_ROW, ["R2", "P2", "CT-HEAD", "VIP", *GOOD_ROW[4:]], ["R3", *GOOD_ROW[1:]]]
    batch = read_table("requests", "a.csv", request_csv(rows), settings=SiteSettings())
    assert [request.id for request in batch.rows] == ["R1", "R3"]
    assert refusals(batch) == [(3, "class", "code", "VIP")]
    assert batch.refused[0].sentence("en") == (
        "a.csv, row 3, class: expected one of emergency, inpatient, outpatient, check_up; found VIP."
    )
    assert (
        batch.refused[0].sentence("zh") == "a.csv 第 3 行，患者类别：应为以下之一：急诊、住院、门诊、体检，实际为 VIP。"
    )


def test_of_two_rows_with_one_id_the_later_is_refused() -> None:
    """The first row stands; the second names the row that was there before."""
    batch = read_table("requests", "a.csv", request_csv([GOOD_ROW, GOOD_ROW]), settings=SiteSettings())
    assert len(batch.rows) == 1
    assert refusals(batch) == [(3, "id", "new_key", "R1")]
    assert batch.refused[0].values["row"] == 2


def test_an_id_of_a_refused_row_is_still_free() -> None:
    """A corrected copy of a bad row in the same file is taken."""
    bad = ["R1", "P1", "CT-HEAD", "VIP", *GOOD_ROW[4:]]
    batch = read_table("requests", "a.csv", request_csv([bad, GOOD_ROW]), settings=SiteSettings())
    assert [request.id for request in batch.rows] == ["R1"]
    assert [row.row for row in batch.refused] == [2]


def test_an_empty_required_cell_is_refused() -> None:
    """A request without a patient cannot be planned."""
    batch = read_table("requests", "a.csv", request_csv([["R1", " ", *GOOD_ROW[2:]]]), settings=SiteSettings())
    assert refusals(batch) == [(2, "patient", "value", "")]
    assert "found nothing" in batch.refused[0].sentence()


def test_cut_and_overlong_rows_are_refused() -> None:
    """A row cut off by a broken transfer, or one cell too long, is set aside whole."""
    batch = read_table(
        "requests", "a.csv", request_csv([GOOD_ROW[:5], [*GOOD_ROW, "x"], [*GOOD_ROW, ""]]), settings=SiteSettings()
    )
    assert refusals(batch) == [(2, "", "cells", "5"), (3, "", "cells", "7")]
    assert len(batch.rows) == 1


def test_impossible_orders_are_refused() -> None:
    """Latest before earliest, p90 under the median, an end before its start: none of them is put right silently."""
    header = "id,patient,examination,class,requested,earliest,target,latest\n"
    common = "P1,CT,门诊,2026-03-01,2026-03-05 08:00"
    batch = read(
        "requests",
        f"{header}R1,{common},,2026-03-04\nR2,{common},2026-03-05 07:59,\nR3,{common},2026-03-05,2026-03-05\n",
    )
    assert refusals(batch) == [
        (2, "latest", "not_before", "2026-03-04"),
        (3, "target", "not_before", "2026-03-05 07:59"),
    ]
    assert batch.refused[0].values["limit"] == "2026-03-05T08:00+08:00"
    assert [request.latest for request in batch.rows] == [at(6, 0)]
    catalogue = read("examinations", "id,modality,median_min,p90_min\nA,CT,20,15\nB,CT,20,\n")
    assert refusals(catalogue) == [(2, "p90_min", "at_least", "15")]
    assert [(entry.median_min, entry.p90_min) for entry in catalogue.rows] == [(20, 20)]
    closures = read("closures", "scanner,start,end\nCT1,2026-03-03 12:00,2026-03-03 12:00\nCT1,2026-03-03,2026-03-03\n")
    assert [(row.row, row.field) for row in closures.refused] == [(2, "end")]
    assert closures.rows[0].end == at(4, 0)


def test_hours_name_weekdays_or_a_date() -> None:
    """A row of hours for no day, or for both a weekday and a date, is refused; Mon-Wed is three windows."""
    batch = read(
        "opening",
        "scanner,weekday,day,from,to,is_extra\n"
        "CT1,Mon-Wed,,08:00,12:30,\nCT1,,,08:00,12:00,\nCT1,Mon,2026-03-04,08:00,12:00,\n"
        "CT1,Mon,,20:00,08:00,\nCT1,Mon,,08:00,12:00,yes\n",
    )
    assert [(window.weekday, window.to_min) for window in batch.rows] == [(0, 750), (1, 750), (2, 750)]
    assert [(row.row, row.field, row.text_id) for row in batch.refused] == [
        (3, "weekday", "weekday_or_day"),
        (4, "weekday", "weekday_or_day"),
        (5, "to", "after_time"),
        (6, "is_extra", "extra_needs_day"),
    ]


def test_found_is_short_and_safe_to_show() -> None:
    """A cell with a whole novel or with hidden control characters does not spoil the page."""
    nasty = "VIP\u202e\x1b[31m" + "x" * 5000
    batch = read_table(
        "requests", "a.csv", request_csv([["R1", "P1", "CT", nasty, *GOOD_ROW[4:]]]), settings=SiteSettings()
    )
    found = batch.refused[0].found
    assert len(found) == 80
    assert found.isprintable()
    assert found.startswith("VIP\ufffd\ufffd[31mxxx")


def test_refusals_and_warnings_can_be_kept() -> None:
    """What was refused today can be shown tomorrow: it survives being stored."""
    rows = [["R1", "P1", "CT-HEAD", "VIP", *GOOD_ROW[4:]]]
    refused = read_table("requests", "a.csv", request_csv(rows), settings=SiteSettings()).refused[0]
    assert RefusedRow(**refused.as_dict()) == refused
    warned = Warned(file="a.csv", text_id="never_open", values={"scanner": "CT1"})
    assert Warned(**warned.as_dict()) == warned
    for language in LANGUAGES:
        assert "CT1" in warned.sentence(language)


def test_a_word_of_the_file_is_never_taken_for_one_of_ours() -> None:
    """A cell or heading that looks like the id of a text stays what it is."""
    content = request_csv([[*GOOD_ROW, "x"]], header="id,patient,examination,class,requested,earliest,intake.nothing")
    batch = read_table("requests", "a.csv", content, settings=SiteSettings())
    assert "intake.nothing" in batch.warnings[0].sentence("en")
