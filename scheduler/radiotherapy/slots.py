"""The best places for a course or for one of its sessions beside everything that is promised, each with all of its visits and its price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from hospital.errors import PlanRefused, UnknownId
from hospital.facts import POINT
from hospital.plans import Appointment
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.verify import VerifiedPlan, verify
from scheduler.radiotherapy.booking.diary import Diary, day_minutes
from scheduler.radiotherapy.booking.search import Offer, offers
from scheduler.radiotherapy.build import appointments_of, decided
from scheduler.radiotherapy.problem import Promise, RadiotherapyProblem
from scheduler.radiotherapy.replan import after_those_they_follow
from scheduler.radiotherapy.rules import terms
from scheduler.radiotherapy.times import free_spans, plan_of

_DAYS_TRIED, _HOURS_TRIED = 8, 3
"""Other days with room and other hours of its own day looked at for one session, the nearest ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSlot:
    """A place: ``visits`` are the course's sessions ahead, in order, ``moved`` others whose time of day gives way. ``price`` in points: for
    a course what its start costs, what its minutes are worth to those still expected (``minutes_kept``) among it; for one session what
    the plan would cost more. ``is_present``: it is so already."""

    visits: tuple[Appointment, ...]
    moved: tuple[Appointment, ...]
    price: float
    cost_by_rule: Mapping[str, float]
    is_present: bool = False


def slots(problem: RadiotherapyProblem, plan: Plan, name: str, *, count: int = 3) -> tuple[CourseSlot, ...]:
    """The cheapest starts of a course that has not begun, one for each first day; of any other course or session, the cheapest other hours
    or days of that session (of a course, its next one). Cheapest first. Raises UnknownId.
    """
    judged = decided(problem, plan)
    task = judged.task_of.get(name)
    course = judged.course_index.get(name) if task is None else judged.course_of_task[task]
    if course is None:
        raise UnknownId("unknown_request", id=name)
    own = terms.tasks(judged, course)
    ahead = [other for other in own if other not in judged.frozen]
    is_start = terms.begins_here(judged, course) and len(ahead) == len(own) and task in (None, own[0])
    if is_start:
        found = (_start(judged, plan, course, offer, problem.promised) for offer in offers(judged, course, count))
        return tuple(slot for slot in found if slot is not None)
    if not ahead or task in judged.frozen:
        return ()
    wanted = ahead[0] if task is None else task
    rows = [*_hours(problem, judged, plan, wanted), *_sessions(problem, judged, plan, wanted)]
    return tuple(sorted(rows, key=lambda slot: slot.price)[:count])


def _start(
    problem: RadiotherapyProblem, plan: Plan, course: int, offer: Offer, told: Mapping[int, Promise]
) -> CourseSlot | None:
    changed = with_promise(problem, plan, course, offer.promise, told=told)
    new = plan_of(changed)
    if new.places[problem.first_task[course]] is None:
        return None
    return _slot(changed, plan, new, course, offer.points, by_rule(offer))


