"""The weekly pattern: weekdays, shift and station for every patient who has none yet, so that nobody shares a place.

Patient by patient, those with the fewest stations first, each takes the cheapest of all patterns, shifts and stations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hospital.dialysis import DialysisPatient, DialysisSite, DialysisStation
from hospital.requests import Mobility

PATTERNS: Mapping[int, tuple[tuple[int, ...], ...]] = {
    1: tuple((day,) for day in range(6)),
    2: ((0, 3), (1, 4), (2, 5), (0, 4), (1, 5)),
    3: ((0, 2, 4), (1, 3, 5)),
    4: ((0, 2, 4, 5), (0, 1, 3, 5)),
    5: ((0, 1, 2, 4, 5),),
    6: ((0, 1, 2, 3, 4, 5),),
}
"""Weekdays by sessions a week: never more treatment-free days in a row than two (three for twice weekly)."""

TAKEN, AGAINST_WISH, APART, TOO_GOOD, UNEVEN = 1000, 20, 10, 2, 1
Slot = tuple[str, int, str]


@dataclass
class _Week:
    """What is taken so far: station, weekday and shift; sessions of a weekday and shift; the shifts of transport groups."""

    taken: Counter[Slot] = field(default_factory=Counter)
    load: Counter[tuple[int, str]] = field(default_factory=Counter)
    groups: dict[str, Counter[tuple[tuple[int, ...], str]]] = field(default_factory=dict)

    def book(self, patient: DialysisPatient) -> None:
        for day in patient.pattern:
            self.taken[patient.station, day, patient.shift] += 1
            self.load[day, patient.shift] += 1
        if patient.group:
            self.groups.setdefault(patient.group, Counter())[patient.pattern, patient.shift] += 1


def fits(station: DialysisStation, patient: DialysisPatient) -> bool:
    """True where the station serves the patient's zone, treatment and mobility."""
    is_lying = patient.mobility is Mobility.BED
    return station.zone == patient.zone and station.is_hdf >= patient.is_hdf and station.has_bed >= is_lying


def settled(site: DialysisSite) -> tuple[DialysisPatient, ...]:
    """The patients, each with weekdays, shift and station. What a patient has already is kept; who fits no station has none."""
    week = _Week()
    shifts: set[tuple[int | None, str]] = {
        (hours.weekday, hours.name) for hours in site.shifts if hours.weekday is not None
    }
    found = {patient.id: patient for patient in site.patients if _is_settled(patient)}
    for patient in found.values():
        week.book(patient)
    open_ones = [patient for patient in site.patients if patient.id not in found]
    num_fitting = {patient.id: sum(fits(station, patient) for station in site.stations) for patient in open_ones}
    for patient in sorted(open_ones, key=lambda one: (num_fitting[one.id], -one.per_week, one.id)):
        choices = _choices(patient, site.stations, shifts)
        best = min(choices, key=lambda choice: _price(patient, choice, week), default=None)
        if best is None:
            found[patient.id] = patient
            continue
        pattern, shift, station = best
        found[patient.id] = replace(patient, pattern=pattern, shift=shift, station=station.id)
        week.book(found[patient.id])
    return tuple(found[patient.id] for patient in site.patients)


def _is_settled(patient: DialysisPatient) -> bool:
    return bool(patient.pattern and patient.shift and patient.station)


def _choices(
    patient: DialysisPatient, stations: Sequence[DialysisStation], shifts: set[tuple[int | None, str]]
) -> Iterator[tuple[tuple[int, ...], str, DialysisStation]]:
    patterns = (patient.pattern,) if patient.pattern else PATTERNS[patient.per_week]
    names = (patient.shift,) if patient.shift else sorted({name for _, name in shifts})
    own = [station for station in stations if station.id == patient.station]
    for station in own or [station for station in stations if fits(station, patient)]:
        for pattern in patterns:
            for shift in names:
                if all((day, shift) in shifts for day in pattern):
                    yield pattern, shift, station


def _price(
    patient: DialysisPatient, choice: tuple[tuple[int, ...], str, DialysisStation], week: _Week
) -> tuple[float, str]:
    pattern, shift, station = choice
    clashes = sum(week.taken[station.id, day, shift] > 0 for day in pattern)
    price = float(TAKEN * clashes)
    price += AGAINST_WISH * (bool(patient.wished_shifts) and shift not in patient.wished_shifts)
    mates = week.groups.get(patient.group)
    if patient.group and mates:
        price += APART * (sum(mates.values()) - mates[pattern, shift])
    price += TOO_GOOD * ((station.is_hdf > patient.is_hdf) + (station.has_bed > (patient.mobility is Mobility.BED)))
    price += UNEVEN * sum(week.load[day, shift] for day in pattern) / (4 * len(pattern))
    others = sum(week.taken[station.id, day, shift] > 0 for day in range(6))
    return price - others / 10, station.id
