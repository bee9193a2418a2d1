"""Why a radiotherapy course begins when it does: what it pays, and what an earlier start would have cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from hospital.errors import UnknownId
from hospital.facts import POINT, Fact
from scheduler.explain.places import place_fact
from scheduler.kernel.plan import Plan
from scheduler.radiotherapy.booking.diary import Diary
from scheduler.radiotherapy.booking.search import offer_on, offers, target_days
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms
from scheduler.radiotherapy.solve import in_the_way

_MOST_DAYS = 10


def why_course(problem: RadiotherapyProblem, plan: Plan, name: str) -> tuple[Fact, ...]:
    """Facts about a course, or about one of its sessions (named as in C-7/3) and its course; of one without a promise, what keeps it out
    and where it could begin. Raises UnknownId for a name that is not there."""
    task = problem.task_of.get(name)
    course = problem.course_index.get(name) if task is None else problem.course_of_task[task]
    if course is None:
        raise UnknownId("unknown_request", id=name)
    if course not in problem.promised:
        return tuple(_left_out(problem, course))
    place = None if task is None else plan.places[task]
    stands = () if task is None or place is None else (place_fact("stands", problem, task, place),)
    return (*stands, *_promised(problem, course), *_felt(problem, plan, course), *_earlier(problem, course))


def _left_out(problem: RadiotherapyProblem, course: int) -> Iterator[Fact]:
    """What leaving it out costs, the rules in its way where nothing is free, and its cheapest starts."""
    name, num = problem.courses[course].id, len(problem.courses[course].minutes)
    yield Fact(text_id="left_out", values={"request": name, "points": problem.weights.left_out * num})
    found = offers(problem, course)
    if not found:
        for rule in in_the_way(problem, course):
            yield Fact(text_id="kept_out", values={"request": name, "rule": rule})
    for offer in found:
        yield Fact(
            text_id="course_start",
            values={
                "course": name,
                "linac": problem.resource_ids[offer.promise.linacs[0]],
                "day": _date(problem, offer.promise.days[0]),
                "points": offer.points,
            },
        )


def _promised(problem: RadiotherapyProblem, course: int) -> Iterator[Fact]:
    promise, asked = problem.promised[course], problem.courses[course]
    yield Fact(
        text_id="course_promised",
        values={
            "course": asked.id,
            "num": len(promise.days),
            "linac": problem.resource_ids[promise.linacs[0]],
            "first": _date(problem, promise.days[0]),
            "last": _date(problem, promise.days[-1]),
        },
    )
    if terms.begins_here(problem, course):
        earliest = terms.earliest_day(problem, course)
        yield Fact(
            text_id="course_earliest",
            values={
                "earliest": _date(problem, earliest),
                "days": max(0, promise.days[0] - earliest),
                "target": target_days(problem, course),
            },
        )


def _felt(problem: RadiotherapyProblem, plan: Plan, course: int) -> Iterator[Fact]:
    own = {problem.task_ids[task] for task in terms.tasks(problem, course)}
    for rule in problem.rules:
        price = sum(match.price for match in rule.check(problem, plan) if own.intersection(match.requests))
        if price:
            yield Fact(text_id="course_felt", values={"rule": rule.id, "points": price / POINT})


def _earlier(problem: RadiotherapyProblem, course: int) -> Iterator[Fact]:
    """What each earlier first day would cost beside all other promises as they now stand."""
    diary = Diary(problem)
    promise = diary.promises[course]
    diary.give_back(course)
    position = diary.days.position
    if not terms.begins_here(problem, course) or promise.days[0] not in position:
        return
    now = offer_on(diary, course, position[promise.days[0]])
    first = diary.earliest(course)
    for at in range(first, min(position[promise.days[0]], first + _MOST_DAYS)):
        offer = offer_on(diary, course, at)
        day = _date(problem, int(diary.days.day[at]))
        if offer is None or now is None:
            yield Fact(text_id="course_no_room", values={"day": day})
        else:
            yield Fact(
                text_id="course_earlier",
                values={
                    "day": day,
                    "linac": problem.resource_ids[offer.promise.linacs[0]],
                    "points": offer.points - now.points,
                    "kept": offer.minutes_kept - now.minutes_kept,
                },
            )


def _date(problem: RadiotherapyProblem, day: int) -> str:
    return (problem.clock.first_day + timedelta(days=day)).isoformat()