def _hours(problem: RadiotherapyProblem, judged: RadiotherapyProblem, plan: Plan, task: int) -> Iterator[CourseSlot]:
    """The session on its own day and linac at other hours that are free, the nearest ones."""
    place, minutes, course = plan.places[task], problem.durations[task], problem.course_of_task[task]
    if place is None:
        return
    day = problem.clock.day_of(place.start)
    span = (problem.clock.day_starts[day], problem.clock.day_starts[day + 1])
    taken = [
        (other.start, other.start + problem.durations[at])
        for at, other in enumerate(plan.places)
        if other is not None and other.resource == place.resource and at != task
    ]
    step, before = problem.clock.grid_min, verify(judged, plan)
    starts = [
        start
        for low, high in free_spans(problem, place.resource, span, taken)
        for start in range(-(-low // step) * step, high - minutes + 1, step)
        if start > problem.now and abs(start - place.start) >= minutes
    ]
    apart: list[int] = []
    for start in sorted(starts, key=lambda start: (abs(start - place.start), start)):
        if len(apart) < _HOURS_TRIED and all(abs(start - other) >= minutes for other in apart):
            apart.append(start)
    for start in apart:
        new = plan.placed(task, Place(place.resource, start))
        changed = decided(problem, new)
        try:
            after = verify(changed, new)
        except PlanRefused:
            continue
        yield _slot(changed, plan, after.plan, course, *_difference(before, after))


def _sessions(problem: RadiotherapyProblem, judged: RadiotherapyProblem, plan: Plan, task: int) -> Iterator[CourseSlot]:
    """One session on the nearest other days with room."""
    course = judged.course_of_task[task]
    before = verify(judged, plan)
    for promise in _near(judged, course, task - judged.first_task[course]):
        changed = with_promise(judged, plan, course, promise, told=problem.promised)
        try:
            after = verify(changed, plan_of(changed))
        except PlanRefused:
            continue
        if all(after.plan.places[own] is not None for own in terms.tasks(judged, course)):
            yield _slot(changed, plan, after.plan, course, *_difference(before, after))


def _near(problem: RadiotherapyProblem, course: int, at: int) -> Iterator[Promise]:
    promise = problem.promised[course]
    visits = list(zip(promise.days, promise.linacs, strict=True))
    day, linac = visits.pop(at)
    free, position = Diary(problem).free_for(course), problem.workdays.position
    minutes = max(day_minutes(problem.courses[course]))
    days = sorted((other for other in position if other > problem.today), key=lambda other: (abs(other - day), other))
    room = [other for other in days if other != day and free[linac, position[other]] >= minutes]
    for new in room[:_DAYS_TRIED]:
        moved_days, linacs = zip(*sorted([*visits, (new, linac)]), strict=True)
        yield Promise(tuple(linacs), tuple(moved_days))


def with_promise(
    problem: RadiotherapyProblem, plan: Plan, course: int, promise: Promise, *, told: Mapping[int, Promise]
) -> RadiotherapyProblem:
    """The problem with that promise for one course, every time of the plan in force; a course that follows it and would now begin too
    early is booked anew. ``told`` is what patients know: what is otherwise for them is charged."""
    changed = replace(
        problem,
        promised=dict(sorted({**problem.promised, course: promise}.items())),
        reference={task: place for task, place in enumerate(plan.places) if place is not None},
    )
    changed = after_those_they_follow(changed)
    others = {at: told[at] for at, new in changed.promised.items() if at in told and new != told[at]}
    return replace(changed, told={**others, **problem.told})


def _difference(before: VerifiedPlan, after: VerifiedPlan) -> tuple[float, Mapping[str, float]]:
    old, new = before.score.by_rule, after.score.by_rule
    units = {rule: new.get(rule, 0) - old.get(rule, 0) for rule in {**old, **new}}
    return sum(units.values()) / POINT, {rule: amount / POINT for rule, amount in units.items() if amount}


def _slot(
    problem: RadiotherapyProblem,
    plan: Plan,
    new: Plan,
    course: int,
    price: float,
    cost_by_rule: Mapping[str, float],
) -> CourseSlot:
    own = terms.tasks(problem, course)
    others = Plan(
        tuple(
            place if task not in own and place != plan.places[task] else None for task, place in enumerate(new.places)
        )
    )
    ahead = Plan(
        tuple(place if task in own and task not in problem.frozen else None for task, place in enumerate(new.places))
    )
    return CourseSlot(
        visits=appointments_of(replace(problem, past=()), ahead),
        moved=appointments_of(replace(problem, past=()), others),
        price=price,
        cost_by_rule=cost_by_rule,
        is_present=all(new.places[task] == plan.places[task] for task in own),
    )


def by_rule(offer: Offer) -> Mapping[str, float]:
    """An offer's points by rule, those of 0 left out; ``minutes_kept`` is no rule."""
    found = {
        "course_wait": offer.course_wait,
        "course_stretch": offer.course_stretch,
        "preferred_linac": offer.preferred_linac,
        "minutes_kept": offer.minutes_kept,
    }
    return {name: round(points, 4) for name, points in found.items() if points}
