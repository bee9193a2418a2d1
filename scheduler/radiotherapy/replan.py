"""A linac down, a holiday, a patient away: the fewest promised visits given up, missed sessions made up inside the course's rules.

A day that can no longer hold all its sessions keeps those of urgent courses; the others are missed. Each course that misses sessions is
looked at on its own, urgent ones first: a beam-matched linac on that very day where there is room; else the missed sessions on the soonest
other days of its own linac that keep the protocol; else, before it has begun, the whole course anew. All others keep every promise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from scheduler.kernel.plan import Place
from scheduler.radiotherapy.booking.diary import Diary, day_minutes, day_step
from scheduler.radiotherapy.booking.search import book
from scheduler.radiotherapy.problem import Ints, Promise, RadiotherapyProblem
from scheduler.radiotherapy.rules import terms
from scheduler.radiotherapy.rules.one_linac import are_matched

_SEARCHED_WORKDAYS = 60
_UNCHANGED = 10**6
"""Room of a day without closures: whoever is promised there stays."""
Visit = tuple[int, int]
"""Day and linac."""


def replanned(problem: RadiotherapyProblem) -> RadiotherapyProblem:
    """The problem with new promises wherever the old ones cannot be kept; ``told`` holds all that was promised before.

    A course for which nothing is found keeps its promise: its missed sessions then stay without a place, and the plan says so. The very
    problem where every promise can be kept.
    """
    told = dict(problem.promised)
    diary = Diary(replace(problem, told=told))
    missed = _missed(problem, diary)
    if not missed and not _too_early(diary):
        return problem
    for course in sorted(missed, key=lambda course: (problem.courses[course].protocol.priority, course)):
        diary.give_back(course)
        new = _mended(diary, course, told[course], missed[course]) or _mended(
            diary, course, told[course], missed[course], has_overtime=True
        )
        if new is not None:
            diary.enter(course, new)
        elif _is_bound(problem, course) or not book(diary, course):
            diary.enter(course, told[course])
    _after_those_they_follow(diary)
    promised = dict(sorted(diary.promises.items()))
    return replace(problem, promised=promised, told=told, missed={}, reference=dict(_times_kept(problem, promised)))


def affected(problem: RadiotherapyProblem) -> frozenset[int]:
    """The courses whose promise a change demands to be broken: they miss a session, or follow one that now ends later."""
    diary = Diary(problem)
    found = {*_missed(problem, diary), *_too_early(diary)}
    followers = {
        course
        for course, asked in enumerate(problem.courses)
        if problem.course_index.get(asked.follows) in found and not _is_bound(problem, course)
    }
    return frozenset(found | followers)


def _missed(problem: RadiotherapyProblem, diary: Diary) -> Mapping[int, set[int]]:
    """By course, the sessions (counted from 0) that their linac-day cannot hold any more; urgent courses keep theirs first."""
    by_day: dict[Visit, list[tuple[int, int]]] = defaultdict(list)
    missed: dict[int, set[int]] = defaultdict(set)
    for course, promise in sorted(
        problem.promised.items(), key=lambda row: (problem.courses[row[0]].protocol.priority, row[0])
    ):
        for at, visit in enumerate(_visits(promise)):
            task = problem.first_task[course] + at
            if at in problem.missed.get(course, ()) or visit[0] in problem.courses[course].away:
                missed[course].add(at)
            elif task not in problem.frozen:
                by_day[visit].insert(0 if task in problem.locked else len(by_day[visit]), (course, at))
    for (day, linac), sessions in by_day.items():
        left = _room(problem, diary, linac, day)
        for course, at in sessions:
            minutes = problem.courses[course].minutes[at]
            if minutes <= left:
                left -= minutes
            else:
                missed[course].add(at)
    return missed


def _room(problem: RadiotherapyProblem, diary: Diary, linac: int, day: int) -> int:
    """Minutes of a linac-day for those already promised, overtime included; what history takes is gone, a holiday has none."""
    position = diary.days.position.get(day)
    if position is None or day < problem.today:
        return 0
    low, high = problem.clock.day_starts[day], problem.clock.day_starts[day + 1]
    history = sum(
        problem.durations[task]
        for task, place in problem.frozen.items()
        if place.resource == linac and low <= place.start < high
    )
    is_closed = any(start < high and low < end for start, end in problem.linacs[linac].closed)
    if not is_closed:
        return _UNCHANGED
    overtime = sum(end - start for start, end in problem.overtime_spans[linac] if low <= start < high)
    opened = int(diary.room[linac, position])
    return max(0, opened - history) + overtime if opened else 0


def _mended(
    diary: Diary, course: int, told: Promise, missed: set[int], *, has_overtime: bool = False
) -> Promise | None:
    """The promise with as few visits given up as can be: the twin on the day, else another day; None where neither is found."""
    free = diary.free_for(course, has_overtime=has_overtime)
    asked, home = diary.problem.courses[course], terms.home_linac(told.linacs)
    visits: list[tuple[int, int, int]] = []  # day, linac, sessions of that day
    missing: list[int] = []
    for (day, linac), rows in groupby(enumerate(_visits(told)), key=lambda row: row[1]):
        sessions = [at for at, _ in rows]
        minutes = sum(asked.minutes[at] for at in sessions)
        if missed.isdisjoint(sessions):
            visits.append((day, linac, len(sessions)))
        elif (twin := _twin(diary, course, home, day, minutes, free)) is not None:
            visits.append((day, twin, len(sessions)))
        else:
            missing.append(len(sessions))
    made_up = _made_up(diary, course, home, [day for day, _, _ in visits], len(missing), free)
    if made_up is None:
        return None
    visits = sorted([*visits, *((day, home, num) for day, num in zip(sorted(made_up), missing, strict=True))])
    sessions_of = [(linac, day) for day, linac, num in visits for _ in range(num)]
    new = Promise(tuple(linac for linac, _ in sessions_of), tuple(day for _, day in sessions_of))
    return new if _has_room(diary, course, new, free) and _keeps_locks(diary.problem, course, told, new) else None


def _keeps_locks(problem: RadiotherapyProblem, course: int, told: Promise, new: Promise) -> bool:
    """True where every locked session of the course is on its visit: none before it has got another number."""
    first, before, after = problem.first_task[course], _visits(told), _visits(new)
    return all(
        before[task - first] == after[task - first] for task in terms.tasks(problem, course) if task in problem.locked
    )


def _has_room(diary: Diary, course: int, promise: Promise, free: Ints) -> bool:
    """True where every day ahead holds what is now given on it, if that is more than was told: the first session is the longest."""
    problem, position = diary.problem, diary.days.position
    told = _minutes(problem, course, problem.promised[course])
    return all(
        minutes <= told[day, linac] or (day in position and minutes <= free[linac, position[day]])
        for (day, linac), minutes in _minutes(problem, course, promise).items()
    )


def _minutes(problem: RadiotherapyProblem, course: int, promise: Promise) -> Counter[Visit]:
    """Minutes by day and linac."""
    found: Counter[Visit] = Counter()
    for visit, minutes in zip(_visits(promise), problem.courses[course].minutes, strict=True):
        found[visit] += minutes
    return found


def _twin(diary: Diary, course: int, home: int, day: int, minutes: int, free: Ints) -> int | None:
    """A beam-matched linac with room on a day on which the course's own is closed."""
    problem, position = diary.problem, diary.days.position.get(day)
    low, high = problem.clock.day_starts[day], problem.clock.day_starts[day + 1]
    if (
        position is None
        or day < problem.today
        or not any(start < high and low < end for start, end in problem.linacs[home].closed)
    ):
        return None
    for other, fit in enumerate(problem.fit[course]):
        if other != home and fit >= 0 and are_matched(problem, home, other) and free[other, position] >= minutes:
            return other
    return None


