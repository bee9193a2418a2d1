from __future__ import annotations

from dataclasses import replace

from hospital.resources import OpeningWindow
from hospital.sites import ImagingSite, SiteSettings
from intake.matching import Difference, key_of, match
from intake.upload import read_table
from tests.intake.sites import GOOD_ROW, at, request, request_csv


def test_the_same_file_twice_changes_nothing() -> None:
    """Uploading yesterday's file again by mistake does no harm."""
    content = request_csv([[f"R{number}", *GOOD_ROW[1:]] for number in range(4)])
    first, second = (read_table("requests", "a.csv", content, settings=SiteSettings()).rows for _ in range(2))
    matched = match(first, second)
    assert (matched.new, matched.changed, matched.missing) == ((), (), ())
    assert len(matched.unchanged) == 4


def test_each_request_is_new_changed_unchanged_or_missing() -> None:
    """The second upload tells field by field what became different, and lists whom it no longer names."""
    existing = (request(1), request(2), request(3))
    changed = replace(request(2), latest=at(4, 20), ward="W5")
    matched = match(existing, (request(1), changed, request(9)))
    assert [found.id for found in matched.unchanged] == ["R1"]
    assert [found.id for found in matched.new] == ["R9"]
    assert [found.id for found in matched.missing] == ["R3"]
    assert [(entry.before, entry.after) for entry in matched.changed] == [(request(2), changed)]
    assert matched.changed[0].differences == (
        Difference(field="ward", before="", after="W5"),
        Difference(field="latest", before="", after="2026-03-04T20:00+08:00"),
    )


def test_tables_without_ids_are_compared_whole() -> None:
    """Opening hours have no number: a window is there or it is not; the same one twice counts twice."""
    morning = OpeningWindow(scanner="CT1", weekday=0, from_min=480, to_min=720)
    evening = replace(morning, from_min=780, to_min=1080)
    matched = match((morning, morning), (morning, evening), kind="opening")
    assert (matched.unchanged, matched.new, matched.missing) == ((morning,), (evening,), (morning,))


def test_appointments_are_known_by_request_and_session(site: ImagingSite) -> None:
    """A moved appointment is a changed one."""
    booking = site.bookings[0]
    moved = replace(booking, appointment=replace(booking.appointment, start=at(2, 8, 55)))
    matched = match(site.bookings, (moved,), kind="booked")
    assert key_of("booked", booking) == ("R1", "1")
    assert [difference.field for difference in matched.changed[0].differences] == ["start"]
