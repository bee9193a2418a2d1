"""A department as its file tells it."""

from __future__ import annotations

from collections import Counter

import pytest

from hospital.requests import RequestClass
from simulations.imaging.catalogue import catalogue
from simulations.imaging.department import department
from simulations.imaging.orders import possible


def test_hours_and_breaks_are_read() -> None:
    """CT4 breaks for twenty minutes at 13:40 on weekdays and closes earlier on Saturday; Sunday it is shut."""
    windows = [row for row in department("week").site.opening if row.scanner == "CT4"]
    monday = [(row.from_min, row.to_min) for row in windows if row.weekday == 0]
    assert monday == [(450, 820), (840, 1260)]
    assert [row.to_min for row in windows if row.weekday == 5] == [780, 1080]
    assert not [row for row in windows if row.weekday == 6]


def test_days_may_be_a_range_or_a_list() -> None:
    """The anaesthetist is there every weekday morning, in the afternoon on Tuesday and Thursday only."""
    shifts = [row for row in department("week").site.shifts if row.role == "anaesthetist"]
    assert {row.weekday for row in shifts if row.from_min == 480} == {0, 1, 2, 3, 4}
    assert {row.weekday for row in shifts if row.from_min == 810} == {1, 3}


def test_closures_are_aware_moments() -> None:
    """CT3's maintenance is on Wednesday from 13:00 to 16:00, site's time."""
    closure = next(row for row in department("week").site.closures if row.scanner == "CT3")
    assert closure.start.isoformat() == "2026-06-03T13:00:00+08:00"
    assert closure.end is not None
    assert closure.end.hour == 16


def test_cast_is_read_with_class_and_windows() -> None:
    """Thirty employees of a company have two mornings, in minutes from Monday 00:00."""
    staff = next(group for group in department("week").cast if group.examinations == ("CT-LDCT",))
    assert (staff.rclass, staff.count) == (RequestClass.CHECK_UP, 30)
    assert staff.windows == ((3 * 1440 + 450, 3 * 1440 + 720), (4 * 1440 + 450, 4 * 1440 + 720))


@pytest.mark.parametrize("name", ["week", "day"])
def test_every_named_patient_can_be_examined(name: str) -> None:
    """Who must be in the sample asks for examinations that the catalogue has and some scanner can make."""
    place = department(name)
    can = {entry.examination.id for entry in possible(catalogue(), place.site.scanners)}
    assert {key for group in place.cast for key in group.examinations} <= can


def test_every_role_has_a_shift() -> None:
    """Whoever an examination needs works here at some time."""
    place = department("week")
    needed = {role for entry in catalogue() for role in entry.examination.staff}
    assert needed <= {row.role for row in place.site.shifts}


def test_scanner_ids_are_unique_and_named_in_chinese() -> None:
    """Fourteen scanners, each with an id of its own and a name that people in the hospital say."""
    scanners = department("week").site.scanners
    assert max(Counter(row.id for row in scanners).values()) == 1
    assert all("号" in row.name for row in scanners)