def _made_up(
    diary: Diary, course: int, home: int, days: Sequence[int], num_missing: int, free: Ints
) -> list[int] | None:
    """Further days on the course's own linac: the soonest that keep the protocol, from tomorrow on."""
    problem, asked = diary.problem, diary.problem.courses[course]
    taken = list(days)
    first = max(problem.today + 1, min(days, default=asked.ready))
    step, a_day, own = day_step(asked), asked.protocol.a_day, day_minutes(asked)
    start = diary.days.at_or_after(first)
    for at in range(start, min(len(diary.days.day), start + _SEARCHED_WORKDAYS)):
        if len(taken) == len(days) + num_missing:
            break
        day = int(diary.days.day[at])
        is_apart = all(abs(day - other) >= step for other in taken)
        longest = max(own[1:] if len(own) > 1 and day > min(taken, default=day) else own)
        if (
            is_apart
            and free[home, at] >= longest
            and a_day * _most_a_week(problem, [*taken, day]) <= asked.protocol.most_a_week
        ):
            taken.append(day)
    is_whole = len(taken) == len(days) + num_missing
    is_begun = _has_begun(problem, course)
    weekday = (problem.clock.first_day.weekday() + min(taken, default=0)) % 7
    may_begin = is_begun or weekday in asked.protocol.start_weekdays
    return taken[len(days) :] if is_whole and may_begin and _keeps_weeks(diary, course, home, taken) else None


