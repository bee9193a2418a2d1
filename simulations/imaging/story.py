"""The example of changes shipped beside each sample: what a planner is told on one morning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from hospital.changes import Change, InsertUrgent, Lock, ResourceDowntime, SetPreference, When
from hospital.plans import AppointmentStatus
from hospital.requests import Request, RequestClass
from hospital.resources import Modality
from hospital.sites import ImagingSite

_WISHES = 3
"""Patients who have the same wish."""


def story(site: ImagingSite) -> tuple[Change, ...]:
    """Of the first day: a CT down from 14:00, an emergency at 09:30, patients who prefer the afternoon, others who do not
    want the scanner that opens first, and one whose appointment must be kept."""
    midnight = _now(site).replace(hour=0, minute=0)
    booked = {booking.appointment.request: booking for booking in site.bookings}
    planned = [
        row.appointment for row in site.bookings if row.status is AppointmentStatus.PLANNED and not row.is_locked
    ]
    kept = next(row for row in planned if row.resource.startswith("MR"))
    free = [row for row in _plain(site) if row.id not in booked]
    elective = [row for row in free if row.rclass is not RequestClass.EMERGENCY]
    hopeful, picky = elective[:_WISHES], elective[_WISHES : 2 * _WISHES]
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
            patient_ids=tuple(row.patient for row in hopeful),
            when=When(from_time="13:00", to_time="17:00"),
        ),
        SetPreference(polarity="avoid", patient_ids=tuple(row.id for row in picky), resource_ids=(_first_open(site),)),
        Lock(patient_ids=(kept.request,)),
    )


def _now(site: ImagingSite) -> datetime:
    now = site.settings.now
    assert now is not None, "a sample names its present"
    return now


def _plain(site: ImagingSite) -> Iterator[Request]:
    """Requests of CT patients with one examination, who need nothing special and are there from the first morning on."""
    examinations = {examination.id: examination for examination in site.examinations}
    patients = Counter(request.patient for request in site.requests)
    for request in site.requests:
        examination = examinations[request.examination]
        is_easy = not (request.windows or request.is_isolated or examination.is_fasting or examination.preparation_min)
        is_early = request.earliest <= _now(site) + timedelta(hours=2)
        if examination.modality is Modality.CT and patients[request.patient] == 1 and is_easy and is_early:
            yield request


def _first_open(site: ImagingSite) -> str:
    """The CT that opens earliest, where a patient without wishes would be examined first."""
    scanners = [scanner.id for scanner in site.scanners if scanner.modality is Modality.CT]
    return min(scanners, key=lambda key: min(row.from_min for row in site.opening if row.scanner == key))
