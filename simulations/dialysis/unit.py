"""The sample unit: 60 stations, three shifts from Monday to Saturday, 330 patients, four weeks with their holidays and troubles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hospital.dialysis import (
    Absence,
    DialysisPatient,
    DialysisSettings,
    DialysisSite,
    DialysisStation,
    Holiday,
    NurseDuty,
    OneOff,
    ShiftHours,
    StationClosure,
    ZoneRelease,
)
from hospital.requests import Mobility
from scheduler.dialysis.patterns import settled
from simulations.dice import Dice

FIRST_DAY = date(2026, 6, 1)
ZONE = ZoneInfo("Asia/Shanghai")
SHIFTS = (("morning", 7 * 60), ("afternoon", 12 * 60), ("evening", 17 * 60))
SHIFT_MIN = 270
ZONES = (("clean", 44), ("HBV", 9), ("HCV", 5), ("other", 2))
NUM_STATIONS, NUM_PATIENTS, NUM_NEW = 60, 330, 8


def unit(seed: int = 1, *, num_stations: int = NUM_STATIONS, num_patients: int = NUM_PATIENTS) -> DialysisSite:
    """The sample unit of that seed, with the patterns it has grown into; new patients have none yet."""
    dice = Dice(seed)
    stations = _stations(num_stations)
    settings = DialysisSettings(
        id="sample-dialysis",
        name_en="Sample dialysis unit",
        name_zh="示例血液净化中心",
        first_day=FIRST_DAY.isoformat(),
        disinfection_min={"HBV": 0, "HCV": 0, "other": 0},
        skills={"HBV": "isolation", "HCV": "isolation", "other": "isolation"},
    )
    grown = DialysisSite(
        settings=settings,
        stations=stations,
        shifts=tuple(
            ShiftHours(name=name, weekday=weekday, from_min=start, to_min=start + SHIFT_MIN)
            for weekday in range(6)
            for name, start in SHIFTS
        ),
        patients=_patients(dice, stations, num_patients),
    )
    patients = settled(grown)
    new = {patient.id for patient in patients if patient.is_new}
    patients = tuple(
        replace(patient, pattern=(), shift="", station="") if patient.id in new else patient for patient in patients
    )
    site = replace(grown, patients=patients, nurses=_nurses(num_patients))
    return _with_trouble(dice, site)


def _stations(num: int) -> tuple[DialysisStation, ...]:
    zones = [zone for zone, count in ZONES for _ in range(max(1, round(count * num / NUM_STATIONS)))]
    zones = (zones + ["clean"] * num)[:num]
    return tuple(
        DialysisStation(
            id=f"S{number + 1:02}",
            zone=zone,
            is_hdf=number % 3 == 0,
            has_bed=number % 4 == 1,
            loop="AB"[number % 2],
        )
        for number, zone in enumerate(sorted(zones))
    )


def _patients(dice: Dice, stations: tuple[DialysisStation, ...], num: int) -> tuple[DialysisPatient, ...]:
    zones = [station.zone for station in stations]
    found = []
    for number in range(num):
        zone = zones[(number * len(zones)) // num]
        lies = dice.chance(0.1) and any(s.has_bed for s in stations if s.zone == zone)
        wants_hdf = dice.chance(0.15) and any(s.is_hdf and s.has_bed >= lies for s in stations if s.zone == zone)
        found.append(
            DialysisPatient(
                id=f"P{number + 1:03}",
                per_week=2 if dice.chance(0.2) else 3,
                session_min=dice.pick((180, 210, 240), (0.15, 0.15, 0.7)),
                zone=zone,
                is_hdf=wants_hdf,
                mobility=Mobility.BED if lies else dice.pick((Mobility.WALKING, Mobility.WHEELCHAIR), (0.8, 0.2)),
                group=f"bus{number % 12 + 1}" if dice.chance(0.15) else "",
                is_unstable=dice.chance(0.08),
                is_new=number % (num // NUM_NEW) == 7 if num >= NUM_NEW else False,
                wished_shifts=frozenset({dice.pick(("morning", "morning", "afternoon", "evening"))})
                if dice.chance(0.3)
                else frozenset(),
            )
        )
    return tuple(found)


def _nurses(num_patients: int) -> tuple[NurseDuty, ...]:
    """By the mean need: a sixth of the sessions of a week on each day, a third in each shift, one nurse for four and some more."""
    need = num_patients * 2.8 / 18 / 4
    general, isolation = round(need * 0.8), max(1, round(need * 0.36))
    return tuple(
        duty
        for weekday in range(7)
        for name, _ in SHIFTS
        for duty in (
            NurseDuty(weekday=weekday, shift=name, on_duty=general, on_call=2),
            NurseDuty(weekday=weekday, shift=name, skill="isolation", on_duty=isolation, on_call=1),
        )
    )


def _with_trouble(dice: Dice, site: DialysisSite) -> DialysisSite:
    """A holiday evening and a Sunday morning instead, services of stations and of a water loop, absences, one-off sessions, a release."""
    patients, stations = site.patients, site.stations
    holiday = FIRST_DAY + timedelta(days=18)
    sunday = FIRST_DAY + timedelta(days=20)
    sunday_shift = ShiftHours(name="morning", day=sunday, from_min=SHIFTS[0][1], to_min=SHIFTS[0][1] + SHIFT_MIN)
    serviced = [dice.pick(stations).id for _ in range(max(1, len(stations) // 10))]
    closures = [
        StationClosure(resource=name, start=_at(3 * number + 1, 6), end=_at(3 * number + 1, 24), reason="service")
        for number, name in enumerate(serviced)
    ]
    closures.append(StationClosure(resource="A", start=_at(9, 17), end=_at(9, 24), reason="water loop disinfection"))
    away = [dice.pick(patients).id for _ in range(len(patients) // 25)]
    absences = tuple(
        Absence(patient=name, first_day=_day(start), last_day=_day(start + dice.whole(2, 9)))
        for name in dict.fromkeys(away)
        for start in (dice.whole(0, 20),)
    )
    extra = [
        dice.pick([patient for patient in patients if patient.per_week == 2 and patient.pattern]) for _ in range(4)
    ]
    one_offs = tuple(
        OneOff(
            patient=patient.id,
            day=_day(7 * week + patient.pattern[0] + 1),
            last_day=_day(7 * week + patient.pattern[0] + 1),
            session_min=120,
        )
        for week, patient in enumerate(extra)
    )
    isolation = [station.id for station in stations if station.zone == "HCV"][:1]
    return replace(
        site,
        shifts=(*site.shifts, sunday_shift),
        holidays=(Holiday(day=holiday, shifts=frozenset({"morning", "afternoon"})),),
        closures=tuple(closures),
        absences=absences,
        one_offs=one_offs,
        releases=tuple(
            ZoneRelease(station=name, zone="HBV", start=_at(14, 0), end=_at(16, 0), by="head nurse")
            for name in isolation
        ),
    )


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def _at(number: int, hour: int) -> datetime:
    return datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=ZONE) + timedelta(days=number, hours=hour)