def _most_a_week(problem: RadiotherapyProblem, days: Sequence[int]) -> int:
    return max(Counter(terms.week_of(problem, day) for day in days).values())


def _keeps_weeks(diary: Diary, course: int, home: int, days: Sequence[int]) -> bool:
    """Every whole week between the first and the last holds the protocol's least."""
    problem, a_day = diary.problem, diary.problem.courses[course].protocol.a_day
    least = terms.least_by_week(problem, course, home)
    counts = Counter(terms.week_of(problem, day) for day in days)
    whole = range(min(counts) + 1, max(counts)) if counts else range(0)
    return all(a_day * counts[week] >= least.get(week, 0) for week in whole)


def after_those_they_follow(problem: RadiotherapyProblem) -> RadiotherapyProblem:
    """The problem in which no course that has not begun begins before the one it follows has ended, where such days are found."""
    diary = Diary(problem)
    if not _too_early(diary):
        return problem
    _after_those_they_follow(diary)
    return replace(problem, promised=dict(sorted(diary.promises.items())))


def _after_those_they_follow(diary: Diary) -> None:
    """A course that has not begun and would now begin before the one it follows has ended is booked anew."""
    for course in _too_early(diary):
        old = diary.promises[course]
        diary.give_back(course)
        if not book(diary, course):
            diary.enter(course, old)


def _too_early(diary: Diary) -> list[int]:
    """Promised courses that have not begun and would begin before the one they follow has ended."""
    problem, found = diary.problem, []
    for course in sorted(diary.promises):
        before = problem.course_index.get(problem.courses[course].follows)
        if before is None or before == course or before not in diary.promises or _is_bound(problem, course):
            continue
        if diary.promises[course].days[0] <= diary.promises[before].days[-1]:
            found.append(course)
    return found


def _visits(promise: Promise) -> list[Visit]:
    return list(zip(promise.days, promise.linacs, strict=True))


def _is_bound(problem: RadiotherapyProblem, course: int) -> bool:
    """True for a course that cannot be booked anew: it has begun, or a session of it is locked."""
    return _has_begun(problem, course) or any(task in problem.locked for task in terms.tasks(problem, course))


def _has_begun(problem: RadiotherapyProblem, course: int) -> bool:
    return problem.courses[course].first_session > 1 or problem.first_task[course] in problem.frozen


def _times_kept(problem: RadiotherapyProblem, promised: Mapping[int, Promise]) -> Iterator[tuple[int, Place]]:
    """The time in force of every visit that is still promised, be it another session's now."""
    for course, promise in promised.items():
        first, there = problem.first_task[course], defaultdict(list)
        for task in terms.tasks(problem, course):
            place = problem.reference.get(task)
            if place is not None:
                there[problem.clock.day_of(place.start), place.resource].append(place)
        for at, visit in enumerate(_visits(promise)):
            if there[visit]:
                yield first + at, there[visit].pop(0)
