"""From promised days to times of day: each linac's day in one fixed order, near the hours its patients are used to."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hospital.clock import Span, merge, overlap_min, subtract
from scheduler.kernel.plan import Place, Plan
from scheduler.radiotherapy.problem import Promise, RadiotherapyProblem

_NO_WISH = 24 * 60


@dataclass(frozen=True, slots=True)
class _Item:
    """A session to be given on a linac-day: wished minute of the day for its start, its task, its minutes."""

    wish: int
    task: int
    minutes: int


class _People:
    """Where a session's patient is on that day for another course."""

    def __init__(self, problem: RadiotherapyProblem, by_day: Mapping[tuple[int, int], Sequence[int]]) -> None:
        self._problem = problem
        self.places: list[Place | None] = [None] * len(problem.task_ids)
        there: dict[tuple[int, str], list[int]] = defaultdict(list)
        for (day, _), tasks in by_day.items():
            for task in tasks:
                there[day, problem.courses[problem.course_of_task[task]].patient].append(task)
        self._together = {task: tasks for tasks in there.values() if len(tasks) > 1 for task in tasks}

    def busy(self, task: int, *, has_reference: bool = True) -> list[Span]:
        """Spans of the patient's sessions of other courses: those placed, and times in force of those not placed yet."""
        problem, found = self._problem, []
        for other in self._together.get(task, ()):
            place = self.places[other] or (problem.reference.get(other) if has_reference else None)
            if place is not None and problem.course_of_task[other] != problem.course_of_task[task]:
                found.append((place.start, place.start + problem.durations[other]))
        return found


def plan_of(problem: RadiotherapyProblem, promises: Mapping[int, Promise] | None = None) -> Plan:
    """The plan in which every promised session has its time; others are left out.

    Times in force and history stay where their linac-day still holds them. A day is packed in the order of its patients' usual hours,
    no session later than it must be for all to fit; a patient who is new to the day comes at the hours asked for, else last.
    """
    by_day: dict[tuple[int, int], list[int]] = defaultdict(list)
    for course, promise in sorted((promises if promises is not None else problem.promised).items()):
        task = problem.first_task[course]
        for at, (linac, day) in enumerate(zip(promise.linacs, promise.days, strict=True)):
            by_day[day, linac].append(task + at)
    people = _People(problem, by_day)
    places = people.places
    for task, place in (*problem.locked.items(), *problem.frozen.items()):
        places[task] = place
    usual: dict[tuple[int, int], int] = {}
    for (day, linac), tasks in sorted(by_day.items()):
        _sequence(problem, linac, day, tasks, people, usual)
    return Plan(tuple(places))


def _sequence(
    problem: RadiotherapyProblem,
    linac: int,
    day: int,
    tasks: Sequence[int],
    people: _People,
    usual: dict[tuple[int, int], int],
) -> None:
    """Give every session of one linac-day its start; what the opening hours do not hold goes into overtime, else stays without.

    Where times in force leave no room for all, the whole day is put in order anew.
    """
    clock, places = problem.clock, people.places
    hours = clock.day_starts[day], clock.day_starts[day + 1]
    for is_anew in (False, True):
        known = {} if is_anew else _kept(problem, linac, hours, tasks, people)
        for task in tasks:
            if task not in problem.frozen and task not in problem.locked:
                places[task] = known.get(task)
        for has_overtime in (False, True):
            new = [_item(problem, task, usual) for task in tasks if places[task] is None]
            spans = (
                free_spans(problem, linac, hours, _taken(problem, tasks, places), has_overtime=has_overtime)
                if new
                else ()
            )
            for task, start in _packed(problem, spans, new, people):
                places[task] = Place(linac, start)
        if all(places[task] is not None for task in tasks):
            break
    for task in tasks:
        place = places[task]
        if place is not None:
            usual[_habit(problem, task)] = clock.time_of_day(place.start)


def _taken(problem: RadiotherapyProblem, tasks: Sequence[int], places: Sequence[Place | None]) -> list[Span]:
    placed = [(task, place) for task in tasks if (place := places[task]) is not None]
    return [(place.start, place.start + problem.durations[task]) for task, place in placed]


def _kept(
    problem: RadiotherapyProblem, linac: int, day: Span, tasks: Sequence[int], people: _People
) -> dict[int, Place]:
    """Times in force on this linac-day that are still possible."""
    places = people.places
    known = [(problem.reference[task], task) for task in tasks if task in problem.reference and places[task] is None]
    spans = free_spans(problem, linac, day, _taken(problem, tasks, places), has_overtime=True) if known else ()
    kept = {}
    for place, task in sorted(known, key=lambda row: (row[0].start, row[1])):
        span = (place.start, place.start + problem.durations[task])
        is_elsewhere = overlap_min(span, merge(people.busy(task, has_reference=False))) > 0
        if (
            place.resource == linac
            and not is_elsewhere
            and any(low <= span[0] and span[1] <= high for low, high in spans)
        ):
            kept[task] = place
            spans = subtract(spans, [span])
    return kept


