from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.mri import broken
from benchmarks.mri_month import (
    TYPES,
    Booked,
    Call,
    figures,
    fixed_slots,
    next_working_day,
    play,
    read_calls,
    working_days,
)
from benchmarks.mri_ours import Diary, answers

FRIDAY = date(2026, 7, 10)
MONDAY = date(2026, 7, 13)


def moment(day: int, minute: int) -> datetime:
    return datetime.combine(date(2026, 7, day), time(minute // 60, minute % 60))


def calls(*rows: tuple[int, int, float, int]) -> tuple[Call, ...]:
    """(day of July, minute of the day, true minutes, type)."""
    return tuple(Call(moment(day, minute), TYPES[kind - 1], true) for day, minute, true, kind in rows)


def test_the_file_is_read_in_order_of_the_calls(tmp_path: Path) -> None:
    """Hours with decimals become times of day, scan hours become minutes."""
    text = '"Date","Time","Duration","PatientType"\n2026-07-10,12.5,0.5,"Type 2"\n2026-07-10,8.25,0.4,"Type 1"\n'
    (tmp_path / "scan_records.csv").write_text(text, encoding="utf-8")
    first, second = read_calls(tmp_path)
    assert (first.at, first.kind) == (moment(10, 495), "Type 1")
    assert (second.at.hour, second.true_min) == (12, 30.0)


def test_a_weekend_is_not_waited() -> None:
    """Who calls on Friday and comes on Monday has waited one working day."""
    assert next_working_day(FRIDAY) == MONDAY
    assert working_days(FRIDAY, MONDAY) == 1
    assert working_days(date(2026, 7, 9), MONDAY) == 2


def test_a_scan_begins_when_the_one_before_is_done() -> None:
    """A scan of 40 minutes in a slot of 30 makes the next patient wait ten minutes, unless the other scanner is free."""
    one, two, late = calls((10, 500, 40.0, 1), (10, 510, 20.0, 1), (10, 520, 35.0, 2))
    booked = (Booked(one, MONDAY, "A", 480), Booked(two, MONDAY, "A", 510), Booked(late, MONDAY, "B", 1010))
    found = figures(play(booked))
    assert found.past == pytest.approx(10 / 3)
    assert found.over == pytest.approx((0 + 25) / 2)
    assert found.idle == pytest.approx(540 - (60 + 10) / 2)
    assert figures(play(booked, is_free=True)).past == 0


def test_fixed_slots_fill_a_day_before_the_next() -> None:
    """Nine slots of an hour fit a day; the tenth caller comes the day after."""
    rows = [(10, 480 + n, 30.0, 2) for n in range(10)]
    own = fixed_slots(calls(*rows), {"Type 1": 35, "Type 2": 60}, is_pooled=False)
    assert [entry.day for entry in own] == [MONDAY] * 9 + [date(2026, 7, 14)]
    assert {entry.scanner for entry in own} == {"B"}
    pooled = fixed_slots(calls(*rows), {"Type 1": 35, "Type 2": 60}, is_pooled=True)
    assert {entry.day for entry in pooled} == {MONDAY}


DAYS = [(day, 480 + 35 * n, 20.0 + (7 * n + day) % 23, 1 + (n % 3 == 0)) for day in (6, 7, 8) for n in range(14)]


def test_our_answers_overlap_nobody_and_keep_the_hours() -> None:
    """Every call has its answer on a later working day, one patient at a time by the plan."""
    month = calls(*DAYS)
    booked = answers(month)
    assert list(broken(month, booked)) == []
    for day in {entry.day for entry in booked}:
        for scanner in ("A", "B"):
            starts = sorted(e.start_min for e in booked if (e.day, e.scanner) == (day, scanner))
            assert all(two - one >= 20 for one, two in pairwise(starts))


def test_no_answer_knows_a_scan_that_is_not_done() -> None:
    """What a scan will take is unknown until it is done: other durations later on change no earlier answer."""
    month = calls(*DAYS)
    changed = tuple(call if call.at.day == 6 else replace(call, true_min=call.true_min + 31) for call in month)
    until = moment(8, 480)  # scans of the 7th's calls are made from the 8th on
    num = sum(call.at < until for call in month)
    first, second = answers(month[:num]), answers(changed[:num])
    assert [(e.day, e.scanner, e.start_min) for e in first] == [(e.day, e.scanner, e.start_min) for e in second]


def test_planned_minutes_follow_the_scans_made() -> None:
    """After a morning of short scans less is planned for a scan than the hospital's slots assume."""
    diary = Diary()
    rows = [(6, 480 + n, 12.0 + n % 5, 1 + n % 2) for n in range(20)]
    for call in calls(*rows):
        diary.answer(call)
    early, late = diary.spreads(moment(7, 480)), diary.spreads(moment(7, 1020))
    assert early["Type 1"].mean > 24
    assert 12 <= late["Type 1"].mean <= 16
