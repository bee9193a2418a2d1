"""The sample hospital's structure: as large, as full and as mixed as its README says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from hospital.plans import AppointmentStatus
from hospital.requests import RequestClass
from hospital.resources import Modality
from hospital.sites import ImagingSite
from scheduler.imaging.build import build, plan_of
from scheduler.kernel.score import violations
from simulations.imaging.catalogue import catalogue
from simulations.imaging.load import load
from simulations.imaging.patients import is_spaced
from simulations.imaging.samples import day, network, week


@pytest.fixture(scope="module", name="week_site")
def _week_site() -> ImagingSite:
    return week()


@pytest.fixture(scope="module", name="day_site")
def _day_site() -> ImagingSite:
    return day()


def test_week_is_as_large_and_full_as_promised(week_site: ImagingSite) -> None:
    """A week of 14 scanners has about 3,000 requests and every kind of machine is asked for to 92 % of its hours."""
    assert Counter(scanner.modality for scanner in week_site.scanners) == {
        Modality.CT: 6,
        Modality.MR: 5,
        Modality.PETCT: 2,
        Modality.RF: 1,
    }
    assert 2900 <= len(week_site.requests) <= 3100
    assert load(week_site) == pytest.approx(dict.fromkeys(load(week_site), 0.92), abs=0.01)


def test_day_is_small_and_full(day_site: ImagingSite) -> None:
    """A day of three scanners has exactly sixty requests at about 90 % of the hours."""
    assert len(day_site.scanners) == 3
    assert len(day_site.requests) == 60
    assert all(0.87 <= share <= 0.92 for share in load(day_site).values())


def test_network_is_four_campuses() -> None:
    """Four campuses with 15 scanners each are asked for about 15,000 examinations; emergencies and inpatients stay where they are."""
    site = network()
    assert Counter(scanner.site for scanner in site.scanners) == dict.fromkeys("ABCD", 15)
    assert 14_700 <= len(site.requests) <= 15_300
    bound = (RequestClass.EMERGENCY, RequestClass.INPATIENT)
    assert all(request.site in "ABCD" and request.site for request in site.requests if request.rclass in bound)
    assert 1000 < sum(not request.site for request in site.requests) < 5000
    problem = build(site)
    assert violations(problem, plan_of(problem, [booking.appointment for booking in site.bookings])) == ()


@pytest.mark.parametrize("make", [week, day])
def test_bookings_break_no_rule(make: object) -> None:
    """What is already promised when planning begins can be kept: no rule stands against it."""
    site: ImagingSite = make()  # type: ignore[operator]
    problem = build(site)
    plan = plan_of(problem, [booking.appointment for booking in site.bookings])
    assert violations(problem, plan) == ()
    assert len(problem.reference) == len(site.bookings) > 0


def test_load_counts_minutes_with_turnover(day_site: ImagingSite) -> None:
    """One more 20-minute head MR in a room with 5 minutes of turnover and 450 open minutes is 15 + 5 minutes of load, for MR alone."""
    request = replace(day_site.requests[0], id="R-9999", examination="MR-BRAIN")
    more = replace(day_site, requests=(*day_site.requests, request))
    before, after = load(day_site), load(more)
    assert after[Modality.MR] - before[Modality.MR] == pytest.approx(20 / 450)
    assert after[Modality.CT] == before[Modality.CT]


def test_same_seed_same_hospital_other_seed_another() -> None:
    """Whoever draws the day again gets the same sixty patients; another seed gives others."""
    assert day() == day()
    assert day(7).requests != day().requests


def test_catalogue_is_as_rich_as_a_real_one(week_site: ImagingSite) -> None:
    """Forty to sixty examinations, each with a Chinese and an English name of its own and a 90th percentile above its median."""
    examinations = week_site.examinations
    assert 40 <= len(examinations) <= 60
    assert len({row.name_zh for row in examinations}) == len({row.name_en for row in examinations}) == len(examinations)
    assert all(row.median_min < row.p90_min for row in examinations)
    assert any(row.median_min % 5 for row in examinations), "rounding up to the grid must be felt"


def test_classes_are_mixed_as_in_a_hospital(week_site: ImagingSite) -> None:
    """Outpatients are the most, emergencies about one in nine, check-ups about one in eight."""
    counts = Counter(request.rclass for request in week_site.requests)
    share = {rclass: count / len(week_site.requests) for rclass, count in counts.items()}
    assert 0.4 < share[RequestClass.OUTPATIENT] < 0.52
    assert 0.24 < share[RequestClass.INPATIENT] < 0.36
    assert 0.08 < share[RequestClass.EMERGENCY] < 0.15
    assert 0.08 < share[RequestClass.CHECK_UP] < 0.16


def test_patients_have_one_to_three_examinations(week_site: ImagingSite) -> None:
    """Many patients come for two examinations, some for three, none for the same one twice; all are of one class and ward."""
    by_patient: dict[str, list[object]] = {}
    for request in week_site.requests:
        by_patient.setdefault(request.patient, []).append(request)
    sizes = Counter(len(rows) for rows in by_patient.values())
    assert set(sizes) == {1, 2, 3}
    assert 0.1 < sizes[2] / len(by_patient) < 0.3
    kinds = {(request.patient, request.rclass, request.ward) for request in week_site.requests}
    assert len(kinds) == len(by_patient)
    assert len({(request.patient, request.examination) for request in week_site.requests}) == len(week_site.requests)


def test_no_patient_is_asked_for_the_impossible(week_site: ImagingSite) -> None:
    """Nobody gets a man's and a woman's examination, children under sedation come alone, and nobody is asked for before the request."""
    entries = {entry.examination.id: entry for entry in catalogue()}
    by_patient: dict[str, list[str]] = {}
    for request in week_site.requests:
        by_patient.setdefault(request.patient, []).append(entries[request.examination].who)
        assert request.requested <= request.earliest
        assert request.latest is None or request.latest > request.earliest
        assert all(start < end for start, end in request.windows)
        assert request.is_sedated == entries[request.examination].is_sedated
    assert not any({"man", "woman"} <= set(row) for row in by_patient.values())
    assert not any("child" in row and len(row) > 1 for row in by_patient.values())


def test_ids_are_pseudonyms_in_the_order_of_asking(week_site: ImagingSite) -> None:
    """Patients are P-0001, P-0002 ...; requests R-0001 ... in the order in which they were asked for; no name, no date of birth."""
    assert [request.id for request in week_site.requests] == [
        f"R-{number:04}" for number in range(1, len(week_site.requests) + 1)
    ]
    assert all(request.patient.startswith("P-") for request in week_site.requests)
    asked = [request.requested for request in week_site.requests]
    assert asked == sorted(asked)


def test_bookings_have_history_and_locks(day_site: ImagingSite, week_site: ImagingSite) -> None:
    """Before now patients are done or on the scanner, after it appointments are planned, some of them locked."""
    for site in (day_site, week_site):
        now = site.settings.now
        assert now is not None
        for booking in site.bookings:
            appointment = booking.appointment
            assert (booking.status is AppointmentStatus.DONE) == (appointment.end <= now)
            assert (booking.status is AppointmentStatus.STARTED) == (appointment.start < now < appointment.end)
        assert any(booking.is_locked for booking in site.bookings)
        assert any(booking.status is AppointmentStatus.DONE for booking in site.bookings)
    assert any(booking.status is AppointmentStatus.STARTED for booking in day_site.bookings)


@pytest.mark.parametrize(
    "feature",
    [
        "windows",
        "latest",
        "target",
        "is_isolated",
        "is_sedated",
        "wheelchair",
        "bed",
        "fasting",
        "prepared",
        "spaced",
        "barium",
    ],
)
def test_everything_a_rule_speaks_of_is_in_the_week(week_site: ImagingSite, feature: str) -> None:
    """What a rule is about occurs in the week: windows, deadlines, isolation, sedation, beds, fasting, preparation, gaps, barium."""
    entries = {entry.examination.id: entry for entry in catalogue()}
    by_patient: dict[str, list[object]] = {}
    for request in week_site.requests:
        by_patient.setdefault(request.patient, []).append(entries[request.examination])
    found = {
        "windows": sum(bool(request.windows) for request in week_site.requests),
        "latest": sum(request.latest is not None for request in week_site.requests),
        "target": sum(request.target is not None for request in week_site.requests),
        "is_isolated": sum(request.is_isolated for request in week_site.requests),
        "is_sedated": sum(request.is_sedated for request in week_site.requests),
        "wheelchair": sum(request.mobility == "wheelchair" for request in week_site.requests),
        "bed": sum(request.mobility == "bed" for request in week_site.requests),
        "fasting": sum(entries[request.examination].examination.is_fasting for request in week_site.requests),
        "prepared": sum(entries[request.examination].examination.preparation_min > 0 for request in week_site.requests),
        "spaced": sum(is_spaced(row) for row in by_patient.values()),  # type: ignore[arg-type]
        "barium": sum("barium" in entries[request.examination].examination.tags for request in week_site.requests),
    }
    assert found[feature] >= 5
