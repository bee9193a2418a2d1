"""The year of radiotherapy: played on a tiny folder of our own, and judged by code that knows no planner."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks.command import bench
from benchmarks.radiotherapy import run, write_plan
from benchmarks.radiotherapy_baselines import book_on_request, static_reserve
from benchmarks.radiotherapy_check import check, next_working
from benchmarks.radiotherapy_data import READINGS, read_year
from benchmarks.radiotherapy_play import plan_rows, play

HEAD = (
    "RTTreatment,Priority,Time slot at start RT (min),Machine time (min),"
    "Minimum number of fractions per week,Minimum number of days for pre-treatment,M1,M2,M3,M4,M10,M9,M5,M6,M7,M8"
)
ARRIVALS = (
    "PatientID,CourseID,CreationDate,RTTreatment,NoFractions,SessionTimeFirst,SessionTimeSecond,"
    "HasSequentialTreatment,FollowsCourseID,SitePref"
)
BOOKED = (
    "PatientID,CourseID,CreationDate,MachineID,SessionNum,NoFractions,SessionTime,"
    "Start time of appointment,End time of appointment,RTTreatment"
)
ONLY_TWO = "1,0" + ",-1" * 8


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two linacs, an urgent and a calm protocol, one written in words; a month of requests."""
    (tmp_path / "protocols.csv").write_text(
        f"{HEAD}\nurgent,1,30,20,3,1,{ONLY_TWO}\ncalm,3,40,30,4,5,{ONLY_TWO}\nwords,2,40,30,one-off,soon,{ONLY_TWO}\n"
    )
    rows, day = [], date(2020, 1, 2)
    for at in range(60):
        kind, num = (("urgent", 3), ("calm", 9), ("words", 5))[at % 3]
        follows = 1000 + at - 3 if at in (7, 10) else ""
        rows.append(f"{at},{1000 + at},{day} 00:00:00,{kind},{num},40,30,0,{follows},S1")
        day = next_working(day + timedelta(days=at % 2))
    (tmp_path / "arrivals_2020_h1.csv").write_text("\n".join([ARRIVALS, *rows]) + "\n")
    (tmp_path / "booked_from_2019.csv").write_text(
        f"{BOOKED}\n7,77,2019-12-20 00:00:00,M1,5,9,120,2020-01-06 08:00:00.000,2020-01-06 10:00:00.000,calm\n"
    )
    return tmp_path


def test_a_played_year_keeps_every_rule_and_repeats(folder: Path) -> None:
    """Every course is answered on its day, the independent check finds nothing, and a second run gives the same plan."""
    year = read_year(folder)
    played = play(year, 200)
    rows = list(plan_rows(played, year))
    found = check(folder, folder / "arrivals_2020_h1.csv", rows, 200)
    assert (found.breaches, played.unplaced, len(found.all_waits)) == ([], (), 60)
    assert list(plan_rows(play(year, 200), year)) == rows


def test_nothing_of_the_next_days_is_known(folder: Path) -> None:
    """Without the requests of the second half, those of the first half are answered the same."""
    year = read_year(folder)
    half = type(year)(protocols=year.protocols, booked=year.booked, courses=year.courses[:30])
    known = {row.id for row in half.courses}
    whole = [row for row in plan_rows(play(year, 200), year) if row[0] in known]
    assert whole == list(plan_rows(play(half, 200), half))


def test_every_kind_of_breach_is_found(folder: Path) -> None:
    """Whoever tampers with a plan is told what is wrong with it."""
    year, arrivals = read_year(folder), folder / "arrivals_2020_h1.csv"
    rows = list(book_on_request(year, 200))
    assert check(folder, arrivals, rows, 200).breaches == []

    def told(at: int, **new: object) -> str:
        name, session, linac, day = rows[at]
        changed = (new.get("name", name), new.get("session", session), new.get("linac", linac), new.get("day", day))
        return " ".join(check(folder, arrivals, [*rows[:at], changed, *rows[at + 1 :]], 200).breaches)  # type: ignore[list-item]

    first = next(at for at, row in enumerate(rows) if row[0] == "1001" and row[1] == 1)
    assert "not possible before" in told(first, day=date(2020, 1, 3))
    assert "closed day" in told(first + 2, day=date(2020, 1, 11))
    assert "on ['M1', 'M2']" in told(first + 2, linac="M2" if rows[first][2] == "M1" else "M1")
    assert "not allowed" in told(first + 2, linac="M3")
    assert "to 12, of 9" in told(first + 2, session=3 + 9)
    assert "not one session a day" in told(first + 2, day=rows[first + 1][3])
    assert "in the week of" in told(first + 8, day=date(2020, 3, 2))
    assert "minutes" in " ".join(check(folder, arrivals, rows, 60).breaches)


def test_the_reserve_keeps_minutes_from_those_who_can_wait(folder: Path) -> None:
    """With a reserve as large as the day nobody but the urgent begins before their target is past."""
    year = read_year(folder)
    rows = static_reserve(year, 200, (200, 200))
    found = check(folder, folder / "arrivals_2020_h1.csv", rows, 200)
    assert min(found.waits[3]) > 14
    assert min(found.waits[1]) == 0


def test_words_for_numbers_are_read_and_reported(folder: Path) -> None:
    """A protocol in words is planned with three a week and seven days at least, and the report says how it was read."""
    row = read_year(folder).protocols["words"]
    assert (row.least_a_week, row.preparation_days) == (3, 7)
    assert READINGS["one-off"][1] in row.reading
    report = run(folder, minutes=200)
    assert report.faults == ()
    free_text = report.rows[0]
    assert (free_text.name, free_text.ours) == ("radiotherapy_free_text", 1)


def test_a_plan_is_written_as_it_is_asked_for(tmp_path: Path) -> None:
    """A row a session: course, session, machine, day."""
    write_plan(tmp_path / "plan.csv", [("1", 1, "M3", date(2020, 2, 3))])
    assert (tmp_path / "plan.csv").read_text().splitlines() == ["course_id,session,machine,day", "1,1,M3,2020-02-03"]


def test_another_file_and_day_length_are_played_by_the_command(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--arrivals`` and ``--minutes`` reach the play; what the folder's own file has from before is learned from only."""
    lines = (folder / "arrivals_2020_h1.csv").read_text().splitlines()
    later = tmp_path / "later.csv"
    later.write_text("\n".join([lines[0], *lines[40:]]) + "\n")
    year = read_year(folder, later)
    assert (len(year.courses), len({row.id for row in year.before} & {row.id for row in year.courses})) == (21, 0)
    assert len(year.before) > 30
    out = tmp_path / "plan.csv"
    assert bench("radiotherapy", data=folder, arrivals=later, minutes=200, out=out, as_json=True) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["name"] for row in rows} >= {"radiotherapy_other_late", "radiotherapy_other_wait"}
    assert {line.split(",")[0] for line in out.read_text().splitlines()[1:]} == {row.id for row in year.courses}
