"""The example of changes shipped beside each sample: what a planner is told on one morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from hospital.changes import Change, InsertUrgent, Lock, ResourceDowntime, SetPreference, When
from hospital.plans import AppointmentStatus
from hospital.requests import Request, RequestClass
from hospital.resources import Modality
from hospital.sites import ImagingSite


def story(site: ImagingSite) -> tuple[Change, ...]:
    """Of the first day: a CT down from 14:00, an emergency at 09:30, a patient who prefers the afternoon, one who must keep the
    appointment, and one who does not want the scanner of the present appointment."""
    midnight = _now(site).replace(hour=0, minute=0)
    booked = {booking.appointment.request: booking for booking in site.bookings}
    planned = [
        row.appointment for row in site.bookings if row.status is AppointmentStatus.PLANNED and not row.is_locked
    ]
    kept = next(row for row in planned if row.resource.startswith("MR"))
    hopeful = next(_plain(site, lambda row: row.id not in booked and row.rclass is RequestClass.OUTPATIENT))
    picky = next(
        _plain(site, lambda row: row.id not in booked and row.rclass is RequestClass.INPATIENT and row.id != hopeful.id)
    )
    last_ct = [scanner.id for scanner in site.scanners if scanner.modality is Modality.CT][-1]
    return (
        ResourceDowntime(
            resource_ids=(last_ct,),
            when=When(start=midnight + timedelta(hours=14), end=midnight + timedelta(hours=20)),
            reason="breakdown",
        ),
        InsertUrgent(problem="imaging", service="CT", when=When(start=midnight + timedelta(hours=9, minutes=30))),
        SetPreference(
            polarity="prefer",
            patient_ids=(hopeful.patient,),
            when=When(from_time="13:00", to_time="17:00"),
        ),
        SetPreference(polarity="avoid", patient_ids=(picky.id,), resource_ids=(_first_open(site),)),
        Lock(patient_ids=(kept.request,)),
    )


def _now(site: ImagingSite) -> datetime:
    now = site.settings.now
    assert now is not None, "a sample names its present"
    return now


def _plain(site: ImagingSite, is_meant: Callable[[Request], bool]) -> Iterator[Request]:
    """Requests of CT patients with one examination, able to come at any time from the first morning on."""
    examinations = {examination.id: examination for examination in site.examinations}
    patients = [request.patient for request in site.requests]
    for request in site.requests:
        examination = examinations[request.examination]
        is_alone = patients.count(request.patient) == 1
        is_easy = not (request.windows or examination.is_fasting or examination.features)
        is_early = request.earliest <= _now(site) + timedelta(hours=2)
        if examination.modality is Modality.CT and is_alone and is_easy and is_early and is_meant(request):
            yield request


def _first_open(site: ImagingSite) -> str:
    """The CT that opens earliest, where a patient without wishes would be examined first."""
    scanners = [scanner.id for scanner in site.scanners if scanner.modality is Modality.CT]
    return min(scanners, key=lambda key: min(row.from_min for row in site.opening if row.scanner == key))
