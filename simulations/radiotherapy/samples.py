"""The sample department on a Monday in June: three months of requests played day by day, today's still unanswered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hospital.plans import Booking
from hospital.radiotherapy import LinacHoliday, RadiotherapySite, TreatmentCourse
from intake.export import write_site
from scheduler.radiotherapy.booking.search import answer
from scheduler.radiotherapy.build import appointments_of, build
from scheduler.radiotherapy.problem import Promise, RadiotherapyProblem
from scheduler.radiotherapy.times import plan_of
from simulations.dice import Dice
from simulations.radiotherapy.department import (
    BOOST,
    BOOSTED,
    CLOSURES,
    FIRST_PLAYED,
    HOLIDAYS,
    HOURS,
    LINACS,
    NOW,
    PROTOCOLS,
    SETTINGS,
    ZONE,
)

SEED = 20260601
FOLDER = Path(__file__).resolve().parents[2] / "data_samples" / "radiotherapy"
_MOST_A_DAY, _CHANCE = 20, 0.42
_BOOST_CHANCE, _HOURS_CHANCE = 0.3, 0.25
_MORNING, _AFTERNOON = (480, 690), (720, 930)


def sample(seed: int = SEED) -> RadiotherapySite:
    """Four linacs, about 480 courses of three months, seen on Monday 07:00 with the day's requests to be answered."""
    asked = tuple(_courses(Dice(seed)))
    site = _site(asked)
    problem = _played(site)
    today = (NOW.date() - problem.clock.first_day).days
    entries = appointments_of(problem, plan_of(problem))
    kept = tuple(Booking(appointment=entry) for entry in entries if entry.start.date() >= NOW.date())
    answered = {problem.courses[at].id for at in problem.promised}
    ended = {problem.courses[at].id for at, promise in problem.promised.items() if promise.days[-1] < today}
    courses = tuple(replace(course, is_over=course.id in ended) for course in asked)
    assert all(course.id in answered for course in courses if course.requested < NOW.date())
    return replace(site, courses=courses, bookings=kept)


SAMPLES: Mapping[str, Callable[[], RadiotherapySite]] = {"department": sample}
"""Sample name -> the function that draws it from its own seed."""


def _site(courses: tuple[TreatmentCourse, ...]) -> RadiotherapySite:
    return RadiotherapySite(
        settings=SETTINGS,
        linacs=LINACS,
        hours=HOURS,
        closures=CLOSURES,
        holidays=tuple(LinacHoliday(day=day) for day in HOLIDAYS),
        protocols=tuple(protocol for protocol, _ in PROTOCOLS),
        courses=courses,
    )


def _courses(dice: Dice) -> Iterator[TreatmentCourse]:
    """Requests of every working day up to today."""
    protocols, weights = [protocol for protocol, _ in PROTOCOLS], [weight for _, weight in PROTOCOLS]
    day, number = FIRST_PLAYED, 0
    while day <= NOW.date():
        if day.weekday() < 5 and day not in HOLIDAYS:
            for _ in range(sum(dice.chance(_CHANCE) for _ in range(_MOST_A_DAY))):
                number += 1
                protocol = dice.pick(protocols, weights)
                hours = (dice.pick((_MORNING, _AFTERNOON)),) if dice.chance(_HOURS_CHANCE) else ()
                course = TreatmentCourse(
                    id=f"C-{number:04d}", patient=f"P-{number:04d}", protocol=protocol.id, requested=day, hours=hours
                )
                yield course
                if protocol.id == BOOSTED and dice.chance(_BOOST_CHANCE):
                    yield replace(course, id=f"{course.id}B", protocol=BOOST, follows=course.id)
        day += timedelta(days=1)


def _played(site: RadiotherapySite) -> RadiotherapyProblem:
    """Every day before today answered as the area answers it."""
    settings = replace(site.settings, first_day=FIRST_PLAYED.isoformat(), num_days=SETTINGS.num_days + 84)
    promised: dict[str, Promise] = {}
    problem = build(replace(site, settings=settings, courses=()), now=_morning(FIRST_PLAYED))
    for day in sorted({course.requested for course in site.courses if course.requested < NOW.date()}):
        known = tuple(course for course in site.courses if course.requested <= day)
        problem = build(replace(site, settings=settings, courses=known), now=_morning(day))
        told = {problem.course_index[name]: promise for name, promise in promised.items()}
        problem = replace(problem, promised=told)
        new = answer(problem)
        promised |= {problem.courses[at].id: promise for at, promise in new.items()}
        problem = replace(problem, promised={**told, **new})
    return problem


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(7), ZoneInfo(ZONE))


if __name__ == "__main__":
    write_site(FOLDER, sample(), "radiotherapy")
