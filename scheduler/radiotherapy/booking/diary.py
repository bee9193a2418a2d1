"""The linacs' minutes by working day while a day's requests are being answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from scheduler.radiotherapy.booking.compiled import NO_PLACE, Shape, Waits, Weeks, minute_prices
from scheduler.radiotherapy.problem import Course, Floats, Ints, Promise, Protocol, RadiotherapyProblem


class Diary:
    """Room and used minutes, linac x working day, with the promises made so far. Days here are positions among the working days."""

    def __init__(self, problem: RadiotherapyProblem) -> None:
        """All promises of the problem entered."""
        self.problem, self.weights, self.days = problem, problem.weights, problem.workdays
        self.weeks = Weeks(self.days.day, self.days.week, self.days.in_week)
        self.waits = waits(problem)
        self.today = max(0, int(np.searchsorted(self.days.day, problem.today, side="right")) - 1)
        self.room = room_min(problem)
        self.used = np.zeros_like(self.room)
        self.promises: dict[int, Promise] = {}
        self.stretched = 0
        for course, promise in problem.promised.items():
            self.enter(course, promise)

    def enter(self, course: int, promise: Promise) -> None:
        """Take the course's minutes; what was promised on a day that is no working day any more takes none."""
        self._book(course, promise, 1)
        self.promises[course] = promise

    def give_back(self, course: int) -> None:
        """Free the course's minutes."""
        self._book(course, self.promises.pop(course), -1)

    def _book(self, course: int, promise: Promise, sign: int) -> None:
        minutes = self.problem.courses[course].minutes
        position = self.days.position
        for linac, day, length in zip(promise.linacs, promise.days, minutes, strict=True):
            if day in position:
                self.used[linac, position[day]] += sign * length
        if self.counts(course):
            self.stretched += sign * stretch_days(self.problem, course, promise)

    def counts(self, course: int) -> bool:
        """True for a course asked for within the horizon: only those share the allowance of stretch."""
        return self.problem.courses[course].requested >= 0

    @property
    def free(self) -> Ints:
        """Minutes left, linac x working day; never below 0."""
        left: Ints = np.maximum(0, self.room - self.used)
        return left

    def free_for(self, course: int, *, has_overtime: bool = False) -> Ints:
        """Minutes left for this course: none on a day too short for the protocol's two sessions and the hours between them, and on a day
        on which the patient is away."""
        asked = self.problem.courses[course]
        left: Ints = np.maximum(0, self.room + self.overtime - self.used) if has_overtime else self.free
        if asked.away:
            left[:, [self.days.position[day] for day in asked.away if day in self.days.position]] = 0
        if asked.protocol.a_day < 2:
            return left
        needed = asked.protocol.gap + max(day_minutes(asked), default=0)
        shortened: Ints = np.where(self.extent >= needed, left, 0)
        return shortened

    @cached_property
    def overtime(self) -> Ints:
        """Minutes of overtime allowed and not closed, linac x working day."""
        found = np.zeros_like(self.room)
        for linac, spans in enumerate(self.problem.overtime_spans):
            for start, end in spans:
                found[linac, self.days.position[self.problem.clock.day_of(start)]] += end - start
        return found

    @cached_property
    def extent(self) -> Ints:
        """Minutes from the first opening to the last closing, linac x working day."""
        found = np.zeros_like(self.room)
        for linac, opened in enumerate(self.problem.open_spans):
            first: dict[int, int] = {}
            for start, end in opened:
                position = self.days.position[self.problem.clock.day_of(start)]
                found[linac, position] = end - first.setdefault(position, start)
        return found

    def price(self) -> Floats:
        """Points a minute, linac x working day, for what is still to come; 0 everywhere without a forecast."""
        forecast = self.problem.forecast
        price = np.zeros(self.used.shape)
        if forecast is None:
            return price
        span = slice(self.today, self.today + min(forecast.mean.shape[2], len(self.days.day) - self.today))
        num = span.stop - span.start
        free = np.maximum(0, self.room[:, span] - self.used[:, span] - self.weights.waste_min)
        for pool in sorted(set(forecast.pools)):
            members = np.array(forecast.pools) == pool
            total = free[members].sum(axis=0).astype(float)
            mean, variance = forecast.mean[pool, :, :num], forecast.variance[pool, :, :num]
            by_lead = minute_prices(
                total, mean, variance, self.days.day[span], self.waits, float(self.weights.course_min)
            )
            price[members, span] = by_lead
        return price

    def earliest(self, course: int) -> int:
        """The first working day on which the course may begin, be there room or not."""
        asked = self.problem.courses[course]
        day = max(asked.ready, self.problem.today + 1)
        before = self.problem.course_index.get(asked.follows)
        if before is not None and before in self.promises:
            day = max(day, self.promises[before].days[-1] + 1)
        return self.days.at_or_after(day)

    def shape(self, course: int) -> Shape:
        """What the course's days must keep, its stretch within what all courses together have left."""
        w, protocol = self.weights, self.problem.courses[course].protocol
        num = sum(map(self.counts, range(len(self.problem.courses))))
        left = int(w.stretch_each_days * num) - self.stretched
        return Shape(
            -(-protocol.least_a_week // protocol.a_day),
            -(-protocol.most_a_week // protocol.a_day),
            day_step(self.problem.courses[course]),
            float(w.stretch),
            max(0, min(w.most_stretch_days, left)),
            w.most_skipped_running,
        )


def waits(problem: RadiotherapyProblem) -> Waits:
    """The rules of waiting as arrays by priority."""
    w = problem.weights
    urgency = np.array([w.wait(priority) for priority in (1, 2, 3)])
    target = np.array([w.target(priority) for priority in (1, 2, 3)], dtype=np.int64)
    followed = np.array([w.followed_1, w.followed_2, w.followed_3], dtype=np.int64)
    return Waits(urgency, w.late * urgency, w.past * urgency, target, followed)


def room_min(problem: RadiotherapyProblem) -> Ints:
    """Minutes of each linac on each working day into which sessions of that many minutes in all are sure to fit.

    A day that breaks or closures cut into several spans loses what may be left over at the end of each but the last.
    """
    position = problem.workdays.position
    room = np.zeros((len(problem.linacs), len(problem.workdays.day)), dtype=np.int64)
    spans = np.zeros_like(room)
    for linac, opened in enumerate(problem.open_spans):
        for start, end in opened:
            day = position[problem.clock.day_of(start)]
            room[linac, day] += end - start
            spans[linac, day] += 1
    if (spans > 1).any():
        longest = max(problem.durations, default=0) - problem.clock.grid_min
        room -= np.maximum(0, spans - 1) * longest
    return np.maximum(0, room)


def day_step(course: Course) -> int:
    """Calendar days from one treatment day to the next at the same hour: 1, or more where the protocol asks for rest."""
    if course.protocol.a_day > 1 or len(course.minutes) < 2:
        return 1
    return max(1, -(-(course.protocol.gap + max(course.minutes)) // 1440))


def day_minutes(course: Course) -> tuple[int, ...]:
    """Minutes by treatment day: one session, or two where the protocol says twice a day."""
    a_day = course.protocol.a_day
    return tuple(sum(course.minutes[at : at + a_day]) for at in range(0, len(course.minutes), a_day))


def by_session(course: Course, days: Sequence[int]) -> tuple[int, ...]:
    """The day of each session from the treatment days."""
    return tuple(day for day in days for _ in range(course.protocol.a_day))[: len(course.minutes)]


def stretch_days(problem: RadiotherapyProblem, course: int, promise: Promise) -> int:
    """Calendar days by which the last session comes later than on the soonest days the protocol allows from the first."""
    return max(0, promise.days[-1] - soonest_last(problem, course, promise.days[0]))


def soonest_last(problem: RadiotherapyProblem, course: int, first_day: int) -> int:
    """The day of the last session were none skipped; the horizon's last working day where it would lie beyond."""
    asked, days = problem.courses[course], problem.workdays
    num = len(day_minutes(asked))
    step, most = day_step(asked), -(-asked.protocol.most_a_week // asked.protocol.a_day)
    at = days.at_or_after(first_day)
    if step == 1 and most >= 5:
        return int(days.day[min(at + num - 1, len(days.day) - 1)])
    last, in_week = int(days.day[at]), 1
    week = int(days.week[at])
    while num > 1 and at + 1 < len(days.day):
        at += 1
        in_week = in_week if days.week[at] == week else 0
        week = int(days.week[at])
        if days.day[at] - last >= step and in_week < most:
            last, in_week, num = int(days.day[at]), in_week + 1, num - 1
    return last


def extra_points(problem: RadiotherapyProblem, course: int) -> Floats:
    """Points by linac: 0 preferred, a little where the protocol only allows it, NO_PLACE where it does not."""
    fit = np.array(problem.fit[course])
    return np.where(fit < 0, NO_PLACE, np.where(fit == 0, float(problem.weights.not_preferred), 0.0))


def may_start(problem: RadiotherapyProblem, protocol: Protocol) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """By working day: whether a course of the protocol may begin on it."""
    weekdays = (problem.workdays.day + problem.clock.first_day.weekday()) % 7
    return np.isin(weekdays, sorted(protocol.start_weekdays))


def promises_of(diary: Diary, asked: Sequence[int]) -> Mapping[int, Promise]:
    """What the asked courses were told."""
    return {course: diary.promises[course] for course in asked if course in diary.promises}