def free_spans(
    problem: RadiotherapyProblem, linac: int, day: Span, taken: Sequence[Span], *, has_overtime: bool = False
) -> tuple[Span, ...]:
    """Open spans of the linac-day less what is taken."""
    machine = problem.linacs[linac]
    first = bisect_left(machine.sessions, (day[0], 0))
    opened = list(machine.sessions[first : bisect_left(machine.sessions, (day[1], 0))])
    if has_overtime:
        opened += [span for span in machine.overtime if day[0] <= span[0] < day[1]]
    return subtract(opened, [*machine.closed, *taken])


def _habit(problem: RadiotherapyProblem, task: int) -> tuple[int, int]:
    """A course, and the place of the session among its treatment day's."""
    course = problem.course_of_task[task]
    asked = problem.courses[course]
    return course, (asked.first_session - 1 + task - problem.first_task[course]) % asked.protocol.a_day


def _is_pair(problem: RadiotherapyProblem, task: int) -> bool:
    """True for one of a day's two sessions."""
    return problem.courses[problem.course_of_task[task]].protocol.a_day > 1


def _item(problem: RadiotherapyProblem, task: int, usual: Mapping[tuple[int, int], int]) -> _Item:
    habit = _habit(problem, task)
    asked = problem.courses[habit[0]]
    wish = usual.get(habit)
    if wish is None:
        wish = asked.hours[0][0] if asked.hours else _NO_WISH
    return _Item(wish, task, problem.durations[task])


def _packed(
    problem: RadiotherapyProblem, spans: Sequence[Span], items: Sequence[_Item], people: _People
) -> list[tuple[int, int]]:
    """Task and start of every item that fits: a day's two of one patient first, then all others in the order of their wishes, each
    in the first span that still holds it."""
    found = _pairs(problem, spans, items, people)
    minutes = {item.task: item.minutes for item in items}
    left = subtract(spans, [(start, start + minutes[task]) for task, start in found])
    rest = sorted((item for item in items if not _is_pair(problem, item.task)), key=lambda item: (item.wish, item.task))
    for low, high in left:
        room, members = high - low, []
        for item in rest:
            if item.minutes <= room:
                members.append(item)
                room -= item.minutes
        rest = [item for item in rest if item not in members]
        found += _spread(problem, low, members, room, people)
    return found


def _spread(
    problem: RadiotherapyProblem, low: int, members: Sequence[_Item], slack: int, people: _People
) -> list[tuple[int, int]]:
    """Starts from ``low`` on, in order: at the wish, but no later than lets all others follow. Who is with another course just then comes
    after the next one, and stays without a time where nobody is left to go first."""
    clock, rest = problem.clock, list(members)
    midnight, grid = clock.day_starts[clock.day_of(low)], clock.grid_min
    found, cursor = [], low
    while rest:
        for item in rest:
            wished = cursor if item.wish == _NO_WISH else midnight + item.wish
            late = min(max(0, wished - cursor), slack) // grid * grid
            span = (cursor + late, cursor + late + item.minutes)
            if not overlap_min(span, merge(people.busy(item.task))):
                rest.remove(item)
                slack -= late
                found.append((item.task, span[0]))
                cursor = span[1]
                break
        else:
            if slack < grid:
                break
            slack, cursor = slack - grid, cursor + grid
    return found


def _pairs(
    problem: RadiotherapyProblem, spans: Sequence[Span], items: Sequence[_Item], people: _People
) -> list[tuple[int, int]]:
    """Starts of a day's two sessions: the first as early as it can be, the second as soon after the gap as there is room."""
    by_task = {item.task: item for item in items if _is_pair(problem, item.task)}
    found: dict[int, int] = {}
    for task in sorted(by_task):
        part, minutes = _habit(problem, task)[1], by_task[task].minutes
        before = task - 1 if part else -1
        known = people.places[before] if part else None
        if before in found:
            soonest = found[before] + problem.durations[before]
        elif known is not None:
            soonest = known.start + problem.durations[before]
        else:
            soonest = 0
        if soonest:
            soonest += problem.courses[problem.course_of_task[task]].protocol.gap
        elif before in by_task:
            continue  # without its first session the second has no place either
        left = subtract(spans, people.busy(task))
        start = next((max(low, soonest) for low, high in left if high - max(low, soonest) >= minutes), None)
        if start is not None:
            found[task] = start
            spans = subtract(spans, [(start, start + minutes)])
    return list(found.items())
