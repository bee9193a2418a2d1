"""Answering requests: every course at its cheapest linac, first day and pattern of days, at the day's prices of a minute."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.radiotherapy.booking.arrivals import Ask
from scheduler.radiotherapy.booking.compiled import NO_PLACE, Aim, cheapest_start, days_of, wait_points
from scheduler.radiotherapy.booking.diary import (
    Diary,
    by_session,
    day_minutes,
    extra_points,
    may_start,
    promises_of,
    stretch_days,
)
from scheduler.radiotherapy.problem import Floats, Ints, Promise, RadiotherapyProblem

SEARCHED_WORKDAYS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A start offered to a planner: linac and days, and its points by rule. ``minutes_kept`` is what the minutes are worth to those
    still to come; it is no cost of the plan."""

    promise: Promise
    points: float
    course_wait: float
    course_stretch: float
    preferred_linac: float
    minutes_kept: float


def answer(problem: RadiotherapyProblem) -> Mapping[int, Promise]:
    """Linac and days for every course that has none yet; one that fits nowhere is not in the answer.

    Urgent courses first, short ones before long; then each anew among all others, twice: at the prices that then hold.
    """
    diary = Diary(problem)
    asked = [course for course in range(len(problem.courses)) if course not in problem.promised]
    answer_in(diary, ordered(problem, asked))
    return promises_of(diary, asked)


def answer_in(diary: Diary, order: Sequence[int]) -> None:
    """Enter the courses into the diary in this order, then look at each again."""
    problem = diary.problem
    for course in order:
        book(diary, course)
    followed = {problem.course_index.get(problem.courses[course].follows) for course in order}
    again = [course for course in order if course not in followed]
    for course in again * problem.weights.looks:
        before = diary.promises.get(course)
        if before is not None:
            diary.give_back(course)
        if not book(diary, course) and before is not None:
            diary.enter(course, before)


def asks(diary: Diary, courses: Sequence[int]) -> tuple[Ask, ...]:
    """The courses as what is learned of arrivals wants them, once they are answered."""
    return tuple(
        Ask(
            protocol=diary.problem.courses[course].protocol,
            lead=diary.earliest(course) - diary.today,
            minutes=diary.problem.courses[course].minutes,
        )
        for course in courses
    )


def book(diary: Diary, course: int) -> bool:
    """Enter the course at its cheapest place; False where there is none."""
    problem = diary.problem
    asked, start = problem.courses[course], diary.earliest(course)
    minutes = np.array(day_minutes(asked), dtype=np.int64)
    days = np.zeros(len(minutes), dtype=np.int64)
    aim = Aim(start, asked.protocol.priority - 1, target_days(problem, course), SEARCHED_WORKDAYS)
    _, linac = cheapest_start(
        diary.free_for(course),
        diary.price(),
        extra_points(problem, course),
        may_start(problem, asked.protocol),
        aim,
        diary.waits,
        minutes,
        diary.shape(course),
        diary.weeks,
        days,
    )
    if linac >= 0:
        diary.enter(course, _promise(diary, course, linac, days))
    return linac >= 0


def offers(
    problem: RadiotherapyProblem,
    course: int,
    num: int = 3,
    *,
    linacs: Collection[int] | None = None,
    day: int | None = None,
) -> tuple[Offer, ...]:
    """The cheapest starts of a course, one for each first day, cheapest first. A course that has a promise is looked at without it.

    Only on these ``linacs`` and on this first day of the horizon, where they are named.
    """
    diary = Diary(problem)
    if course in diary.promises:
        diary.give_back(course)
    start, price, k = diary.earliest(course), diary.price(), problem.courses[course].protocol.priority - 1
    starts, target = may_start(problem, problem.courses[course].protocol), target_days(problem, course)
    found: list[Offer] = []
    for first in range(start, min(start + SEARCHED_WORKDAYS, len(diary.days.day))):
        waiting = wait_points(diary.waits, k, int(diary.days.day[first] - diary.days.day[start]), target)
        if len(found) >= num and waiting >= sorted(offer.points for offer in found)[num - 1]:
            break
        if starts[first] and day in (None, int(diary.days.day[first])):
            found.extend(_on(diary, course, first, waiting, price, linacs))
    return tuple(sorted(found, key=lambda offer: offer.points)[:num])


def offer_on(diary: Diary, course: int, first: int) -> Offer | None:
    """The cheapest linac for one first day (a position among the working days); None where the course may not or cannot begin there."""
    problem, start = diary.problem, diary.earliest(course)
    protocol = problem.courses[course].protocol
    if first < start or not may_start(problem, protocol)[first]:
        return None
    waited = int(diary.days.day[first] - diary.days.day[start])
    waiting = wait_points(diary.waits, protocol.priority - 1, waited, target_days(problem, course))
    return next(_on(diary, course, first, waiting, diary.price()), None)


def _on(
    diary: Diary, course: int, first: int, waiting: float, price: Floats, linacs: Collection[int] | None = None
) -> Iterator[Offer]:
    """The cheapest linac for a first day, of these where they are named."""
    problem, free = diary.problem, diary.free_for(course)
    minutes = np.array(day_minutes(problem.courses[course]), dtype=np.int64)
    days, shape, best = np.zeros(len(minutes), dtype=np.int64), diary.shape(course), None
    for linac, extra in enumerate(extra_points(problem, course)):
        if extra >= NO_PLACE or (linacs is not None and linac not in linacs):
            continue
        points = days_of(free[linac], price[linac], first, minutes, shape, diary.weeks, NO_PLACE, days)
        if points < NO_PLACE and (best is None or waiting + extra + points < best.points):
            promise = _promise(diary, course, linac, days)
            stretch = shape.stretch * stretch_days(problem, course, promise)
            best = Offer(
                promise=promise,
                points=float(waiting + extra + points),
                course_wait=float(waiting),
                course_stretch=float(stretch),
                preferred_linac=float(extra),
                minutes_kept=float(points - stretch),
            )
    if best is not None:
        yield best


def ordered(problem: RadiotherapyProblem, asked: Sequence[int]) -> list[int]:
    """A course that follows one of these after it; urgent before others; short before long."""
    among = set(asked)

    def depth(course: int, seen: frozenset[int] = frozenset()) -> int:
        before = problem.course_index.get(problem.courses[course].follows, -1)
        return 1 + depth(before, seen | {course}) if before in among and before not in seen else 0

    def key(course: int) -> tuple[int, int, int, int]:
        return depth(course), problem.courses[course].protocol.priority, len(problem.courses[course].minutes), course

    return sorted(asked, key=key)


def target_days(problem: RadiotherapyProblem, course: int) -> int:
    """Calendar days within which the course should begin: its own, else its priority's."""
    asked = problem.courses[course]
    return asked.target_days if asked.target_days is not None else problem.weights.target(asked.protocol.priority)


def _promise(diary: Diary, course: int, linac: int, days: Ints) -> Promise:
    asked = diary.problem.courses[course]
    sessions = by_session(asked, [int(diary.days.day[position]) for position in days])
    return Promise((linac,) * len(sessions), sessions)
