"""Patients written down as a hospital's requests, under pseudonyms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hospital.clock import Clock
from hospital.requests import Request
from simulations.imaging.arrivals import DAY_MIN
from simulations.imaging.catalogue import Entry
from simulations.imaging.patients import Patient


def named(patients: Sequence[Patient], *, digits: int = 4) -> dict[str, Patient]:
    """The patients under pseudonyms in the order in which they were asked for: ``P-0001`` is the first."""
    in_order = sorted(patients, key=lambda patient: patient.arrival.requested)
    return {f"P-{number:0{digits}}": patient for number, patient in enumerate(in_order, 1)}


def write_requests(patients: Mapping[str, Patient], clock: Clock, *, digits: int = 4) -> tuple[Request, ...]:
    """Requests of the named patients, numbered in the same order from ``R-0001``."""
    wanted = [(pseudonym, patient, entry) for pseudonym, patient in patients.items() for entry in patient.entries]
    return tuple(
        _request(f"R-{count:0{digits}}", pseudonym, patient, entry, clock)
        for count, (pseudonym, patient, entry) in enumerate(wanted, 1)
    )


def _request(key: str, pseudonym: str, patient: Patient, entry: Entry, clock: Clock) -> Request:
    arrival = patient.arrival
    needs_staff = bool(entry.examination.staff) or entry.is_sedated
    return Request(
        id=key,
        patient=pseudonym,
        examination=entry.examination.id,
        rclass=patient.rclass,
        ward=patient.ward,
        requested=_moment(arrival.requested, clock),
        earliest=_moment(arrival.earliest, clock),
        target=None if arrival.target is None else _moment(arrival.target, clock),
        latest=None if arrival.latest is None else _moment(arrival.latest, clock),
        windows=tuple((_moment(start, clock), _moment(end, clock)) for start, end in arrival.windows),
        mobility=patient.mobility,
        is_isolated=patient.is_isolated,
        is_sedated=entry.is_sedated,
        site="" if patient.is_free and not needs_staff else patient.home,
    )


def _moment(week_min: int, clock: Clock) -> datetime:
    day, minute = divmod(week_min, DAY_MIN)
    return clock.moment(clock.minute_on(day, minute))
