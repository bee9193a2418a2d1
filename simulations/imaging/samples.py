"""The samples themselves: week, day and network, each a function of its seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from hospital.requests import RequestClass
from hospital.resources import Closure, OpeningWindow, Reservation, Scanner, Shift
from hospital.sites import ImagingSite
from simulations.dice import Dice
from simulations.imaging.arrivals import season
from simulations.imaging.bookings import draw_bookings
from simulations.imaging.catalogue import GAPS, catalogue, changeovers
from simulations.imaging.department import Department, department
from simulations.imaging.load import clock_of
from simulations.imaging.orders import draw_orders, possible
from simulations.imaging.patients import Patient, cast_patients, draw_patients
from simulations.imaging.requests import named, write_requests

WEEK_SEED = 20260601
DAY_SEED = 20261303
NETWORK_SEED = 20260615
CAMPUSES = ("A", "B", "C", "D")
_FREE = 0.35
_NOT_IN_A_CAMPUS = ("MR5", "PETCT2")
_MORE_CTS = {"CT7": "CT1", "CT8": "CT3", "CT9": "CT3"}
"""Further CTs of a campus and the scanner each is like."""
_MORE_NURSES = 2
_AtScanner = TypeVar("_AtScanner", OpeningWindow, Closure, Reservation)


def week(seed: int = WEEK_SEED) -> ImagingSite:
    """14 scanners, Monday to Saturday, about 3,000 requests at 92 % load."""
    return _furnish(department("week"), seed)


def day(seed: int = DAY_SEED) -> ImagingSite:
    """Three scanners, one Monday, 60 requests at about 90 % load."""
    return _furnish(department("day"), seed)


def network(seed: int = NETWORK_SEED) -> ImagingSite:
    """Four campuses of 15 scanners each, Monday to Saturday, about 15,000 requests."""
    campuses = [_campus(department("week"), key) for key in CAMPUSES]
    dice = Dice(seed)
    people = [patient for place in campuses for patient in _people_of(place, dice)]
    return _with_patients(_joined(campuses), named(people, digits=5), booked=campuses[0].booked, dice=dice)


SAMPLES: Mapping[str, Callable[[], ImagingSite]] = {"week": week, "day": day, "network": network}
"""Sample name -> the function that draws it from its own seed."""


def _furnish(place: Department, seed: int) -> ImagingSite:
    """The department with its catalogue, requests and bookings."""
    dice = Dice(seed)
    patients = named(_people(place, dice))
    return _with_patients(_with_catalogue(place.site), patients, booked=place.booked, dice=dice)


def _with_patients(
    site: ImagingSite, patients: Mapping[str, Patient], *, booked: tuple[float, ...], dice: Dice
) -> ImagingSite:
    """The site with the patients' requests, and bookings for some of those whom no file names."""
    digits = len(next(iter(patients))) - 2
    site = replace(site, requests=write_requests(patients, clock_of(site), digits=digits))
    bookable = frozenset(pseudonym for pseudonym, patient in patients.items() if not patient.is_cast)
    return replace(site, bookings=draw_bookings(site, booked, dice, patients=bookable))


def _with_catalogue(site: ImagingSite) -> ImagingSite:
    examinations = tuple(entry.examination for entry in possible(catalogue(), site.scanners))
    return replace(site, examinations=examinations, changeovers=changeovers(examinations), gaps=GAPS)


def _people(place: Department, dice: Dice) -> list[Patient]:
    cast = cast_patients(place.cast, dice)
    return cast + draw_patients(draw_orders(place, dice), season(place.site), dice)


def _people_of(campus: Department, dice: Dice) -> list[Patient]:
    """A campus's patients: bound to it, but for some who come from home and may go to any."""
    home = campus.site.scanners[0].site
    from_home = (RequestClass.OUTPATIENT, RequestClass.CHECK_UP)
    return [
        replace(patient, home=home, is_free=patient.rclass in from_home and dice.chance(_FREE))
        for patient in _people(campus, dice)
    ]


def _campus(place: Department, key: str) -> Department:
    """The week's department as a campus of 15 scanners, each named after it: three more CTs instead of the fifth MR and the
    second PET-CT, and two more contrast nurses to every shift."""
    site = place.site
    origin = {scanner.id: scanner.id for scanner in site.scanners if scanner.id not in _NOT_IN_A_CAMPUS} | _MORE_CTS
    by_id = {scanner.id: scanner for scanner in site.scanners}
    return replace(
        place,
        site=replace(
            site,
            scanners=tuple(_named(by_id[old], new, key) for new, old in origin.items()),
            opening=_copied(site.opening, origin, key),
            closures=_copied(site.closures, {new: old for new, old in origin.items() if new == old}, key),
            reservations=_copied(site.reservations, {new: old for new, old in origin.items() if new == old}, key),
            shifts=tuple(_staffed(shift, key) for shift in site.shifts),
        ),
    )


def _named(scanner: Scanner, new: str, key: str) -> Scanner:
    name = scanner.name if new == scanner.id else f"{new.removeprefix('CT')}号CT"
    return replace(scanner, id=f"{key}-{new}", name=f"{key}院区{name}", site=key)


def _staffed(shift: Shift, key: str) -> Shift:
    more = _MORE_NURSES if shift.role == "contrast_nurse" else 0
    return replace(shift, site=key, count=shift.count + more)


def _copied(rows: tuple[_AtScanner, ...], origin: Mapping[str, str], key: str) -> tuple[_AtScanner, ...]:
    """The rows of each campus scanner, taken from the scanner it is like."""
    return tuple(
        replace(row, scanner=f"{key}-{new}") for new, old in origin.items() for row in rows if row.scanner == old
    )


def _joined(campuses: list[Department]) -> ImagingSite:
    """The campuses as one hospital."""
    sites = [place.site for place in campuses]
    return _with_catalogue(
        ImagingSite(
            settings=replace(sites[0].settings, id="sample-network", name_en="Sample Network", name_zh="示例医联体"),
            scanners=tuple(row for site in sites for row in site.scanners),
            opening=tuple(row for site in sites for row in site.opening),
            closures=tuple(row for site in sites for row in site.closures),
            reservations=tuple(row for site in sites for row in site.reservations),
            shifts=tuple(row for site in sites for row in site.shifts),
        )
    )
